import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { collections } from '../../src/collections.ts';
import { messages } from '../../src/message/message.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { mailCorpus } from '../fakes/email/mail-corpus.ts';
import type { FakeSmtpServer } from '../fakes/email/smtp-server.ts';
import {
  careAddress,
  connectTo,
  countIn,
  type MailGateway,
  type MailHouse,
  openLetterSink,
  openMailHouse,
  type Sample,
  sample,
  startMailGateway,
  watchMemory,
} from './support/email-rig.ts';
import { processorMs } from './support/server.ts';
import { seeded } from './support/story.ts';
import { megabytes, ms, percentile, say, sorted, table } from './support/table.ts';

const user = 'care';
const seed = 20_261_121;

/** Delivers the mails as a mail server would, several at a time; gives how many of them want an answer. */
async function fill(house: MailHouse, count: number): Promise<{ people: number; bytes: number }> {
  const corpus = mailCorpus(count, { to: careAddress, random: seeded(seed) });
  let [people, bytes] = [0, 0];
  const worker = async (): Promise<void> => {
    for (const mail of corpus) {
      if (mail.isPerson) people += 1;
      bytes += mail.raw.length;
      await house.deliver(user, mail.raw);
    }
  };
  await Promise.all(Array.from({ length: 5 }, worker));
  return { people, bytes };
}

/** Fetches and parses everything, fifty at a time, and keeps nothing. Gives mails a second. */
async function bareRate(house: MailHouse): Promise<number> {
  const client = await connectTo(house, user);
  await client.mailboxOpen('INBOX', { readOnly: true });
  const uids = (await client.search({ all: true }, { uid: true })) || [];
  await client.fetchAll(`${uids.slice(0, 50).join(',')}`, { source: true }, { uid: true });
  const began = performance.now();
  for (let at = 0; at < uids.length; at += 50) {
    const mails = await client.fetchAll(uids.slice(at, at + 50).join(','), { source: true }, { uid: true });
    for (const { source } of mails)
      if (source) await simpleParser(source, { skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true });
  }
  const rate = (uids.length / (performance.now() - began)) * 1_000;
  await client.logout();
  return rate;
}

interface Backlog {
  stored: number;
  answered: number;
  storedRate: number;
  answeredRate: number;
  /** Processor time of the gateway itself for each mail, ms. */
  processor: number;
  samples: Sample[];
}

/** Waits until a figure has come to a number, or has not grown for a minute. */
async function grownTo(read: () => Promise<number> | number, wanted: number): Promise<number> {
  let [before, still] = [-1, 0];
  while (still < 60_000) {
    const now = await read();
    if (now >= wanted) return now;
    still = now > before ? 0 : still + 200;
    before = Math.max(now, before);
    await wait(200);
  }
  return before;
}

async function takeBacklog(gateway: MailGateway, smtp: FakeSmtpServer, count: number, people: number) {
  const before = smtp.count();
  const began = await gateway.opened;
  const cpu = processorMs(gateway.child.pid);
  const memory = watchMemory(gateway.child.pid);
  const stored = await grownTo(() => gateway.counter('wasl_messages_received_total'), count);
  const storedRate = (stored / (performance.now() - began)) * 1_000;
  const answered = await grownTo(() => smtp.count() - before, people);
  const answeredRate = (stored / (performance.now() - began)) * 1_000;
  const processor = (processorMs(gateway.child.pid) - cpu) / stored;
  return { stored, answered, storedRate, answeredRate, processor, samples: memory.end() } satisfies Backlog;
}

interface News {
  ids: Map<string, number>;
  answered: number[];
}

/** Delivers mails one by one to an idle gateway, at random moments. */
async function deliverNews(house: MailHouse, smtp: FakeSmtpServer, count: number): Promise<News> {
  const random = seeded(seed + 1);
  const news: News = { ids: new Map(), answered: [] };
  for (const mail of mailCorpus(count, { to: careAddress, random, name: 'news' })) {
    await wait(100 + random() * 900);
    const before = smtp.count();
    await house.deliver('news', mail.raw);
    const accepted = Date.now();
    news.ids.set(mail.id, accepted);
    if (mail.isPerson) news.answered.push(await answeredAfter(smtp, before, accepted));
    else await wait(300);
  }
  return news;
}

async function answeredAfter(smtp: FakeSmtpServer, before: number, since: number): Promise<number> {
  while (smtp.count() === before) {
    if (Date.now() - since > 20_000) return Number.NaN;
    await wait(2);
  }
  return Date.now() - since;
}

/** How long after its delivery each mail was in the store, by the store's own word. */
async function storedAfter(directory: string, { ids }: News): Promise<number[]> {
  const store = await openSqliteStore({ directory, collections });
  const times: number[] = [];
  for (const [id, accepted] of ids) {
    const where = { direction: 'inbound', inboxId: 'email', externalId: id };
    const [found] = (await store.find(messages, { index: 'by-external-id', where, limit: 1 })).items;
    times.push(found ? Date.parse(found.receivedAt) - accepted : Number.NaN);
  }
  await store.close();
  return times;
}

