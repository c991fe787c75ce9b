import { describe, expect, it } from 'vitest';
import { calendar } from '../../../src/calendar/calendar.ts';
import type { NamedCalendar, Sla } from '../../../src/organisation/organisation.ts';
import type { SlaFacts } from '../../../src/sla/choose-row.ts';
import { promise } from '../../../src/sla/promise.ts';

const facts: SlaFacts = { channel: 'email', type: 'inquiry', complexity: 'routine', importance: 'low' };
const openedAt = Date.parse('2026-05-25T08:00:00Z');

const office = (confirmed: boolean): NamedCalendar => ({
  id: 'office',
  name: { ar: 'الدوام الرسمي', en: 'Office hours' },
  calendar: calendar.parse({
    timeZone: 'Asia/Riyadh',
    week: { mon: [['07:30', '14:30']], tue: [['07:30', '14:30']], wed: [['07:30', '14:30']] },
  }),
  proposed: [{ date: '2026-05-26', name: { ar: 'إجازة عيد الأضحى' }, confirmed }],
});

const sla: Sla = {
  calendarId: 'office',
  rows: [
    {
      channel: 'email',
      firstResponse: { amount: 1, unit: 'business_days' },
      resolution: { amount: 42, unit: 'hours' },
    },
    { channel: 'x', firstResponse: { amount: 15, unit: 'minutes' } },
  ],
};

describe('what a ticket is promised', () => {
  it('is counted on the calendar that the SLA names, with its reckoning', () => {
    const { firstResponse, resolution } = promise(sla, [office(false)], facts, openedAt);
    expect(firstResponse?.dueAt).toBe('2026-05-26T08:00:00.000Z');
    expect(firstResponse?.lines.map(({ reason }) => reason)).toEqual(['open', 'after-closing', 'open']);
    expect(resolution?.dueAt).toBe('2026-05-27T02:00:00.000Z');
  });

  it('moves when a proposed holiday is confirmed', () => {
    expect(promise(sla, [office(true)], facts, openedAt).firstResponse?.dueAt).toBe('2026-05-27T08:00:00.000Z');
  });

  it('is null for what the row leaves out, and when no row fits', () => {
    expect(promise(sla, [office(false)], { ...facts, channel: 'x' }, openedAt).resolution).toBeNull();
    expect(promise(sla, [office(false)], { ...facts, channel: 'sms' }, openedAt)).toEqual({
      firstResponse: null,
      routing: null,
      resolution: null,
    });
  });

  it('is null for what runs on a calendar that never opens; what runs around the clock stands', () => {
    const closed = { ...office(false), calendar: calendar.parse({ timeZone: 'Asia/Riyadh', week: {} }) };
    const { firstResponse, resolution } = promise(sla, [closed], facts, openedAt);
    expect(firstResponse).toBeNull();
    expect(resolution?.dueAt).toBe('2026-05-27T02:00:00.000Z');
  });

  it('says which calendar is missing', () => {
    expect(() => promise({ ...sla, calendarId: 'night' }, [office(false)], facts, openedAt)).toThrow(/"night"/);
  });
});
