import { WaslError } from '../errors.ts';
import { dayAfter, dayAt } from './office.ts';
import type { Period } from './spans-of.ts';

/** What was asked: local dates, the second not included. */
export interface AskedPeriod {
  from?: string | undefined;
  to?: string | undefined;
}

const mostDays = 3_660;
/** Nothing was counted before; so far back the zones of the world are worked out anew, day by day. */
const firstDay = '2000-01-01';

/** The period that is meant where one is not told: up to today, from the first of the month or for seven days. */
const usual = {
  month: (to: string): string => `${dayAfter(to, -1).slice(0, 7)}-01`,
  week: (to: string): string => dayAfter(to, -7),
};

/** The period of a report. Throws `invalid` where it ends before it begins, lies outside of what is counted, or is longer than ten years. */
export function periodOf(
  { from, to }: AskedPeriod,
  { timeZone, nowMs, usually }: { timeZone: string; nowMs: number; usually: keyof typeof usual },
): Period {
  const today = dayAt(timeZone, nowMs);
  const end = to ?? dayAfter(today, 1);
  const begin = from ?? usual[usually](end);
  if (begin < firstDay) throw new WaslError('invalid', `query.from: not before ${firstDay}.`);
  if (begin > today || begin >= end) {
    const where = begin > today ? 'query.from: it lies after today' : 'query.to: it must come after "from"';
    throw new WaslError('invalid', `${where}; "to" is not included in the period.`);
  }
  if (dayAfter(begin, mostDays) < end) throw new WaslError('invalid', 'query.from: ask for ten years at most.');
  return { from: begin, to: end };
}
