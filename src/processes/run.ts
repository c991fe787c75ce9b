import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { coreSettings, readSettings, SettingsError } from '../config.ts';
import { loadEnv } from '../load-env.ts';
import { beginProcesses } from './begin.ts';

const most = 64;
const stopWithinMs = 15_000;
/** Signals that come together are one: a terminal and npm both tell a process of a key. */
const sameSignalMs = 1_500;

/** @throws SettingsError where it is no number of processes. */
function countFrom(word: string | undefined): number {
  if (word === undefined) return availableParallelism();
  const count = Number(word);
  if (Number.isInteger(count) && count >= 1 && count <= most) return count;
  throw new SettingsError([`Use: npm run cluster -- <processes, 1 to ${most}>`]);
}

function run([word]: readonly string[]): void {
  loadEnv();
  const count = countFrom(word);
  const { MONGODB_URL } = readSettings(coreSettings, process.env);
  if (!MONGODB_URL)
    throw new SettingsError([
      'MONGODB_URL: several processes need a MongoDB that they share; the embedded store serves one (npm start).',
    ]);
  const exec = resolve(import.meta.dirname, '../main.ts');
  const processes = beginProcesses({ count, exec, say: (line) => void process.stdout.write(`${line}\n`) });
  let since: number | null = null;
  const stop = (): void => {
    if (since !== null) {
      if (performance.now() - since > sameSignalMs) process.exit(1);
      return;
    }
    since = performance.now();
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    processes.stop().then((code) => process.exit(code));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  processes.ended.then((code) => process.exit(code));
}

try {
  run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof SettingsError ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
