import { constants } from 'node:fs';
import { access, copyFile, link, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { backup as copyOnline, DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import packageFile from '../../../package.json' with { type: 'json' };
import { StoreError } from '../port.ts';
import { asStoreError, systemCode } from './errors.ts';
import { hashFile, type Manifest, writeManifest } from './manifest.ts';
import { files } from './names.ts';
import { syncDirectory, syncFile } from './sync-file.ts';

/** All pages in one step: the copy is of one moment, however much is written meanwhile. */
const allPages = 0x7fffffff;

async function makeEmpty(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if ((await readdir(directory)).length === 0) return;
  throw new StoreError('failed', `${directory} is not empty: give the backup a directory of its own.`);
}

/** Copies the database through a connection of its own, on which neither this process nor another has to wait. */
async function copyDatabase(source: string, target: string): Promise<void> {
  const db = new DatabaseSync(join(source, files.database), { readOnly: true, timeout: 5000 });
  try {
    await copyOnline(db, join(target, files.database), { rate: allPages });
  } finally {
    db.close();
  }
  await syncFile(join(target, files.database));
}

/** A blob never changes once it has its name, so a second name for the same bytes is a copy; else it is copied. */
async function copyBlob(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return;
    if (systemCode(error) === 'ENOENT') return; // removed since the folder was listed
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    await syncFile(to);
  }
}

/** Files of the finished blobs below a directory, as paths from it. */
export async function listBlobs(directory: string): Promise<string[]> {
  const root = join(directory, files.blobs);
  const folders = await readdir(root).catch(() => []);
  const shown = folders.filter((name) => !name.startsWith('.'));
  const lists = await Promise.all(
    shown.map(async (folder) => (await readdir(join(root, folder))).map((id) => join(folder, id))),
  );
  return lists.flat();
}

async function copyBlobs(source: string, target: string): Promise<void> {
  for (const path of await listBlobs(source)) {
    const to = join(target, files.blobs, path);
    await mkdir(join(to, '..'), { recursive: true });
    await copyBlob(join(source, files.blobs, path), to);
  }
}

async function copyKey(source: string, target: string): Promise<void> {
  const key = join(source, files.key);
  const isPresent = await access(key).then(
    () => true,
    () => false,
  );
  if (isPresent) await copyFile(key, join(target, files.key));
}

/** What the copied database holds. Nobody else has it open, so it is read as a file that does not change. */
function describeDatabase(target: string): Pick<Manifest, 'dataVersion' | 'documents'> {
  const url = pathToFileURL(join(target, files.database));
  url.searchParams.set('immutable', '1');
  const db = new DatabaseSync(url, { readOnly: true });
  try {
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND instr(name, '.') = 0").all();
    const names = tables.map(({ name }) => String(name)).filter((name) => !name.startsWith('sqlite_'));
    const counts = names.map((name) => [name, Number(db.prepare(`SELECT count(*) AS n FROM "${name}"`).get()?.n)]);
    const dataVersion = Number(db.prepare('PRAGMA user_version').get()?.user_version);
    return { dataVersion, documents: Object.fromEntries(counts) };
  } finally {
    db.close();
  }
}

async function describeBlobs(target: string): Promise<Manifest['blobs']> {
  const paths = await listBlobs(target);
  let bytes = 0;
  for (const path of paths) bytes += (await stat(join(target, files.blobs, path))).size;
  return { files: paths.length, bytes };
}

async function copyAll(source: string, target: string, now: number): Promise<Manifest> {
  await makeEmpty(target);
  // Before the database: a blob removed meanwhile may still be named in it. After: it may name blobs put meanwhile.
  await copyBlobs(source, target);
  await copyDatabase(source, target);
  await copyBlobs(source, target);
  await copyKey(source, target);
  const content: Manifest = {
    format: 'wasl-backup-1',
    wasl: packageFile.version,
    createdAt: new Date(now).toISOString(),
    sha256: await hashFile(join(target, files.database)),
    ...describeDatabase(target),
    blobs: await describeBlobs(target),
  };
  await writeManifest(target, content);
  syncDirectory(target);
  return content;
}

/**
 * Copies a store's directory, which may be in use by this or another process, into a new or empty one: one moment of
 * the database, all attachments it names, the key, and a manifest.
 * @throws StoreError `failed` where the target is not empty or there is no store, `disk-full`, `read-only`, `corrupt`.
 */
export async function backupDirectory(source: string, target: string, now: number): Promise<Manifest> {
  const isPresent = await access(join(source, files.database)).then(
    () => true,
    () => false,
  );
  if (!isPresent) throw new StoreError('failed', `There is no store in ${source}: it has no ${files.database}.`);
  try {
    return await copyAll(source, target, now);
  } catch (error) {
    throw asStoreError(error, target);
  }
}

/** As `backupDirectory`, for the port. */
export async function writeBackup(source: string, target: string, now: number): Promise<void> {
  await backupDirectory(source, target, now);
}
