import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { freePort, residentBytes, root, startWasl } from './support/server.ts';
import { megabytes, say, table } from './support/table.ts';

/** What stands in a working copy besides its sources. */
const leftOut = new Set(['.git', 'node_modules', 'dist', 'data', 'test']);

/** A checkout as it is after `npm ci`: sources and packages, nothing built. */
function freshCheckout(): string {
  const copy = mkdtempSync(join(tmpdir(), 'wasl-start-'));
  for (const name of readdirSync(root)) {
    if (!leftOut.has(name)) cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** Runs Node to its end; gives the ms that it took. */
const runToEnd = (cwd: string, args: readonly string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, args, { cwd, stdio: 'ignore' });
    child.once('close', (code) =>
      code === 0 ? resolve(performance.now() - began) : reject(new Error(`${args.join(' ')} ended with ${code}`)),
    );
  });

const bytesOf = (path: string): number =>
  statSync(path).isDirectory()
    ? readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0)
    : statSync(path).size;

/** Starts the server once, lets it be for `idleMs`, and stops it. */
async function startOnce(checkout: string, dataDirectory: string, idleMs = 0) {
  const server = startWasl(await freePort(), dataDirectory, { checkout });
  try {
    const readyMs = await server.ready;
    await wait(idleMs);
    const memory = residentBytes(server.child.pid);
    return { readyMs, memory, exitCode: await server.stop() };
  } finally {
    await server.kill();
  }
}

const seconds = (time: number): string => `${(time / 1_000).toFixed(2)} s`;

const widgetRows = (checkout: string): string[][] => {
  const folder = join(checkout, 'dist/widget');
  if (!existsSync(folder)) return [['widget', 'not built']];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => [`${name}, gzipped`, `${(gzipSync(readFileSync(join(folder, name))).length / 1024).toFixed(1)} KB`]);
};

const middle = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

/** How soon Wasl is ready, and what it takes up: `start [idle seconds]`. */
export async function run(args: readonly string[]): Promise<void> {
  const idleSeconds = Number(args[0] ?? 10);
  const checkout = freshCheckout();
  const dataDirectory = join(checkout, 'data');
  try {
    const bare = await runToEnd(checkout, ['-e', '']);
    const build = await runToEnd(checkout, ['src/web/build.ts']);
    const first = await startOnce(checkout, dataDirectory, idleSeconds * 1_000);
    const size = bytesOf(dataDirectory);
    const check = await runToEnd(checkout, ['src/web/build.ts']);
    const again = [];
    for (let start = 0; start < 3; start++) again.push(await startOnce(checkout, dataDirectory));
    const second = middle(again.map((one) => one.readyMs));
    say(
      table(
        ['start', ''],
        [
          ['bare: node -e ""', seconds(bare)],
          ['first start: build of the pages', seconds(build)],
          ['first start: empty data directory to ready', seconds(first.readyMs)],
          ['first start, both', seconds(build + first.readyMs)],
          ['later start: nothing to build, found in', seconds(check)],
          ['later start: to ready (middle of 3)', seconds(second)],
          ['later start, both', seconds(check + second)],
          [`memory when idle for ${idleSeconds} s`, `${megabytes(first.memory)} MB`],
          ['data directory after the first start', `${(size / 1024 / 1024).toFixed(1)} MB`],
          ['exit codes after SIGTERM', [first, ...again].map((one) => one.exitCode).join(' ')],
          ...widgetRows(checkout),
        ],
      ),
    );
  } finally {
    rmSync(checkout, { recursive: true, force: true });
  }
}
