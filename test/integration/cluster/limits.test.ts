import { expect, it } from 'vitest';
import { type Buckets, createBuckets } from '../../../src/channel/buckets.ts';
import { type Process, several } from './several.ts';

const bucketsOf = ({ cluster, clock }: Process): Buckets => {
  const peers = { ...cluster.bus, count: () => cluster.members.count() - 1 };
  return createBuckets({ burst: 10, perSecond: 1, clock, shared: { name: 'strangers', peers } });
};

const takeMany = (buckets: Buckets, times: number, key = '2001:db8::1'): number =>
  Array.from({ length: times }, () => buckets.take(key)).filter((wait) => wait === 0).length;

it('counts together what one asks of several processes', async () => {
  const { processes, pass } = await several(2);
  const [first, second] = processes.map(bucketsOf) as [Buckets, Buckets];
  let heard = 0;
  for (const { cluster } of processes) cluster.bus.subscribe('taken:strangers', () => heard++);
  expect(takeMany(first, 7)).toBe(7);
  await expect.poll(() => pass(100).then(() => heard)).toBe(1);
  // 3 are left, and up to 3 have come since
  expect(takeMany(second, 20)).toBeLessThanOrEqual(6);
  await expect.poll(() => pass(100).then(() => heard)).toBe(2);
  expect(takeMany(first, 20)).toBeLessThanOrEqual(3);
});

// through a server word needs real time, for which the clocks of this test do not wait
it.skipIf(process.env.MONGODB_URL)('lets a flood over both through only as long as word needs', async () => {
  const { processes, pass } = await several(2);
  const both = processes.map(bucketsOf);
  let allowed = 0;
  for (let step = 0; step < 100; step += 1) {
    for (const buckets of both) allowed += takeMany(buckets, 5);
    await pass(100);
  }
  // 10 seconds: one process alone allows 20, two that know nothing of each other 40
  expect(allowed).toBeLessThanOrEqual(24);
  expect(allowed).toBeGreaterThanOrEqual(16);
});

it('keeps keys apart, and tells nobody what they are', async () => {
  const { processes, pass, shared } = await several(2);
  const [first, second] = processes.map(bucketsOf) as [Buckets, Buckets];
  const said: string[] = [];
  processes[1]?.cluster.bus.subscribe('taken:strangers', (payload) => said.push(JSON.stringify(payload)));
  takeMany(first, 10, '+966500000001');
  await expect.poll(() => pass(100).then(() => said.length)).toBe(1);
  expect(takeMany(second, 5, '+966500000001')).toBeLessThan(5);
  expect(takeMany(second, 10, '+966500000002')).toBe(10);
  expect(said[0]).not.toContain('9665');
  expect(shared.open()).toBe(0);
});
