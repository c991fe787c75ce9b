import type { Log } from '../channel/channel.ts';
import { type Beating, freshMs } from './beating.ts';
import type { Holding, LeaseRecords } from './lease-records.ts';
import type { StoredLease } from './stored.ts';

/** Takes leases for this process and lets them go, so that no two of its own wishes have one at a time either. */
export interface Taking {
  /** The lease, if nobody has it and nobody of this process is about to; it is to be let go again. */
  take(name: string): Promise<Holding | null>;
  /** Ends a holding. `isFreed` false where it was lost: then the store is left as it is. */
  letGo(holding: Holding, isFreed: boolean): Promise<void>;
  /** Whether it may be taken. A lease under this process's name that it does not know to have is left from a lost answer. */
  isFree(record: StoredLease | null): Promise<boolean>;
  /** Frees what could not be freed before. */
  tidy(): Promise<void>;
}

interface TakingOptions {
  members: Beating;
  records: LeaseRecords;
  log: Log;
}

export function createTaking({ members, records, log }: TakingOptions): Taking {
  const here = new Set<string>();
  /** What may still stand in the store under this process's name though it is not held. */
  const left = new Map<string, Holding>();

  const freeLeft = async (name: string): Promise<void> => {
    const holding = left.get(name);
    if (!holding) return;
    await records.free(holding);
    left.delete(name);
  };
  const isFree = async (record: StoredLease | null): Promise<boolean> => {
    if (!record?.owner) return true;
    return record.owner === members.owner() ? !here.has(record.id) : members.isGone(record.owner);
  };
  const write = async (name: string, record: StoredLease | null, owner: string): Promise<Holding | null> => {
    try {
      return await records.take(name, record, owner);
    } catch (error) {
      left.set(name, { name, owner, epoch: (record?.epoch ?? 0) + 1 });
      throw error;
    }
  };
  const tryFor = async (name: string): Promise<Holding | null> => {
    await members.sure();
    await freeLeft(name);
    const record = (await records.read([name])).get(name) ?? null;
    const owner = members.owner();
    if (record?.owner !== owner && !(await isFree(record))) return null;
    const holding = await write(name, record, owner);
    if (!holding || (members.owner() === owner && members.silentMs() < freshMs)) return holding;
    left.set(name, holding);
    return null;
  };
  return {
    isFree,
    async take(name) {
      if (here.has(name)) return null;
      here.add(name);
      let holding: Holding | null = null;
      try {
        holding = await tryFor(name);
        return holding;
      } finally {
        if (!holding) here.delete(name);
      }
    },
    async letGo(holding, isFreed) {
      try {
        if (isFreed) await records.free(holding);
      } catch (error) {
        left.set(holding.name, holding);
        log.warn({ err: error, lease: holding.name }, 'a lease could not be given back yet');
      } finally {
        here.delete(holding.name);
      }
    },
    async tidy() {
      for (const name of left.keys()) if (!here.has(name)) await freeLeft(name);
    },
  };
}
