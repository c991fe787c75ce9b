import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { everyLeg, type Leg, withServer } from './legs.ts';

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
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});
type Report = z.infer<typeof report>;

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** What failed, in words, of all that was run. */
const failures: string[] = [];

let isStopped = false;

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

const linesOfCause = 6;

const firstLines = (message: string): string =>
  stripVTControlCharacters(message)
    .split('\n')
    .slice(0, linesOfCause)
    .map((line) => `    ${line}`)
    .join('\n');

/** Names what failed, and why in short: the last lines of a long run are often all that is kept of it. */
function failuresOf({ testResults }: Report): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = name.slice(root.length + 1);
    const failed = assertionResults.filter(isFailed);
    if (status === 'failed' && failed.length === 0) return [`  ${file} broke:\n${firstLines(message)}`];
    return failed.map(
      ({ fullName, failureMessages }) => `  ${file}: ${fullName}\n${firstLines(failureMessages?.join('\n') ?? '')}`,
    );
  });
}

const entryOfVitest = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

/** Runs vitest in a process of its own, its output streamed; gives its exit code. */
const runVitest = (outputFile: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> =>
  new Promise((resolve, reject) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`];
    const line = [entryOfVitest(), 'run', ...reporters, ...words];
    const child = spawn(process.execPath, line, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    const signals = ['SIGINT', 'SIGTERM'] as const;
    const pass = (signal: NodeJS.Signals): void => {
      isStopped = true;
      child.kill(signal);
    };
    for (const signal of signals) process.on(signal, pass);
    child.once('error', reject);
    child.once('exit', (code) => {
      for (const signal of signals) process.off(signal, pass);
      resolve(code ?? 1);
    });
  });

const readReport = (file: string): Report | null => {
  try {
    return report.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
};

const inWords = ({ passed, failed }: Counts): string => `${passed} passed, ${failed} failed`;

/** One run of vitest; what was skipped is named, and so is a run in which there was nothing to do. */
async function runOnce(words: readonly string[], env: NodeJS.ProcessEnv): Promise<Counts> {
  const directory = mkdtempSync(join(tmpdir(), 'wasl-test-'));
  const outputFile = join(directory, 'report.json');
  try {
    const exitCode = await runVitest(outputFile, words, env);
    const found = readReport(outputFile);
    const counts = count(found, exitCode);
    if (found) nameSkipped(found);
    if (found) failures.push(...failuresOf(found));
    if (counts.passed + counts.failed > 0) return counts;
    say('No test ran.');
    return { ...counts, failed: 1 };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A leg on its server; one whose server cannot be had is left out, with the reason. */
async function runLeg(leg: Leg): Promise<Counts> {
  say(`\n== Tests on ${leg.on}`);
  const began = performance.now();
  const counts = await withServer(leg, (url) =>
    runOnce(leg.tests, url === null ? process.env : { ...process.env, ...leg.env, MONGODB_URL: url }),
  ).catch((error: unknown) => {
    say(String(error));
    return { passed: 0, failed: 1, skipped: 0 };
  });
  if (typeof counts === 'string') {
    say(`Left out. ${counts}`);
    return { passed: 0, failed: 0, skipped: 0 };
  }
  say(`On ${leg.on}: ${inWords(counts)} in ${Math.round((performance.now() - began) / 1000)} s`);
  return counts;
}

async function runAll(legs: readonly Leg[]): Promise<Counts> {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const leg of legs) {
    if (isStopped) break;
    const counts = await runLeg(leg);
    for (const name of ['passed', 'failed', 'skipped'] as const) sum[name] += counts[name];
  }
  return sum;
}

/** `--every-store`: also on the servers that can be had; else what the words say, as vitest takes them. */
async function run(): Promise<number> {
  const words = process.argv.slice(2);
  const counts = words.includes('--every-store') ? await runAll(everyLeg) : await runOnce(words, process.env);
  if (counts.skipped > 0) say(`${counts.skipped} skipped, as named above`);
  if (failures.length > 0) say(`Failed:\n${failures.join('\n')}`);
  say(inWords(counts));
  return counts.failed > 0 || isStopped ? 1 : 0;
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
