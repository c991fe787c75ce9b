import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createReader, type Reader } from '../../../channels/email/reader/reader.ts';
import { multipart, onePart, own } from '../../unit/email/reader/build-mail.ts';
import { mailSchema } from '../../unit/email/reader/mail-schema.ts';

interface Timer {
  ms: number;
  run: () => void;
}

/** A clock whose timers go off only when a test says so. */
function handClock() {
  const timers = new Set<Timer>();
  return {
    now: () => Date.UTC(2026, 10, 21),
    after: (ms: number, run: () => void) => {
      const timer = { ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    ring: (ms: number) => {
      for (const timer of [...timers].filter((one) => one.ms === ms)) {
        timers.delete(timer);
        timer.run();
      }
    },
  };
}

const warnings: object[] = [];
const log = { debug() {}, info() {}, error() {}, warn: (fields: object) => void warnings.push(fields) };
const readers: Reader[] = [];

function open(limits = {}) {
  const clock = handClock();
  const spool = mkdtempSync(join(tmpdir(), 'reader-spool-'));
  const reader = createReader({ spool, log, clock, limits });
  readers.push(reader);
  return { reader, clock, spool };
}

afterEach(() => Promise.all(readers.splice(0).map((reader) => reader.stop())));

const mailOf = (n: number) => onePart('text/plain', `mail number ${n}`);
const large = multipart('mixed', ['\r\nwords', `Content-Type: application/x-own\r\n\r\n${'x'.repeat(6_000_000)}`]);
const isStopped = (pid: number) => readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') T ');

/** The process stands still, so that what was sent to it lies unread. */
async function freeze(reader: Reader): Promise<number> {
  await reader.read(mailOf(0), own);
  const pid = reader.pid()!;
  process.kill(pid, 'SIGSTOP');
  await vi.waitFor(() => expect(isStopped(pid)).toBe(true));
  return pid;
}

/** Kills the process in the moment in which it got something to read, so many times. */
function killAtWork(reader: Reader, clock: ReturnType<typeof handClock>, { ms, times }: { ms: number; times: number }) {
  const { after } = clock;
  let left = times;
  clock.after = (wait, run) => {
    if (wait === ms && left > 0) {
      left -= 1;
      process.kill(reader.pid()!, 'SIGKILL');
    }
    return after(wait, run);
  };
}

describe('the reader', () => {
  it('starts no process before the first mail, and gives each mail its own result', async () => {
    const { reader } = open();
    expect(reader.pid()).toBeNull();
    const mails = await Promise.all(Array.from({ length: 40 }, (_, i) => reader.read(mailOf(i), own)));
    expect(mails.map((mail) => mail.text)).toEqual(Array.from({ length: 40 }, (_, i) => `mail number ${i}`));
    expect(mails.every((mail) => mailSchema.safeParse(mail).success)).toBe(true);
  });

  it('writes files into a directory of its own, and removes it when it stops', async () => {
    const { reader, spool } = open();
    const mail = await reader.read(large, own);
    const [file] = mail.files;
    expect(file?.path?.startsWith(spool)).toBe(true);
    expect(readFileSync(file!.path!)).toHaveLength(6_000_000);
    await reader.stop();
    expect(readdirSync(spool)).toEqual([]);
  });

  it('reads every mail whole when its process is killed once from outside', async () => {
    const { reader } = open();
    const pid = await freeze(reader);
    const results = Promise.all([1, 2, 3].map((n) => reader.read(mailOf(n), own)));
    process.kill(pid, 'SIGKILL');
    expect((await results).map((mail) => [mail.problem, mail.text])).toEqual([
      [null, 'mail number 1'],
      [null, 'mail number 2'],
      [null, 'mail number 3'],
    ]);
    expect(reader.pid()).not.toBe(pid);
  });

  it('reads by its head alone a mail over which a second process dies, that had nothing else to read', async () => {
    const { reader, clock } = open({ ms: 12_345 });
    killAtWork(reader, clock, { ms: 12_345, times: 2 });
    warnings.length = 0;
    const [first, ...others] = await Promise.all([1, 2, 3].map((n) => reader.read(mailOf(n), own)));
    expect([first!.problem, first!.text, first!.subject]).toEqual(['unreadable', '', 'A question']);
    expect(others.map((mail) => [mail.problem, mail.text])).toEqual([
      [null, 'mail number 2'],
      [null, 'mail number 3'],
    ]);
    expect(warnings).toMatchObject([
      { how: 'SIGKILL', headOnly: false, readAgain: 2 },
      { how: 'SIGKILL', headOnly: false, readAgain: 0 },
    ]);
  });

  it('ends a process that takes too long over a mail', async () => {
    const { reader, clock } = open({ ms: 1234 });
    const pid = await freeze(reader);
    const results = Promise.all([reader.read(mailOf(1), own), reader.read(mailOf(2), own)]);
    clock.ring(1234);
    expect((await results).map((mail) => mail.problem)).toEqual(['unreadable', null]);
    expect(existsSync(`/proc/${pid}`) && reader.pid() === pid).toBe(false);
  });

  it('blames no mail for a process that ended before it was ready, and starts another one later', async () => {
    const { reader, clock } = open();
    const result = reader.read(mailOf(1), own);
    process.kill(reader.pid()!, 'SIGKILL');
    await vi.waitFor(() => expect(reader.pid()).toBeNull());
    clock.ring(500);
    expect((await result).problem).toBeNull();
  });

  it('lets its process go after a while without work, and starts another one', async () => {
    const { reader, clock } = open();
    await reader.read(mailOf(1), own);
    clock.ring(30_000);
    expect(reader.pid()).toBeNull();
    expect((await reader.read(mailOf(2), own)).text).toBe('mail number 2');
  });

  it('removes what an ended process left in the spool, and nothing else', async () => {
    const spool = mkdtempSync(join(tmpdir(), 'reader-spool-'));
    for (const name of ['mails-4194305-old', 'mails-1-alive', 'other']) mkdirSync(join(spool, name));
    const reader = createReader({ spool, log, clock: handClock() });
    readers.push(reader);
    expect(readdirSync(spool).filter((name) => !name.startsWith(`mails-${process.pid}-`))).toEqual([
      'mails-1-alive',
      'other',
    ]);
  });

  it('rejects what waits when it is stopped, stops twice without harm, and reads no more', async () => {
    const { reader } = open();
    const waiting = expect(reader.read(mailOf(1), own)).rejects.toThrow('stopped');
    await Promise.all([reader.stop(), reader.stop()]);
    await waiting;
    await expect(reader.read(mailOf(2), own)).rejects.toThrow('stopped');
  });
});
