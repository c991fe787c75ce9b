import { WaslError } from '../errors.ts';
import { cleanText, isBlank } from '../language/clean.ts';
import { findDates } from '../language/dates.ts';
import { asciiDigits } from '../language/digits.ts';
import { fold } from '../language/fold.ts';
import type { FormField } from '../organisation/casework.ts';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import { findTicketNumbers } from '../ticket/number.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { isNationalId } from './national-id.ts';

type Organisation = Pick<OrganisationSnapshot, 'casework'>;

/** What decides which form a matter has. */
export type FormFacts = Pick<Ticket, 'type' | 'service'>;

/** The fields of a matter's form, in the organisation's order (IN-07, TY-01..15). Pure. */
export const formFor = ({ casework }: Organisation, { type, service }: FormFacts): FormField[] =>
  casework.forms.filter(
    ({ types, services }) =>
      (types === undefined || types.includes(type)) &&
      (services === undefined || (service !== null && services.includes(service))),
  );

const isFilled = (value: string | undefined): boolean => value !== undefined && !isBlank(value);

/** The mandatory fields of a matter's form that `values` does not fill. Pure. */
export const missingFields = (
  organisation: Organisation,
  facts: FormFacts,
  values: Readonly<Record<string, string>>,
): FormField[] =>
  formFor(organisation, facts).filter(
    ({ id, required }) => required && !isFilled(Object.hasOwn(values, id) ? values[id] : undefined),
  );

/** What a typed answer is as the value of a field, or why it is none: a sentence that says what to write. */
export type ReadField = { value: string } | { fault: string };

type Reader = (text: string, field: FormField, today: string | undefined) => ReadField;

const maxLength = 2000;

const choiceIn = (text: string, choices: NonNullable<FormField['choices']>): string | undefined => {
  const said = fold(text);
  return choices.find(({ id, name }) => [id, fold(name.ar), fold(name.en)].some((one) => one === text || one === said))
    ?.id;
};

/** The day that a text names; without a today only one that is the same whenever it is read. */
function dayIn(text: string, today: string | undefined): string | undefined {
  const [one, other] = today === undefined ? ['2001-01-01', '2003-07-09'] : [today, today];
  const value = findDates(text, one)[0]?.value;
  return findDates(text, other)[0]?.value === value ? value : undefined;
}

const readers: Readonly<Record<FormField['kind'], Reader>> = {
  text: (value) => ({ value }),
  file: (value) => ({ value }),
  choice(text, { choices = [] }) {
    const value = choiceIn(text, choices);
    return value === undefined ? { fault: `choose one of ${choices.map(({ id }) => id).join(', ')}` } : { value };
  },
  date(text, _field, today) {
    const value = dayIn(text, today);
    return value === undefined ? { fault: 'write a date that exists, such as 2026-11-25' } : { value };
  },
  number(text) {
    const plain = asciiDigits(text)
      .replaceAll(/[\s٬,]/g, '')
      .replace('٫', '.');
    const isNumber = /^[+-]?\d{1,15}(\.\d{1,6})?$/.test(plain);
    return isNumber ? { value: String(Number(plain)) } : { fault: 'write a number' };
  },
  reference(text) {
    const own = findTicketNumbers(text);
    if (own.length > 1) return { fault: 'write one number only' };
    const plain = own[0] ?? asciiDigits(text);
    const isNumber = /\d/.test(plain) && plain.length <= 60 && !plain.includes('\n');
    return isNumber ? { value: plain } : { fault: 'write the number of the earlier request' };
  },
  'national-id'(text) {
    const plain = asciiDigits(text.normalize('NFKC')).replaceAll(/[\s\p{Cf}\p{Pd}]/gu, '');
    if (isNationalId(plain)) return { value: plain };
    return {
      fault: /^[12]\d{9}$/.test(plain)
        ? 'a digit was mistyped: compare the number with the card, digit by digit'
        : 'write the ten digits of the national ID or residence permit; it begins with 1 or 2',
    };
  },
};

/** Reads what was written for one field; `today` (a local date) for dates such as "tomorrow". Pure. */
export function readField(field: FormField, written: string, today?: string): ReadField {
  const text = cleanText(written).trim();
  if (isBlank(text)) return { fault: 'must not be empty' };
  if (text.length > maxLength) return { fault: `at most ${maxLength} characters` };
  return readers[field.kind](text, field, today);
}

/**
 * The values of a form as they are kept: each read by its kind. Sealing what a person may be known by is `seal.ts`'s part.
 * Pure. Throws `invalid` (`body.fields.<id>: …`) for a field that the form does not have, and for a value that is none.
 */
export function checkFields(
  organisation: Organisation,
  facts: FormFacts,
  values: Readonly<Record<string, string>>,
  today?: string,
): Record<string, string> {
  const form = formFor(organisation, facts);
  const checked = Object.entries(values).map(([id, written]): [string, string] => {
    const field = form.find((one) => one.id === id);
    if (!field) throw new WaslError('invalid', `body.fields.${id}: ${unknownField(form)}`);
    const read = readField(field, written, today);
    if ('fault' in read) throw new WaslError('invalid', `body.fields.${id}: ${read.fault}.`);
    return [id, read.value];
  });
  return Object.fromEntries(checked);
}

const unknownField = (form: readonly FormField[]): string =>
  form.length === 0
    ? 'the form of this type and service has no fields.'
    : `the form of this type and service has no such field; it has ${form.map(({ id }) => id).join(', ')}.`;
