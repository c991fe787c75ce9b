import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { StoreError } from '../port.ts';

const fileName = 'manifest.json';

/** What a backup is: written last, so that a backup without one is not complete. */
export const manifest = z.object({
  format: z.literal('wasl-backup-1'),
  /** Version of the program that made it. */
  wasl: z.string(),
  /** Version of the data's form (`migrations.ts`). */
  dataVersion: z.number().int(),
  createdAt: z.iso.datetime(),
  /** Of the database file. */
  sha256: z.string(),
  /** Documents by collection. */
  documents: z.record(z.string(), z.number().int()),
  blobs: z.object({ files: z.number().int(), bytes: z.number().int() }),
});
export type Manifest = z.infer<typeof manifest>;

/** SHA-256 of a file in hex. Never of a database that this process has open: see `lockDirectory`. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

export async function writeManifest(directory: string, content: Manifest): Promise<void> {
  const handle = await open(join(directory, fileName), 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(content, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @throws StoreError `corrupt` where the directory is not a complete backup. */
export async function readManifest(directory: string): Promise<Manifest> {
  try {
    return manifest.parse(JSON.parse(await readFile(join(directory, fileName), 'utf8')));
  } catch (cause) {
    throw new StoreError('corrupt', `${directory} is not a complete backup: it has no readable ${fileName}.`, {
      cause,
    });
  }
}
