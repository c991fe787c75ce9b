import { isUtf8 } from 'node:buffer';
import type { MailAddress } from '../mail.ts';
import { readAddresses } from './addresses.ts';
import { arabicCharset } from './arabic-guess.ts';
import { readDate, sensible } from './dates.ts';
import { fieldOf, fieldsOf } from './head.ts';
import { type HeadSource, libraryAddresses, libraryDate, libraryIds, libraryWords } from './library-head.ts';
import { readWords } from './words.ts';

/** What the head of a mail says, decoded. */
export interface MailHead {
  headers: Map<string, string[]>;
  messageId: string | null;
  from: MailAddress | null;
  replyTo: MailAddress | null;
  returnPath: string | null;
  to: MailAddress[];
  cc: MailAddress[];
  deliveredTo: string[];
  subject: string;
  sentAt: string | null;
  references: string[];
}

const longestId = 998;
const mostReferences = 50;

const inBrackets = (value: string): string[] =>
  (value.slice(0, 65_536).match(/<[^<>]{1,1200}>/g) ?? [])
    .map((id) => readWords(id).replace(/\s+/g, ''))
    .filter((id) => id.length > 2 && id.length <= longestId);

/** A single word in place of an id, as some programs write it without brackets. */
const bareId = (value: string): string[] => {
  const words = readWords(value).split(' ');
  const [word = ''] = words;
  return words.length === 1 && word.length > 2 && word.length < longestId - 2 && !/[<>]/.test(word)
    ? [`<${word}>`]
    : [];
};

function idsOf(value: string): string[] {
  const found = inBrackets(value);
  const proper = found.filter((id) => id.includes('@'));
  if (proper.length > 0) return proper;
  return found.length > 0 ? found : bareId(value);
}

const readMessageId = (head: HeadSource): string | null =>
  libraryIds(head, 'message-id')?.[0] ??
  [...fieldsOf(head, 'message-id'), ...fieldsOf(head, 'x-microsoft-original-message-id')].flatMap(idsOf)[0] ??
  null;

const chainOf = (value: string): string[] =>
  value.includes('<') ? inBrackets(value) : value.split(/[\s,]+/).flatMap(bareId);

function readReferences(head: HeadSource): string[] {
  const nearest = libraryIds(head, 'in-reply-to') ?? fieldsOf(head, 'in-reply-to').flatMap(idsOf);
  const chain = (libraryIds(head, 'references') ?? fieldsOf(head, 'references').flatMap(chainOf)).toReversed();
  return [...new Set([...nearest, ...chain])].slice(0, mostReferences);
}

const addressesIn = (head: HeadSource, name: string, hint: string | null): MailAddress[] =>
  libraryAddresses(head, name) ?? fieldsOf(head, name).flatMap((value) => readAddresses(value, hint));

function readSender(head: HeadSource, hint: string | null): MailAddress | null {
  const all = ['from', 'sender', 'reply-to', 'return-path'].map((name) => addressesIn(head, name, hint));
  const proper = all.map((list) => list.find((one) => one.address.includes('@'))).find(Boolean);
  return proper ?? all.flat()[0] ?? null;
}

function readReturnPath(head: HeadSource): string | null {
  const value = fieldOf(head, 'return-path');
  if (value === null) return null;
  return /^<\s*>/.test(value) || value === '' ? '' : (readAddresses(value)[0]?.address ?? null);
}

const deliveryFields = [
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-envelope-to',
  'x-delivered-to',
  'apparently-to',
];

const most = 200;
const raw = /[\u0080-\u00ff]/;

/** The charset of raw bytes in the head: what the fields together look like, else what the body names. */
function rawCharset(head: HeadSource, named: string | null): string | null {
  const values = ['subject', 'from', 'to'].flatMap((name) => fieldsOf(head, name)).filter((value) => raw.test(value));
  const bytes = Buffer.from(values.join('\n').slice(0, 4096), 'latin1');
  return values.length === 0 || isUtf8(bytes) ? named : (arabicCharset(bytes) ?? named);
}

function readHeaders(head: HeadSource, hint: string | null): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const { name, value } of head.fields) {
    const values = headers.get(name);
    if (values) values.push(readWords(value, hint));
    else headers.set(name, [readWords(value, hint)]);
  }
  return headers;
}

/**
 * Fields that are as they should be are the library's; what it would lose (a second field of a name, raw bytes, broken
 * words, lists, dates and ids as programs distort them) is read here. `named`: the charset of the body, for raw bytes in
 * the head. `now` bounds the date.
 */
export function readMailHead(head: HeadSource, named: string | null, now: number): MailHead {
  const hint = rawCharset(head, named);
  const headers = readHeaders(head, hint);
  const listOf = (name: string) => addressesIn(head, name, hint).slice(0, most);
  const [to, cc] = [listOf('to'), listOf('cc')];
  const delivered = [...to, ...cc, ...deliveryFields.flatMap(listOf)].map((one) => one.address);
  const moment = libraryDate(head);
  return {
    headers,
    messageId: readMessageId(head),
    from: readSender(head, hint),
    replyTo: listOf('reply-to').find((one) => one.address.includes('@')) ?? null,
    returnPath: readReturnPath(head),
    to,
    cc,
    deliveredTo: [...new Set(delivered)],
    subject: libraryWords(head, 'subject') ?? headers.get('subject')?.[0] ?? '',
    sentAt: moment === null ? readDate(headers.get('date')?.[0] ?? null, now) : sensible(moment, now),
    references: readReferences(head),
  };
}
