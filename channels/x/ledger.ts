import { z } from 'zod';
import { readNote } from '../../src/channel/note.ts';
import { type Billed, billed, type Prices } from './prices.ts';

/** What was used in this month (UTC), in memory: the sum by what it was, and what was read today. */
export interface Ledger {
  /** Goes on with what was kept; what cannot be read, or is of another month or day, counts nothing. */
  load(kept: { sums: string | null; reads: string | null }): void;
  /** What is to be kept of the sums. */
  sums(): string;
  /** What is to be kept of what was read today; far longer, and less is lost with it. */
  reads(): string;
  add(what: Billed, pieces: number): void;
  /** Adds those that were not read today already, and says how many these are. */
  addReads(what: Billed, ids: readonly string[]): number;
  /** Millionths of a dollar. */
  spent(): number;
  lines(): { what: string; count: number; amount: number }[];
  /** `2026-11`. */
  month(): string;
}

/** Millionths of a dollar, so that sums are exact. */
export const micro = 1_000_000;

/** So many of the things read today are known after a restart; more are then counted twice, which errs to the safe side. */
const keptReads = 5_000;

const line = z.object({ count: z.number().int().nonnegative(), micros: z.number().int().nonnegative() });
const sums = z.object({ month: z.string(), lines: z.partialRecord(z.enum(billed), line) });
type Sums = z.infer<typeof sums>;
const reads = z.object({ day: z.string(), ids: z.array(z.string()) });

const monthOf = (now: number): string => new Date(now).toISOString().slice(0, 7);
const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);
const fresh = (now: number): Sums => ({ month: monthOf(now), lines: {} });

/** The same post is one thing, whichever way it was read. */
const thing = (what: Billed, id: string): string => `${what === 'dm-read' ? 'm' : 'p'}${id}`;

export function createLedger(prices: Prices, now: () => number): Ledger {
  let kept = fresh(now());
  let day = dayOf(now());
  let today = new Set<string>();

  /** The sums of now: another month begins anew. */
  const current = (): Sums => {
    if (kept.month !== monthOf(now())) kept = fresh(now());
    return kept;
  };

  /** What was read on the day of now: another day begins anew. */
  const readToday = (): Set<string> => {
    if (day !== dayOf(now())) today = new Set();
    day = dayOf(now());
    return today;
  };

  const add = (what: Billed, pieces: number): void => {
    const { lines } = current();
    const { count, micros } = lines[what] ?? { count: 0, micros: 0 };
    const more = Math.round(prices[what] * micro) * pieces;
    lines[what] = { count: Math.max(0, count + pieces), micros: Math.max(0, micros + more) };
  };

  return {
    load(given) {
      kept = readNote(sums, given.sums) ?? kept;
      const known = readNote(reads, given.reads);
      day = known?.day ?? day;
      today = new Set(known?.ids);
    },
    sums: () => JSON.stringify(current()),
    reads: () => JSON.stringify({ day, ids: [...readToday()].slice(-keptReads) }),
    add,
    addReads(what, ids) {
      const known = readToday();
      const anew = [...new Set(ids)].map((id) => thing(what, id)).filter((one) => !known.has(one));
      for (const one of anew) known.add(one);
      if (anew.length > 0) add(what, anew.length);
      return anew.length;
    },
    spent: () => Object.values(current().lines).reduce((sum, { micros }) => sum + micros, 0),
    lines: () =>
      billed.flatMap((what) => {
        const one = current().lines[what];
        return one && one.count > 0 ? [{ what, count: one.count, amount: one.micros / micro }] : [];
      }),
    month: () => current().month,
  };
}
