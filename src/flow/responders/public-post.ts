import { hasLink } from '../../language/post-words.ts';
import type { Action, Say } from '../actions.ts';
import type { Context, Contribution, InPublicNow, Responder, ToldInPublic } from '../context.ts';
import { isSameMatter, mayBeSame } from '../same-matter.ts';
import { noteQuestion } from './note-question.ts';
import { isForPeople, isPersonal, type Post, type PostKind, readPost } from './read-post.ts';
import { type Matter, openFor } from './ticket.ts';

const dayMs = 86_400_000;
/** After so long nobody remembers an answer: people are shown that the same is asked again. */
const freshMs = 3 * dayMs;
/** So often a person is answered in public in a day, whatever they ask. */
const mostInDay = 3;

/** A public turn as it was read. */
interface Seen {
  context: Context;
  now: InPublicNow;
  post: Post;
}

const done = (reasons: string[], ...actions: Action[]): Contribution => ({
  actions,
  reasons: reasons.map((reason) => `public: ${reason}`),
  end: true,
});

const isGrave = (kind: PostKind): boolean => kind === 'complaint' || kind === 'danger';
const isIdle = (kind: PostKind): boolean => kind === 'spam' || kind === 'hostile' || kind === 'off-topic';

/** The ticket of this thread, or of those that the post names, while it is open. */
const ticketHere = ({ conversation, openTickets, named }: Context): string | null => {
  const here = openTickets.find(({ number }) => number === conversation.openTicket);
  return (here ?? named.find(({ number }) => openTickets.some((one) => one.number === number)))?.number ?? null;
};

/** All that this person said in the thread of a matter that is still open. */
function matterOf({ context }: Seen): Matter {
  const { inquiry, inquiryMessageIds } = context.conversation.dialogue;
  const text = [inquiry, context.turn.text].filter(Boolean).join('\n');
  return { text, messageIds: [...inquiryMessageIds, ...context.turn.messages.map(({ id }) => id)] };
}

const kindOfMatter = ({ context }: Seen, { text }: Matter): Omit<ToldInPublic, 'repliedAt' | 'openTickets'> => {
  const { type, service, sensitive } = context.understand(text);
  return { words: text, type: type.id, service: sensitive ? null : (service?.id ?? null) };
};

/** The same matter that the person told in another thread: rather the one that has a ticket. */
function toldBefore(seen: Seen, matter: Matter): ToldInPublic | null {
  const told = kindOfMatter(seen, matter);
  const same = seen.now.matters.filter((one) => isSameMatter(one, told));
  return same.find(({ openTickets }) => openTickets.length > 0) ?? same[0] ?? null;
}

const answeredToday = ({ context, now }: Seen): number =>
  now.matters.filter(({ repliedAt }) => repliedAt !== null && Date.parse(context.now) - Date.parse(repliedAt) < dayMs)
    .length;

/** In how many other matters this person was answered of late: said in other words, since no medium likes the same twice. */
const timesAnswered = ({ now }: Seen): number => now.matters.filter(({ repliedAt }) => repliedAt !== null).length;

const sinceMs = ({ context }: Seen, at: string | null): number =>
  at === null ? Number.POSITIVE_INFINITY : Date.parse(context.now) - Date.parse(at);

/** The article that answers these words for sure. */
const articleOn = ({ context }: Seen, words: string): string | null => {
  const { outcome, articles } = context.ask(words);
  return outcome === 'answer' ? (articles[0]?.id ?? null) : null;
};

/** Plainly another matter: of another service, or answered by another article. What is only said in other words is none. */
function isOther(seen: Seen, one: ToldInPublic, told: ReturnType<typeof kindOfMatter>): boolean {
  if (one.service !== null && told.service !== null) return one.service !== told.service;
  const [before, now] = [articleOn(seen, one.words), articleOn(seen, told.words)];
  if (before !== null && now !== null && before !== now) return true;
  return !mayBeSame(one.words, told.words);
}

