import type { ChannelDeps, Log } from '../../../src/channel/channel.ts';
import type { OwnMailbox, ReadMail } from '../mail.ts';
import type { Reply } from './exchange.ts';
import { unreadable } from './last-resort.ts';
import { type ReaderLimits, readerLimits } from './limits.ts';
import { type ReadingProcess, startReading } from './reading-process.ts';
import { makeSpool, type SpoolDirectory } from './spool.ts';

/** Reads mails in a process of its own, so that no mail can take the gateway down or hold it up. */
export interface Reader {
  /**
   * Reads one mail. Never rejects whatever the bytes are: what cannot be read comes back with a `problem`. Rejects only
   * once the reader is stopped. Mails are read in the order of the calls, but for those that had to be read again.
   */
  read(raw: Uint8Array, own: OwnMailbox): Promise<ReadMail>;
  /** Ends the process, rejects what is waiting and removes the spool. */
  stop(): Promise<void>;
  /** The process that reads at this moment; null where none is needed. */
  pid(): number | null;
}

export interface ReaderOptions {
  /** A directory of the gateway's own: the reader makes one in it, and removes what ended processes left there. */
  spool: string;
  log: Log;
  clock: ChannelDeps['clock'];
  limits?: Partial<ReaderLimits>;
}

interface Job {
  id: number;
  raw: Uint8Array;
  own: OwnMailbox;
  headOnly: boolean;
  /** Its process was lost before: nothing else is with the process while it is read. */
  alone: boolean;
  resolve(mail: ReadMail): void;
  reject(error: Error): void;
}

/** What the reader knows at any moment. */
interface Desk {
  log: Log;
  clock: ChannelDeps['clock'];
  limits: ReaderLimits;
  spool: SpoolDirectory;
  waiting: Job[];
  /** With the process, in the order in which it reads them: the first is the one that it works on. */
  sent: Job[];
  running: ReadingProcess | null;
  ready: boolean;
  stopped: boolean;
  /** Starts that failed one after the other. */
  failures: number;
  /** What is waited for: the mail with this id, the start, or the end of a pause without work. */
  watched: number | 'start' | 'idle' | null;
  cancelWatch(): void;
  /** Set while a new start waits a little. */
  cancelPause: (() => void) | null;
}

/** So many mails, or so many bytes, lie with the process at a time, that it never waits for the next mail. */
const ahead = 6;
const aheadBytes = 4 * 1024 * 1024;
const idleMs = 30_000;
const longestPause = 60_000;

/** Waits for one thing at a time; asked again for the same thing it goes on counting. */
function watch(desk: Desk, what: Desk['watched'], ms: number, run: () => void): void {
  if (desk.watched === what) return;
  unwatch(desk);
  desk.watched = what;
  desk.cancelWatch = desk.clock.after(ms, run);
}

function unwatch(desk: Desk): void {
  desk.cancelWatch();
  desk.watched = null;
}

function end(desk: Desk): void {
  unwatch(desk);
  desk.running?.kill();
  [desk.running, desk.ready] = [null, false];
}

function start(desk: Desk): void {
  desk.running = startReading(
    { kind: 'terms', spool: desk.spool.path, limits: desk.limits },
    {
      replied: (reply) => replied(desk, reply),
      ended: (how) => lost(desk, how, readAgain),
    },
  );
  watch(desk, 'start', desk.limits.ms * 2, () => lost(desk, 'not ready in time', readAgain));
}

/** The next step down for a mail that could not be read this way. */
function demote(desk: Desk, job: Job): void {
  if (job.headOnly) unreadable(job.raw).then(job.resolve, job.reject);
  else desk.waiting.unshift({ ...job, headOnly: true });
}

/** A process may be ended from outside, which says nothing of the mail: it gets a second process, for itself. */
function readAgain(desk: Desk, job: Job): void {
  if (job.alone || job.headOnly) demote(desk, job);
  else desk.waiting.unshift({ ...job, alone: true });
}

/** A process that does not even start says nothing of the mails: they wait, ever longer. */
function startLater(desk: Desk): void {
  desk.failures += 1;
  desk.cancelPause = desk.clock.after(Math.min(longestPause, 250 * 2 ** desk.failures), () => {
    desk.cancelPause = null;
    pump(desk);
  });
}

