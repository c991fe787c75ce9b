import type { Contribution, Responder } from '../context.ts';
import { openFor } from './ticket.ts';
import { toneOf } from './tone.ts';

/** Somebody may come to harm: no questions; the emergency number, a ticket at once, and people called (EX-05). */
export const emergency: Responder = (context): Contribution | null => {
  const { turn, understood, hours, now, conversation } = context;
  if (turn.tapped || toneOf(understood) !== 'danger') return null;
  const told = { text: turn.text, messageIds: turn.messages.map((message) => message.id) };
  const opened = openFor(context, told, { danger: true });
  return {
    actions: [
      { do: 'say', template: 'danger', values: { hours } },
      ...opened.actions,
      { do: 'dialogue', set: { greetedAt: conversation.dialogue.greetedAt ?? now } },
      { do: 'handoff' },
    ],
    reasons: ['emergency: words of danger', ...opened.reasons],
    end: true,
  };
};
