import type { ChannelDeps, Sink } from '../../../src/channel/channel.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import type { OwnSendings, ReadingState, XReader } from '../reading.ts';
import { type CursorNote, createCursorNote, type Gap } from './cursor.ts';
import { createRecent, type Desk } from './desk.ts';
import { readDms } from './dms.ts';
import { createLoop, type Health, type Loop } from './loop.ts';
import { readMentions } from './mentions.ts';

export interface PollingOptions {
  inboxId: string;
  reader: XReader;
  /** Where events go; what it remembers must be durable. */
  sink: Sink;
  sent: OwnSendings;
  /** Seconds between two readings of the mentions. */
  pollSeconds: number;
  /** How long X wants to be left alone between two readings of a list, in ms, by what its answers say. */
  spacingMs(list: 'mentions' | 'dmEvents'): number;
  /** By how much the meter stretches that; null: nothing may be read. */
  paceFactor(): number | null;
  /** X posts events to us at the moment: then reading is only the net beneath it. */
  hasWebhook(): boolean;
  deps: Pick<ChannelDeps, 'log' | 'clock' | 'count'>;
}

/** Reads mentions and private messages again and again. */
export interface Polling {
  /** Begins at once; returns without waiting. */
  start(): void;
  /** Ends after what is being stored, within seconds. */
  stop(): Promise<void>;
  state(): ReadingState;
}

const beneathWebhookMs = 900_000;
/** X shows some mentions late: every five minutes or more those of so long before are read again. */
const againEveryMs = 300_000;
const lateMs = 900_000;
const mostAgainMs = 7_200_000;
const recentIds = 5_000;
/** So long a gap is shown to people. */
const gapShownMs = 7 * 86_400_000;

const minute = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

const gapSays = (what: string, { from, to }: Gap): string =>
  `Some ${what} between ${minute(from)} and ${minute(to)} may be missing: X no longer lists them.`;

function stateOf(what: string, { is, error }: Health): ReadingState {
  if (is === 'starting') return { state: 'starting', reason: null };
  if (is === 'paused') return { state: 'connected', reason: 'Reading from X is stopped: the budget is used up.' };
  if (is === 'well') return { state: 'connected', reason: null };
  if (!(error instanceof SendError))
    return { state: 'reconnecting', reason: `The ${what} of X could not be stored; it is tried again.` };
  if (error.code === 'config-invalid' && error.providerCode !== 'budget')
    return { state: 'bad-credentials', reason: error.message };
  const isRunning = error.code === 'throttled' || error.code === 'rejected' || error.providerCode === 'budget';
  return { state: isRunning ? 'connected' : 'reconnecting', reason: `The ${what} of X: ${error.message}` };
}

const worst = ['bad-credentials', 'reconnecting', 'starting', 'connected'] as const;

/** One of the two lists: its loop, and what people should know of it. */
interface Reader {
  loop: Loop;
  state(): ReadingState[];
}

interface List {
  what: string;
  note: string;
  list: 'mentions' | 'dmEvents';
  read(desk: Desk, cursor: CursorNote): Promise<void>;
}

/** What people should know of a list besides how its last reading ended. */
function createNotices(what: string, now: () => number) {
  let gap: Gap | null = null;
  let waitsUntil: number | null = null;
  return {
    waits(untilMs: number | null): void {
      waitsUntil = untilMs;
    },
    found(given: Gap | null): void {
      gap = given;
    },
    list: (): string[] => [
      ...(waitsUntil === null
        ? []
        : [`X lets the ${what} be read on from ${minute(new Date(waitsUntil).toISOString())}.`]),
      ...(gap && now() - gap.noticedAt < gapShownMs ? [gapSays(what, gap)] : []),
    ],
  };
}

/** Counts each failure, and logs the first of its sort. */
function createFailures(what: string, { inboxId, deps }: PollingOptions) {
  let last: string | null = null;
  return {
    failed(error: unknown): void {
      const code = error instanceof SendError ? error.code : 'not-stored';
      deps.count(`${what.replaceAll(' ', '-')}-unread`);
      if (last === code) return;
      last = code;
      const cause = error instanceof SendError ? {} : { err: error };
      deps.log.warn({ inboxId, code, ...cause }, `the ${what} of X could not be read`);
    },
    over(): void {
      last = null;
    },
  };
}

const paceOf =
  ({ paceFactor, hasWebhook, pollSeconds, spacingMs }: PollingOptions, list: List['list']) =>
  (): number | null => {
    const factor = paceFactor();
    if (factor === null) return null;
    const usual = Math.max(pollSeconds * 1_000, spacingMs(list)) * factor;
    return hasWebhook() ? Math.max(usual, beneathWebhookMs) : usual;
  };

function createListReader(options: PollingOptions, { what, note, list, read }: List): Reader {
  const { inboxId, reader, sink, sent, deps } = options;
  const cursor = createCursorNote(sink, note);
  const recent = createRecent(recentIds);
  const notices = createNotices(what, deps.clock.now);
  const failures = createFailures(what, options);
  const loop = createLoop({
    async read(signal) {
      await read({ inboxId, reader, sink, sent, deps, recent, waits: notices.waits, signal }, cursor);
      failures.over();
      notices.found((await cursor.get())?.gap ?? null);
    },
    nextMs: paceOf(options, list),
    failed: failures.failed,
    clock: deps.clock,
  });
  const noticed = (): ReadingState[] => notices.list().map((reason) => ({ state: 'connected', reason }));
  return { loop, state: () => [stateOf(what, loop.health()), ...noticed()] };
}

/** How much is to be read again this time (ms); `done` once it was. */
function createAgain(now: () => number): () => { ms: number; done(): void } {
  let last: number | null = null;
  return () => {
    const at = now();
    const since = last === null ? againEveryMs : at - last;
    if (since < againEveryMs) return { ms: 0, done: () => undefined };
    const done = (): void => {
      last = at;
    };
    return { ms: Math.min(lateMs + since, mostAgainMs), done };
  };
}

/** The polling of one account; nothing is read before `start`. */
export function createPolling(options: PollingOptions): Polling {
  const again = createAgain(options.deps.clock.now);
  const mentions = createListReader(options, {
    what: 'mentions',
    note: 'x-mentions',
    list: 'mentions',
    async read(desk, cursor) {
      const { ms, done } = again();
      await readMentions(desk, cursor, ms);
      done();
    },
  });
  const dms = createListReader(options, { what: 'direct messages', note: 'x-dms', list: 'dmEvents', read: readDms });
  const readers = [mentions, dms];
  return {
    start() {
      for (const { loop } of readers) loop.start();
    },
    async stop() {
      await Promise.all(readers.map(({ loop }) => loop.stop()));
    },
    state() {
      const states = readers.flatMap((one) => one.state());
      const state = worst.find((one) => states.some((given) => given.state === one)) ?? 'connected';
      const reasons = states.flatMap((given) => given.reason ?? []);
      return { state, reason: reasons.length > 0 ? [...new Set(reasons)].join(' ') : null };
    },
  };
}
