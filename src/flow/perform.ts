import { iso } from '../clock.ts';
import { addresses, type Contact, contacts } from '../contact/contact.ts';
import { planJoining } from '../contact/join.ts';
import { joinCodes } from '../contact/joining.ts';
import { type Conversation, conversations } from '../conversation/conversation.ts';
import type { Message } from '../message/message.ts';
import type { Op } from '../store/port.ts';
import type { Action, NoteMatter, OnCase, OpenTicket, Say } from './actions.ts';
import { callSupervisor } from './call-supervisor.ts';
import type { FlowDeps } from './deps.ts';
import type { Draft, Performed, Scene } from './draft.ts';
import { changeTicket, link, type OnTicket, openTicket } from './draft-tickets.ts';
import { numberAgainOps } from './new-notice.ts';
import { performObjection, performOnCase } from './perform-case.ts';
import { type OnPerson, personOps } from './person-ops.ts';
import { becameTicket, type OnQuestion, performOnQuestion, questionOps } from './question-ops.ts';
import { sceneToTell } from './reach.ts';
import { say, spoken, type Words, wordsOf } from './say.ts';

type Deps = Pick<FlowDeps, 'store' | 'channels' | 'content' | 'clock' | 'members' | 'serves' | 'secret' | 'publicUrl'>;

const mute = (draft: Draft, handledBy: Conversation['handledBy'], waitingSince: string | null): void => {
  Object.assign(draft.conversation, { handledBy, waitingSince, assigneeId: null });
};

async function one(deps: Deps, draft: Draft, action: Action, place: number): Promise<void> {
  switch (action.do) {
    case 'say': {
      const { quickReplies = [], template, last = false, lead = false } = action;
      const words = { ...spoken(deps, draft, action), quickReplies, template };
      draft.pieces.push({ ...words, last, lead });
      return;
    }
    case 'open-ticket':
      await openTicket(deps, draft, action, place);
      return becameTicket(deps.store, draft, action.messageIds);
    case 'link':
      return link(deps, draft, action.messageIds, action.ticketNumber);
    case 'retype':
    case 'rate-ticket':
      return changeTicket(deps, draft, action, place);
    case 'object':
      return performObjection(deps, draft, action, place);
    case 'call-supervisor':
      return callSupervisor(deps, draft, place);
    case 'confirm-solved':
    case 'unsatisfied':
    case 'raise':
    case 'escalate':
    case 'nudge':
    case 'data-given':
    case 'come-back':
    case 'make-urgent':
    case 'tie-incident':
    case 'fill-form':
      return performOnCase(deps, draft, action, place);
    case 'join':
      return joinOther(deps, draft, action);
    case 'note-matter':
      return noteMatter(draft, action);
    case 'note-question':
    case 'question-said':
    case 'question-helped':
      return performOnQuestion(deps.store, draft, action, place);
    case 'ask-rating':
    case 'rate':
    case 'rate-employee':
    case 'rating-comment':
    case 'count-attempt':
    case 'opt-out':
      draft.ops.push(...(await personOps(deps.store, draft, action, place)));
      return;
    default:
      change(draft, action);
  }
}

/** The other contact becomes this one, and is told so where the code came to, as part of the unit. */
async function joinOther(deps: Deps, draft: Draft, { otherId, agentId }: Action & { do: 'join' }): Promise<void> {
  const told = await sceneToTell(deps, draft, otherId);
  const pair = { contactId: draft.contact.id, otherId };
  const plan = await planJoining(deps, pair, { proof: 'code', agentId });
  // the words first: what is joined goes over as it is after them
  if (told) draft.ops.push(...(await perform(deps, told, [{ do: 'say', template: 'join-code-told' }])).ops);
  draft.ops.push(...plan.ops, { op: 'remove', in: joinCodes, id: draft.contact.id });
  draft.joined = { joiningId: plan.joining.id, told: told ? [told.conversation] : [] };
}

