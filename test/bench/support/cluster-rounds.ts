import { setTimeout as wait } from 'node:timers/promises';
import type { MongoServer } from '../../servers/mongo-server.ts';
import { openStoreOf, storeEnv } from '../../support/store-env.ts';
import { killHolders, type Lengths, play } from './cluster-acts.ts';
import { auditCluster, type ClusterAudit, workLeft } from './cluster-audit.ts';
import { type House, openHouse } from './cluster-house.ts';
import { beginWriting, type Crowd, type People } from './cluster-people.ts';
import { type Takeovers, watchTakeovers } from './cluster-takeover.ts';
import { seeded } from './story.ts';

export interface ClusterOptions extends Crowd {
  directory: string;
  processes: number;
  acts: number;
  /** Kills of the process that serves the lone inbox, after the acts, for the time that it takes others to take it over. */
  takeovers: number;
  lengths: Lengths;
  /** The server's address, and the server itself where it is ours to restart. */
  databaseUrl: string;
  server: MongoServer | null;
  /** How long it may take at the end until nothing is left to do. */
  settleMs: number;
  progress?(done: number, what: string): void;
}

export interface ClusterProved extends ClusterAudit {
  takeovers: Takeovers;
  troubles: House['troubles'];
  /** From the last act's end until everything was done, ms. */
  settledAfterMs: number;
  errors: string[];
}

const quietMs = 3_000;

/** Ends once nothing is left to do and nothing more goes out. */
async function settled(directory: string, house: House, people: People, withinMs: number): Promise<number> {
  const began = performance.now();
  const store = await openStoreOf(directory);
  const out = (): number =>
    house.accepted.length +
    house.smtp.count() +
    people.writers.reduce((sum, { visitor }) => sum + visitor.sights.length, 0);
  try {
    for (let [before, since] = [-1, began]; performance.now() - began < withinMs; await wait(500)) {
      const now = out();
      if (now !== before) [before, since] = [now, performance.now()];
      if (performance.now() - since > quietMs && (await workLeft(store)) === 0) return since - began;
    }
    return Number.NaN;
  } finally {
    await store.close();
  }
}

const isWell = async (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Ends all processes as an operator does; gives how many were not well before, and how many did not end so. */
async function stopAll({ places }: House): Promise<Record<string, number>> {
  const well = await Promise.all(places.map(({ port }) => isWell(port)));
  const codes = await Promise.all(places.map(({ running }) => running?.stop()));
  return {
    'processes not well in the end': well.filter((one) => !one).length,
    'processes that did not stop in order': codes.filter((code) => code !== 0).length,
  };
}

/** People write to several processes to which one thing after the other happens; ends when everything was answered. */
export async function provoke(options: ClusterOptions): Promise<ClusterProved> {
  const { directory, seed, databaseUrl } = options;
  const random = seeded(seed);
  const before = process.env.MONGODB_URL;
  process.env.MONGODB_URL = databaseUrl;
  const direct = storeEnv(directory).MONGODB_URL ?? '';
  const databasePort = Number(new URL(databaseUrl).port);
  const house = await openHouse({ directory, processes: options.processes, databasePort, random: seeded(seed + 1) });
  const watch = await watchTakeovers(direct, house);
  try {
    const people = await beginWriting(house, options);
    const acting = { ...options, house, random, killed: watch.killed };
    await play(acting);
    await killHolders(acting, options.takeovers);
    const quietAt = performance.now();
    await Promise.race([people.end(), wait(options.settleMs, null, { ref: false })]);
    const endedAt = performance.now();
    process.env.MONGODB_URL = databaseUrl;
    const settledAt = await settled(directory, house, people, options.settleMs);
    for (const { visitor } of people.writers) visitor.reconnect();
    await settled(directory, house, people, options.settleMs);
    people.close();
    const ends = await stopAll(house);
    const found = await auditCluster(directory, house, people);
    return {
      ...found,
      faults: { ...found.faults, ...ends, 'words and posts never acknowledged': people.open() },
      takeovers: watch.found,
      troubles: house.troubles,
      settledAfterMs: endedAt - quietAt + settledAt,
      errors: house.errors,
    };
  } finally {
    await watch.stop();
    await house.close();
    if (before === undefined) delete process.env.MONGODB_URL;
    else process.env.MONGODB_URL = before;
  }
}
