import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createWhatsappCloudSimulator, type WhatsappCloudSimulator } from '../fakes/whatsapp-cloud/simulator.ts';
import { lackOf, type MongoServer, type ServerName, startMongoServer } from '../servers/mongo-server.ts';
import { auditPosts } from './support/audit-posts.ts';
import { measure } from './support/latency.ts';
import { type Account, createPoster, messagePost } from './support/posts.ts';
import { freePort, type Running, startWasl } from './support/server.ts';
import { ms, percentile, say, sorted, table } from './support/table.ts';

const words = ['السلام عليكم', 'كيف أقدم طلب صيانة لجهاز العرض في القاعة؟', 'اسمي محمد العتيبي', 'شكراً لكم'];
const people = 200;
const phoneOf = (at: number): string => `96650${1_000_000 + (at % people)}`;
const wordsOf = (at: number): string => words[Math.floor(at / people) % words.length] ?? '';

/** Messages a second in the steady part. */
const steadyRate = 10;

interface Rig {
  wasl: Running;
  simulator: WhatsappCloudSimulator;
  account: Account;
  secondsLong: number;
  /** Ids of messages whose post was taken. */
  taken: string[];
  /** How many were posted, so that people and words go on where the part before ended. */
  posted: number;
}

const webhookOf = ({ wasl }: Rig): string => `http://127.0.0.1:${wasl.port}/webhooks/whatsapp`;

interface Posting {
  times: number[];
  refused: number;
}

function poster(rig: Rig, connections: number) {
  const { post, close } = createPoster(webhookOf(rig), connections);
  const posting: Posting = { times: [], refused: 0 };
  const one = async (): Promise<void> => {
    const at = rig.posted;
    rig.posted += 1;
    const { wamid, ...rest } = messagePost(rig.account, phoneOf(at), wordsOf(at));
    const { status, ms: took } = await post(rest).catch(() => ({ status: 0, ms: 0 }));
    if (status !== 200) posting.refused += 1;
    else {
      posting.times.push(took);
      rig.taken.push(wamid);
    }
  };
  return { one, posting, close };
}

const figuresOf = async ({ wasl }: Rig): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${wasl.port}/metrics`)).text();
  const figure = (name: string): number =>
    Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\d+)`, 'm').exec(text)?.[1] ?? 0);
  return figure('wasl_arrivals_waiting') + figure('wasl_turns_waiting');
};

const drainWithinMs = 180_000;
/** At most so many posts as fast as they go in, for each second of the bench: all of them are to be answered afterwards. */
const peakPerSecond = 100;

const stillMs = 1_500;

/** Seconds until everything was read, decided and sent; NaN where it took too long. */
async function drained(rig: Rig): Promise<number> {
  const began = performance.now();
  const { counted } = rig.simulator;
  for (let [sent, since] = [-1, began]; performance.now() - began < drainWithinMs; await wait(100)) {
    if (counted.sent !== sent) [sent, since] = [counted.sent, performance.now()];
    const isStill = performance.now() - since > stillMs;
    if (isStill && (await figuresOf(rig)) === 0) return (since - began) / 1_000;
  }
  return Number.NaN;
}

async function chat({ wasl, secondsLong }: Rig): Promise<string[]> {
  const url = `http://127.0.0.1:${wasl.port}`;
  await measure(url, { visitors: 10, thinkMs: 50, answers: 300, withinMs: 5_000 });
  const level = { visitors: 50, thinkMs: 500, answers: Number.POSITIVE_INFINITY, withinMs: secondsLong * 1_000 };
  const { times, unanswered, perSecond } = await measure(url, level);
  const all = sorted(times);
  return [perSecond.toFixed(0), ms(percentile(all, 0.5)), ms(percentile(all, 0.99)), String(unanswered)];
}

/** At a rate that a person at the counter would call a rush: how long a post takes, and what is left after it. */
async function steadily(rig: Rig): Promise<string[]> {
  const { one, posting, close } = poster(rig, 20);
  const open: Promise<void>[] = [];
  const began = performance.now();
  for (let at = 0; at < rig.secondsLong * steadyRate; at += 1) {
    open.push(one());
    await wait(Math.max(0, began + ((at + 1) * 1_000) / steadyRate - performance.now()));
  }
  await Promise.all(open);
  close();
  const behind = await drained(rig);
  const all = sorted(posting.times);
  return [ms(percentile(all, 0.5)), ms(percentile(all, 0.99)), behind.toFixed(1), String(posting.refused)];
}

