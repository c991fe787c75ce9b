import type { GivenEvent } from '../../src/channel/inbound.ts';
import { openBare } from './support/bare-insert.ts';
import { type Core, openCore } from './support/core.ts';
import { profiled } from './support/profile.ts';
import { answeredStory, seeded, type Words } from './support/story.ts';
import { megabytes, ms, percentile, say, sorted, table } from './support/table.ts';

interface Load {
  messages: number;
  people: number;
}

let written = 0;

const eventOf = (address: string, words: Words): GivenEvent => ({
  event: 'message',
  inboxId: 'fake',
  externalId: `${address}:${++written}`,
  address,
  conversationKey: address,
  visibility: 'private',
  sentAt: new Date().toISOString(),
  kind: 'text',
  text: words.text ?? '',
  ...(words.quickReplyId ? { quickReplyId: words.quickReplyId } : {}),
  attachments: [],
  automated: 'none',
  language: 'ar',
});

/** People who write their next line as soon as the last was answered. Gives the ms from receipt to the first answer of each. */
async function converse(core: Core, name: string, { messages, people }: Load): Promise<number[]> {
  const waiting = new Map<string, () => void>();
  core.onSent((message) => waiting.get(message.address)?.());
  const times: number[] = [];
  let left = messages;
  const person = async (at: number): Promise<void> => {
    const address = `${name}-${at}`;
    const lines = answeredStory(seeded(at));
    while (left-- > 0) {
      const answered = new Promise<void>((resolve) => waiting.set(address, resolve));
      const began = performance.now();
      await core.flow.receive(eventOf(address, lines.next().value));
      await answered;
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: people }, (_, at) => person(at)));
  await core.flow.idle();
  return times;
}

const bareRate = (count: number): number => {
  const bare = openBare();
  const began = performance.now();
  for (let at = 0; at < count; at++) bare.insert('visitor', 'جهاز العرض في القاعة لا يعمل');
  const rate = (count / (performance.now() - began)) * 1_000;
  bare.close();
  return rate;
};

async function measure(core: Core, load: Load): Promise<string[]> {
  const before = process.cpuUsage();
  const began = performance.now();
  const times = sorted(await converse(core, `people-${load.people}`, load));
  const rate = ((times.length / (performance.now() - began)) * 1_000).toFixed(0);
  const { user, system } = process.cpuUsage(before);
  const processor = ms((user + system) / 1_000 / times.length);
  const latency = [ms(percentile(times, 0.5)), ms(percentile(times, 0.99))];
  return [`${load.people} at once`, String(times.length), rate, ...latency, processor];
}

/** Messages decided, written and sent per second in one process: `answering [messages]`. */
export async function run(args: readonly string[]): Promise<void> {
  const messages = Number(args[0] ?? 6_000);
  const core = await openCore();
  try {
    await converse(core, 'warm-up', { messages: 1_500, people: 50 });
    const rows: string[][] = [];
    for (const people of [1, 50, 500]) {
      rows.push(await measure(core, { messages: people === 1 ? Math.round(messages / 6) : messages, people }));
    }
    say(table(['each writes as soon as answered', 'messages', 'per second', 'p50 ms', 'p99 ms', 'CPU ms'], rows));
    say(`\nbare baseline: ${bareRate(messages).toFixed(0)} durable inserts a second, one a commit`);
    say(`memory of the process: ${megabytes(process.memoryUsage().rss)} MB; errors: ${core.errors.length}\n`);
    const { profile } = await profiled(() => converse(core, 'profiled', { messages, people: 50 }));
    const share = ([name, part]: [string, number]): string[] => [name, `${(part * 100).toFixed(1)} %`];
    say(table(['stage, with what it calls outside', 'time'], profile.stages.slice(0, 14).map(share)));
    say();
    say(table(['function, without what it calls', 'time'], profile.functions.slice(0, 25).map(share)));
  } finally {
    await core.close();
  }
}
