import { z } from 'zod';
import type { GivenEvent } from '../../src/channel/inbound.ts';
import type { Recognised } from '../../src/channel/webhook.ts';
import { callsOf, echoesOf, messagesOf } from './payload/messages.ts';
import { whoBy } from './payload/person.ts';
import { event, type Odd, odd, type Piece, type Reading, type Told } from './payload/piece.ts';
import { statusesOf } from './payload/statuses.ts';
import { timeOf } from './payload/time.ts';
import { readable, type WireValue, wireChange, wireEntry, wirePost, wirePreference } from './payload/wire.ts';

/** All that a post holds for one inbox. */
export interface Parsed {
  events: GivenEvent[];
  told: { what: Told; about?: string }[];
  /** Codes by which receipts say that the account is in trouble. */
  troubles: number[];
  /** Why something of it, or all of it, could not be read. */
  odd: Odd[];
}

const preferences = (value: WireValue, reading: Reading): Piece[] =>
  (value.user_preferences ?? []).map((given) => {
    const [found] = readable(wirePreference, [given]);
    const address = whoBy(found?.wa_id, found?.user_id)?.address;
    const isKnown = found?.value === 'stop' || found?.value === 'resume';
    if (!found || !address || !isKnown) return odd('unknown-preference');
    const at = timeOf(found.timestamp, reading.at);
    return event({ event: 'opt-out', inboxId: reading.inboxId, address, on: found.value === 'stop', at });
  });

/** What an account is told of itself; the word of it, where it is one of the provider's own (`ACCOUNT_RESTRICTION`). */
const account = ({ event: about }: WireValue): Piece[] => [
  { is: 'told', what: 'account', ...(about && /^[A-Z_]{1,60}$/.test(about) ? { about } : {}) },
];
const templates = (): Piece[] => [{ is: 'told', what: 'templates' }];

const fields = new Map<string, (value: WireValue, reading: Reading) => Piece[]>([
  ['messages', (value, reading) => [...messagesOf(value, reading), ...statusesOf(value, reading)]],
  ['message_echoes', echoesOf],
  ['smb_message_echoes', echoesOf],
  ['user_preferences', preferences],
  ['calls', callsOf],
  ['message_template_status_update', templates],
  ['message_template_quality_update', templates],
  ['message_template_components_update', templates],
  ['template_category_update', templates],
  ['account_alerts', account],
  ['account_review_update', account],
  ['account_update', account],
  ['business_capability_update', account],
  ['business_status_update', account],
  ['payment_configuration_update', account],
  ['phone_number_name_update', account],
  ['phone_number_quality_update', account],
  ['security', account],
]);

type Account = Pick<Reading, 'phoneNumberId' | 'businessAccountId'>;

/** By the number that it names; where it names none, by the business account. */
function isOf({ phoneNumberId, businessAccountId }: Account, entryId: string | undefined, value: WireValue): boolean {
  const number = value.metadata?.phone_number_id;
  if (number !== undefined) return number === phoneNumberId;
  return businessAccountId === null || entryId === undefined || entryId === businessAccountId;
}

function readChange(given: unknown, entryId: string | undefined, reading: Reading): Piece[] {
  const [change] = readable(wireChange, [given]);
  if (!change) return [odd('unreadable')];
  const { field, value } = change;
  if (!isOf(reading, entryId, value)) return [{ is: 'told', what: 'other-number' }];
  const read = fields.get(field);
  if (!read) return [odd('unknown-field')];
  const pieces = read(value, reading);
  if (pieces.length > 0) return pieces;
  return [odd((value.errors ?? []).length > 0 ? 'provider-error' : 'empty')];
}

function readEntry(given: unknown, reading: Reading): Piece[] {
  const [entry] = readable(wireEntry, [given]);
  return entry ? entry.changes.flatMap((one) => readChange(one, entry.id, reading)) : [odd('unreadable')];
}

/** What a post says, or undefined where it is no JSON. */
export function jsonOf(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

const gathered = (pieces: readonly Piece[]): Parsed => {
  const parsed: Parsed = { events: [], told: [], troubles: [], odd: [] };
  for (const piece of pieces) {
    if (piece.is === 'event') parsed.events.push(piece.event);
    else if (piece.is === 'odd') parsed.odd.push(piece.why);
    else if (piece.is === 'trouble') parsed.troubles.push(piece.code);
    else parsed.told.push(piece);
  }
  return parsed;
};

/**
 * Reads a post for one inbox: every entry, change, message and status of it. Bears anything and throws nothing. What is
 * about other numbers is left to their inboxes; a post about nobody but them is odd, since nobody may have asked for it.
 */
export function parse(raw: string, reading: Reading): Parsed {
  const post = wirePost.safeParse(jsonOf(raw));
  if (!post.success) return gathered([odd('unreadable')]);
  const pieces = post.data.entry.flatMap((one) => readEntry(one, reading));
  const isForOthers = pieces.every((piece) => piece.is === 'told' && piece.what === 'other-number');
  return gathered(isForOthers ? [...pieces, odd('empty')] : pieces);
}

const anyChange = z.object({ value: z.object({ metadata: z.object({ phone_number_id: z.unknown() }) }) });

/** Whom a change is about: a number, or where it names none the business account; null where it says neither. */
type Subject = { number: string } | { account: string } | null;

const subjectOf = (change: unknown, entryId: string | undefined): Subject => {
  const named = anyChange.safeParse(change);
  if (named.success) return { number: String(named.data.value.metadata.phone_number_id) };
  return entryId === undefined ? null : { account: entryId };
};

const isMine = (subject: Subject, { phoneNumberId, businessAccountId }: Account): boolean => {
  if (subject === null) return true;
  if ('number' in subject) return subject.number === phoneNumberId;
  return businessAccountId === null || subject.account === businessAccountId;
};

/** Whom all changes of a post are about; null where it cannot be read. */
function subjectsOf(raw: string): Subject[] | null {
  const post = wirePost.safeParse(jsonOf(raw));
  if (!post.success) return null;
  return readable(wireEntry, post.data.entry).flatMap(({ id, changes }) => changes.map((one) => subjectOf(one, id)));
}

const nameOf = (subject: NonNullable<Subject>): string =>
  'number' in subject ? `number ${subject.number}` : `account ${subject.account}`;

/**
 * Whether a post is about this inbox, and the numbers and business accounts that it is about and this inbox does not have.
 * One that cannot be read is ours: better kept by an inbox too many than lost.
 */
export function aboutOf(raw: string, account: Account): Recognised {
  const subjects = subjectsOf(raw);
  if (!subjects) return { mine: true, strangers: [] };
  const strangers = subjects.flatMap((one) => (one === null || isMine(one, account) ? [] : [nameOf(one)]));
  return { mine: subjects.length > strangers.length, strangers };
}
