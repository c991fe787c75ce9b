import fc from 'fast-check';
import { expect, it } from 'vitest';
import { connectedMs, createObservation, deadAfterMs } from '../../../src/cluster/observation.ts';

/** Looks one after another: the pause before each, how long it took, and whether it failed. */
const looks = fc.array(
  fc.record({
    pause: fc.integer({ min: 500, max: 9000 }),
    took: fc.integer({ min: 0, max: 5000 }),
    fails: fc.boolean(),
    beats: fc.boolean(),
  }),
  { maxLength: 60 },
);

it('never takes for dead whom it did not see silent over at least 15 seconds of looks that connect', () => {
  fc.assert(
    fc.property(looks, (all) => {
      const observation = createObservation();
      let [now, version] = [0, 1];
      /** Since when it was seen with the same beat, without a look that failed or came too late between. */
      let quietFrom: number | null = null;
      let lastEnded = Number.NEGATIVE_INFINITY;
      for (const { pause, took, fails, beats } of all) {
        now += pause;
        if (beats) {
          version += 1;
          quietFrom = null;
        }
        const began = now;
        now += took;
        if (fails) {
          observation.interrupt();
          quietFrom = null;
          lastEnded = Number.NEGATIVE_INFINITY;
          continue;
        }
        if (began - lastEnded > connectedMs) quietFrom = null;
        const silent = observation.look({ began, ended: now }, [{ id: 'other', version }]);
        lastEnded = now;
        const isLongQuiet = quietFrom !== null && began - quietFrom >= deadAfterMs;
        expect(silent.length).toBe(isLongQuiet ? 1 : 0);
        quietFrom ??= now;
      }
    }),
  );
});

it('watches one that comes later from when it came', () => {
  const observation = createObservation();
  for (let at = 0; at < 12_000; at += 3000) observation.look({ began: at, ended: at }, [{ id: 'a', version: 1 }]);
  const both = [
    { id: 'a', version: 1 },
    { id: 'b', version: 1 },
  ];
  observation.look({ began: 12_000, ended: 12_000 }, both);
  expect(observation.look({ began: 15_000, ended: 15_000 }, both)).toEqual([{ id: 'a', version: 1 }]);
});
