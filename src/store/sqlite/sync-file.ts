import { closeSync, fsyncSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';

const isWindows = process.platform === 'win32';

/** Makes the bytes of a closed file durable. */
export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, isWindows ? 'r+' : 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The same without holding up the event loop. */
export const syncDirectoryAside = async (path: string): Promise<void> => {
  if (!isWindows) await syncFile(path);
};

/** Makes the names in a directory durable. Windows cannot open one, and does not need to. */
export function syncDirectory(path: string): void {
  if (isWindows) return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
