import type { Op } from '../store/port.ts';

/** A lease that this process has: nobody else has it as long as `signal` is not aborted. */
export interface Lease {
  name: string;
  /** Grows with every owner that the lease has had. */
  epoch: number;
  /** Aborted when it is lost. */
  signal: AbortSignal;
  /** Operations for a unit of writes that is to be refused as a whole where the lease is not held any more (fencing). */
  fence(): Op[];
}

/** Wishes to have a lease for as long as possible. Both are called in turn, never side by side. */
export interface Holder {
  /** It was won. What is begun here ends when it is lost. Where it rejects, the lease is given back and tried for again. */
  won(lease: Lease): Promise<void>;
  /** It was lost, or is being given back: ends what was begun. The lease is free once this resolves, unless it was lost. */
  lost(): Promise<void>;
}

/** Leases by name: one process has each, another takes it over within 30 s of a death. */
export interface Leases {
  /** Tries for a lease from now on. Gives a function that gives it back and tries no more. */
  hold(name: string, holder: Holder): () => Promise<void>;
  /** Does something that only one process may do at a time, such as filling an empty store; waits for its turn. */
  once<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Who has a lease, as it was last seen; null where nobody does. */
  ownerOf(name: string): string | null;
}

const never: AbortSignal = new AbortController().signal;

/** Leases of the one process of a store: always won. */
export const everyLease = (owner: string): Leases => ({
  hold(name, holder) {
    const begun = holder.won({ name, epoch: 1, signal: never, fence: () => [] });
    return async () => {
      await begun.catch(() => undefined);
      await holder.lost();
    };
  },
  once: (_name, work) => work(),
  ownerOf: () => owner,
});
