import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Log } from '../../../src/channel/channel.ts';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import { openCluster } from '../../../src/cluster/open-cluster.ts';
import { createIds } from '../../../src/ids.ts';
import { type Store, StoreError } from '../../../src/store/port.ts';
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts';
import { openStoreOf, removeStore } from '../../support/store-env.ts';

/** A store that several processes of a test share, and whether it can be reached. */
export interface SharedStore {
  store: Store;
  /** The store as one process sees it: `cutOff` for it alone, or for all. */
  seenBy(reach: Reach): Store;
  /** Operations that are not answered yet. */
  open(): number;
  reach: Reach;
}

export interface Reach {
  isCutOff: boolean;
}

async function openAny(): Promise<Store> {
  const directory = mkdtempSync(join(tmpdir(), 'wasl-cluster-'));
  onTestFinished(() => removeStore(directory));
  return openStoreOf(directory);
}

const asked = ['get', 'getMany', 'find', 'count', 'search', 'write', 'claim', 'next', 'changes'] as const;

/** One store for all processes of a test, the embedded one or a MongoDB (MONGODB_URL), closed at its end. */
export async function aSharedStore(): Promise<SharedStore> {
  const store = await openAny();
  const reach: Reach = { isCutOff: false };
  let open = 0;
  onTestFinished(() => store.close());
  const seenBy = (own: Reach): Store => {
    const seen: Store = { ...store, exclusive: false };
    for (const name of asked) {
      const ask = store[name] as (...given: unknown[]) => Promise<unknown>;
      const guarded = async (...given: unknown[]): Promise<unknown> => {
        if (reach.isCutOff || own.isCutOff) throw new StoreError('unavailable', 'cut off');
        open += 1;
        try {
          return await ask(...given);
        } finally {
          open -= 1;
        }
      };
      Object.assign(seen, { [name]: guarded });
    }
    return seen;
  };
  return { store, seenBy, reach, open: () => open };
}

/** What a process wrote into its log. */
export interface Line {
  level: keyof Log;
  message: string;
}

/** One process of a test: its cluster, and its own clock, which stands still while it is held back. */
export interface Process {
  cluster: Cluster;
  clock: FakeClock;
  store: Store;
  lines: Line[];
  /** The store is away for this process alone. */
  reach: Reach;
  /** Stops or continues its clock's timers, as SIGSTOP and SIGCONT do: time goes on meanwhile. */
  isPaused: boolean;
  isDead: boolean;
}

export interface Several {
  shared: SharedStore;
  processes: Process[];
  /** One more process; `aheadMs`: how far its wall clock is ahead. */
  start(options?: { aheadMs?: number; redisUrl?: string }): Promise<Process>;
  /** Time passes for all processes, in steps, with everything done that falls due. */
  pass(ms: number): Promise<void>;
  /** Waits until nothing is under way. */
  settle(): Promise<void>;
  /** It does nothing more, as after kill -9. */
  kill(process: Process): void;
}

const stepMs = 100;
const logInto = (lines: Line[]): Log => {
  const at = (level: keyof Log) => (_fields: object, message: string) => void lines.push({ level, message });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};

/** Several processes in one, on one store, with clocks of their own. */
export async function several(count: number): Promise<Several> {
  const shared = await aSharedStore();
  const processes: Process[] = [];
  const settle = async (): Promise<void> => {
    for (let quiet = 0; quiet < 4; quiet += 1) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (shared.open() > 0) quiet = -1;
    }
  };
  const start: Several['start'] = async ({ aheadMs = 0, redisUrl } = {}) => {
    const wall = createFakeClock('2026-11-22T08:00:00.000Z');
    const steadyStart = wall.now();
    wall.set(steadyStart + 1000 * (processes.length + 1));
    const clock: FakeClock = { ...wall, now: () => wall.now() + aheadMs };
    const lines: Line[] = [];
    const reach: Reach = { isCutOff: false };
    const store = shared.seenBy(reach);
    const cluster = await openCluster({
      store,
      clock,
      ids: createIds(),
      log: logInto(lines),
      redisUrl,
      monotonic: () => wall.now() - steadyStart,
    });
    const process: Process = { cluster, clock, store, lines, reach, isPaused: false, isDead: false };
    processes.push(process);
    onTestFinished(() => (process.isDead ? undefined : cluster.stop()));
    await settle();
    return process;
  };
  const owed = new Map<Process, number>();
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += stepMs) {
      for (const process of processes) {
        if (process.isDead) continue;
        const due = (owed.get(process) ?? 0) + Math.min(stepMs, ms - passed);
        owed.set(process, process.isPaused ? due : 0);
        if (!process.isPaused) process.clock.advance(due);
      }
      await settle();
    }
  };
  const kill = (process: Process): void => {
    process.isDead = true;
    process.reach.isCutOff = true;
  };
  for (let i = 0; i < count; i += 1) await start();
  return { shared, processes, start, pass, settle, kill };
}
