import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isPassword } from '../../../src/agent/password.ts';
import { findAgentByEmail } from '../../../src/agent/sign-in.ts';
import { root } from '../../source-tree.ts';
import { openStoreOf, removeStore, storeEnv } from '../../support/store-env.ts';

let directory: string;
let running: ChildProcess[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'wasl-begin-'));
  running = [];
});
afterEach(async () => {
  for (const child of running) if (child.exitCode === null) await stop(child);
  await removeStore(directory);
});

async function stop(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}

const main = [join(root, 'src/main.ts')];
const envOf = (more: Record<string, string> = {}) => ({
  PATH: process.env.PATH,
  ...storeEnv(directory),
  PORT: '0',
  LOG_LEVEL: 'silent',
  ...more,
});

/** Starts Wasl, until it says that it is ready or ends; gives what it said. */
async function start(more: Record<string, string> = {}): Promise<string> {
  const child = spawn(process.execPath, main, { cwd: directory, env: envOf(more) });
  running.push(child);
  let said = '';
  return new Promise((resolve) => {
    const hear = (part: unknown): void => {
      said += String(part);
      if (/api\/docs\n(\n.*\n.*\n)?$/.test(said)) setTimeout(() => resolve(said), 300);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('close', () => resolve(said));
  });
}

const password = (email: string): Promise<string> =>
  new Promise((resolve) => {
    execFile(process.execPath, [...main, 'password', email], { cwd: directory, env: envOf() }, (_error, out, err) =>
      resolve(out + err),
    );
  });

const email = 'admin@example.org';
const shown = (said: string): string | undefined => /Password \(shown once\) {2}(\S{23})\n/.exec(said)?.[1];

async function isTheirs(candidate: string): Promise<boolean> {
  const store = await openStoreOf(directory);
  try {
    const agent = await findAgentByEmail(store, email);
    return await isPassword(agent?.passwordHash ?? null, candidate);
  } finally {
    await store.close();
  }
}

if (process.env.MONGODB_URL) {
  it('several processes that begin at once on an empty store have one administrator, whose password one of them shows', async () => {
    const said = await Promise.all([start(), start(), start()]);
    for (const one of said) expect(one).toContain('Wasl is ready');
    const passwords = said.flatMap((one) => shown(one) ?? []);
    expect(passwords).toHaveLength(1);
    expect(await isTheirs(passwords[0] ?? '')).toBe(true);
    // a forgotten password is made anew while they run
    const anew = shown(await password(email).then((line) => line.replace('New password', 'Password')));
    expect(await isTheirs(anew ?? '')).toBe(true);
  }, 180_000);

  it('processes with data directories of their own and no common key are told that they need the same one', async () => {
    const own = ['a', 'b'].map((name) => join(directory, name));
    for (const place of own) mkdirSync(place);
    const said = await Promise.all(own.map((DATA_DIR) => start({ DATA_DIR })));
    expect(said.filter((one) => one.includes('Wasl is ready'))).toHaveLength(1);
    expect(said.filter((one) => one.includes('all need the same ENCRYPTION_KEY'))).toHaveLength(1);
  }, 180_000);
} else {
  process.stdout.write('Several processes that begin at once are not tried: MONGODB_URL is not set.\n');
  it('a second process on a directory in use is told which one has it', async () => {
    expect(await start()).toContain('Wasl is ready');
    expect(await start()).toMatch(/is in use by process \d+\. Stop that Wasl first/);
  }, 60_000);
}
