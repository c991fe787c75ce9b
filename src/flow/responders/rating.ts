import type { Awaiting } from '../../conversation/conversation.ts';
import type { Rating } from '../../survey/rating.ts';
import { isOpinion, readOpinion, readScore } from '../../survey/read-score.ts';
import type { TicketType } from '../../ticket/types.ts';
import type { Action } from '../actions.ts';
import { askEmployee, scores } from '../ask-rating.ts';
import type { Context, Contribution, Responder } from '../context.ts';
import { readSolved } from './read-solved.ts';
import { toneOf } from './tone.ts';

/** So long after it was asked for, a number that is typed means something else, in ms. */
const countsMs = 3 * 86_400_000;
/** From here down the person is asked what was not as it should be. */
const low = 2;

const forget: Action = { do: 'dialogue', set: { awaiting: null } };

/** Nothing more is awaited, and the line goes on: the person speaks of something else. */
const goOn = (reason: string): Contribution => ({ actions: [forget], reasons: [`rating: ${reason}`], end: false });

type Asked = 'rate' | 'rate-employee';

const scoreOf = (choice: string | null | undefined, asked: Asked): number | null =>
  scores.find(({ score }) => choice === `${asked}:${score}`)?.score ?? null;

const tappedScore = ({ turn }: Context, asked: Asked): number | null => {
  const id = turn.messages.findLast(({ quickReplyId }) => quickReplyId?.startsWith(`${asked}:`))?.quickReplyId;
  return scoreOf(id, asked);
};

const titlesIn = ({ speak }: Context): { title: string; score: number }[] =>
  (['ar', 'en'] as const).flatMap((language) => {
    const { title } = speak(language);
    return scores.map(({ score, name }) => ({ title: title(`rate-${name}`), score }));
  });

/** "The first one": a place in what was offered. A number that is typed is a score, not a place. */
const pointedScore = ({ turn }: Context): number | null => {
  if (/\p{Nd}/u.test(turn.words)) return null;
  return scoreOf(turn.tapped, 'rate') ?? scoreOf(turn.tapped, 'rate-employee');
};

/** Whether words may be an answer to the assistant: with an agent there, only right after the question. */
const isSpokenTo = ({ conversation, lastTemplate }: Context, template: string): boolean =>
  conversation.handledBy === 'assistant' || lastTemplate === template;

const questions: Partial<Record<Awaiting['for'], string>> = {
  rating: 'ask-rating',
  'rating-employee': 'ask-rating-employee',
};

function mayBeTyped(context: Context, asked: Rating): boolean {
  const { awaiting } = context.conversation.dialogue;
  const question = awaiting ? questions[awaiting.for] : undefined;
  const isFresh = Date.parse(context.now) - Date.parse(asked.askedAt) <= countsMs;
  return question !== undefined && isFresh && isSpokenTo(context, question);
}

const typedScore = (context: Context, asked: Rating): number | null =>
  mayBeTyped(context, asked) ? (readScore(context.turn.words, titlesIn(context)) ?? pointedScore(context)) : null;

const isAwaited = ({ conversation }: Context, { id }: Rating): boolean => {
  const { awaiting } = conversation.dialogue;
  return awaiting !== null && 'ratingId' in awaiting && awaiting.ratingId === id;
};

/** What was closed stays so: an answer to the question that came with the closing is no new matter. */
const closeAgain = (context: Context, asked: Rating): Action[] =>
  asked.asked === 'closing' && context.conversation.handledBy === 'assistant' && isAwaited(context, asked)
    ? [{ do: 'close' }]
    : [];

const silent = (context: Context, asked: Rating, reason: string): Contribution => ({
  actions: closeAgain(context, asked),
  reasons: [`rating: ${reason}`],
  end: true,
});