/** Two posts of one person are decided one after the other where we answer: the version of their address sees to it. */
function noteMatter(draft: Draft, { matter, replied, ticketNumber }: NoteMatter): void {
  const { conversation, sender, at } = draft;
  const before = conversation.matter?.repliedAt ?? null;
  conversation.matter = { ...matter, repliedAt: replied ? at : before };
  conversation.status = 'open';
  if (ticketNumber !== undefined) aboutTickets(conversation, [ticketNumber], ticketNumber);
  if (replied && sender)
    draft.ops.push({ op: 'update', in: addresses, id: sender.id, expect: sender.version, set: { answeredAt: at } });
}

const aboutTickets = (conversation: Conversation, numbers: readonly string[], open: string | null): void => {
  conversation.ticketNumbers = [...new Set([...conversation.ticketNumbers, ...numbers])];
  conversation.openTicket = open ?? conversation.openTicket;
};

type Inner = Exclude<
  Action,
  | Say
  | OpenTicket
  | OnTicket
  | OnCase
  | OnPerson
  | OnQuestion
  | NoteMatter
  | { do: 'link' | 'join' | 'object' | 'call-supervisor' }
>;

function change(draft: Draft, action: Inner): void {
  const { conversation } = draft;
  switch (action.do) {
    case 'know':
      Object.assign(draft.contactSet, action.fields);
      return;
    case 'language':
      draft.language = action.language;
      conversation.language = action.language;
      draft.contactSet.language = action.language;
      return;
    case 'dialogue':
      conversation.dialogue = { ...conversation.dialogue, ...action.set };
      return;
    case 'tie':
      conversation.cameFrom = action.from;
      aboutTickets(conversation, action.ticketNumbers, action.openTicket);
      return;
    case 'unlink-ticket':
      conversation.openTicket = null;
      return;
    case 'take-in-hand':
      aboutTickets(conversation, [action.ticketNumber], action.ticketNumber);
      return;
    case 'call-people':
      conversation.waitingSince ??= draft.at;
      return;
    case 'handoff':
      mute(draft, 'nobody', draft.at);
      return;
    case 'resume':
      mute(draft, 'assistant', null);
      return;
    case 'close':
      conversation.status = 'closed';
  }
}

const contactOps = ({ contact, contactSet }: Draft): Op[] => {
  const changed = Object.entries(contactSet).filter(([field, value]) => contact[field as keyof Contact] !== value);
  if (changed.length === 0) return [];
  return [{ op: 'update', in: contacts, id: contact.id, set: Object.fromEntries(changed) }];
};

const conversationOp = (before: Conversation, after: Conversation): Op => {
  const { id, version: _version, ...set } = after;
  return { op: 'update', in: conversations, id, expect: before.version, set };
};

const begin = (scene: Scene, at: string): Draft => ({
  ...scene,
  at,
  ops: [],
  conversation: structuredClone(scene.conversation),
  contactSet: {},
  tickets: new Map(),
  opened: null,
  filled: {},
  asked: new Map(),
  said: 0,
  joined: null,
  pieces: [],
});

const finish = (scene: Scene, draft: Draft): Performed => ({
  ops: [
    ...draft.ops,
    ...questionOps(draft),
    ...contactOps(draft),
    conversationOp(scene.conversation, draft.conversation),
  ],
  conversation: draft.conversation,
  joined: draft.joined,
});

/**
 * Turns a decision's actions into one unit of writes: effects first, each keyed by the cause and its place, the
 * conversation last and under its version, so that a repeated or a competing performance changes nothing twice.
 */
export async function perform(
  deps: Deps,
  scene: Scene,
  actions: readonly Action[],
  finally_: (conversation: Conversation) => void = () => undefined,
): Promise<Performed> {
  const at = iso(deps.clock.now());
  const draft = begin(scene, at);
  for (const [place, action] of actions.entries()) await one(deps, draft, action, place);
  if (draft.contactSet.phone) draft.ops.push(...(await numberAgainOps(deps.store, draft.conversation, at)));
  for (const words of wordsOf(draft)) say(deps, draft, words);
  finally_(draft.conversation);
  return finish(scene, draft);
}

/** The unit that makes a person's own words (an agent's) a message of the conversation. */
export function performWords(
  deps: Deps,
  scene: Scene,
  words: Words,
  set: (conversation: Conversation) => void,
): Performed & { message: Message } {
  const draft = begin(scene, iso(deps.clock.now()));
  const message = say(deps, draft, words);
  set(draft.conversation);
  return { ...finish(scene, draft), message };
}
