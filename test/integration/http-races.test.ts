import { afterAll, beforeAll, expect, it } from 'vitest';
import { agents } from '../../src/agent/agent.ts';
import { authenticateSession } from '../../src/agent/authenticate.ts';
import { changeAgent } from '../../src/agent/change-agents.ts';
import { beginSession } from '../../src/agent/session.ts';
import { attemptLimits, countAttempt } from '../../src/agent/sign-in-attempts.ts';
import { openWorld, signedIn, type World } from './http-harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

it('of two administrators who are disabled in the same turn one stays', async () => {
  const [one, two] = [
    await signedIn(world, 'administrator', 'one@example.org'),
    await signedIn(world, 'administrator', 'two@example.org'),
  ];
  const disable = (id: string) =>
    changeAgent({ store: world.store, now: world.clock.now() }, id, 1, { disabled: true });
  const outcomes = await Promise.allSettled([disable(one.agent.id), disable(two.agent.id)]);
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused.map(({ reason }) => reason.code)).toEqual(['not-allowed']);
});

it('of many attempts in the same turn no more are let through than the limit', async () => {
  const attempts = Array.from({ length: 30 }, () =>
    countAttempt(world.deps, { account: 'burst@example.org', network: '192.0.2.1' }),
  );
  const outcomes = await Promise.allSettled(attempts);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(attemptLimits.pair);
});

it('a session that began while its agent was being disabled opens nothing', async () => {
  const { agent } = await signedIn(world, 'agent', 'slips@example.org');
  await world.store.write([
    { op: 'update', in: agents, id: agent.id, set: { disabledAt: '2026-11-25T08:00:00.000Z' } },
  ]);
  const { token } = await beginSession(world.deps, agent.id);
  expect(await authenticateSession(world.deps, token)).toBeNull();
});
