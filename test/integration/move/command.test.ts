import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { note } from '../../../src/agent/audit.ts';
import { createAgent } from '../../../src/agent/change-agents.ts';
import { findAgentByEmail } from '../../../src/agent/sign-in.ts';
import { systemClock } from '../../../src/clock.ts';
import { collections } from '../../../src/collections.ts';
import { createIds } from '../../../src/ids.ts';
import { openStore } from '../../../src/store/open.ts';
import { root } from '../../source-tree.ts';
import { aRoot, databaseIn, directoryIn } from './places.ts';

const url = process.env.MONGODB_URL;
const open = (settings: { DATA_DIR: string; MONGODB_URL?: string }) =>
  openStore(settings, { collections, now: Date.now, warn: () => undefined });

const email = 'boss@example.org';

/** A data directory with an administrator and as many notes of what was done. */
async function aDataDirectory(directory: string, notes: number): Promise<void> {
  const store = await open({ DATA_DIR: directory });
  const deps = { store, clock: systemClock, ids: createIds() };
  const facts = { email, name: 'Boss', role: 'administrator' as const, departments: [], password: 'a long password' };
  const agent = await createAgent({ ...deps, now: Date.now() }, facts);
  await Promise.all(
    Array.from({ length: notes }, (_, at) =>
      note(deps, null, 'agent.changed', { subject: agent.id, fields: [`f${at}`] }),
    ),
  );
  await store.close();
}

/** Runs a command of Wasl's; `watch` may end it before its time. */
async function run(words: string[], env: Record<string, string>, watch?: (child: ChildProcess, out: string) => void) {
  const options = { cwd: root, env: { PATH: process.env.PATH, ...env } };
  const child = spawn(process.execPath, words, options);
  let out = '';
  const hear = (part: unknown): void => {
    out += String(part);
    watch?.(child, out);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out };
}

const migrate = ['src/main.ts', 'migrate-store'];

it('the command is killed, goes on, ends in a store, and tells of the key', { timeout: 180_000 }, async () => {
  const place = aRoot();
  const [from, back] = [directoryIn(place), directoryIn(place)];
  await aDataDirectory(from, 400);
  const to = url ? databaseIn(place) : directoryIn(place);
  const line = [...migrate, '--from', from, '--to', to];
  // a moment after its first word, at another place of the work each time
  for (const ms of [0, 60, 250]) {
    await run(line, { DATA_DIR: from }, (child, out) => {
      if (out.includes('\n')) setTimeout(() => child.kill('SIGKILL'), ms);
    });
  }
  const ended = await run(line, { DATA_DIR: from });
  if (!ended.out.includes('is not empty')) {
    expect(ended.out).toMatch(/audit +400 +400 .* same\n/);
    expect(ended.out).toMatch(/encryption\.key of the former/);
    expect(ended.code).toBe(0);
  }
  const again = await run(line, { DATA_DIR: from });
  expect([again.code, again.out]).toEqual([1, expect.stringMatching(/ is not empty: it holds .*\n$/)]);
  const settings = { DATA_DIR: url ? directoryIn(place) : to, ...(url ? { MONGODB_URL: to } : {}) };
  const returned = await run([...migrate, '--from', to, '--to', back], settings);
  expect([returned.code, existsSync(join(back, 'wasl.db'))]).toEqual([0, true]);
  const store = await open({ DATA_DIR: back });
  expect(await findAgentByEmail(store, email)).toMatchObject({ version: 1, name: 'Boss' });
  await store.close();
});

it('backups with MONGODB_URL set say what to do instead', async () => {
  for (const words of [['backup'], ['restore', 'somewhere']]) {
    const { code, out } = await run(['src/store/backup-cli.ts', ...words], { MONGODB_URL: 'mongodb://127.0.0.1/wasl' });
    expect([code, out]).toEqual([1, expect.stringMatching(/^MONGODB_URL is set: .*mongodump.*migrate-store/s)]);
  }
});
