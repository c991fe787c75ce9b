import { expect, it } from 'vitest';
import { ensureAdministrator } from '../../src/agent/ensure-administrator.ts';
import { asking, openWorld } from './http-harness.ts';

it('an empty store gets its first administrator once, with a password that works', async () => {
  const world = await openWorld();
  const first = { email: 'Boss@Example.org', ids: world.deps.ids, now: world.clock.now() };
  const made = await ensureAdministrator(world.store, first);
  expect(made.email).toBe('boss@example.org');
  const body = { email: made.email, password: made.generatedPassword };
  const session = await asking(world)('POST', '/api/v1/session', { body });
  expect(session.body.agent).toMatchObject({ role: 'administrator' });
  expect(session.body.permissions).toContain('agents.change');
  const again = await ensureAdministrator(world.store, {
    ...first,
    email: 'other@example.org',
    password: 'x'.repeat(12),
  });
  expect(again).toEqual({ email: 'boss@example.org' });
  await world.close();
});

it('the password of the settings is taken where there is one, and is not told again', async () => {
  const world = await openWorld();
  const given = { email: 'a@example.org', password: 'of the settings', ids: world.deps.ids, now: world.clock.now() };
  expect(await ensureAdministrator(world.store, given)).toEqual({ email: 'a@example.org' });
  const body = { email: 'a@example.org', password: 'of the settings' };
  expect((await asking(world)('POST', '/api/v1/session', { body })).status).toBe(200);
  await world.close();
});
