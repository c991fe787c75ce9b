import { randomBytes } from 'node:crypto';

/** Digits, the first of them not zero. */
export const newDigits = (length: number): string =>
  `${1 + ((randomBytes(1)[0] ?? 0) % 9)}${[...randomBytes(length - 1)].map((byte) => byte % 10).join('')}`;

/** Twilio's ids: two letters for the kind, and 32 hexadecimal digits. */
export const newSid = (kind: 'SM'): string => `${kind}${randomBytes(16).toString('hex')}`;
