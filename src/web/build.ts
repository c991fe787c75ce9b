/**
 * Builds what the browser needs, where it is missing or older than its sources: `node src/web/build.ts [--force] [target…]`.
 * Vite is loaded only when there is something to build.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Stamps, TargetStamp } from './build-stamp.ts';
import {
  hashOf,
  importedFrom,
  isWhole,
  listFiles,
  projectRoot,
  readStamps,
  sizesIn,
  writeStamps,
} from './build-stamp.ts';

/** One thing to build. `sources` are files and folders; `build` fills an empty folder and gives the modules it used. */
interface Target {
  name: string;
  sources: readonly string[];
  load(): Promise<(root: string, output: string) => Promise<readonly string[]>>;
}

const targets: readonly Target[] = [
  {
    name: 'assets',
    sources: ['src/web/contact', 'src/web/outside/outside.css', 'src/web/vite.assets.ts'],
    load: async () => (await import('./vite.assets.ts')).buildAssets,
  },
  {
    name: 'widget',
    sources: [
      'channels/web-chat/widget',
      'src/web/vite.widget.ts',
      'src/web/vite.assets.ts',
      'src/web/vite.modules.ts',
    ],
    load: async () => (await import('./vite.widget.ts')).buildWidget,
  },
  {
    name: 'console',
    sources: ['src/web/console', 'src/web/ui', 'src/web/vite.console.ts', 'src/web/vite.modules.ts'],
    load: async () => (await import('./vite.console.ts')).buildConsole,
  },
];

const common = ['package-lock.json', 'src/web/build.ts', 'src/web/build-stamp.ts'];

const isThere = (target: Target, root: string): boolean =>
  target.name !== 'console' || existsSync(join(root, 'src/web/console/index.html'));

function inputHash(target: Target, root: string, imported: readonly string[]): string {
  const files = [...common, ...target.sources].flatMap((path) => listFiles(resolve(root, path)));
  return hashOf(root, [...files, ...imported.map((path) => resolve(root, path))]);
}

const isFresh = (target: Target, root: string, stamp: TargetStamp | undefined): boolean =>
  stamp !== undefined &&
  stamp.hash === inputHash(target, root, stamp.imported) &&
  isWhole(join(root, 'dist', target.name), stamp);

function clearLeftovers(dist: string): void {
  const leftovers = readdirSync(dist).filter((name) => name.startsWith('.building-'));
  for (const name of leftovers) rmSync(join(dist, name), { recursive: true, force: true });
}

/** Builds beside the old result and swaps; the stamp is gone meanwhile, so what breaks off is built again. */
async function buildTarget(target: Target, root: string, stamps: Stamps): Promise<Stamps> {
  const dist = join(root, 'dist');
  const stampPath = join(dist, '.built.json');
  const temporary = join(dist, `.building-${target.name}-${process.pid}`);
  const { [target.name]: _old, ...others } = stamps;
  const build = await target.load();
  mkdirSync(temporary, { recursive: true });
  const watched = target.sources.map((path) => resolve(root, path));
  const before = inputHash(target, root, []);
  const imported = importedFrom(root, await build(root, temporary), watched);
  writeStamps(stampPath, others);
  rmSync(join(dist, target.name), { recursive: true, force: true });
  renameSync(temporary, join(dist, target.name));
  if (before !== inputHash(target, root, [])) return others;
  const hash = inputHash(target, root, imported);
  const built = { ...others, [target.name]: { hash, imported, outputs: sizesIn(join(dist, target.name)) } };
  writeStamps(stampPath, built);
  return built;
}

/** What to build: everything or the named targets, where stale or (with `force`) in any case. */
export interface BuildOrder {
  root: string;
  force: boolean;
  only: readonly string[];
  report(line: string): void;
}

const isWanted = ({ root, only }: BuildOrder, target: Target): boolean =>
  (only.length === 0 || only.includes(target.name)) && isThere(target, root);

/** Builds what is ordered and stale, and gives the names. Throws with a sentence that names the target. */
export async function buildWeb(order: BuildOrder): Promise<string[]> {
  const { root, force, report } = order;
  const dist = join(root, 'dist');
  let stamps = readStamps(join(dist, '.built.json'));
  const stale = targets.filter((one) => isWanted(order, one) && (force || !isFresh(one, root, stamps[one.name])));
  if (stale.length === 0) return [];
  mkdirSync(dist, { recursive: true });
  clearLeftovers(dist);
  for (const target of stale) {
    const startedAt = performance.now();
    stamps = await buildTarget(target, root, stamps).catch((error: unknown) => {
      throw new Error(`The ${target.name} could not be built: ${sentenceOf(error)}`, { cause: error });
    });
    report(`built dist/${target.name} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  }
  return stale.map((target) => target.name);
}

/** A bundler's message can be pages long; its beginning names the file. */
const mostLines = 8;

function sentenceOf(error: unknown): string {
  const words = stripVTControlCharacters(error instanceof Error ? error.message : String(error));
  const message = words.split('\n').slice(0, mostLines).join('\n');
  const isMissingPackage = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
  return isMissingPackage ? `a package is not installed; run "npm ci" first. (${message})` : message;
}

if (import.meta.main) {
  try {
    const given = process.argv.slice(2);
    await buildWeb({
      root: projectRoot,
      force: given.includes('--force'),
      only: given.filter((word) => !word.startsWith('--')),
      report: (line) => console.log(line),
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
