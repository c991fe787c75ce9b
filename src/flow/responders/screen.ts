import type { Responder } from '../context.ts';

const silent = (reason: string) => ({ actions: [], reasons: [reason], end: true });

/** What is stored and linked but never answered: robots, blocked senders, reactions, a bare thanks (architecture.md 4.1). */
export const screen: Responder = ({ turn, contact, understood, conversation }) => {
  if (turn.messages.some((message) => message.automated !== 'none')) return silent('screen: an automatic message');
  if (contact.blockedAt) return silent('screen: the sender is blocked');
  if (turn.messages.every((message) => message.kind === 'reaction')) return silent('screen: a reaction only');
  const thanksOnly = understood.pleasantryOnly && understood.thanks && !understood.greeting;
  if (thanksOnly && conversation.dialogue.greetedAt && !conversation.dialogue.awaiting)
    return silent('screen: a thanks only');
  return null;
};
