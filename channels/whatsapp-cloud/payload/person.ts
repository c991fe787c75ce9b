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

/** A business-scoped user id: `SA.1349…`, or the form of a parent account. */
export const isUserId = (text: string): boolean => /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(text);

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

const agree = (a: string | undefined, b: string | undefined): boolean => a === undefined || b === undefined || a === b;

/**
 * The contact that a message is of. By id; the only contact of a change also where one side leaves an id out, but never
 * against an id that differs: somebody else's user id would lead into somebody else's conversation.
 */
function contactOf({ from, from_user_id }: WireMessage, contacts: readonly WireContact[]): WireContact | undefined {
  const same = contacts.filter(
    ({ wa_id, user_id }) => agree(from, wa_id) && agree(from_user_id, user_id) && (wa_id ?? user_id) !== undefined,
  );
  const surely = same.find(
    ({ wa_id, user_id }) =>
      (user_id !== undefined && user_id === from_user_id) || (wa_id !== undefined && wa_id === from),
  );
  return surely ?? (contacts.length === 1 ? same[0] : undefined);
}

/** The sender of a message, by the message and the contacts of its change; null where neither says. */
export function senderOf(message: WireMessage, contacts: readonly WireContact[]): Who | null {
  const contact = contactOf(message, contacts);
  return whoBy(
    message.from ?? contact?.wa_id,
    message.from_user_id ?? contact?.user_id,
    contact?.profile?.name ?? contact?.profile?.username,
  );
}