const latencyRow = (name: string, all: readonly number[]): (string | number)[] => {
  const times = sorted(all.filter((time) => !Number.isNaN(time)).map((time) => Math.max(0, time)));
  return [name, times.length, ms(percentile(times, 0.5)), ms(percentile(times, 0.99)), all.length - times.length];
};

async function benchNews(house: MailHouse, directory: string, count: number): Promise<void> {
  const smtp = await openLetterSink();
  const gateway = await startMailGateway({ house, user: 'news', smtp, directory });
  try {
    await Promise.all([gateway.ready, gateway.opened]);
    await wait(5_000);
    const idle = sample(gateway.child.pid);
    say(`idle with one email inbox: ${megabytes(idle.gateway)} MB, its reader ${megabytes(idle.readers)} MB\n`);
    const news = await deliverNews(house, smtp, count);
    await gateway.stop();
    const rows = [latencyRow('stored', await storedAfter(directory, news)), latencyRow('answer sent', news.answered)];
    say(table(['ms after the delivery was accepted', 'mails', 'p50', 'p99', 'never'], rows));
  } finally {
    await gateway.kill();
    await smtp.close();
  }
}

const memoryRow = (name: string, all: readonly number[]): (string | number)[] => {
  const known = all.filter((bytes) => bytes > 0);
  const at = (share: number): string => megabytes(known[Math.floor((known.length - 1) * share)] ?? Number.NaN);
  return [name, at(0), at(0.25), at(0.5), at(0.75), at(1), megabytes(Math.max(...known))];
};

const memoryTable = (samples: readonly Sample[]): string =>
  table(
    ['memory over the run, MB', 'first', 'quarter', 'half', 'three quarters', 'last', 'most'],
    [
      memoryRow(
        'gateway',
        samples.map(({ gateway }) => gateway),
      ),
      memoryRow(
        'its reader',
        samples.map(({ readers }) => readers),
      ),
    ],
  );

const rateTable = (bare: number, { storedRate, answeredRate, processor }: Backlog): string =>
  table(
    ['backlog', 'mails/s', 'of bare', 'CPU ms a mail'],
    [
      ['bare imapflow + mailparser, nothing stored', bare.toFixed(0), '100 %', ''],
      ['Wasl, all stored', storedRate.toFixed(0), `${((storedRate / bare) * 100).toFixed(0)} %`, ''],
      [
        'Wasl, all stored and all people answered',
        answeredRate.toFixed(0),
        `${((answeredRate / bare) * 100).toFixed(0)} %`,
        ms(processor),
      ],
    ],
  );

async function benchBacklog(house: MailHouse, directory: string, count: number, nodeArgs: string[]): Promise<void> {
  const { people, bytes } = await fill(house, count);
  say(`\n${count} mails wait, ${(bytes / count / 1024).toFixed(1)} KB each, ${people} of them by people\n`);
  const bare = await bareRate(house);
  const smtp = await openLetterSink();
  const gateway = await startMailGateway({ house, user, smtp, directory, nodeArgs });
  try {
    const backlog = await takeBacklog(gateway, smtp, count, people);
    say(rateTable(bare, backlog));
    say(`\nstored ${backlog.stored} of ${count}, answered ${backlog.answered} of ${people}`);
    const filed = await grownTo(() => countIn(house, user, 'Sent'), people);
    say(`filed in the folder of sent mails ${filed} of ${people}\n`);
    say(memoryTable(backlog.samples));
    await gateway.stop();
    for (const [message, times] of gateway.troubles) say(`logged ${times} times: ${message}`);
    say(`\nerror output of the gateway: ${gateway.errors() || 'none'}`);
    if (backlog.stored !== count || backlog.answered !== people) process.exitCode = 1;
  } catch (error) {
    throw new Error(`the gateway is gone: ${gateway.errors()}`, { cause: error });
  } finally {
    await gateway.kill();
    await smtp.close();
  }
}

/**
 * A backlog of mixed mails against bare fetching and parsing, and how soon news is stored and answered:
 * `email [mails] [news]`; further words are arguments for the gateway's Node, such as `--cpu-prof`.
 */
export async function run(args: readonly string[]): Promise<void> {
  const nodeArgs = args.filter((one) => one.startsWith('-'));
  const [count = 10_000, news = 100] = args.filter((one) => !one.startsWith('-')).map(Number);
  const directory = mkdtempSync(join(tmpdir(), 'wasl-email-'));
  const house = await openMailHouse();
  say(`mail server: ${house.name}; seed ${seed}\n`);
  try {
    if (news > 0) await benchNews(house, join(directory, 'news'), news);
    await benchBacklog(house, join(directory, 'backlog'), count, nodeArgs);
  } finally {
    await house.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
