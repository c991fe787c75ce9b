import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Directories of this process that are in use: another inbox's files are no leftovers. */
const inUse = new Set<string>();

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const ownerOf = (name: string): number | null => {
  const found = /^mails-(\d+)-/.exec(name);
  return found ? Number(found[1]) : null;
};

function removeLeftovers(under: string): void {
  for (const name of readdirSync(under)) {
    const owner = ownerOf(name);
    const path = join(under, name);
    if (owner !== null && !inUse.has(path) && !isAlive(owner)) rmSync(path, { recursive: true, force: true });
  }
}

export interface SpoolDirectory {
  path: string;
  /** Removes the files of one attempt at one mail. */
  forget(prefix: string): void;
  remove(): void;
}

/** Makes a directory for the files of mails under `under`, and removes what ended processes left there. */
export function makeSpool(under: string): SpoolDirectory {
  mkdirSync(under, { recursive: true, mode: 0o700 });
  removeLeftovers(under);
  const path = mkdtempSync(join(under, `mails-${process.pid}-`));
  inUse.add(path);
  return {
    path,
    forget: (prefix) => {
      for (const name of readdirSync(path))
        if (name.startsWith(`${prefix}-`)) rmSync(join(path, name), { force: true });
    },
    remove: () => {
      inUse.delete(path);
      rmSync(path, { recursive: true, force: true });
    },
  };
}
