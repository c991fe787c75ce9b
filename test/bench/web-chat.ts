import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Level, type Measured, measure } from './support/latency.ts';
import { freePort, processorMs, type Running, residentBytes, startProcess, startWasl } from './support/server.ts';
import { megabytes, ms, percentile, say, sorted, table } from './support/table.ts';
import { createVisitor, type Visitor } from './support/visitor.ts';

const urlOf = (server: Running): string => `http://localhost:${server.port}`;

const levels: readonly Level[] = [
  { visitors: 1, thinkMs: 20, answers: 600 },
  { visitors: 50, thinkMs: 500, answers: 2_500 },
  { visitors: 500, thinkMs: 2_500, answers: 5_000 },
];

const p50 = ({ times }: Measured): number => percentile(sorted(times), 0.5);
const p99 = ({ times }: Measured): number => percentile(sorted(times), 0.99);

interface Costed extends Measured {
  /** Processor time of the server for each message, ms. */
  processor: number;
}

async function measureCost(server: Running, level: Level): Promise<Costed> {
  const before = processorMs(server.child.pid);
  const measured = await measure(urlOf(server), level);
  return { ...measured, processor: (processorMs(server.child.pid) - before) / measured.times.length };
}

const rowOf = ({ visitors }: Level, wasl: Costed, bare: Costed): (string | number)[] => [
  visitors,
  wasl.perSecond.toFixed(0),
  ms(p50(wasl)),
  ms(p99(wasl)),
  ms(p50(bare)),
  ms(p99(bare)),
  ms(p50(wasl) - p50(bare)),
  (p50(wasl) / p50(bare)).toFixed(1),
  ms(wasl.processor),
  ms(bare.processor),
  wasl.unanswered + bare.unanswered,
];

const head = [
  'visitors',
  'messages/s',
  'p50',
  'p99',
  'bare p50',
  'bare p99',
  'p50 more',
  'ratio',
  'CPU ms',
  'bare CPU',
  'unanswered',
];

async function compare(wasl: Running, bare: Running): Promise<void> {
  const warmUp = { visitors: 20, thinkMs: 30, answers: 1_200 };
  for (const server of [wasl, bare]) await measure(urlOf(server), warmUp);
  const rows: (string | number)[][] = [];
  for (const level of levels) {
    const [ours, theirs] = [await measureCost(wasl, level), await measureCost(bare, level)];
    rows.push(rowOf(level, ours, theirs));
  }
  say('message to first answer, ms; bare is a socket.io echo with one durable insert\n');
  say(table(head, rows));
}

/** Connects many visitors, a hundred at a time. */
async function connectMany(server: Running, count: number): Promise<Visitor[]> {
  const visitors: Visitor[] = [];
  while (visitors.length < count) {
    const batch = Array.from({ length: Math.min(100, count - visitors.length) }, () =>
      createVisitor(urlOf(server), { remember: false }),
    );
    await Promise.all(batch.map((visitor) => visitor.connected()));
    visitors.push(...batch);
  }
  return visitors;
}

const firstAnswer = async (visitor: Visitor): Promise<number> => {
  const began = performance.now();
  const answered = new Promise<number>((resolve) => visitor.onMessage(() => resolve(performance.now() - began)));
  await visitor.send({ text: 'السلام عليكم' });
  return answered;
};

async function crowd(server: Running, count: number): Promise<(string | number)[]> {
  const before = residentBytes(server.child.pid);
  const began = performance.now();
  const visitors = await connectMany(server, count);
  const seconds = (performance.now() - began) / 1_000;
  await wait(2_000);
  const after = residentBytes(server.child.pid);
  const times: number[] = [];
  for (const visitor of visitors.filter((_, at) => at % 50 === 0)) times.push(await firstAnswer(visitor));
  for (const visitor of visitors) visitor.close();
  const each = ((after - before) / count / 1024).toFixed(1);
  return [
    count,
    seconds.toFixed(1),
    megabytes(before),
    megabytes(after),
    each,
    ms(percentile(sorted(times), 0.5)),
    times.length,
  ];
}

const crowdHead = ['connected', 'seconds', 'MB before', 'MB with all', 'KB each', 'answer p50 ms', 'answered'];

/** Latency against a bare echo, then a crowd of connected visitors: `web-chat [crowd]`. */
export async function run(args: readonly string[]): Promise<void> {
  const count = Number(args[0] ?? 5_000);
  const directory = mkdtempSync(join(tmpdir(), 'wasl-web-chat-'));
  const wasl = startWasl(await freePort(), directory);
  const bare = startProcess({ program: 'test/bench/support/bare-server.ts', port: await freePort() });
  try {
    await Promise.all([wasl.ready, bare.ready]);
    await compare(wasl, bare);
    say(`\nmemory of the server after it: ${megabytes(residentBytes(wasl.child.pid))} MB\n`);
    await wasl.stop();
    const fresh = startWasl(await freePort(), join(directory, 'crowd'));
    await fresh.ready;
    const rows = [
      ['Wasl', ...(await crowd(fresh, count))],
      ['bare', ...(await crowd(bare, count))],
    ];
    say(table(['server', ...crowdHead], rows));
    say(`\nerror output of the servers: ${[wasl, fresh, bare].map((one) => one.errors()).join('') || 'none'}`);
    await fresh.stop();
  } finally {
    await Promise.all([wasl.kill(), bare.stop()]);
    rmSync(directory, { recursive: true, force: true });
  }
}
