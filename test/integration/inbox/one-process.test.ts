import { expect, it } from 'vitest';
import { inboxProcesses, lone } from './inbox-processes.ts';

const at = '2026-11-22T08:00:00.000Z';

it('an inbox that runs alone runs in exactly one of several processes, which alone serves it', async () => {
  const { all, apart, running, pass } = await inboxProcesses(3);
  const { owner } = await apart();
  await pass(20_000);
  expect(running()).toEqual([owner]);
  expect(all.filter(({ inboxes }) => inboxes.serves(lone))).toEqual([owner]);
});

it('is taken over within 30 seconds of a death, and says so until then', async () => {
  const { apart, kill, running, until } = await inboxProcesses(2);
  const { owner, other } = await apart();
  await until(() => other.view(lone)?.state === 'connected');
  kill(owner.process);
  await until(() => other.view(lone)?.state === 'reconnecting' || other.inboxes.serves(lone));
  const took = await until(() => running().includes(other) && other.inboxes.serves(lone));
  expect(took).toBeLessThanOrEqual(30_000);
  expect(other.view(lone)).toMatchObject({ state: 'connected', reason: null });
});

it('is shown as being taken over while its process is gone and no other one has it yet', async () => {
  const { apart, kill, until } = await inboxProcesses(1, 1);
  const { owner, other } = await apart();
  await until(() => other.view(lone)?.state === 'connected');
  kill(owner.process);
  expect(await until(() => other.view(lone)?.state !== 'connected')).toBeLessThanOrEqual(20_000);
  expect(other.view(lone)).toMatchObject({
    state: 'reconnecting',
    reason: 'The process that ran this inbox has ended; another one takes it over.',
    login: null,
  });
});

it('goes to another process at once where its own stops, whose channel has ended before', async () => {
  const { apart, until } = await inboxProcesses(2);
  const { owner, other } = await apart();
  await owner.inboxes.stop();
  expect(owner.opened.some(({ isRunning }) => isRunning)).toBe(false);
  expect(await until(() => other.inboxes.serves(lone))).toBeLessThanOrEqual(10_000);
});

it('takes nothing from a process that was taken for dead, and lets it move no cursor', async () => {
  const { apart, running, until, pass } = await inboxProcesses(2);
  const { owner, other } = await apart();
  const stale = owner.opened.find(({ isRunning }) => isRunning)?.sink;
  await stale?.remember('cursor', 'before');
  owner.process.isPaused = true;
  await until(() => other.inboxes.serves(lone));
  const fresh = other.opened.find(({ isRunning }) => isRunning)?.sink;
  await fresh?.remember('cursor', 'after');
  // the moment in which it wakes: nothing has told it yet
  await expect(stale?.remember('cursor', 'stale')).rejects.toMatchObject({ code: 'unavailable' });
  expect(await fresh?.recall('cursor')).toBe('after');
  const event = { event: 'opt-out', inboxId: lone, address: 'a', on: true, at } as const;
  const late = stale?.receive(event).catch((error: unknown) => error);
  owner.process.isPaused = false;
  await pass(4_000);
  expect(await late).toMatchObject({ code: 'unavailable' });
  expect(owner.received).toEqual([]);
  expect(running()).toEqual([other]);
  await expect(stale?.recall('cursor')).rejects.toMatchObject({ code: 'unavailable' });
  await fresh?.receive(event);
  expect(other.received).toEqual([event]);
});

it('is stopped by a process that cannot reach the store for long, and comes again after it', async () => {
  const { apart, running, until } = await inboxProcesses(2);
  const { owner, other } = await apart();
  for (const one of [owner, other]) one.process.reach.isCutOff = true;
  await until(() => running().length === 0);
  for (const one of [owner, other]) one.process.reach.isCutOff = false;
  await until(() => running().length === 1);
  await until(() => [owner, other].every((one) => one.view(lone)?.state === 'connected'));
});
