import { describe, expect, it } from 'vitest';
import type { Duration } from '../../../src/organisation/duration.ts';
import { type ClockFacts, clocksOf } from '../../../src/sla/clocks.ts';
import { linesOf, workingMinutesOf } from '../../../src/sla/explain-clock.ts';
import type { Pause } from '../../../src/ticket/ticket.ts';
import { aCalendar, everyDay, inRiyadh, riyadh } from '../calendar/builders.ts';
import { factsOf, promising } from './builders.ts';

/** Sunday to Thursday, 07:30-14:30. */
const office = aCalendar();
const wednesday = riyadh('2026-11-25 10:00');

const pause = (from: string, to: string | null, over: Partial<Pause> = {}): Pause => ({
  reason: 'customer',
  stops: true,
  from: new Date(riyadh(from)).toISOString(),
  to: to === null ? null : new Date(riyadh(to)).toISOString(),
  ...over,
});

const days = (amount: number): Duration => ({ amount, unit: 'business_days' });
const hours = (amount: number): Duration => ({ amount, unit: 'business_hours' });
const iso = (text: string): string => new Date(riyadh(text)).toISOString();

/** The treatment clock of a ticket opened on that Wednesday at 10:00. */
const treatment = (resolution: Duration, facts: Partial<ClockFacts> = {}, calendar = office) =>
  clocksOf(promising(calendar, { resolution }), factsOf(wednesday, facts)).resolution!;

const due = (...given: Parameters<typeof treatment>): string => inRiyadh(Date.parse(treatment(...given).dueAt));

