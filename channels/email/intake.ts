import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ChannelDeps, Sink } from '../../src/channel/channel.ts';
import type { MailFile, OwnMailbox, ReadMail } from './mail.ts';
import type { RawMail } from './mailbox/mailbox.ts';
import { type Arrival, senderOf, toMessage, toReceipts } from './parse.ts';
import type { Reader } from './reader/reader.ts';

/** What taking mails needs. */
export interface Intake {
  inboxId: string;
  own: OwnMailbox;
  sourceDays: number;
  maxBytes: number;
  reader: Reader;
  sink: Sink;
  log: ChannelDeps['log'];
  count: ChannelDeps['count'];
  /** The conversation that an address of ours with a token proves, or null. */
  keyIn(recipient: string): string | null;
  idOf(messageId: string): string;
}

const attempts = 3;
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** A conversation's key: 26 signs that survive the lower-casing of an address (130 bits). */
export function threadKey(...parts: readonly string[]): string {
  const bytes = createHash('sha256').update(parts.join('\n')).digest();
  let bits = BigInt(`0x${bytes.toString('hex')}`);
  let key = '';
  for (let at = 0; at < 26; at++) {
    key += alphabet[Number(bits & 31n)];
    bits >>= 5n;
  }
  return key;
}

const bytesOf = ({ path, content }: MailFile): AsyncIterable<Uint8Array> =>
  path === null ? Readable.from([content ?? new Uint8Array()]) : createReadStream(path);

/** Stores the files of a mail for its sender; the spool's copies go with the mail, whatever becomes of it. */
async function keepFiles({ sink, inboxId, maxBytes }: Intake, mail: ReadMail, address: string) {
  const kept: Arrival['files'] = [];
  for (const one of mail.files) {
    const { name, type, contentId } = one;
    const file = { inboxId, address, name, type, maxBytes, from: bytesOf(one) };
    const { id, bytes } = await sink.saveAttachment(file);
    kept.push({ attachmentId: id, name, type, bytes, contentId });
  }
  return kept;
}

const arrivalOf = (intake: Intake, raw: RawMail, mail: ReadMail, files: Arrival['files']): Arrival => ({
  inboxId: intake.inboxId,
  own: intake.own.addresses,
  arrivedAt: raw.arrivedAt,
  truncated: raw.truncated,
  answered: raw.answered,
  sourceDays: intake.sourceDays,
  files,
  provenKey: mail.deliveredTo.map(intake.keyIn).find((key) => key !== null) ?? null,
  keyOf: (address, root) => threadKey(intake.inboxId, address, root),
  idOf: intake.idOf,
});

async function store(intake: Intake, raw: RawMail, mail: ReadMail): Promise<void> {
  const { address } = senderOf(mail, intake.own.addresses);
  const arrival = arrivalOf(intake, raw, mail, await keepFiles(intake, mail, address.slice(0, 512)));
  await intake.sink.receive(toMessage(mail, arrival));
  for (const receipt of toReceipts(mail, arrival)) await intake.sink.receive(receipt);
}

const isRefused = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'invalid';

/** A mail that the core finds wrong however it was read: its words without the rest, and the source beside them. */
async function storeBare(intake: Intake, raw: RawMail, mail: ReadMail): Promise<void> {
  const { html: _, ...event } = toMessage(mail, arrivalOf(intake, raw, mail, []));
  await intake.sink.receive({ ...event, letter: event.letter && { ...event.letter, problem: 'partly' } });
}

type Outcome = 'stored' | 'refused' | 'failed';

async function attempt(intake: Intake, raw: RawMail, mail: ReadMail): Promise<Outcome> {
  try {
    await store(intake, raw, mail);
    return 'stored';
  } catch (error) {
    if (!isRefused(error)) throw error;
    await storeBare(intake, raw, mail);
    return 'stored';
  }
}

/** Tries a mail a few times: one that cannot be stored must not stop the rest, and is told of. */
async function storeOrTell(intake: Intake, raw: RawMail, mail: ReadMail): Promise<Outcome> {
  let outcome: Outcome = 'failed';
  for (let tried = 0; tried < attempts && outcome === 'failed'; tried++) {
    outcome = await attempt(intake, raw, mail).catch((error: unknown): Outcome => {
      intake.log.error({ err: error, inboxId: intake.inboxId, uid: raw.uid }, 'a mail could not be stored');
      return isRefused(error) ? 'refused' : 'failed';
    });
  }
  intake.count(outcome === 'stored' ? 'taken' : 'not-taken');
  await Promise.all(mail.files.map(({ path }) => path && rm(path, { force: true })));
  return outcome;
}

/** So many mails are stored at the same time, that they share what making them durable costs. */
const together = 16;

/**
 * Reads and stores a batch of mails: those of one sender in their order, different senders at the same time. Gives for
 * each whether it is durable; rejects where storing itself fails, so that the whole batch is tried again later.
 */
export async function takeMails(intake: Intake, batch: readonly RawMail[]): Promise<boolean[]> {
  const reading = batch.map(({ raw }) => intake.reader.read(raw, intake.own));
  for (const one of reading) one.catch(() => undefined);
  const tails = new Map<string, Promise<Outcome>>();
  const stored: Promise<Outcome>[] = [];
  for (let at = 0; at < batch.length; at += together) {
    const mails = await Promise.all(reading.slice(at, at + together));
    for (const [place, mail] of mails.entries()) {
      const { address } = senderOf(mail, intake.own.addresses);
      const before = tails.get(address) ?? Promise.resolve('stored');
      const work = before.then(() => storeOrTell(intake, batch[at + place] as RawMail, mail));
      tails.set(address, work);
      stored.push(work);
    }
  }
  const outcomes = await Promise.all(stored);
  if (outcomes.includes('failed')) throw new Error('storing mails failed');
  return outcomes.map((outcome) => outcome === 'stored');
}
