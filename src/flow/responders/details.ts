import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice, type Details, type Responder } from '../context.ts';
import { linked } from './linked.ts';

type Told = Omit<Details, 'rest'>;

/** After an answer or a ticket there is nothing more to ask; else the matter itself is still missing. */
const hasMatter = ({ conversation }: Context): boolean =>
  conversation.openTicket !== null || conversation.dialogue.inquiry !== null || conversation.dialogue.awaiting === null;

const confirm = (context: Context, told: Told): Action => ({
  do: 'say',
  template: 'details-noted',
  values: { name: told.name ?? context.contact.name ?? '', number: context.conversation.openTicket ?? '' },
  quickReplies: [choice('agent', context.title('agent'))],
});

const askMatter: Action = { do: 'say', template: 'ask-inquiry', values: { name: '', again: false, noted: false } };

/**
 * What a letter asked for in one list is told in free text, with or without something else. Nothing but the details:
 * they are confirmed; else they are kept, and the rest is answered like any letter.
 */
export const details: Responder = (context): Contribution | null => {
  const { conversation, turn, capabilities } = context;
  const asked = conversation.dialogue.details;
  if (capabilities.form !== 'letter' || asked.length === 0 || turn.tapped) return null;
  const { rest, ...told } = context.readDetails(turn.text, asked);
  const fields = Object.keys(told);
  if (fields.length === 0) return null;
  const keep: Action[] = [
    { do: 'know', fields: told },
    { do: 'dialogue', set: { details: asked.filter((field) => !fields.includes(field)) } },
  ];
  const reasons = [`details: told ${fields.join(', ')}`];
  if (rest !== '') return { actions: keep, reasons, end: false };
  const say = hasMatter(context) ? confirm(context, told) : askMatter;
  return { actions: [...keep, ...linked(context), say], reasons, end: true };
};
