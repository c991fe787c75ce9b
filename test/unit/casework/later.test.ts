import { describe, expect, it } from 'vitest';
import { later } from '../../../src/casework/later.ts';
import type { NamedCalendar } from '../../../src/organisation/organisation.ts';
import { anOrganisation } from './builders.ts';

const never: NamedCalendar = {
  id: 'office',
  name: { ar: 'مغلق', en: 'Closed' },
  calendar: { timeZone: 'Asia/Riyadh', week: {} },
};
const thursday = '2026-11-26T10:00:00.000Z';

describe('when a length of time is over', () => {
  it('is counted on the calendar of the promises', () => {
    expect(later(anOrganisation(), thursday, { amount: 1, unit: 'business_days' })).toBe('2026-11-29T10:00:00.000Z');
    expect(later(anOrganisation(), thursday, { amount: 2, unit: 'business_hours' })).toBe('2026-11-29T05:00:00.000Z');
    expect(later(anOrganisation(), thursday, { amount: 2, unit: 'hours' })).toBe('2026-11-26T12:00:00.000Z');
  });

  it('runs around the clock where the calendar never opens, so that nothing waits for ever', () => {
    const closed = anOrganisation({}, { calendars: [never] });
    expect(later(closed, thursday, { amount: 3, unit: 'business_days' })).toBe('2026-11-29T10:00:00.000Z');
    expect(later(closed, thursday, { amount: 2, unit: 'business_hours' })).toBe('2026-11-26T12:00:00.000Z');
    expect(later(closed, thursday, { amount: 5, unit: 'business_minutes' })).toBe('2026-11-26T10:05:00.000Z');
  });

  it('is at the end of all years where it is too far off for a calendar', () => {
    for (const unit of ['business_days', 'business_hours', 'hours'] as const)
      for (const amount of [1e8, 1e12])
        expect(later(anOrganisation(), thursday, { amount, unit })).toBe('9999-12-31T23:59:59.999Z');
  });

  it('says which calendar there is not', () => {
    const { sla } = anOrganisation();
    const lost = anOrganisation({}, { sla: { ...sla, calendarId: 'night' } });
    expect(() => later(lost, thursday, { amount: 1, unit: 'hours' })).toThrow(/"night"/);
  });
});
