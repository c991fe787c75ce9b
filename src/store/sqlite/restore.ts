import { existsSync } from 'node:fs';
import { constants, copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { dataVersionOf, migrations } from '../migrations.ts';
import { StoreError } from '../port.ts';
import { listBlobs } from './backup.ts';
import { asStoreError } from './errors.ts';
import { lockDirectory } from './lock.ts';
import { hashFile, type Manifest, readManifest } from './manifest.ts';
import { files } from './names.ts';
import { syncDirectory, syncFile } from './sync-file.ts';

export interface Restoration {
  /** A complete backup. */
  from: string;
  /** The store's directory; made where it is missing. */
  directory: string;
  /** Put the backup in the place of a store that is there. */
  force: boolean;
  /** Ms, names the folder into which a store that is there is moved. */
  now: number;
}

/** What was restored, and where the store that was there before has gone, if there was one. */
export interface Restored {
  manifest: Manifest;
  former: string | null;
}

/** Where the backup's files wait, in the store's directory, until all are there. */
const incoming = '.restore';
/** The database with its log: together they are its state. */
const storeFiles = [files.database, `${files.database}-wal`, `${files.database}-shm`, files.blobs, files.key];

async function verify(from: string): Promise<Manifest> {
  const manifest = await readManifest(from);
  if (manifest.dataVersion > dataVersionOf(migrations)) {
    throw new StoreError(
      'newer-data',
      `${from} was made by a newer Wasl (${manifest.wasl}): restore it with that one.`,
    );
  }
  const isWhole = (await hashFile(join(from, files.database)).catch(() => '')) === manifest.sha256;
  const blobs = await listBlobs(from);
  if (isWhole && blobs.length === manifest.blobs.files) return manifest;
  const fault = isWhole ? 'attachments are missing' : 'its database is not the one its manifest describes';
  throw new StoreError('corrupt', `${from} is damaged: ${fault}. Nothing was changed; use another backup.`);
}

async function copyIn(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  await syncFile(to);
}

/** Copies the whole backup beside the store, so that the exchange itself is a few renames. */
async function fetchBackup(from: string, directory: string): Promise<void> {
  const place = join(directory, incoming);
  await rm(place, { recursive: true, force: true });
  await mkdir(join(place, files.blobs), { recursive: true });
  await copyIn(join(from, files.database), join(place, files.database));
  for (const path of await listBlobs(from)) await copyIn(join(from, files.blobs, path), join(place, files.blobs, path));
  if (existsSync(join(from, files.key))) await copyIn(join(from, files.key), join(place, files.key));
}

/** Moves what is there of the store's files; gives whether there was any. */
async function moveStore(from: string, to: string): Promise<boolean> {
  const present = storeFiles.filter((name) => existsSync(join(from, name)));
  if (present.length > 0) await mkdir(to, { recursive: true, mode: 0o700 });
  for (const name of present) await rename(join(from, name), join(to, name));
  return present.length > 0;
}

async function mark(directory: string): Promise<void> {
  const handle = await open(join(directory, files.restoring), 'w');
  await handle.sync();
  await handle.close();
  syncDirectory(directory);
}

/** While the mark stands, no store is opened here: a cut-off exchange must not look like an empty store. */
async function exchange({ directory, now }: Restoration): Promise<string | null> {
  const former = join(directory, `before-restore-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`);
  await mark(directory);
  const wasThere = await moveStore(directory, former);
  await moveStore(join(directory, incoming), directory);
  syncDirectory(directory);
  await rm(join(directory, files.restoring));
  await rm(join(directory, incoming), { recursive: true, force: true });
  return wasThere ? former : null;
}

async function restoreLocked(restoration: Restoration): Promise<Restored> {
  const { from, directory, force } = restoration;
  const isTaken = [files.database, files.restoring].some((name) => existsSync(join(directory, name)));
  if (isTaken && !force) {
    throw new StoreError('failed', `${directory} already holds a store. Add --force to put it aside and restore.`);
  }
  const manifest = await verify(from);
  await fetchBackup(from, directory);
  return { manifest, former: await exchange(restoration) };
}

/**
 * Puts a backup in the place of a store. Nothing is changed before the backup has been verified and copied; a store
 * that was there is kept aside.
 * @throws StoreError `in-use` while a Wasl holds the directory, `corrupt` where the backup is not whole,
 * `newer-data`, `failed` where a store is there and `force` is not set.
 */
export async function restoreBackup(restoration: Restoration): Promise<Restored> {
  const { directory } = restoration;
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const unlock = lockDirectory(directory);
    try {
      return await restoreLocked(restoration);
    } finally {
      unlock();
    }
  } catch (error) {
    throw asStoreError(error, directory);
  }
}
