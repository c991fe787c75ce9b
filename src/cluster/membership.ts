import type { Log } from '../channel/channel.ts';
import { type Clock, iso } from '../clock.ts';
import type { Ids } from '../ids.ts';
import { type Store, StoreError } from '../store/port.ts';
import { createObservation, type Seen } from './observation.ts';
import { createRoll, type Roll } from './roll.ts';
import { members, type StoredMember } from './stored.ts';

export interface MembershipOptions {
  store: Store;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** Ms of a clock that nobody sets. */
  monotonic: () => number;
}

/** This process's place in the list of members, and what it knows of the others from it. To be used in turn, never side by side. */
export interface Membership {
  roll: Roll;
  owner(): string;
  /** False from when it was found that this process was taken for dead until it has its new name. */
  isCurrent(): boolean;
  /** Puts this process on the list. */
  enter(): Promise<void>;
  /** Beats once; takes a new name where this process was taken for dead. Rejects where the store cannot be reached. */
  beat(): Promise<void>;
  /** Looks at the others' beats and removes who is dead. */
  look(): Promise<void>;
  /** What was seen so far says nothing about anybody any more. */
  interrupt(): void;
  isGone(owner: string): Promise<boolean>;
  leave(): Promise<void>;
}

/** So many processes may share a store. */
const mostMembers = 1000;

async function enterAs(owner: string, { store, clock }: MembershipOptions): Promise<void> {
  const at = iso(clock.now());
  const document: StoredMember = { id: owner, version: 1, startedAt: at, at };
  const result = await store.write([{ op: 'insert', in: members, document }]);
  if (!result.ok) throw new StoreError('failed', 'A name that was just made is taken: the ids of two processes agree.');
}

/** Those of `owners` that the store really has no longer: a page may leave one out that changes while it is read. */
async function withoutStored(store: Store, owners: readonly string[]): Promise<string[]> {
  if (owners.length === 0) return [];
  const stored = new Set((await store.getMany(members, owners)).map(({ id }) => id));
  return owners.filter((owner) => !stored.has(owner));
}

/** Makes this process a member under a fresh name; nothing is written before `enter`. */
export function createMembership(options: MembershipOptions): Membership {
  const { store, clock, ids, log, monotonic } = options;
  const roll = createRoll(log);
  const observation = createObservation();
  let owner = ids.next();
  let isCurrent = true;

  const removeSilent = async ({ id, version }: Seen): Promise<void> => {
    const result = await store.write([{ op: 'remove', in: members, id, expect: version }]);
    if (result.ok)
      log.warn({ owner: id }, 'a process gave no sign of life any more: what it had in hand is taken over');
    if (result.ok || result.reason === 'missing') roll.bury(id);
  };
  const rename = async (): Promise<void> => {
    isCurrent = false;
    const [former, next] = [owner, ids.next()];
    await enterAs(next, options);
    [owner, isCurrent] = [next, true];
    log.warn({ former, owner }, 'this process was taken for dead: it goes on under a new name');
    roll.add(next);
    roll.bury(former);
  };
  return {
    roll,
    owner: () => owner,
    isCurrent: () => isCurrent,
    async enter() {
      await enterAs(owner, options);
      roll.add(owner);
    },
    async beat() {
      const set = { at: iso(clock.now()) };
      const result = isCurrent ? await store.write([{ op: 'update', in: members, id: owner, set }]) : null;
      if (!result?.ok) await rename();
    },
    async look() {
      const began = monotonic();
      const { items } = await store.find(members, { index: 'by-start', limit: mostMembers });
      const others = items.filter(({ id }) => id !== owner);
      const seen = new Set(others.map(({ id }) => id));
      const silent = observation.look({ began, ended: monotonic() }, others);
      const vanished = roll.living().filter((id) => id !== owner && !seen.has(id));
      for (const id of await withoutStored(store, vanished)) roll.bury(id);
      for (const id of seen) roll.add(id);
      for (const one of silent) await removeSilent(one);
    },
    interrupt: observation.interrupt,
    async isGone(other) {
      if (other === owner) return !isCurrent;
      if (roll.lives(other)) return false;
      if (roll.isKnownGone(other)) return true;
      const isStored = (await store.get(members, other)) !== null;
      if (!isStored) roll.bury(other);
      return !isStored;
    },
    async leave() {
      await store.write([{ op: 'remove', in: members, id: owner }]);
    },
  };
}
