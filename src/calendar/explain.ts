import type { Calendar } from './calendar.ts';
import { CalendarError, farthestDays } from './calendar-error.ts';
import { type Day, dayNumberAt, timelineOf } from './timeline.ts';
import { dayMs, isoOf } from './zone.ts';

/**
 * Why a stretch of time counts or not. Counted: `open` (the week), `open-by-range`, `open-by-exception`, `plain-time`
 * (no calendar asked). Not counted, on a day with opening: `before-opening`, `break`, `after-closing` (until the next
 * day's opening where that follows); whole days: `closed` (week or range), `holiday`, `closed-by-exception`.
 */
export type LineReason =
  | 'open'
  | 'open-by-range'
  | 'open-by-exception'
  | 'plain-time'
  | 'before-opening'
  | 'break'
  | 'after-closing'
  | 'closed'
  | 'holiday'
  | 'closed-by-exception';

/** One stretch of an explained computation; times are ISO UTC, minutes may be a fraction. */
export interface Line {
  from: string;
  to: string;
  minutes: number;
  counted: boolean;
  reason: LineReason;
}

/** A line before it is written: times in ms. */
interface Part {
  from: number;
  to: number;
  counted: boolean;
  reason: LineReason;
}

const openReason = {
  exception: 'open-by-exception',
  range: 'open-by-range',
  week: 'open',
  holiday: 'open',
} as const;
const closedReason = { exception: 'closed-by-exception', range: 'closed', week: 'closed', holiday: 'holiday' } as const;

function partsOf({ from, to, open, reason }: Day): Part[] {
  if (open.length === 0) return [{ from, to, counted: false, reason: closedReason[reason] }];
  const parts: Part[] = [];
  let at = from;
  for (const stretch of open) {
    const gap = at === from ? 'before-opening' : 'break';
    parts.push({ from: at, to: stretch.from, counted: false, reason: gap });
    parts.push({ ...stretch, counted: true, reason: openReason[reason] });
    at = stretch.to;
  }
  parts.push({ from: at, to, counted: false, reason: 'after-closing' });
  return parts;
}

const continues = (last: Part, next: Part): boolean =>
  !last.counted &&
  !next.counted &&
  (last.reason === next.reason || (last.reason === 'after-closing' && next.reason === 'before-opening'));

/** Cuts the part to the span and adds it; closed time that goes on makes the last part longer. */
function append(parts: Part[], part: Part, fromMs: number, toMs: number): void {
  const cut = { ...part, from: Math.max(part.from, fromMs), to: Math.min(part.to, toMs) };
  if (cut.from >= cut.to) return;
  const last = parts.at(-1);
  if (last !== undefined && continues(last, cut)) last.to = cut.to;
  else parts.push(cut);
}

/** A part as it is shown. */
export const lineOf = ({ from, to, counted, reason }: Part): Line => ({
  from: isoOf(from),
  to: isoOf(to),
  minutes: (to - from) / 60_000,
  counted,
  reason,
});

/**
 * The time from `fromMs` to before `toMs` in order and without gaps: open time opening by opening, closed time joined
 * overnight and over equal days. Throws CalendarError too-far.
 */
export function explain(calendar: Calendar, fromMs: number, toMs: number): Line[] {
  if (toMs - fromMs > farthestDays * dayMs) throw new CalendarError('too-far');
  const timeline = timelineOf(calendar);
  const parts: Part[] = [];
  if (fromMs >= toMs) return [];
  const last = dayNumberAt(timeline, toMs);
  for (let number = dayNumberAt(timeline, fromMs); number <= last; number += 1) {
    for (const part of partsOf(timeline.day(number))) append(parts, part, fromMs, toMs);
  }
  return parts.map(lineOf);
}
