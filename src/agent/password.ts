import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** 2 is argon2id. The parameters are OWASP's (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The fewest characters that a password may have, whoever chose it. */
export const leastPasswordLength = 12;

export const hashPassword = (password: string): Promise<string> => hash(password, cost);

let decoy: Promise<string> | undefined;

/**
 * Whether the password is the one hashed. Without a hash (an unknown account) it does the same work and says no, so
 * that the answer's time does not tell which accounts exist.
 */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const right = await verify(passwordHash ?? (await decoy), password);
  return right && passwordHash !== null;
}

/** Letters and digits that nobody confuses when reading aloud. */
const alphabet = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A password of four groups of five, about 115 bits. */
export function makePassword(): string {
  const group = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
