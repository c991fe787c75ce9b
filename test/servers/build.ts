import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What is made once and kept, also where the packages of this project are installed anew. */
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'wasl-test-servers');

/** How to make a program from the files of a folder here. */
export interface Recipe {
  name: string;
  /** The files, below the folder of this name, that it is made from: another content, another program. */
  sources: readonly string[];
  /** What must be there, and how it shows that it is. */
  needs: readonly { name: string; command: string; arguments: readonly string[] }[];
  /** The command that makes it. It runs in a folder with the sources, and leaves there what is to be run. */
  make: { command: string; arguments: readonly string[]; env?: Record<string, string> };
}

const folderOf = ({ name }: Recipe): string => join(import.meta.dirname, name);

const digestOf = (recipe: Recipe): string => {
  const hash = createHash('sha256').update(JSON.stringify(recipe.make));
  for (const source of recipe.sources) hash.update(readFileSync(join(folderOf(recipe), source)));
  return hash.digest('hex').slice(0, 16);
};

const lastLines = (error: unknown): string => {
  const said = error instanceof Error && 'stderr' in error ? `${String(error.stderr)}` : '';
  return (said.trim() || String(error)).split('\n').slice(-3).join('; ').slice(0, 500);
};

async function missing({ needs }: Recipe): Promise<string[]> {
  const found = await Promise.all(
    needs.map(({ command, arguments: words }) =>
      run(command, [...words]).then(
        () => true,
        () => false,
      ),
    ),
  );
  return needs.filter((_, index) => !found[index]).map(({ name }) => name);
}

/** Makes it aside and puts it in its place whole, so that whoever looks finds all of it or nothing. */
async function makeIn(place: string, recipe: Recipe): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const aside = mkdtempSync(join(cache, 'making-'));
  try {
    for (const source of recipe.sources) cpSync(join(folderOf(recipe), source), join(aside, source));
    const { command, arguments: words, env } = recipe.make;
    await run(command, [...words], { cwd: aside, env: { ...process.env, ...env }, timeout: 600_000 });
    if (!existsSync(place)) renameSync(aside, place);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/**
 * The directory of a program, made where it is not there yet. Where it cannot be had: the reason, a sentence, with
 * `directory: null`.
 */
export async function build(recipe: Recipe): Promise<{ directory: string } | { directory: null; reason: string }> {
  const place = join(cache, `${recipe.name}-${digestOf(recipe)}`);
  const lacking = await missing(recipe);
  if (lacking.length > 0) {
    return { directory: null, reason: `${recipe.name} cannot be had: no ${lacking.join(' and no ')} here.` };
  }
  if (existsSync(place)) return { directory: place };
  try {
    await makeIn(place, recipe);
    return { directory: place };
  } catch (error) {
    return { directory: null, reason: `${recipe.name} cannot be had: it does not build (${lastLines(error)}).` };
  }
}
