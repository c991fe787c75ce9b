import { createHash, randomBytes } from 'node:crypto';

/** Makes ids. Injected, so that tests can have ids they know. */
export interface Ids {
  /** An opaque id that sorts by the time it was made (UUIDv7, RFC 9562), in order within one process. */
  next(): string;
  /** An unguessable token of 256 bits, base64url. */
  token(): string;
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** Ids from the given time source (ms). Within one millisecond a counter of 12 bits keeps the order. */
export function createIds(now: () => number = Date.now): Ids {
  let last = 0;
  let counter = 0;
  const tick = (): void => {
    const ms = now();
    if (ms > last) {
      last = ms;
      counter = 0;
    } else if (++counter > 0xfff) {
      last += 1;
      counter = 0;
    }
  };
  return {
    next() {
      tick();
      const time = hex(last, 12);
      const tail = randomBytes(8).toString('hex');
      const variant = hex((Number.parseInt(tail.slice(0, 1), 16) & 0x3) | 0x8, 1);
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(counter, 3)}-${variant}${tail.slice(1, 4)}-${tail.slice(4)}`;
    },
    token: () => randomBytes(32).toString('base64url'),
  };
}

/** A short stable id derived from its parts: the same parts give the same id, so a repeated effect finds itself. */
export const keyed = (...parts: readonly (string | number)[]): string =>
  createHash('sha256').update(parts.join('\u0000')).digest('base64url').slice(0, 27);
