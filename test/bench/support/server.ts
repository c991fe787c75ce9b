import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { storeEnv } from '../../support/store-env.ts';

export const root = join(import.meta.dirname, '..', '..', '..');

/** A port that nobody listens on right now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** A server in a process of its own. */
export interface Running {
  child: ChildProcess;
  port: number;
  /** What it wrote to its error output so far. */
  errors(): string;
  /** Resolves with the ms from its start when it says that it is ready; rejects where it ends before. */
  ready: Promise<number>;
  /** Resolves when it has ended. */
  gone: Promise<number | null>;
  kill(): Promise<void>;
  stop(): Promise<number | null>;
}

interface Start {
  /** Another copy of the repository to run from. */
  checkout?: string;
  /** Path of the program, below the repository's root. */
  program: string;
  port: number;
  env?: Record<string, string>;
  nodeArgs?: readonly string[];
  args?: readonly string[];
  /** What the line has in it by which it tells that it listens; "ready" unless told otherwise. */
  readyLine?: RegExp;
}

/** Starts a program that prints a line when it listens. */
export function startProcess(start: Start): Running {
  const { checkout = root, program, port, env = {}, nodeArgs = [], args = [], readyLine = /ready/ } = start;
  const began = performance.now();
  const child = spawn(process.execPath, [...nodeArgs, join(checkout, program), ...args], {
    cwd: checkout,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  let signal = '';
  const gone = new Promise<number | null>((resolve) =>
    child.once('close', (code, by) => {
      signal = by ?? '';
      resolve(code);
    }),
  );
  const ready = new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (readyLine.test(line)) resolve(performance.now() - began);
    });
    gone.then((code) => reject(new Error(`${program} ended with ${code ?? signal} before it was ready: ${errors}`)));
  });
  ready.catch(() => undefined);
  const end = async (by: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
    child.kill(by);
    return gone;
  };
  return {
    child,
    port,
    errors: () => errors,
    ready,
    gone,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

/**
 * The real server on a data directory of its own, without limits on how much a visitor may write. Another `program` than one
 * process of it, with its `args`: several.
 */
export const startWasl = (
  port: number,
  dataDirectory: string,
  more: Partial<Pick<Start, 'checkout' | 'nodeArgs' | 'env' | 'program' | 'args' | 'readyLine'>> = {},
): Running =>
  startProcess({
    program: 'src/main.ts',
    port,
    nodeArgs: ['--expose-gc', '--max-semi-space-size=4'],
    ...more,
    env: {
      NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'),
      MALLOC_ARENA_MAX: '2',
      ...storeEnv(dataDirectory),
      LOG_LEVEL: 'error',
      RATE_LIMITS: 'off',
      ADMIN_PASSWORD: 'a password for the bench',
      ...more.env,
    },
  });

/** Resident memory of a process in bytes, where the system tells it (Linux). */
export function residentBytes(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) * 1024;
}

/** Processor time that a process has used, in ms, where the system tells it (Linux counts in hundredths of a second). */
export function processorMs(pid: number | undefined): number {
  const after = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(after[11]) + Number(after[12])) * 10;
}
