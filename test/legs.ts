import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lackOf, type MongoServer, type ServerName, startMongoServer } from './servers/mongo-server.ts';

/** A run of tests, on the embedded store or on a server that is started for it. */
export interface Leg {
  /** In words, for those who read the output. */
  on: string;
  server?: ServerName;
  /** Further settings of the tests. */
  env?: Readonly<Record<string, string>>;
  /** Further arguments of vitest: what of the tests. None: all. */
  tests: readonly string[];
}

/** Real sockets, browsers and mail servers on a shared machine: one that fails is tried once more, and named as tried again. */
const onceMore = ['--retry', '1'];

/** Over a wire the moments of a test vary more than on the embedded store: one that fails is tried again, a fault fails each time. */
const tiers = ['--retry', '2', '--project', 'contract', '--project', 'integration'];

export const embedded: Leg = { on: 'the embedded store', tests: onceMore };

const within = (folder: string, names: readonly string[]): string[] =>
  names.map((name) => `test/integration/${folder}/${name}.test`);

/** What the flow stands on. The rest of it runs on the quicker server: this one takes about a second for a test. */
const core = [
  'delivery',
  'dialogue',
  'exactly-once',
  'identity',
  'letters',
  'notices',
  'receipts',
  'recovery',
  'turns',
];

/** Thousands of posts at once take this server longer than the test has; and what asks about words alone asks no store. */
const elsewhere = /^(arrivals|dialogue-|public-|private-|several-|shipped-|rating|questions)/;
const flow = readdirSync(join(import.meta.dirname, 'integration/flow'))
  .flatMap((name) => /^(.+)\.test\.ts$/.exec(name)?.[1] ?? [])
  .filter((name) => !elsewhere.test(name));

/** The store's contract, the core of the flow and a channel over the real wire protocol, with one process. */
const overTheWire: Leg = {
  on: 'FerretDB',
  server: 'ferretdb',
  env: { MONGODB_ONE_PROCESS: '1' },
  tests: [
    ...tiers,
    ...['test/contract/store-', 'test/integration/servers/mongo'],
    ...within('flow', core),
    'test/integration/email/whole.test',
  ],
};

/** What needs several processes, where an update of one document is atomic for all of them; and most of the flow. */
const betweenProcesses: Leg = {
  on: 'mongo-java-server',
  server: 'mongo-java-server',
  tests: [
    ...tiers,
    ...['test/contract/store-', 'test/integration/mongo/', 'test/integration/cluster/', 'test/integration/inbox/'],
    ...['test/integration/move/round-trip', 'test/integration/web-chat/'],
    ...within('flow', flow),
    ...['test/integration/http-session', 'test/integration/http-races', 'test/integration/webhooks'],
    ...['test/integration/sms/whole', 'test/integration/x/dialogue', 'test/integration/casework/path'],
  ],
};

/** Everything on the embedded store, then parts of it on each server that can be had. */
export const everyLeg: readonly Leg[] = [embedded, betweenProcesses, overTheWire];

/** Does something with the server of a leg, and ends it; where the server cannot be had, gives the sentence that says why. */
export async function withServer<T>(leg: Leg, run: (url: string | null) => Promise<T>): Promise<T | string> {
  if (!leg.server) return run(null);
  const lack = await lackOf(leg.server);
  if (lack !== null) return lack;
  const server: MongoServer = await startMongoServer(leg.server);
  try {
    return await run(server.url);
  } finally {
    await server.remove();
  }
}
