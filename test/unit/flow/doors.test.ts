import { expect, it } from 'vitest';
import { createDoors } from '../../../src/flow/doors.ts';
import { inReading, newReading } from '../../../src/flow/reading.ts';

const gate = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
};
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const aReading = (isOver = () => false) => {
  const told = { stuck: 0 };
  const stuck = (): void => {
    told.stuck += 1;
  };
  const reading = newReading({ isOver, stuck });
  return { told, reading };
};

it('lets those of one sender through in their order, and tells how many stand', async () => {
  const doors = createDoors();
  const { opened, open } = gate();
  const took: number[] = [];
  const all = [1, 2, 3].map((one) => doors.run('a', () => opened.then(() => void took.push(one))));
  expect([doors.waiting('a'), doors.waiting('b')]).toEqual([2, 0]);
  open();
  await Promise.all(all);
  expect([took, doors.waiting('a')]).toEqual([[1, 2, 3], 0]);
});

it('makes a post stuck that stands behind another of its sender, and not the one that is being taken', async () => {
  const doors = createDoors();
  const { opened, open } = gate();
  const [first, second] = [aReading(), aReading()];
  const two = (reading: typeof first) =>
    inReading(reading.reading, async () => {
      await Promise.all([doors.run('a', () => opened), doors.run('a', () => opened)]);
    });
  const all = [two(first), two(second)];
  await turn();
  expect([first.told.stuck, second.told.stuck]).toEqual([0, 1]);
  expect(second.reading).toMatchObject({ waiting: 2, working: 0 });
  open();
  await Promise.all(all);
  expect(second.reading).toMatchObject({ waiting: 0, working: 0 });
});

it('does not make a post stuck that also speaks for somebody whose door is free', async () => {
  const doors = createDoors();
  const { opened, open } = gate();
  const before = doors.run('a', () => opened);
  const { reading, told } = aReading();
  const both = inReading(reading, () => Promise.all([doors.run('a', () => opened), doors.run('b', () => opened)]));
  await turn();
  expect(told.stuck).toBe(0);
  open();
  await Promise.all([before, both]);
});

it('makes a post stuck that is a flood by itself', async () => {
  const doors = createDoors();
  const { opened, open } = gate();
  const { reading, told } = aReading();
  const all = inReading(reading, () => Promise.all(Array.from({ length: 12 }, () => doors.run('a', () => opened))));
  await turn();
  expect(told.stuck).toBe(1);
  open();
  await all;
});

it('calls off what stands where its post is over, and finishes what is past the door', async () => {
  const doors = createDoors();
  const { opened, open } = gate();
  let isOver = false;
  const { reading } = aReading(() => isOver);
  const took: number[] = [];
  const all = inReading(reading, () =>
    Promise.allSettled([1, 2, 3].map((one) => doors.run('a', () => opened.then(() => void took.push(one))))),
  );
  isOver = true;
  open();
  expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(took).toEqual([1]);
});
