import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import type { TicketChange } from '../ticket/events.ts';

/** Gives a secret of this installation for one purpose. */
export type Secret = (purpose: string) => Uint8Array;

const purpose = 'field';
const mark = 'sealed:1:';
const shownLength = 4;
const ivBytes = 12;
const tagBytes = 16;

const keyOf = (secret: Secret): Uint8Array => createHash('sha256').update(secret(purpose)).digest();

/** Whether a value is sealed. */
export const isSealed = (value: string): boolean => value.startsWith(mark);

/**
 * A value that is kept unreadable (AES-256-GCM, NIST SP 800-38D, a fresh nonce each) but for its last four characters, by
 * which staff tell it from others. What is sealed stays as it is.
 */
export function seal(secret: Secret, value: string): string {
  if (isSealed(value)) return value;
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv);
  const body = Buffer.concat([iv, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${mark}${value.slice(-shownLength)}:${body.toString('base64url')}`;
}

/** The value that was sealed. Throws where it was sealed under another secret, or changed since. */
export function openSealed(secret: Secret, sealed: string): string {
  const body = Buffer.from(sealed.slice(sealed.lastIndexOf(':') + 1), 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), body.subarray(0, ivBytes));
  decipher.setAuthTag(body.subarray(-tagBytes));
  return Buffer.concat([decipher.update(body.subarray(ivBytes, -tagBytes)), decipher.final()]).toString('utf8');
}

/** A value as it may be shown: of a sealed one the last four characters (••••••1234). */
export const shownValue = (value: string): string =>
  isSealed(value) ? `••••••${value.slice(mark.length, value.lastIndexOf(':'))}` : value;

/** The values of a form as they may be shown. */
export const shownFields = (fields: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([id, value]) => [id, shownValue(value)]));

/** The same changes with what a person may be known by sealed: to be done before they reach a ledger. */
export function sealedChanges(
  { casework }: Pick<OrganisationSnapshot, 'casework'>,
  secret: Secret,
  changes: readonly TicketChange[],
): TicketChange[] {
  const secretIds = new Set(casework.forms.filter(({ kind }) => kind === 'national-id').map(({ id }) => id));
  if (secretIds.size === 0) return [...changes];
  const sealedFields = (fields: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(fields).map(([id, value]) => [id, secretIds.has(id) ? seal(secret, value) : value]),
    );
  return changes.map((change) =>
    'fields' in change && change.fields && !Array.isArray(change.fields)
      ? ({ ...change, fields: sealedFields(change.fields) } as TicketChange)
      : change,
  );
}
