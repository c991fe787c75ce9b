import type { WireContact, WireMessage } from './wire.ts';

/** Who somebody is within the inbox, as the contract names it. */
export interface Who {
  address: string;
  identity?: string;
  phone?: string;
  displayName?: string;
}

const plausible = /^[1-9]\d{6,14}$/;

/** Digits of a number with its country code, as Meta writes `wa_id`; null for anything else. */
export function digitsOf(number: string | undefined): string | null {
  const digits = number?.replace(/^\+|[\s()-]/g, '') ?? '';
  return plausible.test(digits) ? digits : null;
}

/** A business-scoped user id: `SA.1349…`, the form of a parent account, and what else may be made of these. */
export const isUserId = (text: string): boolean => /^[A-Za-z]{2}\.[\w.-]{1,132}$/.test(text);

/** Controls and marks that turn text around; joiners stay, which emoji and Persian spelling need. */
export const unseen = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** A name that somebody gave themselves, without what cannot be seen or turns the text around it. */
const cleanName = (name: string): string =>
  name.replace(unseen, '').replace(/\s+/g, ' ').trim().slice(0, 300).toWellFormed();

/** By whatever is known of somebody; null where nothing is. */
export function whoBy(number: string | undefined, userId: string | undefined, name?: string): Who | null {
  const digits = digitsOf(number);
  const identity = userId || (number && isUserId(number) ? number : undefined);
  const address = digits ?? identity ?? number;
  if (!address || address.length > 512 || (identity && identity.length > 512)) return null;
  const displayName = cleanName(name ?? '');
  return {
    address,
    ...(identity ? { identity } : {}),
    ...(digits ? { phone: `+${digits}` } : {}),
    ...(displayName ? { displayName } : {}),
  };
}

/** The same number, however it is written. */
const numberOf = (given: string | undefined): string | undefined => digitsOf(given) ?? given;

const agree = (a: string | undefined, b: string | undefined): boolean => a === undefined || b === undefined || a === b;

/**
 * The contact that a message is of. By id; the only contact of a change also where one side leaves an id out, but never
 * against an id that differs: somebody else's user id would lead into somebody else's conversation.
 */
function contactOf({ from, from_user_id }: WireMessage, contacts: readonly WireContact[]): WireContact | undefined {
  const number = numberOf(from);
  const same = contacts.filter(
    ({ wa_id, user_id }) =>
      agree(number, numberOf(wa_id)) && agree(from_user_id, user_id) && (wa_id ?? user_id) !== undefined,
  );
  const surely = same.find(
    ({ wa_id, user_id }) =>
      (user_id !== undefined && user_id === from_user_id) || (wa_id !== undefined && numberOf(wa_id) === number),
  );
  return surely ?? (contacts.length === 1 ? same[0] : undefined);
}

/** Who stands beside the messages of a change. */
export interface People {
  contacts: readonly WireContact[];
  /** How many wrote what is in it. */
  senders: number;
}

/**
 * Whose name stands beside the only sender, though under another number: some numbers are written in two ways (Brazil's
 * ninth digit, Mexico's 1). A name is all that is taken from there, and none from a user id that differs.
 */
function namedBeside(message: WireMessage, { contacts, senders }: People): WireContact | undefined {
  const [only] = contacts;
  return contacts.length === 1 && senders === 1 && agree(message.from_user_id, only?.user_id) ? only : undefined;
}

/** The sender of a message, by the message and the contacts of its change; null where neither says. */
export function senderOf(message: WireMessage, people: People): Who | null {
  const contact = contactOf(message, people.contacts);
  const { profile } = contact ?? namedBeside(message, people) ?? {};
  return whoBy(
    message.from ?? contact?.wa_id,
    message.from_user_id ?? contact?.user_id,
    profile?.name ?? profile?.username,
  );
}