/** What comes after a score: the employee's, what was wrong, or thanks. */
function nextOf(context: Context, asked: Rating, given: { lowest: number; comment: string | null; employee: boolean }) {
  const { id: ratingId, surveyId, agentId, ticketNumber } = asked;
  const isWanted = isAwaited(context, asked) && given.comment === null;
  if (isWanted && !given.employee && surveyId !== undefined && agentId !== null)
    return { awaiting: { for: 'rating-employee' as const, ratingId }, say: askEmployee(ticketNumber ?? '', context) };
  const asksWhy = isWanted && given.lowest <= low;
  const say = { do: 'say' as const, template: asksWhy ? 'rating-why' : 'rating-thanks' };
  return { awaiting: asksWhy ? { for: 'rating-comment' as const, ratingId } : null, say };
}

const commentOn = ({ id }: Rating, text: string | null): Action[] =>
  text === null ? [] : [{ do: 'rating-comment', ratingId: id, text }];

function noted(context: Context, asked: Rating, score: number, comment: string | null = null): Contribution {
  if (asked.score !== null) return silent(context, asked, 'it was given before');
  const { awaiting, say } = nextOf(context, asked, { lowest: score, comment, employee: false });
  const onTicket: Action[] = asked.ticketNumber ? [{ do: 'rate-ticket', ticketNumber: asked.ticketNumber, score }] : [];
  return {
    actions: [
      { do: 'rate', ratingId: asked.id, score },
      ...commentOn(asked, comment),
      ...onTicket,
      ...(isAwaited(context, asked) ? [{ do: 'dialogue', set: { awaiting } } as const] : []),
      say,
      ...closeAgain(context, asked),
    ],
    reasons: [`rating: ${score} of 5`],
    end: true,
  };
}

/** How the employee was; kept once. */
function notedEmployee(context: Context, asked: Rating, employee: number, comment: string | null): Contribution {
  if (asked.employee !== undefined || asked.score === null) return silent(context, asked, 'it was given before');
  const { score, ticketNumber } = asked;
  const { awaiting, say } = nextOf(context, asked, { lowest: Math.min(score, employee), comment, employee: true });
  const onTicket: Action[] = ticketNumber ? [{ do: 'rate-ticket', ticketNumber, score, employee }] : [];
  return {
    actions: [
      { do: 'rate-employee', ratingId: asked.id, score: employee },
      ...commentOn(asked, comment),
      ...onTicket,
      ...(isAwaited(context, asked) ? [{ do: 'dialogue', set: { awaiting } } as const] : []),
      say,
      ...closeAgain(context, asked),
    ],
    reasons: [`rating: ${employee} of 5 for the employee`],
    end: true,
  };
}

/** Plainly something else than an answer to us: an order, a ticket, danger, a question that the bank answers. */
const isMatter = ({ turn, understood, ask }: Context): boolean =>
  turn.tapped !== null ||
  turn.words.trim() === '' ||
  understood.command !== null ||
  understood.ticketNumbers.length > 0 ||
  toneOf(understood) === 'danger' ||
  (/[?؟]/.test(turn.words) && ask(understood.restOfText || turn.words).outcome !== 'none');

const wanted: readonly TicketType[] = ['service', 'technical', 'report'];

/** It calls itself a complaint, or wants something done. */
const isOrder = ({ understood: { type, reasons } }: Context): boolean =>
  reasons.some((reason) => /^type:\S+ by cue/.test(reason)) || (wanted.includes(type.id) && type.confidence >= 0.75);

/** A word on how it was, which begins no matter of its own. */
const isRemark = (context: Context): boolean =>
  !isMatter(context) && !isOrder(context) && isOpinion(context.turn.words);

/** Right after our thanks for a score. */
function alsoSaid(context: Context, asked: Rating): Contribution | null {
  const { conversation, lastTemplate, turn } = context;
  const isOpen = asked.score !== null && asked.comment === null && conversation.dialogue.awaiting === null;
  if (!isOpen || lastTemplate !== 'rating-thanks' || !isRemark(context)) return null;
  return {
    actions: [
      ...commentOn(asked, turn.words),
      { do: 'say', template: 'rating-thanks' },
      ...(asked.asked === 'closing' && conversation.handledBy === 'assistant' ? [{ do: 'close' } as const] : []),
    ],
    reasons: ['rating: a word on it'],
    end: true,
  };
}

