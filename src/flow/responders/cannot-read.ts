import type { Action } from '../actions.ts';
import { type Context, choice, type Responder } from '../context.ts';
import { greet } from './greeting.ts';

const isLocked = ({ kind, detail }: Context['turn']['messages'][number]): boolean =>
  kind === 'unsupported' && detail === 'encrypted';

const say = ({ title }: Context): Action => ({
  do: 'say',
  template: 'cannot-read',
  quickReplies: [choice('agent', title('agent'))],
});

/**
 * What only the sender's own program can open says nothing to us: the person is told so plainly, and people are called.
 * Nothing else is said to it, nor is it taken for an answer; words beside it are answered like any others.
 */
export const cannotRead: Responder = (context) => {
  const { turn, conversation, contact, lastTemplate } = context;
  if (conversation.handledBy === 'agent' || !turn.messages.some(isLocked)) return null;
  const greeting = conversation.handledBy === 'assistant' ? greet(context, contact.name ?? '') : [];
  const told = lastTemplate === 'cannot-read';
  return {
    actions: [...(told ? [] : [...greeting, say(context)]), { do: 'call-people' }],
    reasons: [`cannot read: an encrypted message${told ? ', told so just before' : ''}`],
    end: turn.text.trim() === '',
  };
};
