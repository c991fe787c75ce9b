import { expect, it } from 'vitest';
import { type Process, several } from './several.ts';

const counts = (processes: readonly Process[]): number[] => processes.map(({ cluster }) => cluster.members.count());

const goneFor = ({ cluster }: Process): string[] => {
  const gone: string[] = [];
  cluster.members.onGone((owner) => gone.push(owner));
  return gone;
};

/** Whether a promise is still waiting once everything that was under way is done. */
async function isWaiting(promise: Promise<unknown>, settle: () => Promise<void>): Promise<boolean> {
  let waits = true;
  void promise.then(
    () => (waits = false),
    () => (waits = false),
  );
  await settle();
  return waits;
}

it('knows all that share a store, from when they come until they leave', async () => {
  const { processes, start, pass } = await several(2);
  const third = await start();
  await expect.poll(() => pass(100).then(() => counts(processes))).toEqual([3, 3, 3]);
  const former = third.cluster.members.owner();
  const gone = processes.slice(0, 2).map(goneFor);
  await third.cluster.stop();
  third.isDead = true;
  await expect.poll(() => pass(100).then(() => counts(processes.slice(0, 2)))).toEqual([2, 2]);
  expect(gone).toEqual([[former], [former]]);
});

it('takes a process for dead that has not beaten for 15 seconds, and not before', async () => {
  const { processes, pass, kill } = await several(3);
  await pass(6000);
  const [first, second, third] = processes as [Process, Process, Process];
  const dead = third.cluster.members.owner();
  const gone = [goneFor(first), goneFor(second)];
  kill(third);
  await pass(11_500);
  expect(counts([first, second])).toEqual([3, 3]);
  expect(await first.cluster.members.isGone(dead)).toBe(false);
  await pass(10_000);
  expect(counts([first, second])).toEqual([2, 2]);
  expect(gone).toEqual([[dead], [dead]]);
  expect(await second.cluster.members.isGone(dead)).toBe(true);
  expect(await first.cluster.members.isGone(second.cluster.members.owner())).toBe(false);
});

it('goes on under a new name after a pause in which it was taken for dead, and is sure of nothing before', async () => {
  const { processes, pass, settle } = await several(2);
  const [first, second] = processes as [Process, Process];
  const former = second.cluster.members.owner();
  const ownGone = goneFor(second);
  second.isPaused = true;
  await pass(60_000);
  expect(counts([first])).toEqual([1]);
  // it wakes: time has passed at once, and something asks before its beat can
  second.clock.advance(60_000);
  await second.cluster.members.sure();
  expect(second.cluster.members.owner()).not.toBe(former);
  expect(await second.cluster.members.isGone(former)).toBe(true);
  expect(ownGone).toEqual([former]);
  second.isPaused = false;
  await settle();
  await pass(4000);
  expect(counts(processes)).toEqual([2, 2]);
  expect(await first.cluster.members.isGone(second.cluster.members.owner())).toBe(false);
  expect(await first.cluster.members.isGone(former)).toBe(true);
});

it('keeps its name over a short pause, and is sure again after one beat', async () => {
  const { processes, pass } = await several(2);
  const [first, second] = processes as [Process, Process];
  const former = second.cluster.members.owner();
  second.isPaused = true;
  await pass(10_000);
  second.isPaused = false;
  await pass(100);
  await second.cluster.members.sure();
  await pass(30_000);
  expect(second.cluster.members.owner()).toBe(former);
  expect(counts([first, second])).toEqual([2, 2]);
});

it('takes nobody for dead because it was away itself', async () => {
  const { processes, pass } = await several(3);
  const [first, second, third] = processes as [Process, Process, Process];
  const names = [second, third].map(({ cluster }) => cluster.members.owner());
  first.isPaused = true;
  await pass(60_000);
  const gone = goneFor(first);
  first.isPaused = false;
  await pass(12_000);
  expect([second, third].map(({ cluster }) => cluster.members.owner())).toEqual(names);
  expect(gone).toHaveLength(1); // its own former name
  expect(counts(processes)).toEqual([3, 3, 3]);
});

