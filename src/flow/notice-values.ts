import type { Contact } from '../contact/contact.ts';
import type { ApprovedTemplate } from '../inbox/approved-templates.ts';
import { inLanguage, type Language } from '../language/language.ts';
import type { Message } from '../message/message.ts';
import type { NoticeValues } from '../notice/notice.ts';
import type { Organisation } from '../organisation/organisation.ts';
import type { Ticket } from '../ticket/ticket.ts';

/** What a text of a notice is filled with. */
export interface ToldValues {
  number: string;
  /** These two are empty where the matter is restricted, or where there is nothing to say. */
  subject: string;
  reason: string;
  /** ISO; empty where no time is known. */
  expectedAt: string;
  /** Words for the person; empty where there are none. */
  text: string;
  guidance: string;
  link: string;
  other: string;
  /** The organisation as it is called for short. */
  organisation: string;
}

type Named = Pick<Organisation, 'name' | 'shortName'>;

export const shortNameOf = ({ name, shortName }: Named, language: Language): string =>
  inLanguage(shortName ?? name, language);

/** What a notice tells of a ticket; of a restricted one the number, and when an answer may be expected. Pure. */
export const noticeValues = (
  { number, subject, restricted, language }: Pick<Ticket, 'number' | 'subject' | 'restricted' | 'language'>,
  { reason = '', expectedAt = '', text = '', guidance = '', link = '', other = '' }: NoticeValues,
  organisation: Named,
): ToldValues => ({
  number,
  subject: restricted ? '' : subject,
  reason: restricted ? '' : reason,
  expectedAt,
  text,
  guidance,
  link,
  other,
  organisation: shortNameOf(organisation, language),
});

type Value = Exclude<keyof ToldValues, 'expectedAt'> | 'name' | 'expected';

const names: Record<string, Value> = {
  '1': 'number',
  number: 'number',
  ticket: 'number',
  ticket_number: 'number',
  request_number: 'number',
  '2': 'subject',
  subject: 'subject',
  name: 'name',
  organisation: 'organisation',
  reason: 'reason',
  expected: 'expected',
  expected_at: 'expected',
  date: 'expected',
};

/** Where variables are only counted, the second and third of a notice of a delay are its reason and its time. */
const counted: Record<string, Value> = { '2': 'reason', '3': 'expected' };

const locale = { ar: 'ar-SA-u-ca-gregory-nu-latn', en: 'en-GB' } as const;

const dayOf = (at: string, language: Language, timeZone: string): string =>
  at === ''
    ? ''
    : new Intl.DateTimeFormat(locale[language], { timeZone, weekday: 'long', day: 'numeric', month: 'long' }).format(
        new Date(at),
      );

/**
 * What fills the variables of a template that stands for a notice: named by what they are, or counted (1 the number, 2 the
 * subject; of a delay 2 the reason, 3 the day). Null where it asks for something that is not known or must not be told.
 */
export function noticeParameters(
  { variables, language }: Pick<ApprovedTemplate, 'variables' | 'language'>,
  told: ToldValues,
  { contact, timeZone }: { contact: Pick<Contact, 'name'>; timeZone: string },
): NonNullable<Message['approved']>['parameters'] | null {
  const expected = dayOf(told.expectedAt, language.startsWith('en') ? 'en' : 'ar', timeZone);
  const values = { ...told, name: contact.name ?? '', expected };
  const meant = expected === '' ? names : { ...names, ...counted };
  const filled = variables.map(({ part, name }) => {
    const known = meant[name.toLowerCase()];
    return { part, name, value: known ? values[known].replaceAll(/\s+/g, ' ').trim() : '' };
  });
  return filled.every(({ value }) => value !== '') ? filled : null;
}
