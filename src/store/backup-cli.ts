import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadEnv } from '../load-env.ts';
import { StoreError } from './port.ts';
import { backupDirectory } from './sqlite/backup.ts';
import { restoreBackup } from './sqlite/restore.ts';

const usage = 'Use: npm run backup [-- <directory>], or: npm run restore -- <backup> [--force]';

const onServer = `MONGODB_URL is set: the data are in MongoDB, not in DATA_DIR. Back it up with its own tool (mongodump, with mongorestore to
put it back), or stop Wasl and copy it into a directory: npm run migrate-store -- --to <directory>.
In either case keep encryption.key of DATA_DIR, or ENCRYPTION_KEY, with the copy. To work on DATA_DIR all the same, unset MONGODB_URL.`;

const total = (documents: Readonly<Record<string, number>>): number =>
  Object.values(documents).reduce((sum, count) => sum + count, 0);

async function backup(directory: string, target: string | undefined): Promise<string> {
  const now = Date.now();
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
  const place = resolve(target ?? `${directory}-backups/${stamp}Z`);
  const { documents, blobs } = await backupDirectory(directory, place, now);
  return `Backed up ${total(documents)} documents and ${blobs.files} attachments to ${place}`;
}

async function restore(directory: string, from: string, force: boolean): Promise<string> {
  const { manifest, former } = await restoreBackup({ from: resolve(from), directory, force, now: Date.now() });
  const what = `${total(manifest.documents)} documents and ${manifest.blobs.files} attachments of ${manifest.createdAt}`;
  const aside = former ? ` The store that was there is now in ${former}` : '';
  return `Restored ${what} into ${directory}.${aside}`;
}

async function run(): Promise<string> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { force: { type: 'boolean' } } });
  const [command, place, ...more] = positionals;
  const directory = resolve(process.env.DATA_DIR || './data');
  if (process.env.MONGODB_URL?.trim()) throw new StoreError('failed', onServer);
  if (command === 'backup' && more.length === 0 && !values.force) return backup(directory, place);
  if (command === 'restore' && place && more.length === 0) return restore(directory, place, values.force ?? false);
  throw new StoreError('failed', usage);
}

function sentenceOf(error: unknown): string {
  if (error instanceof StoreError) return error.message;
  if (error instanceof TypeError && 'code' in error) return usage; // an option that there is not
  return String(error instanceof Error ? error.stack : error);
}

try {
  loadEnv();
  process.stdout.write(`${await run()}\n`);
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
}