describe('a treatment clock', () => {
  it('is due the promised time after the ticket was opened', () => {
    expect(due(days(2))).toBe('2026-11-29 10:00');
    expect(due(hours(2))).toBe('2026-11-25 12:00');
    expect(due({ amount: 42, unit: 'hours' })).toBe('2026-11-27 04:00');
    expect(treatment(days(2)).state).toBe('running');
  });

  it('goes on with the open time that was left, where it stood in office hours', () => {
    const waited = { pauses: [pause('2026-11-25 12:00', '2026-11-26 12:00')] };
    expect(due(days(1), waited)).toBe('2026-11-29 10:00');
    expect(due(hours(3), waited)).toBe('2026-11-26 13:00');
  });

  it('is not moved by what stands over night, on a weekend, or for no time at all', () => {
    for (const promised of [days(1), days(2), hours(9)]) {
      const { dueAt } = treatment(promised);
      const night = [pause('2026-11-25 15:00', '2026-11-26 07:00'), pause('2026-11-27 09:00', '2026-11-28 22:00')];
      expect(treatment(promised, { pauses: night }).dueAt).toBe(dueAt);
      expect(treatment(promised, { pauses: [pause('2026-11-25 12:00', '2026-11-25 12:00')] }).dueAt).toBe(dueAt);
    }
  });

  it('counts nested, overlapping and touching pauses once', () => {
    const once = due(days(2), { pauses: [pause('2026-11-25 11:00', '2026-11-25 14:00')] });
    const pieces = [
      [pause('2026-11-25 11:00', '2026-11-25 14:00'), pause('2026-11-25 12:00', '2026-11-25 13:00')],
      [pause('2026-11-25 12:30', '2026-11-25 14:00'), pause('2026-11-25 11:00', '2026-11-25 13:00')],
      [pause('2026-11-25 11:00', '2026-11-25 12:00'), pause('2026-11-25 12:00', '2026-11-25 14:00')],
    ];
    for (const pauses of pieces) expect(due(days(2), { pauses })).toBe(once);
  });

  it('is moved by the whole of a pause where it runs around the clock', () => {
    const waited = { pauses: [pause('2026-11-25 15:00', '2026-11-26 07:00')] };
    expect(due({ amount: 24, unit: 'hours' }, waited)).toBe('2026-11-27 02:00');
  });

  it('stands where it stood while it is paused, and is not due meanwhile', () => {
    const paused = treatment(days(1), { pauses: [pause('2026-11-25 12:00', null)] });
    expect(paused).toMatchObject({ state: 'paused', dueAt: treatment(days(1)).dueAt });
  });

  it('runs on in a pause that does not stop it', () => {
    const waited = { pauses: [pause('2026-11-25 12:00', null, { stops: false })] };
    expect(treatment(days(1), waited)).toMatchObject({ state: 'running', dueAt: treatment(days(1)).dueAt });
  });

  it('is not moved by a pause that began after it was due', () => {
    expect(due(hours(1), { pauses: [pause('2026-11-25 12:00', '2026-11-25 13:00')] })).toBe('2026-11-25 11:00');
  });

  it('ends when the ticket is resolved, and what comes after does not move it', () => {
    const resolvedAt = iso('2026-11-25 12:00');
    const answered = pause('2026-11-25 12:00', null, { reason: 'resolved' });
    const met = treatment(days(1), { resolvedAt, pauses: [answered] });
    expect(met).toMatchObject({ state: 'met', metAt: resolvedAt, dueAt: treatment(days(1)).dueAt });
    const closed = {
      resolvedAt,
      closedAt: iso('2026-11-30 12:00'),
      pauses: [{ ...answered, to: iso('2026-11-30 12:00') }],
    };
    expect(treatment(days(1), closed)).toMatchObject({ state: 'met', metAt: resolvedAt, dueAt: met.dueAt });
  });

  it('goes on with what was left when a resolved ticket is reopened', () => {
    const between = { pauses: [pause('2026-11-25 12:00', '2026-11-30 08:00', { reason: 'resolved' })] };
    expect(treatment(hours(3), between).state).toBe('running');
    expect(due(hours(3), between)).toBe('2026-11-30 09:00');
  });

  it('is over where the ticket ended without treatment', () => {
    expect(treatment(days(1), { closedAt: iso('2026-11-25 12:00') })).toMatchObject({ state: 'over', metAt: null });
  });

  it('moves with a holiday, a range of other hours and a closure', () => {
    expect(due(days(1), {}, { ...office, holidays: ['2026-11-26'] })).toBe('2026-11-29 10:00');
    const short = [['10:00', '12:00']] as [string, string][];
    const range = { from: '2026-11-26', to: '2026-11-30', week: { thu: short, sun: short } };
    expect(due(hours(6), {}, { ...office, ranges: [range] })).toBe('2026-11-26 11:30');
    const closure = { date: '2026-11-26', intervals: [['07:30', '09:00']] as [string, string][] };
    expect(due(days(1), {}, { ...office, exceptions: [closure] })).toBe('2026-11-26 09:00');
  });

  it('keeps the clock time over a change of the clocks, and counts the hours that there are', () => {
    const berlin = everyDay('Europe/Berlin', ['00:00', '12:00']);
    const saturday = Date.parse('2026-03-28T10:00:00+01:00');
    const at = (resolution: Duration) =>
      clocksOf(promising(berlin, { resolution }), factsOf(saturday)).resolution?.dueAt;
    expect(at(days(1))).toBe('2026-03-29T08:00:00.000Z');
    // the night has one hour less: 2 left on Saturday, 11 on Sunday, one on Monday
    expect(at(hours(14))).toBe('2026-03-29T23:00:00.000Z');
  });
});