/** Why nothing may be said now where everybody reads it; null where one answer may be given. */
function whySilent(
  seen: Seen,
  matter: Matter,
): 'never' | 'not answerable' | 'hostile' | 'answered' | 'answered long ago' | 'answered today' | 'too many' | null {
  const { context, now, post } = seen;
  if (context.capabilities.inPublic?.assistant !== 'once') return 'never';
  if (context.turn.messages.every(({ answerable }) => answerable === false)) return 'not answerable';
  if (post.hostile) return 'hostile';
  const told = kindOfMatter(seen, matter);
  const answered = now.matters.filter(({ repliedAt }) => repliedAt !== null);
  const same = answered.filter((one) => isSameMatter(one, told));
  if (same.some(({ repliedAt }) => sinceMs(seen, repliedAt) < freshMs)) return 'answered';
  if (same.length > 0) return 'answered long ago';
  // the same is soon said again in quite other words
  const today = answered.filter(({ repliedAt }) => sinceMs(seen, repliedAt) < dayMs);
  if (today.some((one) => !isOther(seen, one, told))) return 'answered today';
  return answeredToday(seen) >= mostInDay ? 'too many' : null;
}

const silences = {
  never: 'the inbox leaves public answers to people',
  'not answerable': 'the rules of the medium let no program answer this post',
  hostile: 'hostile words are not answered in public',
  answered: 'this matter was answered in another thread of this person',
  'answered long ago': 'this matter was answered in public some time ago',
  'answered today': 'this person was answered today, and it may be the same matter in other words',
  'too many': 'this person was answered often enough today',
} as const;

/** The ticket of a matter: opened, or that of the same matter told elsewhere. Nothing is said of it in public. */
function ticketFor(seen: Seen, matter: Matter): { actions: Action[]; ticketNumber?: string; reasons: string[] } {
  const { context, post } = seen;
  const known = ticketHere(context) ?? toldBefore(seen, matter)?.openTickets.at(-1) ?? null;
  if (known) {
    const actions: Action[] = [
      { do: 'link', messageIds: matter.messageIds, ticketNumber: known },
      { do: 'dialogue', set: { inquiry: null, inquiryMessageIds: [] } },
    ];
    return { actions, ticketNumber: known, reasons: [`added to ${known}`] };
  }
  const opened = openFor(context, matter, { danger: post.kind === 'danger' });
  return { actions: opened.actions.filter((one) => one.do !== 'say'), reasons: opened.reasons };
}

/** A complaint or words of danger: a ticket for people in any case, and one answer where it may be given. */
function heard(seen: Seen): Contribution {
  const { post } = seen;
  const matter = matterOf(seen);
  const { actions, reasons, ...ticket } = ticketFor(seen, matter);
  const silent = whySilent(seen, matter);
  const answer: Say = {
    do: 'say',
    template: post.kind === 'danger' ? 'public-danger' : 'public-complaint',
    values: { times: timesAnswered(seen) },
  };
  const toPeople: Action[] = post.kind === 'danger' || silent === 'never' ? [{ do: 'handoff' }] : [];
  const note: Action = { do: 'note-matter', matter: kindOfMatter(seen, matter), replied: silent === null, ...ticket };
  const said = silent === null ? [answer] : [];
  const why = silent === null ? [post.why] : [post.why, silences[silent]];
  return done([...why, ...reasons], ...actions, note, ...said, ...toPeople);
}

/** An order, or a number of ours, is for the private chat: what belongs to one person is not told in public. */
const isOrder = ({ understood }: Context): boolean =>
  understood.command !== null || understood.ticketNumbers.length > 0;

/** No address, which costs and leads away, and nothing that asks people to write "here" what is theirs alone. */
const isForAll = ({ understand }: Context, text: string): boolean =>
  !hasLink(text) && !text.includes('@') && understand(text).posts.private === 0;

/** A question that the bank may be asked in public: no order, and nobody's own matter. */
const isForBank = (context: Context): boolean =>
  !isOrder(context) && !isForPeople(context) && !isPersonal(context) && context.understood.importance !== 'high';

/** The article that answers it for sure, where it may stand in public as it is. */
function shortAnswer({ context, now }: Seen): { say: Say; id: string } | null {
  const { turn, language } = context;
  if (!isForBank(context)) return null;
  const { outcome, articles } = context.consult(turn.words);
  const id = articles[0]?.id;
  const article = outcome === 'answer' && id ? context.article(id, language) : null;
  if (!id || !article) return null;
  const said: Say = { do: 'say', template: 'public-answer', values: { answer: article.text } };
  return isForAll(context, article.text) && now.fits(said) ? { say: said, id } : null;
}