it('takes nobody for dead because the store was away for a minute, and is sure of nothing meanwhile', async () => {
  const { shared, processes, pass, settle } = await several(3);
  await pass(10_000);
  const names = processes.map(({ cluster }) => cluster.members.owner());
  shared.reach.isCutOff = true;
  await pass(60_000);
  const sure = (processes[0] as Process).cluster.members.sure();
  expect(await isWaiting(sure, settle)).toBe(true);
  shared.reach.isCutOff = false;
  await pass(40_000);
  await sure;
  expect(processes.map(({ cluster }) => cluster.members.owner())).toEqual(names);
  expect(counts(processes)).toEqual([3, 3, 3]);
  const warned = processes.map(({ lines }) => lines.filter(({ message }) => message.includes('does not take')).length);
  expect(warned).toEqual([1, 1, 1]);
});

it('is not sure any more while the store is away for it alone, long before the others take it for dead', async () => {
  const { processes, pass, settle } = await several(2);
  const [first, second] = processes as [Process, Process];
  await pass(6000);
  const former = second.cluster.members.owner();
  second.reach.isCutOff = true;
  await pass(8000);
  const sure = second.cluster.members.sure();
  expect(await isWaiting(sure, settle)).toBe(true);
  expect(counts([first])).toEqual([2]);
  await pass(14_000);
  expect(counts([first])).toEqual([1]);
  second.reach.isCutOff = false;
  await pass(4000);
  await sure;
  expect(second.cluster.members.owner()).not.toBe(former);
  expect(counts([first, second])).toEqual([2, 2]);
});

it('does not mind clocks that differ by an hour', async () => {
  const { processes, start, pass, kill } = await several(1);
  await start({ aheadMs: 3_600_000 });
  await start({ aheadMs: -3_600_000 });
  const names = processes.map(({ cluster }) => cluster.members.owner());
  await pass(60_000);
  expect(processes.map(({ cluster }) => cluster.members.owner())).toEqual(names);
  expect(counts(processes)).toEqual([3, 3, 3]);
  kill(processes[1] as Process);
  await pass(12_000);
  expect(counts([processes[0] as Process, processes[2] as Process])).toEqual([3, 3]);
  await pass(10_000);
  expect(counts([processes[0] as Process, processes[2] as Process])).toEqual([2, 2]);
});

it('gives every key to one process, and moves only the keys of one that is gone', async () => {
  const { processes, pass, kill } = await several(3);
  await pass(4000);
  const keys = Array.from({ length: 300 }, (_, i) => `conversation-${i}`);
  const shares = (among: readonly Process[]): number[] =>
    keys.map((key) => {
      const mine = among.filter(({ cluster }) => cluster.members.isMine(key));
      expect(mine).toHaveLength(1);
      return processes.indexOf(mine[0] as Process);
    });
  const before = shares(processes);
  for (const at of [0, 1, 2]) expect(before.filter((one) => one === at).length).toBeGreaterThan(60);
  kill(processes[2] as Process);
  await pass(22_000);
  const after = shares(processes.slice(0, 2));
  expect(after.filter((at, i) => before[i] !== 2 && before[i] !== at)).toEqual([]);
});

it('knows a name that it never saw by asking the store', async () => {
  const { processes, start } = await several(1);
  const [first] = processes as [Process];
  expect(await first.cluster.members.isGone('nobody')).toBe(true);
  const second = await start();
  expect(await first.cluster.members.isGone(second.cluster.members.owner())).toBe(false);
});

it('is sure of nothing once it has left', async () => {
  const { processes } = await several(1);
  const [first] = processes as [Process];
  await first.cluster.stop();
  await expect(first.cluster.members.sure()).rejects.toThrow('left the others');
});
