import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const needed = 26;
const root = join(import.meta.dirname, '..');

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number().default(0),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});
type Report = z.infer<typeof report>;

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Files that broke before any of their tests could say so. */
const brokenFiles = ({ testResults }: Report): number =>
  testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some(isFailed)).length;

const isFailed = ({ status }: { status: string }): boolean => status === 'failed';

/** What the runner reported; a run that ended badly without a failed test (an unhandled error) counts as one failure. */
function count(found: Report | null, exitCode: number): Counts {
  if (!found) return { passed: 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 };
  const failed = found.numFailedTests + brokenFiles(found);
  const skipped = found.numPendingTests + found.numTodoTests;
  return { passed: found.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped };
}

/** Names what did not run, so that a skipped tier is never mistaken for a passed one. */
function nameSkipped({ testResults }: Report): void {
  for (const { name, assertionResults } of testResults) {
    const skipped = assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed').length;
    if (skipped > 0) say(`${skipped} skipped in ${name.slice(root.length + 1)}`);
  }
}

const entryOfVitest = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

/** Runs vitest in a process of its own, its output streamed; gives its exit code. */
const runVitest = (outputFile: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`];
    const line = [entryOfVitest(), 'run', ...reporters, ...process.argv.slice(2)];
    const child = spawn(process.execPath, line, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });

const readReport = (file: string): Report | null => {
  try {
    return report.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
};

const inWords = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

async function run(): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'wasl-test-'));
  const outputFile = join(directory, 'report.json');
  try {
    const exitCode = await runVitest(outputFile);
    const found = readReport(outputFile);
    const counts = count(found, exitCode);
    if (found) nameSkipped(found);
    const nothingRan = counts.passed + counts.failed === 0;
    if (nothingRan) say('No test ran.');
    say(inWords(counts));
    return exitCode || (counts.failed > 0 || nothingRan ? 1 : 0);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const major = Number(process.versions.node.split('.')[0]);
if (major < needed) {
  say(`Wasl needs Node ${needed}, which npm ci installs beside the other packages; this is ${process.version}.`);
  say('Run the tests with npm test, which takes the right one, after npm ci without --omit=optional.');
  say('0 passed, 1 failed');
  process.exitCode = 1;
} else {
  process.exitCode = await run();
}
