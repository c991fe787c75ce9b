import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAgent } from '../../src/agent/change-agents.ts';
import { isPassword } from '../../src/agent/password.ts';
import { beginSession, findSession } from '../../src/agent/session.ts';
import { findAgentByEmail } from '../../src/agent/sign-in.ts';
import { systemClock } from '../../src/clock.ts';
import { createIds } from '../../src/ids.ts';
import { root } from '../source-tree.ts';
import { openStoreOf, removeStore, storeEnv } from '../support/store-env.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'wasl-password-'));
});
afterEach(() => removeStore(directory));

const command = (...args: string[]): Promise<{ out: string; err: string }> =>
  new Promise((resolve) => {
    const options = { cwd: directory, env: { PATH: process.env.PATH, ...storeEnv(directory) } };
    const words = [join(root, 'src/main.ts'), 'password', ...args];
    execFile(process.execPath, words, options, (_error, out, err) => resolve({ out, err }));
  });

const email = 'boss@example.org';
const open = async () => ({
  store: await openStoreOf(directory),
  clock: systemClock,
  ids: createIds(),
});

it('a forgotten password is made anew, told once, and ends the sessions', async () => {
  const before = await open();
  const facts = {
    email,
    name: 'Boss',
    role: 'administrator' as const,
    departments: [],
    password: 'forgotten for good',
  };
  const agent = await createAgent({ ...before, now: Date.now() }, facts);
  const { token } = await beginSession(before, agent.id);
  expect((await command(email)).err).toMatch(/^.*in use.*\n$/);
  await before.store.close();

  const { out, err } = await command('Boss@Example.org');
  expect(err).toBe('');
  const password = /^New password \(shown once\) {2}(\S{23})\n$/.exec(out)?.[1] ?? '';
  const after = await open();
  const changed = await findAgentByEmail(after.store, email);
  expect(await isPassword(changed?.passwordHash ?? null, password)).toBe(true);
  expect(await findSession(after, token)).toBeNull();
  await after.store.close();
});

it('a wrong directory, a wrong address and no address are told in a line', { timeout: 60_000 }, async () => {
  expect((await command(email)).err).toMatch(/holds no data of Wasl: set DATA_DIR\.\n$/);
  expect(readdirSync(directory)).toEqual([]);
  await (await open()).store.close();
  expect((await command(email)).err).toBe('No agent has this e-mail address.\n');
  expect((await command()).err).toMatch(/^Use, while Wasl is stopped: .*\n$/);
});
