import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** What was built of one target, and from what. Paths are relative to the project, with forward slashes. */
export interface TargetStamp {
  hash: string;
  /** Files outside the target's own folders that the bundler found it to need. */
  imported: readonly string[];
  outputs: Readonly<Record<string, number>>;
}
export type Stamps = Record<string, TargetStamp>;

const slashed = (path: string): string => path.split(sep).join('/');

/** All files under a folder (or the file itself), sorted; nothing where it does not exist. */
export function listFiles(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** A hash over names and contents of files; a missing file counts as missing. */
export function hashOf(root: string, files: Iterable<string>): string {
  const hash = createHash('sha256').update(process.version.split('.')[0] ?? '');
  for (const file of new Set(files)) {
    hash.update(`\0${slashed(relative(root, file))}\0`);
    hash.update(existsSync(file) ? readFileSync(file) : '\0missing');
  }
  return hash.digest('hex');
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isStamp = (value: unknown): value is TargetStamp =>
  isObject(value) && typeof value.hash === 'string' && Array.isArray(value.imported) && isObject(value.outputs);

// Checked by hand: loading zod would cost a start with nothing to build more than all the hashing does.
/** The stamps of the last builds; none where the file is absent or was not written to its end. */
export function readStamps(file: string): Stamps {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const targets = isObject(kept) && isObject(kept.targets) ? Object.entries(kept.targets) : [];
    return Object.fromEntries(targets.filter((pair): pair is [string, TargetStamp] => isStamp(pair[1])));
  } catch {
    return {};
  }
}

/** Replaces the stamps in one step, so that a broken-off write leaves the old ones. */
export function writeStamps(file: string, targets: Stamps): void {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify({ targets }, null, 2)}\n`);
  renameSync(temporary, file);
}

/** Names and sizes of what a build left in a folder. */
export const sizesIn = (folder: string): Record<string, number> =>
  Object.fromEntries(listFiles(folder).map((file) => [slashed(relative(folder, file)), statSync(file).size]));

const isSize = (file: string, bytes: number): boolean => statSync(file, { throwIfNoEntry: false })?.size === bytes;

/** Whether what a stamp says was built is still there, whole. */
export const isWhole = (folder: string, stamp: TargetStamp): boolean =>
  Object.entries(stamp.outputs).every(([name, bytes]) => isSize(join(folder, name), bytes));

/** Of the modules that a bundler used, the project's own that lie outside the folders already watched. */
export function importedFrom(root: string, modules: readonly string[], watched: readonly string[]): string[] {
  const isOwn = (file: string): boolean =>
    file.startsWith(root + sep) && !file.includes(`${sep}node_modules${sep}`) && existsSync(file);
  const isWatched = (file: string): boolean => watched.some((path) => file === path || file.startsWith(path + sep));
  return modules
    .map((module) => resolve(module.split('?')[0] ?? ''))
    .filter((file) => isOwn(file) && !isWatched(file))
    .map((file) => slashed(relative(root, file)))
    .sort();
}

/** The project's folder: the one that holds `src/web`. */
export const projectRoot = resolve(dirname(import.meta.dirname), '..');
