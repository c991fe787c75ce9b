import type { Clock } from '../clock.ts';
import type { Query, Store } from '../store/port.ts';
import { tickets } from '../ticket/ticket.ts';
import { groupInStrides, type QuestionGroup } from './group.ts';
import { type Question, questions } from './question.ts';

const dayMs = 86_400_000;
/** Unless asked otherwise, and how many of them at most. */
const lookBackMs = 90 * dayMs;
const mostQuestions = 5_000;
const pageSize = 1_000;

/** A change that leaves the number and the newest as they were is seen after so long. */
const freshMs = 60_000;
/** From so many different times on groups are kept. */
const mostKept = 4;

type Deps = { store: Store; clock: Pick<Clock, 'now'> };

/** The unanswered questions in groups. */
export interface WaitingGroups {
  /** Those since `from` (ISO), by default of the last 90 days; the largest group first. */
  since(from?: string): Promise<QuestionGroup[]>;
}

interface Kept {
  stamp: string;
  at: number;
  groups: Promise<QuestionGroup[]>;
}

const waiting = (from: string): Pick<Query, 'index' | 'where'> => ({
  index: 'by-waiting',
  where: { waitingAt: { gte: from } },
});

/** Matters that somebody of us may not know of stay out, also where a person found only later that they are such. */
async function withoutRestricted(store: Store, found: readonly Question[]): Promise<Question[]> {
  const numbers = found.flatMap(({ ticketNumber }) => ticketNumber ?? []);
  const theirs = numbers.length > 0 ? await store.getMany(tickets, numbers) : [];
  const kept = theirs.filter(({ restricted, hiddenFrom }) => restricted || hiddenFrom.length > 0);
  const secret = new Set(kept.map(({ number }) => number));
  return found.filter(({ ticketNumber }) => ticketNumber === null || !secret.has(ticketNumber));
}

async function read(store: Store, from: string): Promise<Question[]> {
  const found: Question[] = [];
  for (let cursor: string | undefined; found.length < mostQuestions; ) {
    const page = await store.find(questions, { ...waiting(from), order: 'desc', limit: pageSize, cursor });
    found.push(...(await withoutRestricted(store, page.items)));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return found.slice(0, mostQuestions);
}

async function stampOf(store: Store, from: string): Promise<string> {
  const count = await store.count(questions, waiting(from));
  const [newest] = (await store.find(questions, { ...waiting(from), order: 'desc', limit: 1 })).items;
  return `${count} ${newest?.id ?? ''}`;
}

/** Midnight, so that those who ask within a day ask for the same. */
const usualFrom = (now: number): string => new Date(Math.floor((now - lookBackMs) / dayMs) * dayMs).toISOString();

/** Groups are made when they are asked for, giving way to other work, and kept until a question is added or settled. */
export function createWaitingGroups({ store, clock }: Deps): WaitingGroups {
  const kept = new Map<string, Kept>();
  const make = async (from: string): Promise<QuestionGroup[]> =>
    groupInStrides(await read(store, from), () => performance.now());
  const keep = (from: string, stamp: string): Promise<QuestionGroup[]> => {
    if (kept.size >= mostKept) kept.clear();
    const groups = make(from);
    kept.set(from, { stamp, at: clock.now(), groups });
    groups.catch(() => kept.delete(from));
    return groups;
  };
  return {
    async since(from = usualFrom(clock.now())) {
      const stamp = await stampOf(store, from);
      const known = kept.get(from);
      const isFresh = known?.stamp === stamp && clock.now() - known.at < freshMs;
      return known && isFresh ? known.groups : keep(from, stamp);
    },
  };
}
