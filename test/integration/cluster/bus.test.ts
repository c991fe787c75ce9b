import { expect, it } from 'vitest';
import { type Process, several } from './several.ts';

const topic = 'typing';

const heardBy = ({ cluster }: Process, about = topic): unknown[] => {
  const heard: unknown[] = [];
  cluster.bus.subscribe(about, (payload) => heard.push(payload));
  return heard;
};

it('tells all other processes what one says, in order, and itself nothing', async () => {
  const { processes, pass } = await several(3);
  const [first] = processes as [Process];
  const heard = processes.map((process) => heardBy(process));
  const said = Array.from({ length: 200 }, (_, n) => ({ n, text: 'السلام عليكم' }));
  for (const [i, one] of said.entries()) {
    first.cluster.bus.publish(topic, one);
    if (i % 20 === 0) await pass(100);
  }
  await expect.poll(() => pass(100).then(() => heard[2]?.length)).toBe(said.length);
  await expect.poll(() => heard[1]?.length).toBe(said.length);
  expect(heard).toEqual([[], said, said]);
});

it('writes what is said in one turn as one document', async () => {
  const { processes, pass, shared } = await several(2);
  const [first, second] = processes as [Process, Process];
  const heard = heardBy(second);
  await pass(1000);
  const before = (await shared.store.changes(0, 1000)).length;
  for (let n = 0; n < 50; n += 1) first.cluster.bus.publish(topic, n);
  await expect.poll(() => pass(100).then(() => heard.length)).toBe(50);
  expect((await shared.store.changes(0, 1000)).length).toBe(before + 1);
});

it('keeps what was said as it was when it was said', async () => {
  const { processes, pass } = await several(2);
  const [first, second] = processes as [Process, Process];
  const heard = heardBy(second);
  const payload = { who: 'agent', $odd: { 'a.b': '\ud800' } };
  first.cluster.bus.publish(topic, payload);
  payload.who = 'somebody else';
  first.cluster.bus.publish(topic, undefined);
  await expect.poll(() => pass(100).then(() => heard.length)).toBe(2);
  expect(heard).toEqual([{ who: 'agent', $odd: { 'a.b': '\ud800' } }, null]);
});

it('tells only those who listen to the topic, as long as they do, and a listener that fails stops no other', async () => {
  const { processes, pass } = await several(2);
  const [first, second] = processes as [Process, Process];
  second.cluster.bus.subscribe(topic, () => {
    throw new Error('broken');
  });
  const stopped: unknown[] = [];
  const stop = second.cluster.bus.subscribe(topic, (payload) => stopped.push(payload));
  const heard = heardBy(second);
  const others = heardBy(second, 'another');
  first.cluster.bus.publish(topic, 1);
  await expect.poll(() => pass(100).then(() => heard.length)).toBe(1);
  stop();
  first.cluster.bus.publish(topic, 2);
  await expect.poll(() => pass(100).then(() => heard.length)).toBe(2);
  expect([heard, stopped, others]).toEqual([[1, 2], [1], []]);
  expect(second.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
});

it('refuses what is larger than a megabyte, and says so', async () => {
  const { processes, pass } = await several(2);
  const [first, second] = processes as [Process, Process];
  const heard = heardBy(second);
  first.cluster.bus.publish(topic, 'ن'.repeat(1024 * 1024));
  first.cluster.bus.publish(topic, 'small');
  await expect.poll(() => pass(100).then(() => heard.length)).toBe(1);
  expect(heard).toEqual(['small']);
  expect(first.lines.filter(({ level, message }) => level === 'error' && message.includes('too large'))).toHaveLength(
    1,
  );
});

it('drops what is said while the store is away, with one warning, and speaks again when it is back', async () => {
  const { processes, pass } = await several(2);
  const [first, second] = processes as [Process, Process];
  const heard = heardBy(second);
  first.reach.isCutOff = true;
  for (let n = 0; n < 5; n += 1) {
    first.cluster.bus.publish(topic, 'lost');
    await pass(200);
  }
  first.reach.isCutOff = false;
  first.cluster.bus.publish(topic, 'back');
  await expect.poll(() => pass(100).then(() => heard.length)).toBe(1);
  expect(heard).toEqual(['back']);
  expect(first.lines.filter(({ message }) => message.includes('cannot be told'))).toHaveLength(1);
});

it('reads what was said while it could not read, once it can', async () => {
  const { processes, pass } = await several(2);
  const [first, second] = processes as [Process, Process];
  const heard = heardBy(second);
  second.reach.isCutOff = true;
  first.cluster.bus.publish(topic, 1);
  await pass(1000);
  second.reach.isCutOff = false;
  first.cluster.bus.publish(topic, 2);
  await expect.poll(() => pass(200).then(() => heard)).toEqual([1, 2]);
});

it('leaves nothing behind that does not expire', async () => {
  const { processes, pass, shared } = await several(2);
  const [first] = processes as [Process];
  const at = Date.parse('2026-11-22T08:00:00.000Z');
  const sweep = (ms: number) => shared.store.sweep(new Date(at + ms).toISOString(), 1000);
  for (let n = 0; n < 3; n += 1) {
    first.cluster.bus.publish(topic, n);
    await pass(100);
  }
  await pass(1000);
  expect(await sweep(10_000)).toBe(0);
  expect(await sweep(120_000)).toBeGreaterThanOrEqual(3);
});
