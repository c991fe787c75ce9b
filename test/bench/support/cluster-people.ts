import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { careAddress, type House } from './cluster-house.ts';
import { messagePost, type Post, statusPost } from './posts.ts';
import { questions, seeded, story } from './story.ts';
import { createVisitor, type Visitor } from './visitor.ts';

/** Something that a visitor wrote, and when; `acknowledgedAt` is Infinity where it never was. */
export interface Line {
  id: string;
  writtenAt: number;
  acknowledgedAt: number;
}

/** Somebody in front of the chat, and what they wrote, in that order. */
export interface Writer {
  visitor: Visitor;
  lines: Line[];
}

/** Somebody who writes over WhatsApp, each message after the one before was taken. */
export interface Sender {
  phone: string;
  wamids: string[];
}

export interface People {
  writers: Writer[];
  senders: Sender[];
  /** Message-IDs of mails, each of another person. */
  mails: string[];
  /** Ends the writing; resolves once all that was written was acknowledged. */
  end(): Promise<void>;
  /** How much of it is not acknowledged yet. */
  open(): number;
  close(): void;
}

export interface Crowd {
  visitors: number;
  senders: number;
  /** At most so many messages over WhatsApp. */
  messages: number;
  seed: number;
  /** How long people wait between two messages, at most, in ms. */
  pauseMs: number;
}

const urlOf = ({ port }: House): string => `http://127.0.0.1:${port}`;

async function writeOn(writer: Writer, random: () => number, pauseMs: number, isOver: () => boolean): Promise<void> {
  const words = story(random);
  const said: Promise<unknown>[] = [];
  const write = (): Promise<void> => {
    const line: Line = { id: '', writtenAt: performance.now(), acknowledgedAt: Number.POSITIVE_INFINITY };
    writer.lines.push(line);
    return writer.visitor.send(words.next().value).then((id) => {
      Object.assign(line, { id, acknowledgedAt: performance.now() });
    });
  };
  while (!isOver()) {
    const batch = Array.from({ length: random() < 0.15 ? 3 : 1 }, write);
    said.push(...batch);
    await Promise.race([Promise.all(batch), wait(4_000)]);
    await wait(random() * pauseMs);
  }
  await Promise.all(said);
}

const postWithinMs = 5_000;

/** The status of the answer; 0 where none came. A connection of its own, so that each goes to another process. */
const postOnce = (url: string, { raw, signature }: Post): Promise<number> =>
  new Promise((resolve) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': raw.length,
      'x-hub-signature-256': signature,
    };
    const options = { method: 'POST', agent: false, headers, signal: AbortSignal.timeout(postWithinMs) };
    const sent = request(`${url}/webhooks/whatsapp`, options, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
      response.once('error', () => resolve(0));
    });
    sent.once('error', () => resolve(0));
    sent.end(raw);
  });

/** Again and again until it is taken, as the provider does it. */
async function untilTaken(url: string, post: Post, random: () => number): Promise<void> {
  while ((await postOnce(url, post)) !== 200) await wait(50 + random() * 400);
}

const words = [
  'السلام عليكم',
  'أريد موظفًا',
  'كيف أقدم طلب صيانة؟',
  'محمد العتيبي',
  'كلية العلوم',
  'طالب',
  'شكوى على تأخر المعاملة',
];

const mailOf = (id: string, at: number): string =>
  [
    `From: =?utf-8?B?${Buffer.from('نورة القحطاني').toString('base64')}?= <person${at}@example.com>`,
    `To: ${careAddress}`,
    `Message-ID: ${id}`,
    `Date: ${new Date().toUTCString()}`,
    `Subject: =?utf-8?B?${Buffer.from('استفسار').toString('base64')}?=`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(`السلام عليكم\n\n${questions[at % questions.length]} ورقم المبنى ${at}\n`).toString('base64'),
    '',
  ].join('\r\n');

/** Visitors, people on WhatsApp and people who send mails, all without a pause until it is ended. */
export async function beginWriting(house: House, crowd: Crowd): Promise<People> {
  const url = urlOf(house);
  let over = false;
  const isOver = (): boolean => over;
  const open = new Set<Promise<unknown>>();
  const keep = (work: Promise<unknown>): void => {
    const whole: Promise<unknown> = work.finally(() => open.delete(whole));
    open.add(whole);
  };
  const writers = Array.from({ length: crowd.visitors }, (): Writer => ({ visitor: createVisitor(url), lines: [] }));
  await Promise.all(writers.map(({ visitor }) => visitor.connected()));
  const senders = Array.from({ length: crowd.senders }, (_, at): Sender => {
    return { phone: `96655${1_000_000 + at}`, wamids: [] };
  });
  const mails: string[] = [];
  let left = crowd.messages;
  const sendOn = async (sender: Sender, random: () => number): Promise<void> => {
    while (!over && left > 0) {
      left -= 1;
      const text = `${words[Math.floor(random() * words.length)]} ${sender.wamids.length + 1}`;
      const { wamid, ...post } = messagePost(house.account, sender.phone, text);
      sender.wamids.push(wamid);
      if (random() < 0.1) keep(untilTaken(url, post, random));
      await untilTaken(url, post, random);
      await wait(random() * 3 * crowd.pauseMs);
    }
  };
  const mailOn = async (random: () => number): Promise<void> => {
    while (!over) {
      const id = `<m${crowd.seed}.${mails.length}@example.com>`;
      house.deliverMail(mailOf(id, mails.length));
      mails.push(id);
      await wait(random() * 8 * crowd.pauseMs);
    }
  };
  house.simulator.watch((event) => {
    if (event.kind !== 'sent') return;
    const of = { wamid: event.message.wamid, phone: event.message.to.phone ?? '' };
    keep(untilTaken(url, statusPost(house.account, of, 'delivered'), Math.random));
  });
  for (const [at, writer] of writers.entries())
    keep(writeOn(writer, seeded(crowd.seed * 1_000 + at), crowd.pauseMs, isOver));
  for (const [at, sender] of senders.entries()) keep(sendOn(sender, seeded(crowd.seed * 2_000 + at)));
  keep(mailOn(seeded(crowd.seed * 3_000)));
  return {
    writers,
    senders,
    mails,
    async end() {
      over = true;
      while (open.size > 0) await Promise.all(open);
    },
    open: () => open.size,
    close() {
      for (const { visitor } of writers) visitor.close();
    },
  };
}
