import type { InboxState, Log } from '../../../src/channel/channel.ts';
import { pause } from '../../../src/channel/wait.ts';
import type { EmailSettings } from '../settings.ts';
import { type Connection, type ConnectionDeps, ConnectionLost, openConnection } from './connection.ts';
import { createSuspects } from './fetch-mails.ts';
import { createFileHandled } from './file-handled.ts';
import type { Notes } from './folder-notes.ts';
import { readFolder, type SessionDeps } from './folder-session.ts';
import type { RawMail } from './raw-mail.ts';
import { createInsist, pauseOrStop } from './retry.ts';
import { pauseBefore } from './timing.ts';
import { explainTrouble, type Trouble } from './trouble.ts';

export interface FolderReaderDeps extends ConnectionDeps {
  settings: EmailSettings;
  log: Log;
  notes: Notes;
  take(batch: readonly RawMail[]): Promise<readonly boolean[]>;
}

/** Reads one folder for as long as it is not stopped. */
export interface FolderReader {
  state(): { state: InboxState; reason: string | null };
  /** Begins; resolves once the first attempt to connect has ended, well or not. */
  start(): Promise<void>;
  /** Ends after the batch in hand. Resolves when nothing runs any more. */
  stop(): Promise<void>;
}

const keyOf = (folder: string, { settings }: FolderReaderDeps): string =>
  `${settings.imap.host} ${settings.address} ${folder}`;

type State = ReturnType<FolderReader['state']>;

/** Where a reader stands: what people see, and what carries over from one connection to the next. */
function createStanding(folder: string, deps: FolderReaderDeps) {
  const { clock, timing, log, settings } = deps;
  let current: State = { state: 'starting', reason: null };
  let failures = 0;
  let wasSlow = false;
  let leftTriedAt = Number.NEGATIVE_INFINITY;
  return {
    now: (): State => current,
    opened(): void {
      if (current.reason) log.info({ folder }, 'the mailbox is read again');
      current = { state: 'connected', reason: null };
    },
    caughtUp(): void {
      failures = 0;
    },
    held(reason: string | null): void {
      if (current.state === 'connected') current = { state: 'connected', reason };
    },
    isLeftDue(): boolean {
      if (clock.now() - leftTriedAt < timing.leftMs) return false;
      leftTriedAt = clock.now();
      return true;
    },
    /** Takes note of a trouble; gives how long to wait. */
    failed(error: unknown): Trouble & { waitMs: number } {
      const trouble = explainTrouble(error, settings.imap);
      if (current.reason !== trouble.reason) log.warn({ folder, reason: trouble.reason }, 'the mailbox cannot be read');
      current = { state: trouble.state, reason: trouble.reason };
      failures = trouble.slow === wasSlow ? failures + 1 : 1;
      wasSlow = trouble.slow;
      const bounds = trouble.slow ? timing.slowRetryMs : timing.retryMs;
      return { ...trouble, waitMs: pauseBefore(failures, bounds, keyOf(folder, deps)) };
    },
    stopped(): void {
      current = { state: 'stopped', reason: null };
    },
  };
}

type Standing = ReturnType<typeof createStanding>;

function sessionDeps(folder: string, deps: FolderReaderDeps, standing: Standing, signal: AbortSignal): SessionDeps {
  const { settings, clock, timing, log, notes, take } = deps;
  const key = keyOf(folder, deps);
  const insist = createInsist({ clock, timing, log, signal, key, held: standing.held });
  const breathe = (tries: number): Promise<void> => pauseOrStop({ clock, timing, signal, key }, tries);
  const { opened, caughtUp, isLeftDue } = standing;
  const work = { take, insist, breathe, fileHandled: createFileHandled(settings.handledFolder, log), notes };
  const bounds = { maxBytes: settings.maxBytes, firstDays: settings.firstDays, suspects: createSuspects() };
  return { ...work, ...bounds, folder, log, clock, timing, signal, opened, caughtUp, isLeftDue };
}

/** Makes the reader of one folder; does no I/O before `start`. */
export function createFolderReader(folder: string, deps: FolderReaderDeps): FolderReader {
  const stopping = new AbortController();
  const { signal } = stopping;
  const standing = createStanding(folder, deps);
  const session = sessionDeps(folder, deps, standing, signal);
  let running: Promise<void> = Promise.resolve();

  /** Reads over one connection until it ends; gives what ended it. */
  async function readOnce(onOpened: () => void, fresh: boolean): Promise<unknown> {
    let connection: Connection | null = null;
    const opened = (): void => {
      standing.opened();
      onOpened();
    };
    try {
      connection = await openConnection(deps, signal, fresh);
      await readFolder(connection, { ...session, opened });
      return null;
    } catch (error) {
      const bare = error instanceof ConnectionLost && !error.cause;
      return bare && connection ? new ConnectionLost(await connection.gone) : error;
    } finally {
      await connection?.close();
    }
  }

  async function run(onFirst: () => void): Promise<void> {
    let fresh = false;
    while (!signal.aborted) {
      const error = await readOnce(onFirst, fresh);
      if (signal.aborted) break;
      const { state, waitMs } = standing.failed(error);
      onFirst();
      fresh = state === 'bad-credentials';
      await pause(deps.clock, waitMs, signal);
    }
    standing.stopped();
    onFirst();
  }

  return {
    state: standing.now,
    start() {
      const { promise, resolve } = Promise.withResolvers<void>();
      running = run(resolve);
      return promise;
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