/** Words in place of the employee's score: a word on them, where they are no matter. */
const saidOfEmployee = (context: Context, asked: Rating): Contribution => {
  const isWord = (asked.score ?? 0) <= low || isRemark(context) || context.understood.pleasantryOnly;
  return isWord || context.understood.yesNo === 'no'
    ? commented(context, asked, 'ask-rating-employee')
    : goOn('not given for the employee, another matter');
};

/** Words after a low score are what was not as it should be. */
function commented(context: Context, asked: Rating, question = 'rating-why'): Contribution {
  const { turn, understood } = context;
  if (isMatter(context) || !isSpokenTo(context, question)) return goOn('no comment, another matter');
  if (understood.pleasantryOnly && understood.greeting) return goOn('no comment, a new beginning');
  const isComment = understood.meaningful && understood.yesNo === null && !understood.pleasantryOnly;
  const comment: Action[] = isComment ? [{ do: 'rating-comment', ratingId: asked.id, text: turn.words }] : [];
  return {
    actions: [...comment, forget, { do: 'say', template: 'rating-thanks' }, ...closeAgain(context, asked)],
    reasons: [isComment ? 'rating: what was not as it should be' : 'rating: no comment'],
    end: true,
  };
}

/** A yes or a no is no score: it goes to "is it solved?", where that is still open (WF-06). */
function toSolved({ turn, understood, ownTickets, conversation }: Context): Contribution | null {
  const [open] = ownTickets
    .filter(({ status, number }) => status === 'resolved' && conversation.ticketNumbers.includes(number))
    .sort((one, other) => (other.resolvedAt ?? '').localeCompare(one.resolvedAt ?? ''));
  if (!open || understood.pleasantryOnly || readSolved(turn.words, understood) === null) return null;
  const awaiting = { for: 'solved' as const, number: open.number };
  return {
    actions: [{ do: 'dialogue', set: { awaiting } }],
    reasons: ['rating: said of another question'],
    end: false,
  };
}

/** Neither a score nor a matter: a thanks leaves the question open, a no ends it. */
function unanswered(context: Context, asked: Rating): Contribution {
  const { understood } = context;
  const other = toSolved(context);
  if (other) return other;
  if (!isSpokenTo(context, 'ask-rating')) return goOn('not given, the person speaks with an agent');
  if (understood.pleasantryOnly && !understood.greeting) return silent(context, asked, 'a courtesy, it is still open');
  const isLeft = understood.unsure || (understood.yesNo === 'no' && !understood.unhelped);
  if (!isLeft) return goOn('not given, another matter');
  return {
    actions: [forget, { do: 'say', template: 'helped-sober' }, ...closeAgain(context, asked)],
    reasons: ['rating: not wanted'],
    end: true,
  };
}

/** The answer to "how was our service?": by button, number, stars or words; kept once, whoever has the conversation. */
export const rating: Responder = (context) => {
  const { rating: asked, conversation } = context;
  if (!asked) return null;
  const { awaiting } = conversation.dialogue;
  const tapped = tappedScore(context, 'rate');
  if (tapped !== null) return noted(context, asked, tapped);
  const ofEmployee = tappedScore(context, 'rate-employee');
  if (ofEmployee !== null) return notedEmployee(context, asked, ofEmployee, null);
  if (!isAwaited(context, asked)) return alsoSaid(context, asked);
  if (awaiting?.for === 'rating-comment') return commented(context, asked);
  const note = awaiting?.for === 'rating-employee' ? notedEmployee : noted;
  const score = typedScore(context, asked);
  if (score !== null) return note(context, asked, score, null);
  const opinion = mayBeTyped(context, asked) ? readOpinion(context.turn.words) : null;
  if (opinion) return note(context, asked, opinion.score, opinion.comment);
  return awaiting?.for === 'rating-employee' ? saidOfEmployee(context, asked) : unanswered(context, asked);
};
