import type { ChannelDeps, InboxState, Log } from '../../../src/channel/channel.ts';
import { pause } from '../../../src/channel/wait.ts';
import type { EmailSettings } from '../settings.ts';
import type { Notes } from './folder-notes.ts';
import { createFolderReader, type FolderReader } from './folder-reader.ts';
import type { RawMail } from './raw-mail.ts';
import { createSentFolder } from './sent-folder.ts';
import { type Timing, usualTiming } from './timing.ts';

export type { RawMail } from './raw-mail.ts';
export type { Timing } from './timing.ts';

export interface MailboxOptions {
  settings: EmailSettings;
  /** Gives an access token for XOAUTH2 (`createAccessToken`); without it the password is used. */
  accessToken?: (fresh?: boolean) => Promise<string>;
  log: Log;
  clock: ChannelDeps['clock'];
  /** Keeps how far each folder was read, under `mailbox:<folder>`, and what was left behind, under `mailbox:<folder>:left`. */
  notes: Notes;
  /**
   * Stores a batch of one folder, in ascending order of UID. Resolves with, for each mail, whether it is durable now (also
   * where it had been stored before); rejects when storing is impossible at the moment: then the same batch comes again.
   */
  take(batch: readonly RawMail[]): Promise<readonly boolean[]>;
  timing?: Partial<Timing>;
}

/** The mailbox of one inbox: what comes is taken once and none is lost, what was sent is filed. */
export interface Mailbox {
  /** The state of the worst folder; `reason` is a sentence where it is not well. */
  state(): { state: InboxState; reason: string | null };
  /** Resolves once the first attempt to connect has ended, well or not; at the latest after 5 s. */
  start(): Promise<void>;
  /** Ends after the batch in hand, at the latest after 5 s. May be called again. */
  stop(): Promise<void>;
  /** Files a sent mail in the folder for it, some time. Kept in memory until it is filed, at most 1000. Never rejects. */
  file(raw: Uint8Array): void;
  /** Resolves once what is sent next can be filed soon; at once where filing does not go on. Never rejects. */
  room(): Promise<void>;
}

const worstFirst: readonly InboxState[] = ['bad-credentials', 'reconnecting', 'starting', 'connected', 'stopped'];

function worst(readers: readonly FolderReader[]): { state: InboxState; reason: string | null } {
  const states = readers.map((reader) => reader.state());
  for (const state of worstFirst) {
    const alike = states.filter((one) => one.state === state);
    if (alike.length > 0) return alike.find(({ reason }) => reason) ?? { state, reason: null };
  }
  return { state: 'starting', reason: null };
}

/** A mailbox that is read over IMAP, one connection for each folder. Does no I/O before `start`. */
export function createMailbox(options: MailboxOptions): Mailbox {
  const timing = { ...usualTiming, ...options.timing };
  const { clock, settings } = options;
  const deps = { ...options, timing };
  const readers = [...new Set(settings.folders)].map((folder) => createFolderReader(folder, deps));
  const sent = createSentFolder(deps);
  let stopped: Promise<unknown> | null = null;

  const bounded = (work: Promise<unknown>, ms: number): Promise<unknown> => {
    const done = new AbortController();
    return Promise.race([work.finally(() => done.abort()), pause(clock, ms, done.signal)]);
  };

  return {
    state: () => (stopped ? { state: 'stopped', reason: null } : worst(readers)),
    async start() {
      await bounded(Promise.all(readers.map((reader) => reader.start())), timing.startMs);
    },
    async stop() {
      stopped ??= Promise.all([...readers.map((reader) => reader.stop()), sent.stop()]);
      await bounded(stopped, timing.stopMs);
    },
    file: (raw) => sent.file(raw),
    room: () => sent.room(),
  };
}
