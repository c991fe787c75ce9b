import type { Rating } from '../../survey/rating.ts';
import { readOpinion, readScore } from '../../survey/read-score.ts';
import type { Action } from '../actions.ts';
import { scores } from '../ask-rating.ts';
import type { Context, Contribution, Responder } from '../context.ts';
import { toneOf } from './tone.ts';

/** So long after it was asked for, a number that is typed means something else, in ms. */
const countsMs = 3 * 86_400_000;
/** From here down the person is asked what was not as it should be. */
const low = 2;

const forget: Action = { do: 'dialogue', set: { awaiting: null } };

/** Nothing more is awaited, and the line goes on: the person speaks of something else. */
const goOn = (reason: string): Contribution => ({ actions: [forget], reasons: [`rating: ${reason}`], end: false });

const scoreOf = (choice: string | null | undefined): number | null =>
  scores.find(({ score }) => choice === `rate:${score}`)?.score ?? null;

const tappedScore = ({ turn }: Context): number | null => {
  const id = turn.messages.findLast(({ quickReplyId }) => quickReplyId?.startsWith('rate:'))?.quickReplyId;
  return scoreOf(id);
};

const titlesIn = ({ speak }: Context): { title: string; score: number }[] =>
  (['ar', 'en'] as const).flatMap((language) => {
    const { title } = speak(language);
    return scores.map(({ score, name }) => ({ title: title(`rate-${name}`), score }));
  });

/** "The first one": a place in what was offered. A number that is typed is a score, not a place. */
const pointedScore = ({ turn }: Context): number | null => {
  return /\p{Nd}/u.test(turn.words) ? null : scoreOf(turn.tapped);
};

/** Whether words may be an answer to the assistant: with an agent there, only right after the question. */
const isSpokenTo = ({ conversation, lastTemplate }: Context, template: string): boolean =>
  conversation.handledBy === 'assistant' || lastTemplate === template;

const mayBeTyped = (context: Context, asked: Rating): boolean =>
  context.conversation.dialogue.awaiting?.for === 'rating' &&
  isSpokenTo(context, 'ask-rating') &&
  Date.parse(context.now) - Date.parse(asked.askedAt) <= countsMs;

const typedScore = (context: Context, asked: Rating): number | null =>
  mayBeTyped(context, asked) ? (readScore(context.turn.words, titlesIn(context)) ?? pointedScore(context)) : null;

const isAwaited = ({ conversation }: Context, { id }: Rating): boolean => {
  const { awaiting } = conversation.dialogue;
  return (awaiting?.for === 'rating' || awaiting?.for === 'rating-comment') && awaiting.ratingId === id;
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

function noted(context: Context, asked: Rating, score: number, comment: string | null = null): Contribution {
  if (asked.score !== null) return silent(context, asked, 'it was given before');
  const awaited = isAwaited(context, asked);
  const asksWhy = score <= low && awaited && comment === null;
  const awaiting = asksWhy ? ({ for: 'rating-comment', ratingId: asked.id } as const) : null;
  const onTicket: Action[] = asked.ticketNumber ? [{ do: 'rate-ticket', ticketNumber: asked.ticketNumber, score }] : [];
  return {
    actions: [
      { do: 'rate', ratingId: asked.id, score },
      ...(comment === null ? [] : [{ do: 'rating-comment', ratingId: asked.id, text: comment } as const]),
      ...onTicket,
      ...(awaited ? [{ do: 'dialogue', set: { awaiting } } as const] : []),
      { do: 'say', template: asksWhy ? 'rating-why' : 'rating-thanks' },
      ...closeAgain(context, asked),
    ],
    reasons: [`rating: ${score} of 5`],
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

/** Words after a low score are what was not as it should be. */
function commented(context: Context, asked: Rating): Contribution {
  const { turn, understood } = context;
  if (isMatter(context) || !isSpokenTo(context, 'rating-why')) return goOn('no comment, another matter');
  if (understood.pleasantryOnly && understood.greeting) return goOn('no comment, a new beginning');
  const isComment = understood.meaningful && understood.yesNo === null && !understood.pleasantryOnly;
  const comment: Action[] = isComment ? [{ do: 'rating-comment', ratingId: asked.id, text: turn.words }] : [];
  return {
    actions: [...comment, forget, { do: 'say', template: 'rating-thanks' }, ...closeAgain(context, asked)],
    reasons: [isComment ? 'rating: what was not as it should be' : 'rating: no comment'],
    end: true,
  };
}

/** Neither a score nor a matter: a thanks leaves the question open, a no ends it. */
function unanswered(context: Context, asked: Rating): Contribution {
  const { understood } = context;
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
  const score = tappedScore(context) ?? typedScore(context, asked);
  if (score !== null) return noted(context, asked, score);
  const opinion = mayBeTyped(context, asked) ? readOpinion(context.turn.words) : null;
  if (opinion) return noted(context, asked, opinion.score, opinion.comment);
  return conversation.dialogue.awaiting?.for === 'rating-comment'
    ? commented(context, asked)
    : unanswered(context, asked);
};
