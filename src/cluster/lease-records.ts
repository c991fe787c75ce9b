import { type Clock, iso } from '../clock.ts';
import type { Op, Store } from '../store/port.ts';
import { leases, type StoredLease } from './stored.ts';

/** What makes one holding of a lease different from every other one. */
export interface Holding {
  name: string;
  owner: string;
  epoch: number;
}

/** The leases in the store. All that is changed is changed only where it still is as it was seen. */
export interface LeaseRecords {
  read(names: readonly string[]): Promise<Map<string, StoredLease>>;
  /** Takes a lease that was seen free (or not at all); null where another was faster. */
  take(name: string, seen: StoredLease | null, owner: string): Promise<Holding | null>;
  /** Frees it, unless somebody else has it by now. */
  free(holding: Holding): Promise<void>;
}

/** Does nothing but fail where the lease is not held so any more. */
export const fenceOf = ({ name, owner, epoch }: Holding): Op => ({
  op: 'update',
  in: leases,
  id: name,
  when: { owner, epoch },
});

export function createLeaseRecords({ store, clock }: { store: Store; clock: Clock }): LeaseRecords {
  const now = (): string => iso(clock.now());
  return {
    async read(names) {
      if (names.length === 0) return new Map();
      return new Map((await store.getMany(leases, names)).map((one) => [one.id, one]));
    },
    async take(name, seen, owner) {
      const holding: Holding = { name, owner, epoch: (seen?.epoch ?? 0) + 1 };
      const state = { owner, epoch: holding.epoch, at: now() };
      const when = { owner: seen?.owner ?? null, epoch: seen?.epoch ?? 0 };
      const result = await store.write([
        seen
          ? { op: 'update', in: leases, id: name, when, set: state }
          : { op: 'insert', in: leases, document: { id: name, version: 1, ...state } satisfies StoredLease },
      ]);
      return result.ok ? holding : null;
    },
    async free({ name, owner, epoch }) {
      await store.write([
        { op: 'update', in: leases, id: name, when: { owner, epoch }, set: { owner: null, at: now() } },
      ]);
    },
  };
}
