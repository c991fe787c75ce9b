import type { ChannelDeps, Sink } from '../../../src/channel/channel.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { pause } from '../../../src/channel/wait.ts';
import { giveAll } from '../intake/give.ts';
import { countPieces, foundIn } from '../intake/intake.ts';
import { compareIds, idAt, larger } from '../payload/ids.ts';
import type { Page } from '../payload/page.ts';
import type { Piece, Reading } from '../payload/piece.ts';
import type { OwnSendings, XReader } from '../reading.ts';
import type { CursorNote } from './cursor.ts';
import { asHistory } from './history.ts';

/** What reading a list needs, whichever list it is. */
export interface Desk {
  inboxId: string;
  reader: XReader;
  sink: Sink;
  sent: OwnSendings;
  deps: Pick<ChannelDeps, 'log' | 'clock' | 'count'>;
  /** Ids of what was given already: what is read again is not stored again. */
  recent: Recent;
  /** Reading stands still until then (ms), since X lets nobody ask; null: it goes on. */
  waits(untilMs: number | null): void;
  signal: AbortSignal;
}

/** Something of a page, by its id. */
export interface Entry {
  id: string | null;
  piece: Piece;
}

/** Remembers the last ids of so many. */
export interface Recent {
  has(id: string): boolean;
  add(id: string): void;
  /** It came and could not be read: whether it is to be tried again when it comes again. */
  isWorthAnotherTry(id: string): boolean;
}

/** X now and then shows a post without its author, and a little later with it. */
const mostTries = 3;

export function createRecent(most: number): Recent {
  const ids = new Set<string>();
  const tries = new Map<string, number>();
  return {
    isWorthAnotherTry(id) {
      const made = (tries.get(id) ?? 0) + 1;
      tries.delete(id);
      if (made >= mostTries) return false;
      tries.set(id, made);
      const oldest = tries.size > most ? tries.keys().next().value : undefined;
      if (oldest !== undefined) tries.delete(oldest);
      return true;
    },
    has: (id) => ids.has(id),
    add(id) {
      ids.delete(id);
      ids.add(id);
      const [oldest] = ids;
      if (ids.size > most && oldest !== undefined) ids.delete(oldest);
    },
  };
}

export async function readingOf({ inboxId, reader, sent, deps, signal }: Desk): Promise<Reading> {
  return { inboxId, self: await reader.me(signal), sent, at: new Date(deps.clock.now()).toISOString() };
}

/** The entries of a page; rejects where the answer was no page, so that nothing is passed over. */
export function entriesOf(page: Page | null): Entry[] {
  if (!page) throw new SendError('unexpected-response', 'X answered with something that is no page.');
  return page.pieces.map((piece, index) => ({ id: page.ids[index] ?? null, piece }));
}

/** Waits for so long within one reading; more is left to the next one. */
const mostPatienceMs = 960_000;
const mostWaits = 20;

async function sitOut({ deps: { clock }, waits, signal }: Desk, ms: number): Promise<void> {
  waits(clock.now() + ms);
  await pause(clock, ms, signal);
  waits(null);
}

/**
 * Asks, and where X lets nobody ask for a while, waits and asks again: what was read before is not read again for it.
 */
export async function patiently<T>(desk: Desk, ask: () => Promise<T>): Promise<T> {
  const { signal } = desk;
  for (let waits = 0; ; waits += 1) {
    signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      const waitMs = error instanceof SendError && error.code === 'throttled' ? error.retryAfterMs : undefined;
      if (waitMs === undefined || waitMs > mostPatienceMs || waits === mostWaits) throw error;
      await sitOut(desk, Math.max(waitMs, 1_000));
    }
  }
}

/** Oldest first. */
const inOrder = (entries: readonly Entry[]): Entry[] =>
  entries.toSorted((a, b) =>
    a.id === null || b.id === null ? Number(b.id === null) - Number(a.id === null) : compareIds(a.id, b.id),
  );

const openOf = ({ piece }: Entry): Piece => (piece.is === 'unplaced' ? piece.otherwise : piece);

/** So many are stored before it is noted how far that is. */
const noteEvery = 100;
/** So many are stored at once. */
const atOnce = 25;

/** The clock of X is not ours. */
const aheadMs = 3_600_000;
const mostDigits = 19;

/** An id that X cannot have given yet tells nothing of how far a list was read. */
const isGiven = (id: string, nowMs: number): boolean =>
  id.length <= mostDigits && compareIds(id, idAt(nowMs + aheadMs)) <= 0;

const mayComeRight = ({ recent }: Desk, { id, piece }: Entry): boolean =>
  id !== null && piece.is === 'odd' && piece.why === 'no-author' && recent.isWorthAnotherTry(id);

async function giveSome(desk: Desk, some: readonly Entry[]): Promise<void> {
  const { inboxId, sink, deps } = desk;
  const unknown = some.filter(({ id }) => id === null || !desk.recent.has(id));
  const fresh = unknown.filter((entry) => !mayComeRight(desk, entry));
  const pieces = fresh.map(openOf);
  const found = foundIn(pieces);
  for (let from = 0; from < found.length; from += atOnce) {
    desk.signal.throwIfAborted();
    await giveAll({ sink, log: deps.log }, found.slice(from, from + atOnce));
  }
  countPieces({ inboxId, log: deps.log, count: deps.count }, pieces);
  for (const { id } of fresh) if (id !== null) desk.recent.add(id);
}

/**
 * Gives entries to the core, the oldest first, and notes from time to time how far they are stored: a kill in between costs
 * nothing but reading the rest again. `entries` must hold all that is newer than the cursor and older than their newest.
 */
export async function store(desk: Desk, cursor: CursorNote, entries: readonly Entry[]): Promise<void> {
  const since = (await cursor.get())?.since ?? null;
  const ordered = inOrder(since === null ? entries : asHistory(entries, since));
  for (let from = 0; from < ordered.length; from += noteEvery) {
    const some = ordered.slice(from, from + noteEvery);
    await giveSome(desk, some);
    const before = (await cursor.get())?.upTo ?? '0';
    const upTo = some
      .flatMap(({ id }) => (id !== null && isGiven(id, desk.deps.clock.now()) ? id : []))
      .reduce(larger, before);
    if (upTo !== before) await cursor.set({ upTo });
  }
}
