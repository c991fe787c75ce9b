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

/** Later than everything: what is so far off that no calendar tells it. */
const never = '9999-12-31T23:59:59.999Z';

/**
 * When a length of time that begins at `fromIso` is over (ISO), counted on the calendar of the SLA. On a calendar that has no
 * open time ahead it runs around the clock, so that what waits for it does not wait for ever; what is too far off for a
 * calendar (50 years) is at the end of the year 9999, so that no setting can stop the handling of a ticket.
 */
export function later(organisation: Promising, fromIso: string, duration: Duration): string {
  const calendar = workingCalendar(organisation);
  const from = Date.parse(fromIso);
  try {
    return isoOf(dueAfter(calendar, from, duration));
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    return error.reason === 'too-far' ? never : later(organisation, fromIso, plain(duration));
  }
}
