import { readField } from '../../casework/forms.ts';
import { todayOf } from '../../casework/today.ts';
import type { Awaiting } from '../../conversation/conversation.ts';
import { asciiDigits } from '../../language/digits.ts';
import { fold } from '../../language/fold.ts';
import { inLanguage } from '../../language/language.ts';
import type { FormField } from '../../organisation/casework.ts';
import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice, type Responder } from '../context.ts';
import { sayField } from './form.ts';
import { messageIdsOf, ticketInHand } from './in-hand.ts';
import { takesLeave } from './taking-leave.ts';
import { matterInHand, openFor } from './ticket.ts';

type AwaitingField = Awaiting & { for: 'field' };

const fieldNamed = ({ organisation }: Context, id: string): FormField | undefined =>
  organisation.casework.forms.find((one) => one.id === id);

const asksWhy = /^(?:ليش|لماذا|ليه|وش|ايش|كيف|why|what|how)(?: |$)/;
const refuses = /^(?:لا|no|none|nothing)(?=[\s,،.-])/i;

const choiceTyped = ({ turn, language }: Context, { choices = [] }: FormField): string | undefined => {
  const tapped = /^field:(.+)$/.exec(turn.tapped ?? '')?.[1];
  const said = fold(asciiDigits(turn.words));
  const byTitle = choices.find(({ name }) => said === fold(inLanguage(name, language)));
  const byNumber = /^\d{1,2}$/.test(said) ? choices[Number(said) - 1] : undefined;
  return choices.find(({ id }) => id === tapped)?.id ?? byTitle?.id ?? byNumber?.id;
};

const mostPlainWords = 12;

/** Words that ask, refuse, wish or say who somebody is are no building and no room. */
function isNoValue({ understood }: Context, told: string): boolean {
  const { yesNo, announces, abusive, type, category } = understood;
  const words = told.split(/\s+/).length;
  if (/[?؟]/.test(told) || yesNo !== null || announces || abusive || words > mostPlainWords) return true;
  const hasDigit = /\p{Nd}/u.test(told);
  const tells = type.confidence >= 0.75 && !hasDigit;
  return tells || asksWhy.test(fold(told)) || (category !== null && words <= 2) || (refuses.test(told) && !hasDigit);
}

/** What the turn answers to the question for a field; undefined where it cannot be read as an answer. */
function answerTo(context: Context, field: FormField): string | undefined {
  const { turn, understood } = context;
  if (field.kind === 'choice') {
    const chosen = choiceTyped(context, field);
    if (chosen !== undefined) return chosen;
  }
  if (turn.tapped !== null) return undefined;
  if (field.kind === 'file') return turn.hasMedia ? (turn.messages.at(-1)?.attachments[0]?.name ?? 'file') : undefined;
  if (understood.pleasantryOnly || understood.unsure || takesLeave(understood)) return undefined;
  const told = understood.restOfText.trim() || turn.words.trim();
  if (field.kind === 'text' && isNoValue(context, told)) return undefined;
  const read = readField(field, told, todayOf(context));
  if ('fault' in read) return undefined;
  // the number itself stays in its message until it is sealed
  return field.kind === 'national-id' ? turn.messages.at(-1)?.id : read.value;
}

const switched = ({ turn, understood }: Context): boolean =>
  (turn.tapped?.startsWith('language:') ?? false) ||
  (typeof understood.command === 'object' && understood.command !== null);

/** Goes on with the form, or opens the ticket where nothing more is asked. */
function goOn(context: Context, values: Record<string, string>, left: string[], reason: string): Contribution {
  const { dialogue } = context.conversation;
  const before = dialogue.form;
  const form = { values, left, unsure: before?.unsure ?? false, part: before?.part ?? '' };
  const matter = matterInHand(context);
  const messageIds = [...new Set([...matter.messageIds, ...messageIdsOf(context)])];
  const knowing = { ...context, conversation: { ...context.conversation, dialogue: { ...dialogue, form } } };
  const { unsure, part } = form;
  const opened = openFor(knowing, { text: matter.text, messageIds }, { unsure, part, fields: values });
  return { ...opened, reasons: [`form: ${reason}`, ...opened.reasons] };
}

/** One gentle re-ask, then it goes on without; accepting will ask for it. */
export function fieldAnswered(context: Context, { field: id, asked }: AwaitingField): Contribution {
  const { form } = context.conversation.dialogue;
  const field = fieldNamed(context, id);
  const values = form?.values ?? {};
  const left = form?.left ?? [];
  const answer = field && !switched(context) ? answerTo(context, field) : undefined;
  if (!field) return goOn(context, values, [...left, id], `${id} is asked no more`);
  if (answer !== undefined) return goOn(context, { ...values, [id]: answer }, left, `${id} is told`);
  const enough = asked >= 2 || context.understood.unsure || context.turn.tapped === 'skip';
  if (enough && !switched(context)) return goOn(context, values, [...left, id], `${id} is let go`);
  const again = asked + (switched(context) ? 0 : 1);
  return {
    actions: [
      { do: 'dialogue', set: { awaiting: { for: 'field', field: id, asked: again } } },
      sayField(context, field, again > asked),
    ],
    reasons: [`form: asks for ${id} again`],
    end: true,
  };
}

const isNamed = (line: string, { name }: FormField): boolean =>
  [name.ar, name.en].some((one) => fold(line).startsWith(fold(one)));

const valueIn = (line: string): string => line.replace(/^[^:：=\n]*[:：=]\s*/, '').trim();

/** What a letter tells of the fields that it was asked for: each named on a line, or as many lines as fields in their order. */
function toldIn(context: Context, fields: readonly FormField[]): Record<string, string> {
  const lines = context.turn.words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const named = fields.some((field) => lines.some((line) => isNamed(line, field)));
  const inOrder = !named && lines.length === fields.length && lines.every((line) => line.split(/\s+/).length <= 6);
  const told: Record<string, string> = {};
  fields.forEach((field, place) => {
    const line = inOrder ? lines[place] : lines.find((one) => isNamed(one, field) && /[:：=]/.test(one));
    const read =
      line === undefined || field.kind === 'national-id' ? null : readField(field, valueIn(line), todayOf(context));
    if (read && 'value' in read) told[field.id] = read.value;
  });
  return told;
}

/** What a letter was asked of the form of its ticket, and tells now. */
export const letterFields: Responder = (context) => {
  const { asks = [] } = context.conversation.dialogue;
  const ticket = ticketInHand(context);
  if (context.capabilities.form !== 'letter' || asks.length === 0 || !ticket) return null;
  const fields = asks.flatMap((id) => fieldNamed(context, id) ?? []);
  const told = toldIn(context, fields);
  const names = Object.keys(told);
  if (names.length === 0) return null;
  const { number } = ticket;
  const fill: Action = { do: 'fill-form', ticketNumber: number, fields: told, messageIds: messageIdsOf(context) };
  return {
    actions: [
      fill,
      { do: 'dialogue', set: { asks: asks.filter((id) => !names.includes(id)) } },
      {
        do: 'say',
        template: 'added-to-ticket',
        values: { number },
        quickReplies: [choice(`status:${number}`, context.title('status'))],
      },
    ],
    reasons: [`form: a letter tells ${names.join(', ')}`],
    end: true,
  };
};
