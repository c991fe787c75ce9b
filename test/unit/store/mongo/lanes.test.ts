import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createLanes } from '../../../../src/store/mongo/unit/lanes.ts';
import { createSteadiness } from '../../../../src/store/mongo/unit/steady.ts';
import { notes, plain } from '../../../contract/store/notes.ts';

describe('lanes', () => {
  it('let nothing on the same key run side by side, keep the order, and never block each other for good', async () => {
    const works = fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(works, fc.scheduler(), async (keySets, scheduler) => {
        const lanes = createLanes(1000);
        const inside = new Set<string>();
        const order = new Map<string, number[]>();
        const all = keySets.map((keys, at) =>
          lanes.run(keys, async () => {
            expect(keys.some((key) => inside.has(key))).toBe(false);
            for (const key of keys) inside.add(key);
            await scheduler.schedule(Promise.resolve());
            for (const key of keys) {
              inside.delete(key);
              order.set(key, [...(order.get(key) ?? []), at]);
            }
          }),
        );
        await scheduler.waitFor(Promise.all(all));
        for (const ats of order.values()) expect(ats).toEqual(ats.toSorted((a, b) => a - b));
      }),
      { numRuns: 50 },
    );
  });

  it('let work on other keys go past, and free their keys where work fails', async () => {
    const lanes = createLanes(1000);
    const gate = Promise.withResolvers<void>();
    const first = lanes.run(['a'], () => gate.promise.then(() => Promise.reject(new Error('failed'))));
    const second = lanes.run(['a', 'b'], async () => 'second');
    expect(await lanes.run(['c'], async () => 'past')).toBe('past');
    gate.resolve();
    await expect(first).rejects.toThrow('failed');
    expect(await second).toBe('second');
  });

  it('refuse what waits for too long, and let what stands behind it go on', async () => {
    vi.useFakeTimers();
    const lanes = createLanes(100);
    const gate = Promise.withResolvers<void>();
    const first = lanes.run(['a'], () => gate.promise);
    const late = expect(lanes.run(['a', 'b'], async () => 0)).rejects.toMatchObject({ code: 'unavailable' });
    const behind = lanes.run(['b'], async () => 'behind');
    await vi.advanceTimersByTimeAsync(100);
    await late;
    expect(await behind).toBe('behind');
    gate.resolve();
    await first;
    vi.useRealTimers();
  });
});

describe('a reading that is kept apart from units that are brought forward', () => {
  it('waits for those inside its collection, and is done again where one came meanwhile', async () => {
    const steadiness = createSteadiness();
    const leave = steadiness.enter([notes]);
    let reads = 0;
    const reading = steadiness.read(notes, async () => {
      reads += 1;
      if (reads === 1) steadiness.enter([notes])();
      return reads;
    });
    expect(await steadiness.read(plain, async () => reads)).toBe(0);
    leave();
    expect(await reading).toBe(2);
  });
});
