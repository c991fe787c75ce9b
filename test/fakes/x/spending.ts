/** What X bills for, in US dollars: channel facts of August 2026; reading a user, deleting: page "Pricing" of X. */
export const prices = {
  'owned read': 0.001,
  'post read': 0.005,
  'user read': 0.01,
  'dm read': 0.01,
  'post create': 0.015,
  'post create with url': 0.2,
  'reply to a summons': 0.01,
  'dm create': 0.015,
  'post delete': 0.01,
} as const;

export type Billed = keyof typeof prices;

export interface SpentLine {
  kind: Billed;
  count: number;
  usd: number;
}

/** The bill so far. */
export interface Spent {
  usd: number;
  lines: SpentLine[];
}

/** Counts what is billed. */
export interface Spending {
  /** What is written, each time. */
  wrote(kind: Billed): void;
  /** What is read: the same thing once within a day of UTC. Page "Pricing" of X, "Deduplication". */
  read(kind: Billed, ids: readonly string[], now: number): void;
  spent(): Spent;
  /** Posts read, by day of UTC, for the answer of `usage/tweets`. */
  postsByDay(): Map<string, number>;
}

const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);
const cents = (usd: number): number => Math.round(usd * 1e6) / 1e6;

export function createSpending(): Spending {
  const counts = new Map<Billed, number>();
  const postsByDay = new Map<string, number>();
  let seen = new Set<string>();
  let today = '';
  const add = (kind: Billed, count: number): void => void counts.set(kind, (counts.get(kind) ?? 0) + count);
  return {
    wrote: (kind) => add(kind, 1),
    read(kind, ids, now) {
      const date = dayOf(now);
      if (date !== today) seen = new Set();
      today = date;
      const what = kind === 'owned read' ? 'post read' : kind;
      const fresh = ids.filter((id) => !seen.has(`${what} ${id}`));
      for (const id of fresh) seen.add(`${what} ${id}`);
      add(kind, fresh.length);
      if (kind === 'owned read' || kind === 'post read')
        postsByDay.set(date, (postsByDay.get(date) ?? 0) + fresh.length);
    },
    spent() {
      const lines = [...counts]
        .filter(([, count]) => count > 0)
        .map(([kind, count]) => ({ kind, count, usd: cents(count * prices[kind]) }));
      return { usd: cents(lines.reduce((sum, { usd }) => sum + usd, 0)), lines };
    },
    postsByDay: () => postsByDay,
  };
}
