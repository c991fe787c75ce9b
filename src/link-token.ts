import { createHmac } from 'node:crypto';
import { isSame } from './agent/secret.ts';

/** 128 bits, in digits that no mail program takes for the end of a sentence. */
const signOf = (secret: Uint8Array, id: string): string =>
  createHmac('sha256', secret).update(id).digest('hex').slice(0, 32);

/**
 * The token of a link that leads somebody outside to one thing: its id, signed, and nothing else. Whether the thing may still
 * be seen is decided by the thing.
 *
 * @param secret of one purpose, so that a link for one thing opens no other
 */
export const linkToken = (secret: Uint8Array, id: string): string => `${id}.${signOf(secret, id)}`;

/** The id in a token that was signed here; null of any other. Compares in constant time. */
export function idInToken(secret: Uint8Array, token: string): string | null {
  const [, id = '', sign = ''] = /^([\w-]{1,64})\.([0-9a-f]{32})$/.exec(token) ?? [];
  return id !== '' && isSame(sign, signOf(secret, id)) ? id : null;
}
