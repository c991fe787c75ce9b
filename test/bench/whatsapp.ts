import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createWhatsappCloudSimulator, type WhatsappCloudSimulator } from '../fakes/whatsapp-cloud/simulator.ts';
import { auditPosts } from './support/audit-posts.ts';
import { type Account, createPoster, messagePost, type Post, statusPost } from './support/posts.ts';
import { freePort, processorMs, type Running, residentBytes, startProcess, startWasl } from './support/server.ts';
import { megabytes, ms, percentile, say, sorted, table } from './support/table.ts';

const words = [
  'السلام عليكم ورحمة الله',
  'كيف أقدم طلب صيانة لجهاز العرض في القاعة؟',
  'اسمي محمد العتيبي',
  'كلية العلوم',
  'طالب',
  'أبغى أعرف متى يفتح القبول للفصل القادم',
  'لدي شكوى على تأخر الرد على معاملتي',
  'شكراً لكم',
];

const people = 400;
const phoneOf = (at: number): string => `96650${String(1_000_000 + (at % people))}`;
const wordsOf = (at: number): string => words[Math.floor(at / people) % words.length] ?? '';
const rates = { messages: 80, statuses: 240 };

interface Steady {
  times: number[];
  refused: number;
  wamids: string[];
}

interface Sent {
  wamid: string;
  phone: string;
}

const ladder = ['sent', 'delivered', 'read'] as const;

/** What the provider tells of our messages as it took them: three times of each, in their order. */
const nextTold = (taken: readonly Sent[]) => {
  let at = 0;
  return (): { of: Sent; status: string } | null => {
    const of = taken[Math.floor(at / ladder.length)];
    if (!of) return null;
    const status = ladder[at % ladder.length] ?? 'sent';
    at += 1;
    return { of, status };
  };
};

/** The worst hour of one number, as a stretch of it: both rates at once, each post at its own moment. */
async function steadily(url: string, account: Account, taken: readonly Sent[], secondsLong: number): Promise<Steady> {
  const { post, close } = createPoster(url, 50);
  const steady: Steady = { times: [], refused: 0, wamids: [] };
  const open: Promise<void>[] = [];
  const told = nextTold(taken);
  const go = (one: Post): void => {
    const done = post(one).then(({ status, ms: took }) => {
      steady.times.push(took);
      if (status !== 200) steady.refused += 1;
    });
    open.push(done);
  };
  const total = secondsLong * rates.messages;
  const began = performance.now();
  for (let at = 0; at < total; at += 1) {
    const one = messagePost(account, phoneOf(at), wordsOf(at));
    steady.wamids.push(one.wamid);
    go(one);
    for (let more = 0; more < rates.statuses / rates.messages; more += 1) {
      const next = told();
      if (next) go(statusPost(account, next.of, next.status));
    }
    const due = began + ((at + 1) * 1000) / rates.messages;
    const early = due - performance.now();
    if (early > 1) await wait(early);
  }
  await Promise.all(open);
  close();
  return steady;
}

interface Peak {
  perSecond: number;
  p50: number;
  p99: number;
  refused: number;
  posts: number;
}

/** As many as it takes, over 50 connections; one message to three statuses, made beforehand. */
async function atMost(
  url: string,
  account: Account,
  count: number,
  first: number,
): Promise<Peak & { wamids: string[] }> {
  const wamids: string[] = [];
  const posts: Post[] = [];
  while (posts.length < count) {
    const one = messagePost(account, phoneOf(first + wamids.length), wordsOf(first + wamids.length));
    wamids.push(one.wamid);
    posts.push(one);
    for (const status of ladder) posts.push(statusPost(account, { wamid: one.wamid, phone: '966500000000' }, status));
  }
  const { post, close } = createPoster(url, 50);
  const times: number[] = [];
  let refused = 0;
  const one = async (): Promise<void> => {
    for (let next = posts.pop(); next; next = posts.pop()) {
      const { status, ms: took } = await post(next);
      times.push(took);
      if (status !== 200) refused += 1;
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: 50 }, one));
  const perSecond = times.length / ((performance.now() - began) / 1000);
  close();
  const all = sorted(times);
  return { perSecond, p50: percentile(all, 0.5), p99: percentile(all, 0.99), refused, posts: all.length, wamids };
}

const waitingOf = async ({ port }: Running): Promise<number> => {
  const text = await (await fetch(`http://localhost:${port}/metrics`)).text();
  const figure = (name: string): number =>
    Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\d+)`, 'm').exec(text)?.[1] ?? 0);
  return figure('wasl_arrivals_waiting') + figure('wasl_turns_waiting');
};

/** How long it takes until everything that was taken has been read and decided, in seconds. */
async function drained(server: Running): Promise<number> {
  const began = performance.now();
  while ((await waitingOf(server)) > 0) await wait(100);
  return (performance.now() - began) / 1000;
}

const startBoth = async (directory: string, simulator: WhatsappCloudSimulator) => {
  await simulator.start();
  const env: Record<string, string> = { ...simulator.settings(), WHATSAPP_CLOUD_PER_SECOND: '1000' };
  const wasl = startWasl(await freePort(), directory, { env });
  const bare = startProcess({ program: 'test/bench/support/bare-webhook.ts', port: await freePort(), env });
  await Promise.all([wasl.ready, bare.ready]);
  return { wasl, bare, env };
};

const accountOf = (env: Record<string, string>): Account => ({
  phoneNumberId: env.WHATSAPP_CLOUD_PHONE_NUMBER_ID ?? '',
  businessAccountId: env.WHATSAPP_CLOUD_WABA_ID ?? '',
  appSecret: env.WHATSAPP_CLOUD_APP_SECRET ?? '',
});

const urlOf = ({ port }: Running): string => `http://127.0.0.1:${port}/webhooks/whatsapp`;

