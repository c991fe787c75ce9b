import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pace } from '../../../src/channel/capabilities.ts';
import { chanceOf, createPacing, type Pacing, sharedPace } from '../../../src/flow/pace.ts';

const noPerson = { jitterMs: 0, person: null, startsPerDay: null };
const start = 1_000_000;

interface Wanted {
  id: string;
  address: string;
  /** When it is first asked for, in ms after the start. */
  at: number;
}

/** Lets each sending ask, and ask again when it was told to, in the order of time; gives when each went. */
function run(pacing: Pacing, pace: Pace | null, wanted: readonly Wanted[]): Map<string, number> {
  const gone = new Map<string, number>();
  const waiting = wanted.map((one, place) => ({ ...one, at: start + one.at, place }));
  for (let steps = 0; waiting.length > 0; steps++) {
    if (steps > 10_000) throw new Error('it never ends');
    waiting.sort((a, b) => a.at - b.at || a.place - b.place);
    const one = waiting.shift();
    if (!one) break;
    const at = pacing.ask({ id: one.id, row: 'inbox', address: one.address, pace }, one.at);
    if (at <= one.at) gone.set(one.id, one.at);
    else waiting.push({ ...one, at });
  }
  return gone;
}

const sendings = fc
  .array(fc.record({ address: fc.constantFrom('a', 'b', 'c', 'd'), at: fc.nat(4_000) }), { maxLength: 60 })
  .map((all) => all.map((one, place) => ({ ...one, id: `id-${place}` })));

/** The most that fall into any span of so many ms. */
const most = (times: readonly number[], span: number): number =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + span).length));

describe('the pace of an inbox', () => {
  it('never sends more in a second than is allowed, and sends everything', () => {
    fc.assert(
      fc.property(sendings, fc.integer({ min: 1, max: 20 }), (wanted, perSecond) => {
        const gone = run(createPacing(), { ...noPerson, perSecond }, wanted);
        expect(gone.size).toBe(wanted.length);
        expect(most([...gone.values()], 1_000)).toBeLessThanOrEqual(perSecond + 1);
        expect(most([...gone.values()], 999)).toBeLessThanOrEqual(perSecond);
      }),
    );
  });

  it('lets nobody wait where there is room', () => {
    const wanted = [0, 1_000, 2_000].map((at) => ({ id: `at-${at}`, address: 'a', at }));
    const gone = run(createPacing(), { ...noPerson, perSecond: 1 }, wanted);
    expect([...gone.values()]).toEqual([start, start + 1_000, start + 2_000]);
  });

  it('keeps the row: who asked first goes first', () => {
    const wanted = [...'abcdef'].map((id) => ({ id, address: id, at: 0 }));
    const gone = run(createPacing(), { ...noPerson, perSecond: 2 }, wanted);
    expect([...gone]).toEqual(wanted.map(({ id }, place) => [id, start + place * 500]));
  });

  it('leaves by chance a little more between two, never less, and the same for the same sending', () => {
    const pace = { ...noPerson, perSecond: 0.5, jitterMs: 3_000 };
    const wanted = [...'abcdefgh'].map((id) => ({ id, address: id, at: 0 }));
    const times = [...run(createPacing(), pace, wanted).values()];
    const gaps = times.slice(1).map((at, place) => at - (times[place] ?? 0));
    expect(gaps.every((gap) => gap >= 2_000 && gap <= 5_000)).toBe(true);
    expect(new Set(gaps).size).toBeGreaterThan(1);
    expect([...run(createPacing(), pace, wanted).values()]).toEqual(times);
  });

  it('keeps inboxes apart', () => {
    const pacing = createPacing();
    const pace = { ...noPerson, perSecond: 1 };
    const ask = (row: string, id: string) => pacing.ask({ id, row, address: 'a', pace }, start);
    expect([ask('one', 'x'), ask('one', 'y'), ask('other', 'z')]).toEqual([start, start + 1_000, start]);
  });
});

