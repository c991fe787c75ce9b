import { quietKinds } from '../../message/message.ts';
import type { Action } from '../actions.ts';
import type { Context, Contribution, Repetition, Responder } from '../context.ts';
import { linked } from './linked.ts';
import { takesLeave } from './taking-leave.ts';

const silent = (reason: string, actions: Action[] = []): Contribution => ({ actions, reasons: [reason], end: true });

const most = {
  answersInHour: 6,
  answersInDay: 15,
  conversationsInHour: 60,
  conversationsInDay: 150,
  sameClaim: 4,
  /** Of one person: as answers to us, and as matters of their own, since whoever waits may send a mail again. */
  sameAnswers: 3,
  sameMatters: 10,
  sameOfAnybody: 5,
};

/**
 * Whether we answer a machine that does not say that it is one: headers are not enough (lessons 30, 31). No person
 * writes so often, or so often the same.
 */
const looksLikeLoop = (repetition: Repetition, isReply: boolean): boolean =>
  repetition.answersInHour >= most.answersInHour ||
  repetition.answersInDay >= most.answersInDay ||
  repetition.conversationsInHour > most.conversationsInHour ||
  repetition.conversationsInDay > most.conversationsInDay ||
  repetition.sameClaim > most.sameClaim ||
  repetition.sameOfSender >= (isReply ? most.sameAnswers : most.sameMatters) ||
  (isReply && repetition.sameOfAnybody >= most.sameOfAnybody);

/** Silent from here on, but a person looks at it: nobody who writes is left alone. */
const stopLoop = (context: Context): Contribution => {
  const handoff: Action[] = context.conversation.handledBy === 'assistant' ? [{ do: 'handoff' }] : [];
  return silent('screen: too many answers or too much of the same in a short time, left to a person', [
    ...linked(context),
    ...handoff,
  ]);
};

/** Staff who answer a letter of ours to them are no beneficiaries: people see it, and no ticket is opened (EX-01, WF-16). */
const isAnswerOfStaff = ({ fromStaff, turn, conversation }: Context): boolean =>
  fromStaff && conversation.ticketNumbers.length === 0 && turn.messages.every(({ letter }) => letter?.isReply);

/** In a chat; a letter closes with thanks whatever follows. */
const parted = ({ conversation, capabilities }: Context): Action[] =>
  capabilities.form === 'chat' && conversation.openTicket !== null ? [{ do: 'dialogue', set: { parted: true } }] : [];

/** What is stored and linked but never answered: robots, blocked senders, reactions, a bare thanks (architecture.md 4.1). */
export const screen: Responder = (context) => {
  const { turn, contact, understood, conversation, repetition } = context;
  if (turn.messages.every((message) => message.automated !== 'none'))
    return silent('screen: an automatic message', linked(context));
  if (turn.messages.every((message) => message.settled)) return silent('screen: it was answered elsewhere before');
  if (conversation.visibility === 'private' && turn.messages.every(({ answerable }) => answerable === false))
    return silent('screen: the medium lets no program answer it', linked(context));
  if (contact.blockedAt) return silent('screen: the sender is blocked');
  if (!turn.tapped && turn.messages.every(({ kind }) => quietKinds.has(kind)))
    return silent('screen: a reaction, a change or a notice only');
  if (
    repetition &&
    looksLikeLoop(
      repetition,
      turn.messages.some((message) => message.letter?.isReply),
    )
  )
    return stopLoop(context);
  if (isAnswerOfStaff(context))
    return silent('screen: an answer of staff to a letter of ours, for people to see', [{ do: 'handoff' }]);
  if (takesLeave(understood) && conversation.dialogue.greetedAt && !conversation.dialogue.awaiting)
    return silent('screen: a thanks or a goodbye only', [...linked(context), ...parted(context)]);
  return null;
};
