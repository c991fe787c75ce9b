/** A member as a look at the store showed it: `version` is its beat. */
export interface Seen {
  id: string;
  version: number;
}

/** When a look at the store was begun and ended, in ms of the own monotonic clock. */
export interface Moment {
  began: number;
  ended: number;
}

/** Nobody is dead before it was watched for so long without a beat (ms). */
export const deadAfterMs = 15_000;
/** Looks further apart than this (ms) do not connect: the store, or this process, may have been away between them. */
export const connectedMs = 6000;

/** Watches the beats of others, on the own clock alone. */
export interface Observation {
  /** Takes in what a look showed; gives those that have not beaten for `deadAfterMs` of connected watching. */
  look(when: Moment, seen: readonly Seen[]): Seen[];
  /** A look failed: watching everybody begins anew with the next. */
  interrupt(): void;
}

export function createObservation(): Observation {
  let since = new Map<string, { version: number; from: number }>();
  let lastEnded = Number.NEGATIVE_INFINITY;
  return {
    look({ began, ended }, seen) {
      const isConnected = began - lastEnded <= connectedMs;
      const former = isConnected ? since : new Map<string, { version: number; from: number }>();
      lastEnded = ended;
      const silent: Seen[] = [];
      since = new Map();
      for (const one of seen) {
        const known = former.get(one.id);
        const same = known?.version === one.version ? known : null;
        since.set(one.id, same ?? { version: one.version, from: ended });
        if (same && began - same.from >= deadAfterMs) silent.push(one);
      }
      return silent;
    },
    interrupt() {
      lastEnded = Number.NEGATIVE_INFINITY;
    },
  };
}
