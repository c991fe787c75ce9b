import { audit } from '../agent/audit.ts';
import { dayMs, isoOf, type Stretch, zoneOf } from '../calendar/zone.ts';
import type { Condition, Store } from '../store/port.ts';
import { questions } from './question.ts';

/** What became of the questions of an article in a time. */
export interface Effect {
  /** Questions that it is the right answer to, as far as is known. */
  asked: number;
  /** How often people were told it, and of these, how many said that it helped or did not. */
  answered: number;
  helped: number;
  notHelped: number;
  /** How many of the questions became tickets. */
  tickets: number;
}

/** A week from Monday to Sunday by the clock of the organisation. */
export interface WeekEffect extends Effect {
  /** The date of its Monday. */
  week: string;
}

/** How often an article was asked for, in a time of so many days. */
export interface Pace {
  days: number;
  similarPerWeek: number;
  ticketsPerWeek: number;
}

type Where = Readonly<Record<string, Condition>>;

const count = (store: Store, index: 'by-article' | 'by-said', { from, to }: Stretch, where: Where): Promise<number> =>
  store.count(questions, { index, where: { ...where, at: { gte: isoOf(from), lt: isoOf(to) } } });

const countTickets = (store: Store, articleId: string, time: Stretch): Promise<number> =>
  count(store, 'by-article', time, { articleId, ticketNumber: { gt: '' } });

/** What became of the questions of an article, counted on indexes. `time` in ms since 1970 UTC. */
export async function effectOf(store: Store, articleId: string, time: Stretch): Promise<Effect> {
  const [asked, tickets, answered, helped, notHelped] = await Promise.all([
    count(store, 'by-article', time, { articleId }),
    countTickets(store, articleId, time),
    count(store, 'by-said', time, { said: articleId }),
    count(store, 'by-said', time, { said: articleId, helped: 'yes' }),
    count(store, 'by-said', time, { said: articleId, helped: 'no' }),
  ]);
  return { asked, answered, helped, notHelped, tickets };
}

/** The weeks that a time touches, each as far as it lies in it; 1 January 1970 was a Thursday. */
export function weeksIn(time: Stretch, timeZone: string): (Stretch & { week: string })[] {
  const zone = zoneOf(timeZone);
  const beginOf = (wallDay: number): number =>
    zone.instantsOf(wallDay * dayMs, (wallDay + 1) * dayMs)[0]?.from ?? wallDay * dayMs;
  const firstDay = Math.floor(zone.wallAt(time.from) / dayMs);
  const weeks: (Stretch & { week: string })[] = [];
  for (let monday = firstDay - ((firstDay + 3) % 7); beginOf(monday) < time.to; monday += 7) {
    const from = Math.max(time.from, beginOf(monday));
    const to = Math.min(time.to, beginOf(monday + 7));
    weeks.push({ from, to, week: isoOf(monday * dayMs).slice(0, 10) });
  }
  return weeks;
}

/** Week by week; a week in which nothing was asked stands there too. */
export const weeklyEffect = (
  store: Store,
  articleId: string,
  { time, timeZone }: { time: Stretch; timeZone: string },
): Promise<WeekEffect[]> =>
  Promise.all(
    weeksIn(time, timeZone).map(async ({ week, ...stretch }) => ({
      week,
      ...(await effectOf(store, articleId, stretch)),
    })),
  );

const tenths = (value: number): number => Math.round(value * 10) / 10;

/** What is shorter than a day counts as one: of an hour nothing follows for a week. */
async function paceIn(store: Store, articleId: string, time: Stretch): Promise<Pace> {
  const days = Math.max(1, (time.to - time.from) / dayMs);
  const [asked, tickets] = await Promise.all([
    count(store, 'by-article', time, { articleId }),
    countTickets(store, articleId, time),
  ]);
  return {
    days: tenths(days),
    similarPerWeek: tenths((asked / days) * 7),
    ticketsPerWeek: tenths((tickets / days) * 7),
  };
}

async function lastChange(store: Store, articleId: string, before: number): Promise<string | null> {
  const where = {
    subject: articleId,
    at: { lt: isoOf(before) },
    action: { in: ['article.created', 'article.changed'] },
  };
  return (await store.find(audit, { index: 'by-subject', where, order: 'desc', limit: 1 })).items[0]?.at ?? null;
}

/** How often an article was asked for before and after it was last written or changed (KN-04); null where that lies outside. */
export async function changeEffect(
  store: Store,
  articleId: string,
  { from, to }: Stretch,
): Promise<{ changedAt: string | null; before: Pace | null; after: Pace | null }> {
  const changedAt = await lastChange(store, articleId, to);
  const at = changedAt === null ? Number.NaN : Date.parse(changedAt);
  if (!(at > from)) return { changedAt, before: null, after: null };
  return {
    changedAt,
    before: await paceIn(store, articleId, { from, to: at }),
    after: await paceIn(store, articleId, { from: at, to }),
  };
}
