import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { coreSettings, readSettings, SettingsError } from '../config.ts';
import { loadEnv } from '../load-env.ts';
import { stopOnSignals } from '../stop-signals.ts';
import { beginProcesses } from './begin.ts';

const most = 64;
const stopWithinMs = 15_000;
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
  stopOnSignals(stopWithinMs, processes.stop);
  processes.ended.then((code) => process.exit(code));
}

try {
  run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof SettingsError ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
