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

/** Wasl as a process of its own, which can be started anew with other settings and the same data. */
export interface Wasl {
  /** Every line it prints. */
  onLine(hear: (line: string) => void): void;
  /** Resolves when it says that it is ready; rejects where it ends before. */
  start(): Promise<void>;
  /** Stops it and starts it with these settings besides those it has. */
  restart(settings: Record<string, string>): Promise<void>;
  /** It ended, and nobody had asked for it. */
  ended: Promise<number | null>;
  stop(): Promise<void>;
}

const run = (file: string, env: NodeJS.ProcessEnv, cwd: string): ChildProcess =>
  // in a group of its own: Ctrl-C is for us, and it hears of it once
  spawn(process.execPath, [join(root, file)], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });

/**
 * Runs `src/main.ts` with these settings. The working directory has no `.env`, so that none is read. `isTold`: it also logs
 * what goes well.
 */
export function createWasl(
  settings: Record<string, string>,
  directory: string,
  { isTold = false }: { isTold?: boolean } = {},
): Wasl {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => allowed.test(name)));
  const given: Record<string, string | undefined> = { LOG_LEVEL: isTold ? 'info' : 'warn', ...own, ...settings };
  const hears: ((line: string) => void)[] = [];
  const ended = Promise.withResolvers<number | null>();
  let child: ChildProcess | null = null;
  let isWanted = false;
  let restarts: Promise<unknown> = Promise.resolve();

  const start = (): Promise<void> =>
    new Promise((ready, fail) => {
      isWanted = true;
      const mine = run('src/main.ts', given, directory);
      child = mine;
      const lines = mine.stdout && createInterface({ input: mine.stdout });
      lines?.on('line', (line) => {
        for (const hear of hears) hear(line);
        if (line.startsWith('Wasl is ready')) ready();
      });
      mine.once('close', (code) => {
        fail(new Error(`Wasl ended with ${code} before it was ready`));
        if (isWanted && child === mine) ended.resolve(code);
      });
    });
  const stop = async (): Promise<void> => {
    isWanted = false;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const over = once(child, 'close');
    child.kill('SIGTERM');
    await over;
  };
  return {
    onLine: (hear) => void hears.push(hear),
    start,
    restart(more) {
      const next = restarts.then(async () => {
        await stop();
        Object.assign(given, more);
        await start();
      });
      // one after another, and a failed one does not stop the next
      restarts = next.catch(() => {});
      return next;
    },
    ended: ended.promise,
    stop,
  };
}
