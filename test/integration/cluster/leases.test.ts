import { expect, it } from 'vitest';
import type { Holder, Lease } from '../../../src/cluster/leases.ts';
import { type Process, type Several, several } from './several.ts';

/** A holder that writes down what it is told; `current` while it has a lease that is not aborted. */
interface Recorded extends Holder {
  calls: string[];
  leases: Lease[];
  current(): boolean;
}

function record(won: (lease: Lease) => Promise<void> = async () => undefined): Recorded {
  const calls: string[] = [];
  const leases: Lease[] = [];
  return {
    calls,
    leases,
    current: () => calls.at(-1) !== 'lost' && leases.length > 0 && leases.at(-1)?.signal.aborted === false,
    async won(lease) {
      leases.push(lease);
      calls.push('winning');
      await won(lease);
      calls.push('won');
    },
    async lost() {
      calls.push('lost');
    },
  };
}

const name = 'inbox:letters';

/** Every process wishes for the same lease; `atMost` is the most that ever had it at once. */
function allHold({ processes }: Several) {
  const holders = processes.map(() => record());
  const stops = processes.map(({ cluster }, i) => cluster.leases.hold(name, holders[i] as Recorded));
  const having = (): number[] => holders.flatMap((holder, i) => (holder.current() ? [i] : []));
  return { holders, stops, having };
}

/** Lets time pass in small steps, and checks at each that no two have the lease. */
async function passAlone({ pass }: Several, ms: number, having: () => number[]): Promise<void> {
  for (let passed = 0; passed < ms; passed += 500) {
    await pass(500);
    expect(having().length).toBeLessThanOrEqual(1);
  }
}

it('gives a lease to one of all that race for it, and everybody sees to whom', async () => {
  const all = await several(3);
  const { holders, having } = allHold(all);
  await passAlone(all, 10_000, having);
  expect(having()).toHaveLength(1);
  expect(holders.flatMap(({ calls }) => calls)).toEqual(['winning', 'won']);
  const owner = all.processes[having()[0] as number]?.cluster.members.owner();
  expect(all.processes.map(({ cluster }) => cluster.leases.ownerOf(name))).toEqual([owner, owner, owner]);
});

it('takes a lease over within 30 seconds of a death, with a higher epoch', async () => {
  const all = await several(3);
  const { holders, having } = allHold(all);
  await passAlone(all, 10_000, having);
  const first = having()[0] as number;
  all.kill(all.processes[first] as Process);
  const left = () => having().filter((i) => i !== first);
  await passAlone(all, 30_000, left);
  expect(left()).toHaveLength(1);
  const epoch = (i: number | undefined) => holders[i ?? -1]?.leases.at(-1)?.epoch ?? 0;
  expect(epoch(left()[0])).toBe(epoch(first) + 1);
});

it('ends what a paused process began as soon as it wakes, and refuses what it still writes', async () => {
  const all = await several(2);
  const { holders, having } = allHold(all);
  await passAlone(all, 10_000, having);
  const first = having()[0] as number;
  const paused = all.processes[first] as Process;
  const lease = holders[first]?.leases[0] as Lease;
  expect(await paused.store.write(lease.fence())).toMatchObject({ ok: true });
  paused.isPaused = true;
  await all.pass(30_000);
  expect(having()).toContain(1 - first);
  expect(await paused.store.write(lease.fence())).toMatchObject({ ok: false, reason: 'conflict' });
  paused.isPaused = false;
  await all.pass(100);
  expect(lease.signal.aborted).toBe(true);
  expect(holders[first]?.calls).toEqual(['winning', 'won', 'lost']);
  await passAlone(all, 20_000, having);
  expect(having()).toEqual([1 - first]);
});

it('has no two holders over a minute without the store, and one again after it', async () => {
  const all = await several(2);
  const { holders, having } = allHold(all);
  await passAlone(all, 10_000, having);
  all.shared.reach.isCutOff = true;
  await passAlone(all, 60_000, having);
  expect(having()).toEqual([]); // it cannot know whether the others still see it
  all.shared.reach.isCutOff = false;
  await passAlone(all, 12_000, having);
  expect(having()).toHaveLength(1);
  for (const { calls } of holders) expect(calls.join(' ')).toMatch(/^(winning won( lost winning won)*)?( lost)?$/);
});

it('keeps a lease over a few seconds without the store', async () => {
  const all = await several(2);
  const { holders, having } = allHold(all);
  await passAlone(all, 10_000, having);
  all.shared.reach.isCutOff = true;
  await passAlone(all, 6000, having);
  all.shared.reach.isCutOff = false;
  await passAlone(all, 20_000, having);
  expect(holders.flatMap(({ calls }) => calls)).toEqual(['winning', 'won']);
});

