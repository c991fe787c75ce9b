import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ContentError, type Fault } from '../../../src/content/content-error.ts';

/** A directory of content files for one test; `from` is copied into it first, then the given files are written. */
export async function contentDirectory(files: Record<string, string>, from?: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'wasl-content-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  if (from) await cp(from, directory, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
  return directory;
}

/** The faults that a reading throws, with file names only; fails when it throws none. */
export async function faultsOf(reading: () => unknown): Promise<Fault[]> {
  try {
    await reading();
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return error.faults.map((fault) => ({ ...fault, file: fault.file.replace(/^.*[\\/]/, '') }));
  }
  throw new Error('expected a ContentError');
}
