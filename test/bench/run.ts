import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './support/table.ts';

interface Bench {
  run(args: readonly string[]): Promise<void>;
}

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -3))
  .sort();

const [name = '', ...args] = process.argv.slice(2);
if (names.includes(name)) {
  const bench: Bench = await import(join(import.meta.dirname, `${name}.ts`));
  await bench.run(args);
} else {
  say(`npm run bench -- ${names.join('|')}`);
  if (name !== '') process.exitCode = 1;
}
