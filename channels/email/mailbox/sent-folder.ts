import type { ImapFlow } from 'imapflow';
import type { Log } from '../../../src/channel/channel.ts';
import type { EmailSettings } from '../settings.ts';
import { appendSent, findSentFolder, type SentMail } from './append-sent.ts';
import { type Connection, type ConnectionDeps, openConnection } from './connection.ts';
import { pause } from './pause.ts';
import { pauseBefore } from './timing.ts';
import { explainTrouble } from './trouble.ts';

export interface SentFolderDeps extends ConnectionDeps {
  settings: EmailSettings;
  log: Log;
}

/** Files what was sent, over a connection of its own that is open only while there is work. */
export interface SentFolder {
  file(raw: Uint8Array): void;
  /** Files what can be filed over the open connection, then ends. */
  stop(): Promise<void>;
}

const most = 1000;
const mostRefusals = 3;

/** Makes the filing of sent mails; does no I/O before the first mail. */
export function createSentFolder(deps: SentFolderDeps): SentFolder {
  const { settings, clock, timing, log } = deps;
  const waiting: SentMail[] = [];
  const stopping = new AbortController();
  /** Some time after `stopping`, so that what waits can still be filed if the server answers. */
  const ending = new AbortController();
  let more = new AbortController();
  let working: Promise<void> | null = null;
  let failures = 0;

  async function fileOne(client: ImapFlow, folder: string, mail: SentMail): Promise<void> {
    try {
      await appendSent(client, folder, mail);
      waiting.shift();
      failures = 0;
    } catch (error) {
      if (client.usable && mail.tries >= mostRefusals) {
        waiting.shift();
        const { reason } = explainTrouble(error, settings.imap);
        log.error({ reason }, 'a sent mail is not filed: the mail server refuses it');
      }
      throw error;
    }
  }

  async function fileOver({ client }: Connection): Promise<void> {
    const folder = await findSentFolder(client, settings.sentFolder ?? 'auto');
    while (waiting.length > 0) {
      for (let mail = waiting[0]; mail; mail = waiting[0]) await fileOne(client, folder, mail);
      more = new AbortController();
      await pause(clock, timing.sentIdleMs, AbortSignal.any([more.signal, stopping.signal]));
    }
  }

  async function fileAll(): Promise<void> {
    let connection: Connection | null = null;
    try {
      connection = await openConnection(deps, ending.signal);
      await fileOver(connection);
    } finally {
      await connection?.close();
    }
  }

  async function recover(error: unknown): Promise<void> {
    failures += 1;
    const { reason, slow } = explainTrouble(error, settings.imap);
    if (failures === 1) log.warn({ reason }, 'sent mails cannot be filed at the moment, it is tried again');
    const bounds = slow ? timing.slowRetryMs : timing.retryMs;
    await pause(clock, pauseBefore(failures, bounds, settings.address), stopping.signal);
  }

  async function work(): Promise<void> {
    do await fileAll().catch(recover);
    while (waiting.length > 0 && !stopping.signal.aborted);
    if (waiting.length > 0) log.warn({ mails: waiting.length }, 'sent mails were not filed before the end');
    working = null;
  }

  return {
    file(raw) {
      if (settings.sentFolder === null || stopping.signal.aborted) return;
      if (waiting.length >= most) {
        log.error({ waiting: most }, 'a sent mail is not filed: too many wait for the mail server');
        return;
      }
      waiting.push({ raw, tries: 0 });
      more.abort();
      working ??= work();
    },
    async stop() {
      stopping.abort();
      const cancel = clock.after(timing.stopMs / 2, () => ending.abort());
      await working;
      cancel();
    },
  };
}
