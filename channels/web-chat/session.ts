import { createHmac } from 'node:crypto';
import { isSame } from '../../src/channel/same.ts';

/**
 * A visitor's session token: `v1.<visitor>.<mac>`, where the visitor is an unguessable id and the mac binds it to this
 * installation. Nothing is stored; a forged or garbled token is simply not a session.
 */
const mac = (secret: Buffer, visitor: string): Buffer => createHmac('sha256', secret).update(`v1.${visitor}`).digest();

export const signSession = (secret: Buffer, visitor: string): string =>
  `v1.${visitor}.${mac(secret, visitor).toString('base64url')}`;

/** The visitor of a token, or null where it is not one of ours, to the letter. */
export function readSession(secret: Buffer, token: unknown): string | null {
  if (typeof token !== 'string' || token.length > 300) return null;
  const visitor = token.split('.')[1];
  if (!visitor) return null;
  return isSame(token, signSession(secret, visitor)) ? visitor : null;
}