interface Rig {
  wasl: Running;
  bare: Running;
  account: Account;
  taken: readonly Sent[];
  simulator: WhatsappCloudSimulator;
}

const steadyHead = [
  'posts',
  'p50 ms',
  'p99 ms',
  'longest',
  'refused',
  'CPU %',
  'behind s',
  'sent',
  'MB before',
  'MB after',
];

/** Says what the rates of one number at its worst cost, and gives the ids of the messages. */
async function measureSteady(
  { wasl, account, taken, simulator }: Omit<Rig, 'bare'>,
  secondsLong: number,
): Promise<string[]> {
  const warm = await steadily(urlOf(wasl), account, taken, 3);
  const memory = residentBytes(wasl.child.pid);
  const before = processorMs(wasl.child.pid);
  const steady = await steadily(urlOf(wasl), account, taken, secondsLong);
  const busy = (processorMs(wasl.child.pid) - before) / (secondsLong * 10);
  const behind = await drained(wasl);
  const all = sorted(steady.times);
  const row = [
    all.length,
    ms(percentile(all, 0.5)),
    ms(percentile(all, 0.99)),
    ms(all.at(-1) ?? 0),
    steady.refused,
    busy.toFixed(0),
    behind.toFixed(1),
    simulator.counted.sent,
    megabytes(memory),
    megabytes(residentBytes(wasl.child.pid)),
  ];
  const { messages, statuses } = rates;
  say(
    `${messages} messages and ${statuses} statuses a second for ${secondsLong} s, each post durable before its 200\n`,
  );
  say(table(steadyHead, [row]));
  return [...warm.wamids, ...steady.wamids];
}

const peakRow = (name: string, peak: Peak, bareRate: number): (string | number)[] => [
  name,
  peak.perSecond.toFixed(0),
  ms(peak.p50),
  ms(peak.p99),
  peak.refused,
  `${((peak.perSecond / bareRate) * 100).toFixed(0)} %`,
];

/** Says how many posts go in beside a bare receiver, measured before and after, and gives the ids of the messages. */
async function measurePeak(
  { wasl, bare, account }: Pick<Rig, 'wasl' | 'bare' | 'account'>,
  count: number,
): Promise<string[]> {
  const before = await atMost(urlOf(bare), account, count, 0);
  const ours = await atMost(urlOf(wasl), account, count, 0);
  const drain = await drained(wasl);
  const after = await atMost(urlOf(bare), account, count, 0);
  const bareRate = (before.perSecond + after.perSecond) / 2;
  say('\nas many as go in over 50 connections, one message to three statuses\n');
  const rows = [
    peakRow('bare, before', before, bareRate),
    peakRow('Wasl', ours, bareRate),
    peakRow('bare, after', after, bareRate),
  ];
  say(table(['receiver', 'posts/s', 'p50 ms', 'p99 ms', 'refused', 'share of bare'], rows));
  const readIn = ours.posts / ours.perSecond + drain;
  const rate = (ours.posts / readIn).toFixed(0);
  say(`\nall ${ours.posts} read, decided and answered ${readIn.toFixed(1)} s after the first: ${rate} posts/s`);
  return ours.wamids;
}

/**
 * Signed webhooks until they are durable: `whatsapp [seconds] [peak posts]`. First the rates of one number at its worst,
 * with every message decided and answered at a simulated provider; then as many as go in, beside a bare receiver.
 */
export async function run(args: readonly string[]): Promise<void> {
  const [secondsLong = 60, peakPosts = 40_000] = args.map(Number);
  const directory = mkdtempSync(join(tmpdir(), 'wasl-whatsapp-'));
  const limits = { window: 'off', pairRate: false, throughput: false } as const;
  const simulator = createWhatsappCloudSimulator({ limits, receipts: null, keep: false });
  const taken: Sent[] = [];
  simulator.watch((event) => {
    if (event.kind === 'sent') taken.push({ wamid: event.message.wamid, phone: event.message.to.phone ?? '' });
  });
  const { wasl, bare, env } = await startBoth(directory, simulator);
  const account = accountOf(env);
  try {
    const steady = await measureSteady({ wasl, account, taken, simulator }, secondsLong);
    const peak = await measurePeak({ wasl, bare, account }, peakPosts);
    await wasl.stop();
    const faults = await auditPosts(directory, [...steady, ...peak]);
    say(`\n${table(['fault', 'found'], Object.entries(faults))}`);
    say(`\nerror output: ${[wasl, bare].map((one) => one.errors()).join('') || 'none'}`);
    if (Object.values(faults).some((count) => count > 0)) process.exitCode = 1;
  } finally {
    await Promise.all([wasl.kill(), bare.stop(), simulator.stop()]);
    rmSync(directory, { recursive: true, force: true });
  }
}