/** What the bank was asked, and the article that is told of it here. */
function noteAsked({ context }: Seen, { messageIds }: Matter, said: string | null): Action[] {
  const { words: text } = context.turn;
  if (text.trim() === '' || !isForBank(context)) return [];
  return [{ ...noteQuestion({ text, messageIds, result: context.consult(text) }), said }];
}

function invite(seen: Seen, matter: Matter): { actions: Action[]; why: string } {
  const answer = shortAnswer(seen);
  const note = noteAsked(seen, matter, answer?.id ?? null);
  const say: Say = { do: 'say', template: 'public-invite', values: { times: timesAnswered(seen) } };
  return answer
    ? { actions: [...note, answer.say], why: `answers with "${answer.id}"` }
    : { actions: [...note, say], why: 'invites to a private message' };
}

/** A question: the one answer that may be given, and the matter noted, so that the private chat goes on with it. */
function asked(seen: Seen): Contribution {
  const { post } = seen;
  const matter = matterOf(seen);
  const silent = whySilent(seen, matter);
  const told = toldBefore(seen, matter)?.openTickets.at(-1);
  const call: Action[] = isForPeople(seen.context) ? [{ do: 'call-people' }] : [];
  const noted: Action[] = [
    { do: 'dialogue', set: { inquiry: matter.text, inquiryMessageIds: matter.messageIds } },
    {
      do: 'note-matter',
      matter: kindOfMatter(seen, matter),
      replied: silent === null,
      ...(told ? { ticketNumber: told } : {}),
    },
  ];
  if (silent === null) {
    const { actions, why } = invite(seen, matter);
    return done([post.why, why, ...call.map(() => 'people are to look')], ...noted, ...actions, ...call);
  }
  const reasons = [post.why, silences[silent]];
  if (told) {
    const { messageIds } = matter;
    return done([...reasons, `added to ${told}`], ...noted, { do: 'link', messageIds, ticketNumber: told }, ...call);
  }
  if (silent === 'answered') return done(reasons, ...noted, ...call);
  return done(reasons, ...noted, { do: silent === 'never' ? 'handoff' : 'call-people' });
}

/** What is added in a thread in which we have spoken, or in which a person of ours is: nothing more is said. */
function added(seen: Seen): Contribution {
  const { context, post } = seen;
  const ticket = ticketHere(context);
  const messageIds = context.turn.messages.map(({ id }) => id);
  if (isGrave(post.kind) && !ticket) {
    const { actions, reasons } = ticketFor(seen, { text: context.turn.text, messageIds });
    const toPeople: Action[] = post.kind === 'danger' ? [{ do: 'handoff' }] : [];
    return done([post.why, 'we spoke here before', ...reasons], ...actions, ...toPeople);
  }
  const link: Action[] = ticket && !isIdle(post.kind) ? [{ do: 'link', messageIds, ticketNumber: ticket }] : [];
  const needsPeople =
    isPersonal(context) || post.kind === 'danger' || post.kind === 'people' || post.kind === 'question';
  const call: Action[] = needsPeople ? [{ do: 'call-people' }] : [];
  return done(['we spoke here before', post.why], ...link, ...call);
}

/** A post in which nothing is asked for, or that nobody answers: it is kept, and bothers nobody. */
function idle({ context, post }: Seen): Contribution {
  const ticket = ticketHere(context);
  return ticket ? done([post.why]) : done([post.why], { do: 'close' });
}

function decide(seen: Seen): Contribution {
  const { context, now, post } = seen;
  if (now.replied || context.conversation.handledBy === 'nobody') return added(seen);
  if (isIdle(post.kind)) return idle(seen);
  if (post.kind === 'people') return done([post.why], { do: 'call-people' });
  return isGrave(post.kind) ? heard(seen) : asked(seen);
}

/**
 * In public, where everybody reads it: a complaint becomes a ticket, a question is noted, and at most one short answer that
 * invites to a private message is given to a person in a matter. Spam, hostile and idle posts get none. It always ends the
 * line: nothing else that the assistant can say is for everybody's eyes.
 */
export const publicPost: Responder = (context) => {
  const { publicly, conversation } = context;
  if (!publicly) return null;
  if (conversation.handledBy === 'agent') return done(['an agent has the conversation']);
  return decide({ context, now: publicly, post: readPost(context, publicly) });
};