describe('the pace to one person', () => {
  const person = { everyMs: 6_000, burst: 3 };
  const pace = { ...noPerson, perSecond: 1_000, person };

  it('lets a burst through that is made up for afterwards, as a leaky bucket does', () => {
    fc.assert(
      fc.property(sendings, (wanted) => {
        const gone = run(createPacing(), pace, wanted);
        for (const address of 'abcd') {
          const ids = wanted.filter((one) => one.address === address).map(({ id }) => id);
          const times = ids.map((id) => gone.get(id) ?? 0);
          for (const span of [5_999, 11_999, 29_999])
            expect(most(times, span)).toBeLessThanOrEqual(person.burst + Math.floor(span / person.everyMs));
        }
      }),
    );
  });

  it('holds up nobody else: whoever waits for the person takes no place in the row', () => {
    const flood = Array.from({ length: 50 }, (_, place) => ({ id: `flood-${place}`, address: 'a', at: 0 }));
    const gone = run(createPacing(), { ...pace, perSecond: 10 }, [...flood, { id: 'other', address: 'b', at: 400 }]);
    expect(gone.get('other')).toBe(start + 400);
  });
});

describe('a pause', () => {
  it('lets nothing of the inbox go before its end, and then the row again', () => {
    const pacing = createPacing();
    const pace = { ...noPerson, perSecond: 2 };
    const wanted = [...'abc'].map((id) => ({ id, address: id, at: 0 }));
    for (const { id, address } of wanted) pacing.ask({ id: `${id}-before`, row: 'inbox', address, pace }, start);
    pacing.pause('inbox', start + 10_000);
    expect([...run(pacing, pace, wanted).values()]).toEqual([10_000, 10_500, 11_000].map((ms) => start + ms));
  });

  it('makes places void that were given before', () => {
    const pacing = createPacing();
    const pace = { ...noPerson, perSecond: 1 };
    const ask = (id: string, at: number) => pacing.ask({ id, row: 'inbox', address: id, pace }, at);
    expect(ask('a', start)).toBe(start);
    expect(ask('b', start)).toBe(start + 1_000);
    pacing.pause('inbox', start + 5_000);
    expect(ask('b', start + 1_000)).toBe(start + 5_000);
    expect(ask('b', start + 5_000)).toBe(start + 5_000);
  });

  it('holds also for an inbox without a pace, and is never shortened', () => {
    const pacing = createPacing();
    pacing.pause('inbox', start + 5_000);
    pacing.pause('inbox', start + 1_000);
    expect(pacing.ask({ id: 'a', row: 'inbox', address: 'a', pace: null }, start)).toBe(start + 5_000);
    expect(pacing.ask({ id: 'a', row: 'inbox', address: 'a', pace: null }, start + 5_000)).toBe(start + 5_000);
  });
});

it('makes a number from 0 to 1 of any id', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (id) => {
      expect(chanceOf(id)).toBeGreaterThanOrEqual(0);
      expect(chanceOf(id)).toBeLessThan(1);
      expect(chanceOf(id)).toBe(chanceOf(id));
    }),
  );
});

describe('a pace that several processes share', () => {
  const pace: Pace = { ...noPerson, perSecond: 4, person: { everyMs: 600, burst: 4 } };

  it('is kept by all of them together', () => {
    fc.assert(
      fc.property(sendings, fc.integer({ min: 1, max: 4 }), (wanted, among) => {
        const parts = Array.from({ length: among }, (_, at) => wanted.filter((_, place) => place % among === at));
        const own = { ...pace, person: null };
        const times = parts.flatMap((part) => [...run(createPacing(), sharedPace(own, among), part).values()]);
        expect(times).toHaveLength(wanted.length);
        // each may begin a second with one
        expect(most(times, 1_000)).toBeLessThanOrEqual(own.perSecond + among);
      }),
    );
  });

  it('leaves each person a burst of at least one', () => {
    expect(sharedPace(pace, 8)).toMatchObject({ perSecond: 0.5, person: { everyMs: 4_800, burst: 1 } });
  });

  it('is the whole pace for one alone, and none where there is none', () => {
    expect(sharedPace(pace, 1)).toBe(pace);
    expect(sharedPace(null, 3)).toBeNull();
  });
});
