import { dayMs, zoneOf } from '../calendar/zone.ts';

/** The hours of a day in which no phone is to ring, on the wall clock; over midnight where `to` is before `from`. */
export interface QuietHours {
  /** HH:MM. */
  from: string;
  to: string;
}

const minuteMs = 60_000;

const wallMs = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * minuteMs;
};

/** The first instant from `now` on at which the clock shows the time or, where it skips it, a later one of that day. */
function nextAt(zone: ReturnType<typeof zoneOf>, clock: number, now: number): number {
  const today = Math.floor(zone.wallAt(now) / dayMs) * dayMs;
  for (const midnight of [today, today + dayMs]) {
    const stretch = zone.instantsOf(midnight + clock, midnight + dayMs).find(({ to }) => to > now);
    if (stretch && stretch.from >= now) return stretch.from;
  }
  return now + dayMs;
}

/**
 * Until when (ms) what makes a phone ring has to wait at `now`; null where it is not quiet. Equal times mean never. Pure.
 */
export function quietUntil({ from, to }: QuietHours, timeZone: string, now: number): number | null {
  const zone = zoneOf(timeZone);
  const clock = zone.wallAt(now) % dayMs;
  const [begins, ends] = [wallMs(from), wallMs(to)];
  const isQuiet = begins <= ends ? clock >= begins && clock < ends : clock >= begins || clock < ends;
  return isQuiet ? nextAt(zone, ends, now) : null;
}