/** The process is gone or was too slow. The first of the mails it had may be to blame; the others are simply read again. */
function lost(desk: Desk, how: string, next: (desk: Desk, blamed: Job) => void): void {
  const [pid, wasReady] = [desk.running?.pid, desk.ready];
  end(desk);
  const jobs = desk.sent.splice(0);
  for (const job of jobs) desk.spool.forget(`${pid}-${job.id}`);
  const [blamed, ...others] = jobs;
  desk.log.warn(
    { how, bytes: blamed?.raw.byteLength, headOnly: blamed?.headOnly, readAgain: others.length },
    'the process that reads mails was lost',
  );
  desk.waiting.unshift(...others);
  if (blamed) next(desk, blamed);
  if (wasReady) pump(desk);
  else startLater(desk);
}

function settle(desk: Desk, job: Job, reply: Extract<Reply, { id: number }>): void {
  if (reply.kind === 'mail') {
    job.resolve(reply.mail);
    return;
  }
  desk.log.warn({ why: reply.why, bytes: job.raw.byteLength, headOnly: job.headOnly }, 'a mail could not be read');
  desk.spool.forget(`${desk.running?.pid}-${job.id}`);
  demote(desk, job);
}

function replied(desk: Desk, reply: Reply): void {
  if (reply.kind === 'ready') [desk.ready, desk.failures] = [true, 0];
  else {
    const at = desk.sent.findIndex((job) => job.id === reply.id);
    const [job] = at === -1 ? [] : desk.sent.splice(at, 1);
    if (job) settle(desk, job, reply);
  }
  pump(desk);
}

function hasRoom({ sent }: Desk, next: Job): boolean {
  if (sent.length === 0) return true;
  if (next.alone || sent.some((job) => job.alone)) return false;
  return sent.length < ahead && sent.reduce((sum, job) => sum + job.raw.byteLength, 0) < aheadBytes;
}

function sendNext(desk: Desk, running: ReadingProcess): void {
  for (let job = desk.waiting[0]; job && hasRoom(desk, job); job = desk.waiting[0]) {
    desk.waiting.shift();
    desk.sent.push(job);
    const { id, raw, own, headOnly } = job;
    running.send({ kind: 'read', id, raw, own, headOnly, now: desk.clock.now() });
  }
}

/** Keeps the process busy, starts it where there is work, and lets it go after a while without. */
function pump(desk: Desk): void {
  if (desk.stopped || desk.cancelPause) return;
  if (!desk.running && desk.waiting.length > 0) start(desk);
  if (!desk.running || !desk.ready) return;
  sendNext(desk, desk.running);
  const [first] = desk.sent;
  if (first) watch(desk, first.id, desk.limits.ms, () => lost(desk, 'too slow', demote));
  else watch(desk, 'idle', idleMs, () => end(desk));
}

async function stop(desk: Desk): Promise<void> {
  if (desk.stopped) return;
  desk.stopped = true;
  desk.cancelPause?.();
  end(desk);
  const jobs = [...desk.sent.splice(0), ...desk.waiting.splice(0)];
  for (const job of jobs) job.reject(new Error('the reader is stopped'));
  desk.spool.remove();
}

/** Starts nothing until the first mail comes. */
export function createReader(options: ReaderOptions): Reader {
  const desk: Desk = {
    log: options.log,
    clock: options.clock,
    limits: { ...readerLimits, ...options.limits },
    spool: makeSpool(options.spool),
    waiting: [],
    sent: [],
    running: null,
    ready: false,
    stopped: false,
    failures: 0,
    watched: null,
    cancelWatch: () => {},
    cancelPause: null,
  };
  let lastId = 0;
  const read = (raw: Uint8Array, own: OwnMailbox): Promise<ReadMail> =>
    new Promise((resolve, reject) => {
      if (desk.stopped) return reject(new Error('the reader is stopped'));
      lastId += 1;
      desk.waiting.push({ id: lastId, raw, own, headOnly: false, alone: false, resolve, reject });
      pump(desk);
    });
  return { read, stop: () => stop(desk), pid: () => desk.running?.pid ?? null };
}
