import type { Calendar } from '../../../src/calendar/calendar.ts';
import type { Duration } from '../../../src/organisation/duration.ts';
import type { ClockFacts } from '../../../src/sla/clocks.ts';
import type { Promising } from '../../../src/sla/working-calendar.ts';

/** A matrix of one row on one calendar. */
export const promising = (
  calendar: Calendar,
  row: { firstResponse?: Duration; routing?: Duration; resolution?: Duration },
): Promising => ({
  sla: { calendarId: 'office', rows: [row] },
  calendars: [{ id: 'office', name: { ar: 'الدوام', en: 'Office' }, calendar }],
});

/** A ticket as far as clocks ask, opened at an instant (ms). */
export const factsOf = (openedMs: number, facts: Partial<ClockFacts> = {}): ClockFacts => ({
  openedAt: new Date(openedMs).toISOString(),
  respondedAt: null,
  routedAt: null,
  resolvedAt: null,
  closedAt: null,
  pauses: [],
  channel: 'desk',
  type: 'complaint',
  complexity: 'routine',
  importance: 'medium',
  ...facts,
});
