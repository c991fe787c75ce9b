import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../..');

/**
 * What Wasl may know of the environment: none of the channels set up here, so that a rehearsal never reads a real mailbox or
 * writes to a real person.
 */
const allowed =
  /^(PATH|HOME|TMPDIR|TEMP|TMP|SystemRoot|LANG|LC_\w+|TZ|TIME_ZONE|NODE_\w+|CHROMIUM_PATH|ADMIN_\w+|LOG_LEVEL)$/;

/** A port that is free now, as near as possible to the one that is wanted. */
export async function freePort(wanted: number): Promise<number> {
  const server = createServer();
  const got = await new Promise<number | null>((resolve) => {
    server.once('error', () => resolve(null));
    server.listen(wanted, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : null);
    });
  });
  if (got === null) return freePort(0);
  server.close();
  await once(server, 'close');
  return got;
}

/** Wasl as a process of its own. */
export interface RunningWasl {
  /** Every line it prints. */
  onLine(hear: (line: string) => void): void;
  /** Resolves when it says that it is ready; rejects where it ends before. */
  ready: Promise<void>;
  ended: Promise<number | null>;
  stop(): Promise<void>;
}

const run = (file: string, env: NodeJS.ProcessEnv, cwd: string): ChildProcess =>
  // in a group of its own: Ctrl-C is for us, and it hears of it once
  spawn(process.execPath, [join(root, file)], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });

/** Starts `src/main.ts` with these settings. The working directory has no `.env`, so that none is read. */
export function startWasl(settings: Record<string, string>, directory: string): RunningWasl {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => allowed.test(name)));
  const child = run('src/main.ts', { LOG_LEVEL: 'warn', ...own, ...settings }, directory);
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const lines = child.stdout && createInterface({ input: child.stdout });
  const ready = new Promise<void>((resolve, reject) => {
    lines?.on('line', (line) => line.startsWith('Wasl is ready') && resolve());
    void ended.then((code) => reject(new Error(`Wasl ended with ${code} before it was ready`)));
  });
  ready.catch(() => {});
  return {
    onLine: (hear) => void lines?.on('line', hear),
    ready,
    ended,
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}
