import { z } from 'zod';
import type { Sink } from '../../src/channel/channel.ts';
import { type Cost, cost } from '../../src/channel/inbound.ts';
import { readNote } from '../../src/channel/note.ts';

/** What a sending came to. */
export interface Result {
  externalId: string;
  status: 'accepted' | 'sent';
  cost: Cost;
}

const result = z.object({ externalId: z.string(), status: z.enum(['accepted', 'sent']), cost });

const begun = z.object({ id: z.string(), at: z.number(), result: result.optional() });
type Begun = z.infer<typeof begun>;

/** What was spent in a month (UTC). */
export interface Spent {
  /** `2026-11`. */
  month: string;
  messages: number;
  segments: number;
  amount: number;
  /** Of the last that told one. */
  currency: string | null;
}

const spent = z.object({
  month: z.string(),
  messages: z.number(),
  segments: z.number(),
  amount: z.number(),
  currency: z.string().nullable(),
});

const page = z.object({ begun: z.array(begun), spent });

const key = 'sendings';
/** Longer than the core tries again what cannot be sent. */
const keptMs = 4 * 86_400_000;
/** Of those whose end is known only so many are kept: for the moment between our note of it and the core's. */
const keptEnded = 100;

/** The durable note of sendings: which were begun, so that none is sent twice after a crash, and what they cost. */
export interface Notebook {
  /** A sending that was begun before: when (ms), and what came of it if that is known. */
  earlier(id: string): { at: number; result?: Result } | null;
  /** Resolves once it is durable that the sending begins. */
  begin(id: string): Promise<void>;
  /** It was taken. Resolves once that is durable. */
  end(id: string, result: Result): Promise<void>;
  /** It was certainly not taken: it may be sent as if for the first time. */
  forget(id: string): void;
  spent(): Spent;
}

const monthOf = (ms: number): string => new Date(ms).toISOString().slice(0, 7);

const newMonth = (month: string): Spent => ({ month, messages: 0, segments: 0, amount: 0, currency: null });

/** Money of five decimals: sums of floating point numbers otherwise grow tails. */
const money = (amount: number): number => Math.round(amount * 1e5) / 1e5;

const withCost = (sum: Spent, { units, amount, currency }: Cost): Spent => ({
  month: sum.month,
  messages: sum.messages + 1,
  segments: sum.segments + units,
  amount: money(sum.amount + (amount ?? 0)),
  currency: currency ?? sum.currency,
});

function withoutOld(list: readonly Begun[], now: number): Begun[] {
  const recent = list.filter(({ at }) => now - at < keptMs);
  const ended = recent.filter((one) => one.result);
  const old = new Set(ended.slice(0, Math.max(0, ended.length - keptEnded)));
  return recent.filter((one) => !old.has(one));
}

/** One write at a time; whoever asks while one is under way shares the next. */
function createWriter(write: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  return () => {
    next ??= last
      .catch(() => undefined)
      .then(() => {
        next = null;
        last = write();
        return last;
      });
    return next;
  };
}

/** Opens the note of an inbox; a note that cannot be read is begun anew. */
export async function openNotebook(sink: Pick<Sink, 'recall' | 'remember'>, now: () => number): Promise<Notebook> {
  const kept = readNote(page, await sink.recall(key));
  let list: Begun[] = kept?.begun ?? [];
  let sum: Spent = kept?.spent ?? newMonth(monthOf(now()));
  const write = createWriter(() => {
    list = withoutOld(list, now());
    return sink.remember(key, JSON.stringify({ begun: list, spent: sum }));
  });
  const current = (): Spent => (sum.month === monthOf(now()) ? sum : newMonth(monthOf(now())));

  return {
    earlier(id) {
      const found = list.find((one) => one.id === id);
      return found ? { at: found.at, ...(found.result ? { result: found.result } : {}) } : null;
    },
    begin(id) {
      if (list.some((one) => one.id === id)) return Promise.resolve();
      list.push({ id, at: now() });
      return write();
    },
    end(id, ended) {
      sum = withCost(current(), ended.cost);
      list = [...list.filter((one) => one.id !== id), { id, at: now(), result: ended }];
      return write();
    },
    forget(id) {
      list = list.filter((one) => one.id !== id);
    },
    spent: current,
  };
}
