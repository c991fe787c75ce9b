import { conversations } from '../conversation/conversation.ts';
import { masked } from '../question/masked.ts';
import { type Question, questions, settled } from '../question/question.ts';
import { suggestionOps } from '../question/suggest.ts';
import type { Op, Store } from '../store/port.ts';
import type { Action, NoteQuestion } from './actions.ts';
import type { Draft } from './draft.ts';

/** Actions on a question that the bank was asked. */
export type OnQuestion = Extract<Action, { do: 'note-question' | 'question-said' | 'question-helped' }>;

/** A question as it was before the unit (null: it is new) and as the unit leaves it. */
export interface Asked {
  before: Question | null;
  now: Question;
}

const put = (draft: Draft, { before }: Pick<Asked, 'before'>, now: Question): void =>
  void draft.asked.set(now.id, { before, now: settled(now) });

async function askedAs(store: Store, draft: Draft, id: string | null | undefined): Promise<Asked | null> {
  if (!id) return null;
  const before = await store.get(questions, id);
  return draft.asked.get(id) ?? (before && { before, now: before });
}

const inHand = (store: Store, draft: Draft): Promise<Asked | null> =>
  askedAs(store, draft, draft.conversation.dialogue.questionId);

const isTold = ({ now }: Asked, messageIds: readonly string[]): boolean =>
  now.messageIds.some((id) => messageIds.includes(id));

/** The question that these messages asked before: here, or in the public conversation that this one goes on with. */
async function askedBefore(store: Store, draft: Draft, messageIds: readonly string[]): Promise<Asked | null> {
  const here = await inHand(store, draft);
  if (here && isTold(here, messageIds)) return here;
  const { cameFrom } = draft.conversation;
  const publicly = cameFrom ? await store.get(conversations, cameFrom) : null;
  const there = await askedAs(store, draft, publicly?.dialogue.questionId);
  return there && isTold(there, messageIds) ? there : null;
}

const bestOf = ({ outcome, articles }: NoteQuestion): string | null =>
  outcome === 'answer' ? (articles[0]?.id ?? null) : null;

const heardAs = (action: NoteQuestion): Pick<Question, 'text' | 'language' | 'outcome' | 'articles' | 'said'> => ({
  text: masked(action.text),
  language: action.language,
  outcome: action.outcome,
  articles: action.articles.slice(0, 3).map(({ id, confidence }) => ({ id, confidence })),
  said: action.said === undefined ? bestOf(action) : action.said,
});

const fresh = ({ causeId, at, conversation }: Draft, place: number, action: NoteQuestion): Question =>
  settled({
    id: `${causeId}:${place}`,
    version: 1,
    at,
    conversationId: conversation.id,
    channel: conversation.channel,
    messageIds: action.messageIds,
    helped: null,
    ticketNumber: null,
    state: 'open',
    assignedTo: null,
    by: null,
    ...heardAs(action),
  });

/** A new question; what the same messages asked before is the same one, as it is understood now. */
async function note(store: Store, draft: Draft, action: NoteQuestion, place: number): Promise<void> {
  const known = await askedBefore(store, draft, action.messageIds);
  const messageIds = [...new Set([...(known?.now.messageIds ?? []), ...action.messageIds])];
  const now = known ? { ...known.now, ...heardAs(action), messageIds } : fresh(draft, place, action);
  put(draft, known ?? { before: null }, now);
  draft.conversation.dialogue = { ...draft.conversation.dialogue, questionId: now.id };
}

/** What was told and helped may be a way to ask for the article. */
async function helped(store: Store, draft: Draft, answer: 'yes' | 'no'): Promise<void> {
  const asked = await inHand(store, draft);
  if (!asked?.now.said) return;
  put(draft, asked, { ...asked.now, helped: answer });
  if (answer === 'no') return;
  const source = asked.now.outcome === 'answer' ? 'helped' : 'chosen';
  const reason = { articleId: asked.now.said, source, at: draft.at } as const;
  draft.ops.push(...(await suggestionOps(store, [asked.now], reason)));
}

/** Performs an action on the question in hand; where there is none (any more) nothing happens. */
export async function performOnQuestion(store: Store, draft: Draft, action: OnQuestion, place: number): Promise<void> {
  if (action.do === 'note-question') return note(store, draft, action, place);
  if (action.do === 'question-helped') return helped(store, draft, action.helped);
  const asked = await inHand(store, draft);
  // a button of an earlier question may be tapped late
  const isOffered = asked?.now.articles.some(({ id }) => id === action.articleId);
  if (asked && isOffered) put(draft, asked, { ...asked.now, said: action.articleId });
}

/** The question in hand became the ticket that this unit opened, if the ticket tells all that it told. */
export async function becameTicket(store: Store, draft: Draft, messageIds: readonly string[]): Promise<void> {
  const asked = await inHand(store, draft);
  const isSame = asked?.now.messageIds.every((id) => messageIds.includes(id));
  if (asked && isSame && draft.opened) put(draft, asked, { ...asked.now, ticketNumber: draft.opened.number });
}

/** One operation for each question that the unit notes or changes. */
export const questionOps = ({ asked }: Pick<Draft, 'asked'>): Op[] =>
  [...asked.values()].map(({ before, now: { id, version: _, ...set } }) =>
    before
      ? { op: 'update', in: questions, id, expect: before.version, set }
      : { op: 'insert', in: questions, document: { id, version: 1, ...set }, onDuplicate: 'keep' },
  );