it('says that a lease is lost once what it was won for has begun, and once only', async () => {
  const all = await several(2);
  const begun = Promise.withResolvers<void>();
  const slow = record(() => begun.promise);
  const [first, second] = all.processes as [Process, Process];
  first.cluster.leases.hold(name, slow);
  await all.pass(9000);
  expect(slow.calls).toEqual(['winning']);
  const other = record();
  second.cluster.leases.hold(name, other);
  first.reach.isCutOff = true;
  await all.pass(30_000);
  expect(slow.leases[0]?.signal.aborted).toBe(true);
  expect(other.current()).toBe(true);
  first.reach.isCutOff = false;
  await all.pass(10_000);
  expect(slow.calls).toEqual(['winning']);
  begun.resolve();
  await all.pass(10_000);
  expect(slow.calls).toEqual(['winning', 'won', 'lost']);
});

it('gives a lease back when its process stops, so that another has it at once', async () => {
  const all = await several(2);
  const { holders, having } = allHold(all);
  await passAlone(all, 10_000, having);
  const first = having()[0] as number;
  const leaving = all.processes[first] as Process;
  await leaving.cluster.stop();
  leaving.isDead = true;
  expect(holders[first]?.calls).toEqual(['winning', 'won', 'lost']);
  await all.pass(1000);
  expect(having()).toEqual([1 - first]);
});

it('gives one lease back alone, and tries no more for it', async () => {
  const all = await several(2);
  const { holders, stops, having } = allHold(all);
  await passAlone(all, 10_000, having);
  const first = having()[0] as number;
  await stops[first]?.();
  await stops[first]?.();
  await passAlone(all, 10_000, having);
  expect(having()).toEqual([1 - first]);
  await stops[1 - first]?.();
  await all.pass(10_000);
  expect(having()).toEqual([]);
  expect(holders.map(({ calls }) => calls)).toEqual([
    ['winning', 'won', 'lost'],
    ['winning', 'won', 'lost'],
  ]);
});

it('leaves a lease to another where what it was won for cannot be begun, and tries again later', async () => {
  const all = await several(2);
  const [first, second] = all.processes as [Process, Process];
  let fails = true;
  const broken = record(async () => {
    if (fails) throw new Error('no connection');
  });
  first.cluster.leases.hold(name, broken);
  await all.pass(9000);
  expect(broken.calls).toEqual(['winning', 'lost']);
  const other = record();
  const stopOther = second.cluster.leases.hold(name, other);
  await all.pass(20_000);
  expect(other.current()).toBe(true);
  fails = false;
  await stopOther();
  await all.pass(20_000);
  expect(broken.current()).toBe(true);
  expect(broken.calls.join(' ')).toMatch(/^(winning lost )+winning won$/);
});

it('gives a lease to one wish at a time within one process too', async () => {
  const all = await several(1);
  const [only] = all.processes as [Process];
  const [first, second] = [record(), record()];
  const stop = only.cluster.leases.hold(name, first);
  await all.pass(4000);
  only.cluster.leases.hold(name, second);
  await all.pass(10_000);
  expect([first.current(), second.current()]).toEqual([true, false]);
  await stop();
  await all.pass(4000);
  expect([first.current(), second.current()]).toEqual([false, true]);
});

it('lets all do a thing one after another', async () => {
  const all = await several(3);
  let [atOnce, most, done] = [0, 0, 0];
  const work = async (): Promise<void> => {
    most = Math.max(most, ++atOnce);
    await all.processes[0]?.store.next('worked');
    await new Promise<void>((resolve) => setImmediate(resolve));
    atOnce -= 1;
    done += 1;
  };
  const works = all.processes.map(({ cluster }) => cluster.leases.once('fill', work));
  works.push(all.processes[0]?.cluster.leases.once('fill', work) as Promise<void>);
  await all.pass(3000);
  await Promise.all(works);
  expect([most, done]).toEqual([1, 4]);
});

it('does a thing in the place of one that died over it', async () => {
  const all = await several(2);
  const [first, second] = all.processes as [Process, Process];
  let isDone = false;
  void first.cluster.leases.once('fill', () => new Promise<void>(() => undefined));
  await all.pass(200);
  const work = second.cluster.leases.once('fill', async () => {
    isDone = true;
  });
  await all.pass(5000);
  expect(isDone).toBe(false);
  all.kill(first);
  await all.pass(25_000);
  await work;
  expect(isDone).toBe(true);
});

it('rejects with what the work rejects with, and is free again then', async () => {
  const all = await several(2);
  const [first, second] = all.processes as [Process, Process];
  await expect(first.cluster.leases.once('fill', () => Promise.reject(new Error('no room')))).rejects.toThrow(
    'no room',
  );
  expect(await second.cluster.leases.once('fill', async () => 'filled')).toBe('filled');
});
