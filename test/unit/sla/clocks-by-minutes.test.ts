import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Duration } from '../../../src/organisation/duration.ts';
import { clocksOf } from '../../../src/sla/clocks.ts';
import { linesOf, workingMinutesOf } from '../../../src/sla/explain-clock.ts';
import type { Pause } from '../../../src/ticket/ticket.ts';
import { cases, minutesIn } from '../calendar/generated.ts';
import { minuteCount, type Paused } from '../calendar/minute-count.ts';
import { factsOf, promising } from './builders.ts';

const minute = 60_000;

/** Pauses in minutes after the opening: nested, touching, of no length, from before it, one that goes on. */
const pauses = fc
  .array(fc.tuple(minutesIn(-120, 3 * 1440), minutesIn(0, 1440)), { maxLength: 4 })
  .chain((closed) => fc.tuple(fc.constant(closed), fc.option(minutesIn(0, 3 * 1440), { freq: 3 })))
  .map(([closed, open]) => [
    ...closed.map(([from, length]) => ({ from, to: from + length })),
    ...(open === null ? [] : [{ from: open, to: null }]),
  ]);

const promised: fc.Arbitrary<Duration> = fc.oneof(
  fc.record({ amount: minutesIn(0, 900), unit: fc.constant('business_minutes' as const) }),
  fc.record({ amount: fc.integer({ min: 0, max: 4 }), unit: fc.constant('business_days' as const) }),
  fc.record({ amount: minutesIn(0, 2880), unit: fc.constant('minutes' as const) }),
);

const asPaused = (from: number, list: readonly { from: number; to: number | null }[]): Paused[] =>
  list.map((one) => ({ from: from + one.from * minute, to: one.to === null ? null : from + one.to * minute }));

const asPauses = (list: readonly Paused[]): Pause[] =>
  list.map(({ from, to }) => ({
    reason: 'customer',
    stops: true,
    from: new Date(from).toISOString(),
    to: to === null ? null : new Date(to).toISOString(),
  }));

/** The deadline of a treatment, by ticking minutes off. */
function counted(slow: ReturnType<typeof minuteCount>, from: number, { amount, unit }: Duration, list: Paused[]) {
  if (unit === 'minutes') return slow.paused(from, from + amount * minute, list, () => true);
  const due = unit === 'business_days' ? slow.afterDays(from, amount) : slow.afterMinutes(from, amount);
  return slow.paused(from, due, list);
}

describe('a treatment clock with pauses', () => {
  it('agrees with a count of minutes on the wall clock', () => {
    fc.assert(
      fc.property(cases, promised, pauses, ({ calendar, from }, resolution, list) => {
        const paused = asPaused(from, list);
        const clock = clocksOf(promising(calendar, { resolution }), factsOf(from, { pauses: asPauses(paused) }));
        const slow = minuteCount(calendar);
        expect(clock.resolution?.dueAt).toBe(new Date(counted(slow, from, resolution, paused)).toISOString());
        expect(clock.resolution?.state).toBe(paused.some(({ to }) => to === null) ? 'paused' : 'running');
      }),
      { numRuns: 800 },
    );
  });

  it('is explained from its start to its deadline without a gap, and what counts is what was promised', () => {
    fc.assert(
      fc.property(cases, promised, pauses, ({ calendar, from }, resolution, list) => {
        const paused = asPaused(from, list);
        const clock = clocksOf(promising(calendar, { resolution }), factsOf(from, { pauses: asPauses(paused) }))
          .resolution!;
        const lines = linesOf(clock, calendar);
        const edges = lines.flatMap((line) => [line.from, line.to]);
        if (clock.dueAt === clock.startedAt) expect(edges).toEqual([]);
        else expect([edges[0], edges.at(-1)]).toEqual([clock.startedAt, clock.dueAt]);
        for (let at = 1; at + 1 < edges.length; at += 2) expect(edges[at]).toBe(edges[at + 1]);
        const sum = lines.filter((line) => line.counted).reduce((total, line) => total + line.minutes, 0);
        const { promised: whole, used } = workingMinutesOf(clock, calendar, Date.parse(clock.dueAt));
        expect(used).toBe(sum);
        if (clock.state === 'running') expect(sum).toBe(whole);
        else expect(sum).toBeLessThanOrEqual(whole);
      }),
      { numRuns: 300 },
    );
  });
});
