import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCallOrder } from '../../../src/flow/call-order.ts';

it('passes on what came of calls in the order in which they began, whatever order they end in, and nothing of some', () => {
  const ends = fc
    .array(fc.boolean(), { maxLength: 30 })
    .chain((gives) =>
      fc.tuple(fc.constant(gives), fc.shuffledSubarray([...gives.keys()], { minLength: gives.length })),
    );
  fc.assert(
    fc.property(ends, ([gives, order]) => {
      const passed: number[] = [];
      const calls = createCallOrder<number>((at) => passed.push(at));
      const places = gives.map((_, at) => calls.begin(`call ${at}`));
      const ended = new Set<number>();
      for (const at of order) {
        places[at]?.(gives[at] ? at : null);
        ended.add(at);
        // all before the first that has not ended, and no more
        const open = gives.findIndex((_, one) => !ended.has(one));
        const upTo = open === -1 ? gives.length : open;
        expect(passed).toEqual([...gives.keys()].filter((one) => one < upTo && gives[one]));
        expect(calls.size).toBe(gives.length - upTo);
        for (const one of gives.keys()) expect(calls.has(`call ${one}`)).toBe(one >= upTo);
      }
    }),
  );
});

it('knows the first of two calls of one id until that is passed on', () => {
  const passed: string[] = [];
  const calls = createCallOrder<string>((one) => passed.push(one));
  const first = calls.begin('one');
  const second = calls.begin('one');
  second(null);
  expect(calls.has('one')).toBe(true);
  first('first');
  expect([passed, calls.has('one'), calls.size]).toEqual([['first'], false, 0]);
});
