import { readFile, readlink, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { kill } from 'node:process';

const lockNames = ['SingletonLock', 'SingletonCookie', 'SingletonSocket'];

/** The browser on this profile whose process still runs; null where none does, or where it cannot be told. */
async function runningOn(profile: string, pid: number): Promise<number | null> {
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return line.includes(`--user-data-dir=${profile}`) ? pid : null;
}

const end = (pid: number): void => {
  try {
    kill(pid, 'SIGKILL');
  } catch {
    // it has ended by itself meanwhile
  }
};

/**
 * Makes a profile free to be opened. The lock names host and process (`host-1234`): one of another host is of a container
 * that is gone, and the browser would refuse it; a browser of ours whose Wasl was killed still runs and is ended. Only who
 * has the inbox comes here: whatever else still uses the profile has lost it.
 */
export async function freeProfile(profile: string): Promise<void> {
  const lock = await readlink(join(profile, 'SingletonLock')).catch(() => null);
  const [, host, pid] = /^(.*)-(\d+)$/.exec(lock ?? '') ?? [];
  const orphan = host === hostname() ? await runningOn(profile, Number(pid)) : null;
  if (orphan !== null) end(orphan);
  await Promise.all(lockNames.map((name) => rm(join(profile, name), { force: true })));
}
