import type { ApiError } from './errors.ts';

const pairEveryMs = 6000;
const burstWithinMs = 6000;
const burst = 45;
const day = 24 * 60 * 60 * 1000;

/** Which of the provider's limits hold. */
export interface Limits {
  /** Free text within 24 hours of the person's last message: refused in the answer, in a receipt afterwards, or not at all. */
  window: 'answer' | 'status' | 'off';
  /**
   * One message in 6 seconds to one person. `borrowed`, as the provider's page has it: up to 45 within 6 seconds, and then
   * nothing until the regular rate has caught up. `bucket`: up to 45 ahead of the regular rate at any time. False: no limit.
   */
  pairRate: 'borrowed' | 'bucket' | false;
  /** Messages a second, in and out; false: any number. */
  throughput: number | false;
}

/** As the provider's pages "Throughput" and "Messages" have them. */
export const documentedLimits: Limits = { window: 'answer', pairRate: 'borrowed', throughput: 80 };

/** Keeps count of what limits are about, by the clock it is asked with. */
export interface Counts {
  /** A message of this person came: the window is open for 24 hours, after an advertisement for 72. */
  heard(person: string, now: number, fromAdvertisement: boolean): void;
  /** Closes the window, as if its time were over. */
  closeWindow(person: string): void;
  isWindowOpen(person: string, now: number): boolean;
  /** Counts one message out, or says which rate refuses it. */
  admit(person: string, now: number, limits: Limits): ApiError | null;
}

interface Burst {
  from: number;
  count: number;
}

/** Null where the pair may not: more than a burst ahead of the regular rate. `from` is when it is all paid back. */
const nextInBucket = (last: Burst | undefined, now: number): Burst | null => {
  const from = Math.max(last?.from ?? now, now) + pairEveryMs;
  return from - now > burst * pairEveryMs ? null : { from, count: 1 };
};

/** Null where the pair may not: what was borrowed is paid back at the regular rate. */
const nextBurst = (last: Burst | undefined, now: number): Burst | null => {
  if (!last || now >= last.from + last.count * pairEveryMs) return { from: now, count: 1 };
  if (now < last.from + burstWithinMs && last.count < burst) return { ...last, count: last.count + 1 };
  return null;
};

export function createCounts(): Counts {
  const openUntil = new Map<string, number>();
  const bursts = new Map<string, Burst>();
  let second = { from: 0, count: 0 };
  const count = (now: number): number => {
    if (now >= second.from + 1000 || now < second.from) second = { from: now, count: 0 };
    second.count += 1;
    return second.count;
  };
  return {
    heard(person, now, fromAdvertisement) {
      count(now);
      openUntil.set(person, Math.max(openUntil.get(person) ?? 0, now + (fromAdvertisement ? 3 * day : day)));
    },
    closeWindow: (person) => void openUntil.delete(person),
    isWindowOpen: (person, now) => now < (openUntil.get(person) ?? 0),
    admit(person, now, limits) {
      if (limits.throughput !== false && count(now) > limits.throughput) {
        return {
          code: 130429,
          details: 'Message failed to send because there were too many messages sent in a short period.',
        };
      }
      if (limits.pairRate === false) return null;
      const next = (limits.pairRate === 'bucket' ? nextInBucket : nextBurst)(bursts.get(person), now);
      if (next) bursts.set(person, next);
      if (next) return null;
      return {
        code: 131056,
        details:
          'Message failed to send because there were too many messages sent from this number to the same person.',
      };
    },
  };
}
