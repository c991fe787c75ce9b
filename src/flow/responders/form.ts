import { type FormFacts, missingFields } from '../../casework/forms.ts';
import { inLanguage } from '../../language/language.ts';
import type { FormField } from '../../organisation/casework.ts';
import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice } from '../context.ts';
import type { Matter, Opening } from './ticket.ts';
import { toneOf } from './tone.ts';

/** What is to be opened once its form is filled. */
export interface Pending {
  matter: Matter;
  opening: Opening;
}

/** Nobody is asked anything who is pressed or in danger, in public, or whose matter is not for everybody's eyes. */
const mayAsk = ({ understand, publicly }: Context, { matter, opening }: Pending): boolean =>
  publicly === null &&
  !opening.danger &&
  !opening.urgent &&
  opening.incidentId === undefined &&
  toneOf(understand(matter.text)) === null;

/** The mandatory fields that are still to be asked: not those that were let go. */
export function fieldsToAsk(context: Context, facts: FormFacts, pending: Pending): FormField[] {
  if (!mayAsk(context, pending)) return [];
  const { form } = context.conversation.dialogue;
  const missing = missingFields(context.organisation, facts, pending.opening.fields ?? {});
  // a file that came with the matter is what is asked for
  const has = context.turn.hasMedia ? missing.filter(({ kind }) => kind !== 'file') : missing;
  return has.filter(({ id }) => !form?.left.includes(id));
}

const nameOf = ({ language }: Context, { name }: FormField): string => inLanguage(name, language);

/** Asks for a field: a choice with its buttons. */
export const sayField = (context: Context, field: FormField, again: boolean): Action => ({
  do: 'say',
  template: 'ask-field',
  values: {
    question: field.question ? inLanguage(field.question, context.language) : '',
    name: nameOf(context, field),
    kind: field.kind,
    again,
  },
  quickReplies: (field.choices ?? []).map(({ id, name }) => choice(`field:${id}`, inLanguage(name, context.language))),
});

/** Asks for the first field; the matter waits meanwhile, with all that belongs to it. */
export function askFirst(context: Context, field: FormField, { matter, opening }: Pending): Contribution {
  const { unsure = false, part = '', fields = {}, follows } = opening;
  const left = context.conversation.dialogue.form?.left ?? [];
  return {
    actions: [
      {
        do: 'dialogue',
        set: {
          inquiry: matter.text,
          inquiryMessageIds: matter.messageIds,
          awaiting: { for: 'field', field: field.id, asked: 1 },
          form: { values: fields, left, unsure, part },
          ...(follows === undefined ? {} : { follows }),
        },
      },
      sayField(context, field, false),
    ],
    reasons: [`form: asks for ${field.id}`],
    end: true,
  };
}

/** In a letter all that is missing stands in one list, below the number. */
export const askInLetter = (context: Context, fields: readonly FormField[]): Action[] => [
  { do: 'dialogue', set: { asks: fields.map(({ id }) => id) } },
  { do: 'say', template: 'ask-fields', values: { fields: fields.map((one) => nameOf(context, one)) }, last: true },
];
