import { inLanguage } from '../../language/language.ts';
import type { Action } from '../actions.ts';
import type { Context, Responder } from '../context.ts';

/** After so long the working hours are told again. */
const freshMs = 12 * 3_600_000;

/** A name that a mail program was given is as good as one that was written, if it reads as a person's in full (IN-05). */
export const nameOfSender = ({ contact, displayName, readName }: Context): { name?: string } => {
  const read = contact.name === null && /\p{L}\s+\p{L}/u.test(displayName) ? readName(displayName) : null;
  return read?.sure ? { name: read.value } : {};
};

/** Whether this person was greeted not long ago. */
export const wasGreetedLately = ({ conversation, now }: Pick<Context, 'conversation' | 'now'>): boolean => {
  const { greetedAt } = conversation.dialogue;
  return greetedAt !== null && Date.parse(now) - Date.parse(greetedAt) < freshMs;
};

/** Welcomes with the working hours, shortly where they were told not long ago, and once in a turn (IN-01). */
export const greet = (context: Context, name: string): Action[] => {
  const { conversation, understood, organisation, language, hours, now } = context;
  const { greetedAt } = conversation.dialogue;
  if (greetedAt === now) return [];
  const again = wasGreetedLately(context);
  if (again && understood.greeting === null) return [];
  return [
    {
      do: 'say',
      lead: true,
      template: again ? 'greeting-again' : 'greeting',
      values: {
        salam: understood.greeting === 'salam',
        name,
        unit: inLanguage(organisation.organisation.unit, language),
        organisation: inLanguage(organisation.organisation.name, language),
        hours,
      },
    },
    { do: 'dialogue', set: { greetedAt: now } },
  ];
};

/** A letter opens with a greeting, whatever is said in it; in a chat the greeting belongs to the first question. */
export const greeting: Responder = (context) => {
  if (context.capabilities.form !== 'letter') return null;
  const name = nameOfSender(context).name ?? context.contact.name ?? '';
  const actions = greet(context, name);
  return actions.length > 0 ? { actions, reasons: [], end: false } : null;
};
