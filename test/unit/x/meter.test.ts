import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMeter, type Meter } from '../../../channels/x/meter.ts';
import { type Billed, billed, usualPrices } from '../../../channels/x/prices.ts';
import { hostDeps } from '../../fakes/host-deps.ts';

const noon = Date.parse('2026-11-21T12:00:00.000Z');

/** A meter over notes that stay, with a clock of the test's own. */
function open({ budget = null as number | null, notes = new Map<string, string>(), start = noon } = {}) {
  let now = start;
  const timers: (() => void)[] = [];
  const clock = {
    now: () => now,
    after: (_: number, run: () => void) => {
      timers.push(run);
      return () => void timers.splice(timers.indexOf(run), 1);
    },
  };
  const lines: string[] = [];
  const counted: string[] = [];
  const meter = createMeter({ inboxId: 'x', prices: usualPrices, budget, deps: hostDeps({ clock, lines, counted }) });
  const sink = {
    recall: async (key: string) => notes.get(key) ?? null,
    remember: async (key: string, value: string) => void notes.set(key, value),
  };
  return {
    meter,
    notes,
    lines,
    counted,
    started: meter.open(sink),
    move: (ms: number) => {
      now += ms;
    },
    tick: () => {
      for (const run of timers.splice(0)) run();
    },
  };
}

const spent = (meter: Meter): number => meter.usage().lines.reduce((sum, { amount }) => sum + amount, 0);
const hour = 3_600_000;

describe('what is read', () => {
  it('is counted once in a day of UTC, whichever way it was read', async () => {
    const { meter, started, move } = open();
    await started;
    meter.read('owned-read', ['1', '2', '2']);
    meter.read('post-read', ['1']);
    meter.read('dm-read', ['1']);
    expect(meter.usage().lines).toEqual([
      { what: 'owned-read', count: 2, amount: 0.002 },
      { what: 'dm-read', count: 1, amount: 0.01 },
    ]);
    move(12 * hour);
    meter.read('post-read', ['1']);
    expect(spent(meter)).toBeCloseTo(0.017, 6);
  });

  it('is known after a restart, so that it is not counted again', async () => {
    const first = open();
    await first.started;
    first.meter.read('owned-read', ['1', '2']);
    first.tick();
    await first.meter.close();
    const second = open({ notes: first.notes });
    await second.started;
    second.meter.read('owned-read', ['2', '3']);
    expect(second.meter.usage().lines).toEqual([{ what: 'owned-read', count: 3, amount: 0.003 }]);
  });
});

describe('what is written', () => {
  it('is counted durably before it is asked for, and taken back where X did not take it', async () => {
    const { meter, started, notes } = open();
    await started;
    const charge = await meter.write('post-create-link');
    expect(charge.amount).toBe(0.2);
    expect([...notes.values()].join()).toContain('"post-create-link":{"count":1,"micros":200000}');
    charge.takeBack();
    expect(meter.usage().lines).toEqual([]);
  });

  it('of the month before is not taken back from this one', async () => {
    const { meter, started, move } = open({ start: Date.parse('2026-11-30T23:59:59.000Z') });
    await started;
    const charge = await meter.write('dm-send');
    move(2_000);
    await meter.write('dm-send');
    charge.takeBack();
    expect(meter.usage().lines).toEqual([{ what: 'dm-send', count: 1, amount: 0.015 }]);
  });
});

describe('the budget', () => {
  it('slows the polling near its end and stops it at the end', async () => {
    const { meter, started, lines, counted } = open({ budget: 0.1 });
    await started;
    const ids = (from: number, count: number) => Array.from({ length: count }, (_, at) => String(from + at));
    const paces = [0, 79, 1, 9, 1, 9, 1].map((count, at) => {
      meter.read('owned-read', ids(at * 100, count));
      return meter.pace();
    });
    expect(paces).toEqual([1, 1, 2, 2, 4, 4, null]);
    expect(meter.warning()).toEqual({ isOver: true, says: expect.stringContaining('is used up') });
    expect(() => meter.check('owned-read')).toThrow(/X_MONTHLY_BUDGET_USD, or wait until 2026-12-01/);
    expect(counted).toEqual(['budget-used-up']);
    expect(lines.filter((line) => line.includes('used up'))).toHaveLength(1);
  });

  it('that is too small for what was asked for says so, with the alarm, while cheaper things go on', async () => {
    const { meter, started, counted } = open({ budget: 0.005 });
    await started;
    expect(meter.warning()).toBeNull();
    expect(() => meter.check('post-create-link')).toThrow(/more than is left/);
    expect(meter.warning()).toEqual({ isOver: false, says: expect.stringContaining('Raise X_MONTHLY_BUDGET_USD') });
    expect(counted).toEqual(['budget-used-up']);
    expect(meter.pace()).toBe(1);
  });

  it('begins anew with the month, also in a process that slept', async () => {
    const { meter, started, move } = open({ budget: 0.01 });
    await started;
    meter.read('dm-read', ['1']);
    expect(meter.pace()).toBeNull();
    move(10 * 24 * hour);
    expect(meter.pace()).toBe(1);
    expect(meter.warning()).toBeNull();
    expect(meter.usage()).toEqual({
      budget: { currency: 'USD', spent: 0, limit: 0.01, resetsAt: '2027-01-01T00:00:00.000Z' },
      lines: [],
    });
  });

  it('that is not set never ends, and everything is counted all the same', async () => {
    const { meter, started } = open();
    await started;
    for (let at = 0; at < 50; at += 1) await meter.write('post-create-link');
    expect(meter.pace()).toBe(1);
    expect(meter.usage()).toEqual({
      budget: null,
      lines: [{ what: 'post-create-link', count: 50, amount: 10 }],
    });
  });

  it('is never exceeded by what is asked for after a check, and sums are exact', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom<Billed>(...billed), { maxLength: 60 }),
        fc.integer({ min: 1, max: 1000 }),
        async (wanted, thousandths) => {
          const { meter, started } = open({ budget: thousandths / 1000 });
          await started;
          let micros = 0;
          for (const what of wanted) {
            const price = Math.round(usualPrices[what] * 1e6);
            const fits = micros + price <= thousandths * 1000;
            let isAllowed = true;
            try {
              meter.check(what);
            } catch {
              isAllowed = false;
            }
            expect(isAllowed).toBe(fits);
            if (!isAllowed) continue;
            await meter.write(what);
            micros += price;
          }
          expect(meter.usage().budget?.spent).toBe(micros / 1e6);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('does not count for a ledger that cannot be read', async () => {
    const notes = new Map([
      ['x-ledger', '{"month":7'],
      ['x-read-today', '[]'],
    ]);
    const { meter, started } = open({ budget: 1, notes });
    await started;
    expect(meter.usage().budget?.spent).toBe(0);
  });
});
