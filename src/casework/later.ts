import { CalendarError } from '../calendar/calendar-error.ts';
import { type Duration, dueAfter } from '../calendar/due.ts';
import { isoOf } from '../calendar/zone.ts';
import { type Promising, workingCalendar } from '../sla/working-calendar.ts';

const plainUnit = {
  seconds: 'seconds',
  minutes: 'minutes',
  hours: 'hours',
  business_minutes: 'minutes',
  business_hours: 'hours',
  business_days: 'hours',
} as const;

/** The same length around the clock. */
const plain = ({ amount, unit }: Duration): Duration => ({
  amount: unit === 'business_days' ? amount * 24 : amount,
  unit: plainUnit[unit],
});

/**
 * When a length of time that begins at `fromIso` is over (ISO), counted on the calendar of the SLA. On a calendar that has no
 * open time ahead it runs around the clock, so that what waits for it does not wait for ever.
 */
export function later(organisation: Promising, fromIso: string, duration: Duration): string {
  const calendar = workingCalendar(organisation);
  const from = Date.parse(fromIso);
  try {
    return isoOf(dueAfter(calendar, from, duration));
  } catch (error) {
    if (error instanceof CalendarError && error.reason === 'never-open') {
      return isoOf(dueAfter(calendar, from, plain(duration)));
    }
    throw error;
  }
}
