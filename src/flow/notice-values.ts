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
  /** Empty where the matter is restricted. */
  subject: string;
  /** These three are empty where there is nothing to say, and of a restricted matter wherever else than where it came from. */
  reason: string;
  text: string;
  guidance: string;
  /** There are such words, and this is not the place for them. */
  withheld: boolean;
  /** The ticket came from a conversation: there they are told, else in any private one of the person. */
  placed: boolean;
  /** False where what was wanted could not be done. */
  done: boolean;
  /** ISO; empty where no time is known. */
  expectedAt: string;
  link: string;
  other: string;
  /** The days that the answer names, and what was lacking and has arrived; empty where there is none, or it is withheld. */
  doneOn: string;
  visitOn: string;
  item: string;
  /** The organisation as it is called for short. */
  organisation: string;
}

type Named = Pick<Organisation, 'name' | 'shortName'>;

export const shortNameOf = ({ name, shortName }: Named, language: Language): string =>
  inLanguage(shortName ?? name, language);

type Told = Pick<Ticket, 'number' | 'subject' | 'restricted' | 'language'> &
  Partial<Pick<Ticket, 'outcome' | 'conversationId'>>;

/**
 * What a notice tells of a ticket; of a restricted one the number, and when an answer may be expected. Its words go nowhere
 * else than into the conversation that it came from (`here`). Pure.
 */
export function noticeValues(
  { number, subject, restricted, language, outcome = null, conversationId = null }: Told,
  { expectedAt = '', link = '', other = '', ...given }: NoticeValues,
  organisation: Named,
  here = false,
): ToldValues {
  const { reason = '', text = '', guidance = '' } = given;
  const facts = { doneOn: given.doneOn ?? '', visitOn: given.visitOn ?? '', item: given.item ?? '' };
  const isHidden = restricted && !here;
  const words = isHidden ? { reason: '', text: '', guidance: '' } : { reason, text, guidance };
  return {
    number,
    subject: restricted ? '' : subject,
    ...words,
    ...(isHidden ? { doneOn: '', visitOn: '', item: '' } : facts),
    withheld: isHidden && (reason !== '' || text !== '' || guidance !== ''),
    placed: conversationId !== null,
    done: outcome !== 'not_done',
    expectedAt,
    link,
    other,
    organisation: shortNameOf(organisation, language),
  };
}

type Value = Exclude<keyof ToldValues, 'expectedAt' | 'withheld' | 'placed' | 'done'> | 'name' | 'expected';

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
  text: 'text',
  answer: 'text',
  link: 'link',
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
