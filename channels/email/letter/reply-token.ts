import { createHmac } from 'node:crypto';
import { isSame } from '../../../src/channel/same.ts';

/** The purpose under which `HostDeps.secret` gives the secret of reply tokens. */
export const replyPurpose = 'email-reply';

const keyShape = /^[a-z0-9]{1,26}$/;
const macLength = 10;
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
/** RFC 5321 section 4.5.3.1.1. */
const longestLocalPart = 64;

/** 50 bits in letters that survive a server that lower-cases addresses. They are guessed online only, one mail a guess. */
function macOf(secret: Buffer, key: string): string {
  const digest = createHmac('sha256', secret).update(`reply:${key}`).digest();
  return [...digest.subarray(0, macLength)].map((byte) => alphabet[byte & 31]).join('');
}

/**
 * What proves that whoever writes to an address with it was written to in a conversation. `key` is the conversation's key,
 * 1 to 26 of a-z and 0-9; anything else throws a RangeError, since an address could not carry it safely.
 */
export function makeToken(secret: Buffer, key: string): string {
  if (!keyShape.test(key)) throw new RangeError('A conversation key in a reply address is 1 to 26 of a-z and 0-9.');
  return key + macOf(secret, key);
}

const partsOf = (address: string): { local: string; domain: string } => {
  const at = address.lastIndexOf('@');
  return { local: address.slice(0, at), domain: address.slice(at + 1) };
};

/** `care@example.org` with the token of a conversation; the bare address where the two do not fit into one. */
export function replyAddress(secret: Buffer, address: string, key: string): string {
  const { local, domain } = partsOf(address);
  if (!keyShape.test(key)) return address;
  const extended = `${local}+${makeToken(secret, key)}`;
  return extended.length <= longestLocalPart ? `${extended}@${domain}` : address;
}

function tokenIn(address: string, own: readonly string[]): string | null {
  const { local, domain } = partsOf(address);
  const extended = own.map(partsOf).find((one) => one.domain === domain && local.startsWith(`${one.local}+`));
  return extended ? local.slice(extended.local.length + 1) : null;
}

/**
 * The conversation key that an address such as `care+token@example.org` proves; null where it carries no token, a token
 * that we did not make, or is none of `own` (in lower case).
 */
export function readToken(secret: Buffer, address: string, own: readonly string[]): string | null {
  const token = tokenIn(address.trim().toLowerCase(), own) ?? '';
  const [key, mac] = [token.slice(0, -macLength), token.slice(-macLength)];
  if (!keyShape.test(key)) return null;
  return isSame(mac, macOf(secret, key)) ? key : null;
}