describe('first response and routing', () => {
  const organisation = promising(office, { firstResponse: hours(1), routing: { amount: 24, unit: 'hours' } });
  const waiting = { pauses: [pause('2026-11-25 10:10', '2026-11-26 10:00')] };

  it('are not paused', () => {
    const { firstResponse, routing, resolution } = clocksOf(organisation, factsOf(wednesday, waiting));
    expect(inRiyadh(Date.parse(firstResponse!.dueAt))).toBe('2026-11-25 11:00');
    expect(inRiyadh(Date.parse(routing!.dueAt))).toBe('2026-11-26 10:00');
    expect(resolution).toBeNull();
    const paused = clocksOf(organisation, factsOf(wednesday, { pauses: [pause('2026-11-25 10:10', null)] }));
    expect(paused.routing?.state).toBe('running');
  });

  it('are met by the answer and by the transfer, late or not', () => {
    const facts = factsOf(wednesday, { respondedAt: iso('2026-11-25 12:00'), routedAt: iso('2026-11-25 10:30') });
    const { firstResponse, routing } = clocksOf(organisation, facts);
    expect(firstResponse).toMatchObject({ state: 'met', metAt: iso('2026-11-25 12:00') });
    expect(routing).toMatchObject({ state: 'met', metAt: iso('2026-11-25 10:30') });
  });

  it('are not waited for any more once the ticket is answered', () => {
    const facts = factsOf(wednesday, { respondedAt: iso('2026-11-25 11:00'), resolvedAt: iso('2026-11-25 11:00') });
    expect(clocksOf(organisation, facts).routing).toMatchObject({ state: 'over', metAt: null });
  });

  it('do not charge the time in which a reopened ticket counted as answered', () => {
    const answered = { pauses: [pause('2026-11-25 12:00', '2026-11-30 12:00', { reason: 'resolved' })] };
    const { routing } = clocksOf(organisation, factsOf(wednesday, answered));
    expect(inRiyadh(Date.parse(routing!.dueAt))).toBe('2026-12-01 10:00');
  });
});

describe('a calendar that never opens', () => {
  const never = aCalendar({ week: {} });

  it('promises nothing in working time, and what runs around the clock all the same', () => {
    const organisation = promising(never, { firstResponse: { amount: 15, unit: 'minutes' }, resolution: days(10) });
    const { firstResponse, resolution } = clocksOf(organisation, factsOf(wednesday));
    expect(resolution).toBeNull();
    expect(inRiyadh(Date.parse(firstResponse!.dueAt))).toBe('2026-11-25 10:15');
  });
});

describe('the reckoning of a clock', () => {
  const reckon = (...given: Parameters<typeof treatment>) =>
    linesOf(treatment(...given), given[2] ?? office).map(
      ({ from, to, minutes, counted, reason }) =>
        `${inRiyadh(Date.parse(from))} ${inRiyadh(Date.parse(to)).slice(5)} ${minutes} ${counted ? '+' : '-'} ${reason}`,
    );

  it('names each stretch and why it counts or not, the pauses by their reasons', () => {
    const facts = {
      pauses: [
        pause('2026-11-25 11:00', '2026-11-26 09:00'),
        pause('2026-11-26 09:00', '2026-11-26 10:00', { reason: 'parts' }),
      ],
    };
    const holiday = { ...office, holidays: ['2026-11-29'] };
    expect(reckon(hours(6), facts, holiday)).toEqual([
      '2026-11-25 10:00 11-25 11:00 60 + open',
      '2026-11-25 11:00 11-26 09:00 1320 - paused:customer',
      '2026-11-26 09:00 11-26 10:00 60 - paused:parts',
      '2026-11-26 10:00 11-26 14:30 270 + open',
      '2026-11-26 14:30 11-27 00:00 570 - after-closing',
      '2026-11-27 00:00 11-29 00:00 2880 - closed',
      '2026-11-29 00:00 11-30 00:00 1440 - holiday',
      '2026-11-30 00:00 11-30 07:30 450 - before-opening',
      '2026-11-30 07:30 11-30 08:00 30 + open',
    ]);
  });

  it('tells the minutes that were promised and those that are used', () => {
    const used = (clock: ReturnType<typeof treatment>, at: string) => workingMinutesOf(clock, office, riyadh(at));
    const waited = { pauses: [pause('2026-11-25 12:00', '2026-11-26 12:00')] };
    expect(used(treatment(days(1)), '2026-11-25 12:30')).toEqual({ promised: 420, used: 150 });
    expect(used(treatment(days(1), waited), '2026-11-26 13:00')).toEqual({ promised: 420, used: 180 });
    expect(used(treatment(days(1), { pauses: [pause('2026-11-25 12:00', null)] }), '2026-12-30 13:00').used).toBe(120);
    const met = treatment(days(1), { resolvedAt: iso('2026-11-25 11:00') });
    expect(used(met, '2026-12-30 13:00').used).toBe(60);
    expect(used(treatment({ amount: 24, unit: 'hours' }), '2026-11-25 22:00')).toEqual({ promised: 1440, used: 720 });
  });
});
