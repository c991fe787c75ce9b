import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLanes } from '../../../src/flow/lanes.ts';

const gate = () => {
  let open = (): void => undefined;
  const wait = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { wait, open };
};

it('runs the work of a lane one at a time and in order, whatever fails in between', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.boolean(), fc.nat(3))), async (jobs) => {
      const lanes = createLanes();
      const began: Record<string, number[]> = { a: [], b: [], c: [] };
      const running = new Map<string, number>();
      const all = jobs.map(([lane, fails, turns], at) =>
        lanes.run(lane, async () => {
          began[lane]?.push(at);
          running.set(lane, (running.get(lane) ?? 0) + 1);
          expect(running.get(lane)).toBe(1);
          for (let turn = 0; turn < turns; turn++) await Promise.resolve();
          running.set(lane, 0);
          if (fails) throw new Error(`${at}`);
          return at;
        }),
      );
      const settled = await Promise.allSettled(all);
      expect(settled.map((one) => one.status)).toEqual(jobs.map(([, fails]) => (fails ? 'rejected' : 'fulfilled')));
      for (const lane of ['a', 'b', 'c'])
        expect(began[lane]).toEqual(jobs.flatMap((job, at) => (job[0] === lane ? [at] : [])));
      await lanes.idle();
      expect(lanes.size).toBe(0);
    }),
  );
});

it('lets no lane wait for another', async () => {
  const lanes = createLanes();
  const stuck = gate();
  const first = lanes.run('a', () => stuck.wait);
  expect(await lanes.run('b', async () => 'done')).toBe('done');
  await new Promise(setImmediate);
  expect(lanes.size).toBe(1);
  stuck.open();
  await first;
});

it('is idle only when work that came meanwhile is done as well', async () => {
  const lanes = createLanes();
  const [one, two] = [gate(), gate()];
  let isIdle = false;
  lanes.run('a', () => one.wait).then(() => lanes.run('b', () => two.wait));
  const idle = lanes.idle().then(() => {
    isIdle = true;
  });
  one.open();
  await new Promise(setImmediate);
  expect(isIdle).toBe(false);
  two.open();
  await idle;
});
