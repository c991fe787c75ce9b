import type { ReadMail } from '../mail.ts';
import { newText, signatureOf } from '../quoted/new-text.ts';
import { readSubject } from '../quoted/read-subject.ts';
import { screen } from '../screen/screen.ts';
import { emptySpool } from './box.ts';
import type { Question, Reply } from './exchange.ts';
import { contain } from './outburst.ts';
import { type Reading, readHeadOnly, readMail } from './read-mail.ts';

/**
 * The process that mails are read in. It holds no secret, opens no connection, and may be killed at any moment: whoever
 * asked it has the mails still and asks another one.
 */
const judges = { screen, newText, signatureOf, readSubject };
const say = (reply: Reply): void => {
  process.send?.(reply);
};

/** Digits are taken out: a message may quote the mail, and numbers of people are never logged. */
const reason = (error: unknown): string =>
  String(error)
    .replace(/[\d٠-٩]{4,}/g, '#')
    .slice(0, 200);

let terms: Extract<Question, { kind: 'terms' }> | null = null;
let turn: Promise<void> = Promise.resolve();

const bufferOf = (raw: Uint8Array): Buffer => Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);

/** Where the library fails in a way of its own, the mail is read again without it. */
async function readWhole(raw: Buffer, reading: Reading): Promise<ReadMail> {
  try {
    return await contain(process, () => readMail(raw, reading));
  } catch {
    emptySpool(reading.spool);
    return readMail(raw, { ...reading, withLibrary: false });
  }
}

async function answer(question: Extract<Question, { kind: 'read' }>): Promise<void> {
  const { id, raw, own, now, headOnly } = question;
  if (!terms) return;
  const spool = { directory: terms.spool, prefix: `${process.pid}-${id}` };
  const reading = { own, now, spool, limits: terms.limits, judges };
  try {
    say({ kind: 'mail', id, mail: await (headOnly ? readHeadOnly : readWhole)(bufferOf(raw), reading) });
  } catch (error) {
    say({ kind: 'failed', id, why: reason(error) });
  }
}

process.on('message', (question: Question) => {
  if (question.kind === 'terms') {
    terms = question;
    say({ kind: 'ready' });
  } else turn = turn.then(() => answer(question));
});

process.on('disconnect', () => process.exit(0));
