import { existsSync, readFileSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cutOff, type Marker, marker } from '../move/side.ts';
import { files } from './names.ts';
import { syncDirectory } from './sync-file.ts';

const markOf = (directory: string): string => join(directory, files.moving);

/** The mark of a move into a directory that has not ended; null where there is none. */
export const readMark = (directory: string): Marker | null =>
  existsSync(markOf(directory)) ? marker.parse(JSON.parse(readFileSync(markOf(directory), 'utf8'))) : null;

/** @throws StoreError while a move into the directory has not ended: half a copy must not look like a store. */
export function refuseHalfMoved(directory: string): void {
  const found = readMark(directory);
  if (found) throw cutOff(directory, found);
}

export async function writeMark(directory: string, content: Marker): Promise<void> {
  const handle = await open(markOf(directory), 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(content)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  syncDirectory(directory);
}

export async function removeMark(directory: string): Promise<void> {
  await rm(markOf(directory), { force: true });
  syncDirectory(directory);
}