/** As many as go in, up to a number, and how many a second are read, decided and answered. */
async function atMost(rig: Rig): Promise<string[]> {
  const { one, posting, close } = poster(rig, 30);
  const began = performance.now();
  const until = began + rig.secondsLong * 1_000;
  let left = rig.secondsLong * peakPerSecond;
  const inTurn = async (): Promise<void> => {
    while (left-- > 0 && performance.now() < until) await one();
  };
  await Promise.all(Array.from({ length: 30 }, inTurn));
  const seconds = (performance.now() - began) / 1_000;
  close();
  const drain = await drained(rig);
  const count = posting.times.length;
  return [(count / seconds).toFixed(0), (count / (seconds + drain)).toFixed(1), String(posting.refused)];
}

interface Row {
  store: 'SQLite' | ServerName;
  processes: number;
}

/** One process by itself, as `npm start` runs it; several as `npm run cluster` does. */
const several = (processes: number) =>
  processes === 1
    ? {}
    : {
        program: 'src/processes/run.ts',
        args: [String(processes)],
        readyLine: new RegExp(`All ${processes} processes`),
      };

async function measureRow({ processes }: Row, directory: string, secondsLong: number): Promise<string[]> {
  const limits = { window: 'off', pairRate: false, throughput: false } as const;
  const simulator = createWhatsappCloudSimulator({ limits, receipts: null, keep: false });
  await simulator.start();
  const env: Record<string, string> = { ...simulator.settings(), WHATSAPP_CLOUD_PER_SECOND: '1000' };
  const account = {
    phoneNumberId: env.WHATSAPP_CLOUD_PHONE_NUMBER_ID ?? '',
    businessAccountId: env.WHATSAPP_CLOUD_WABA_ID ?? '',
    appSecret: env.WHATSAPP_CLOUD_APP_SECRET ?? '',
  };
  const wasl = startWasl(await freePort(), directory, { env, ...several(processes) });
  const rig: Rig = { wasl, simulator, account, secondsLong, taken: [], posted: 0 };
  try {
    await wasl.ready;
    const cells = [...(await chat(rig)), ...(await steadily(rig)), ...(await atMost(rig))];
    await wasl.stop();
    if (cells.includes('NaN')) return [...cells, 'not all answered'];
    const faults = await auditPosts(directory, rig.taken, 'whatsapp-cloud');
    const wrong = Object.entries(faults).filter(([, count]) => count > 0);
    for (const [fault, count] of wrong) say(`  ${fault}: ${count}`);
    return [...cells, String(wrong.reduce((sum, [, count]) => sum + count, 0))];
  } finally {
    await wasl.stop();
    await simulator.stop();
  }
}

/** A row on a store of its own, with nothing in it. */
async function freshRow(row: Row, secondsLong: number): Promise<string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'wasl-cluster-'));
  const server: MongoServer | null = row.store === 'SQLite' ? null : await startMongoServer(row.store);
  if (server) process.env.MONGODB_URL = server.url;
  else delete process.env.MONGODB_URL;
  try {
    return await measureRow(row, directory, secondsLong);
  } finally {
    delete process.env.MONGODB_URL;
    await server?.remove();
    rmSync(directory, { recursive: true, force: true });
  }
}

const head = [
  'store',
  'processes',
  'chat/s',
  'p50 ms',
  'p99 ms',
  'unanswered',
  `post p50, ${steadyRate}/s`,
  'p99',
  'behind s',
  'refused',
  'posts in/s',
  'all answered/s',
  'refused',
  'faults',
];

/**
 * 50 visitors with a think time, WhatsApp at a steady rate, then as many posts as go in, with 1, 2 and 4 processes on each
 * server of test/servers that can be had, and SQLite beside them: `cluster [seconds] [processes...]`.
 */
export async function run(args: readonly string[]): Promise<void> {
  const [secondsLong = 15, ...counts] = args.map(Number);
  const processes = counts.length > 0 ? counts : [1, 2, 4];
  const rows: Row[] = [{ store: 'SQLite', processes: 1 }];
  for (const store of ['mongo-java-server', 'ferretdb'] as const) {
    const lack = await lackOf(store);
    if (lack) say(`${lack} Left out.`);
    else rows.push(...processes.map((count) => ({ store, processes: count })));
  }
  const made: string[][] = [];
  for (const row of rows) {
    say(`${row.store}, ${row.processes}`);
    const cells = await freshRow(row, secondsLong).catch((error: unknown) => [String(error)]);
    made.push([row.store, String(row.processes), ...cells]);
    say(cells.join('  '));
  }
  say(`\n${secondsLong} s each; message to first answer, post to its 200\n`);
  say(table(head, made));
}
