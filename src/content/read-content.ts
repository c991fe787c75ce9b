import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ContentError } from './content-error.ts';

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

async function orMissing<T>(path: string, reading: Promise<T>, message: string): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (isMissing(error)) throw new ContentError([{ file: path, line: 1, message }]);
    throw error;
  }
}

/** The text of a content file; one that is missing is a ContentError. */
export const readContent = (path: string): Promise<string> =>
  orMissing(path, readFile(path, 'utf8'), 'The file is missing: put it there.');

/** Full paths of the files directly in a directory whose names end in `ending`, in the order of their names. */
export async function listContent(directory: string, ending: string): Promise<string[]> {
  const names = await orMissing(directory, readdir(directory), 'The directory is missing: put it there.');
  return names
    .filter((name) => name.endsWith(ending) && !name.startsWith('.'))
    .sort()
    .map((name) => join(directory, name));
}
