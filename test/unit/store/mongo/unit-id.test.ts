import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isGivenUp, pauseMs } from '../../../../src/store/mongo/unit/judge.ts';
import { formatUnitId, parseUnitId, spanOf } from '../../../../src/store/mongo/unit/unit-id.ts';

describe('ids of units', () => {
  it('tell when a unit began, how long it has and whose it is', () => {
    const part = fc.record({ at: fc.nat(2 ** 42), spanMs: fc.nat(1e7), opening: fc.uuid() });
    fc.assert(
      fc.property(part, fc.nat(), (id, count) => {
        expect(parseUnitId(formatUnitId(id, count))).toEqual(id);
      }),
    );
  });

  it('are none where they are not of this form', () => {
    expect(['', 'abc', '1-2-3', '?-2-3-x'].map(parseUnitId)).toEqual([null, null, null, null]);
  });
});

describe('an undecided unit of another process', () => {
  const began = 1_000_000;
  const id = formatUnitId({ at: began, spanMs: spanOf(2), opening: 'other' }, 1);

  it('is given up once it was seen undecided for twice the time that it has', () => {
    const seen = (watchedMs: number) => isGivenUp({ id, watchedMs, now: began });
    expect([seen(2 * spanOf(2) - 1), seen(2 * spanOf(2))]).toEqual([false, true]);
  });

  it('is not given up for what a clock says, unless that leaves no doubt, and never at first sight', () => {
    const at = (watchedMs: number, age: number) => isGivenUp({ id, watchedMs, now: began + age });
    expect([at(5000, 60_000), at(0, 3_600_000), at(1000, 3_600_000), at(9000, -3_600_000)]).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  it('has the longer the more documents it has', () => {
    expect(spanOf(2000)).toBeGreaterThan(spanOf(2) + 10_000);
  });

  it('is looked at again soon, later more seldom, and never by all at once', () => {
    expect([pauseMs(0, 0), pauseMs(0, 0.99), pauseMs(50, 0), pauseMs(50, 0.99)]).toEqual([1, 2, 25, 75]);
  });
});
