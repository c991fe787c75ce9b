import type { ImapFlow } from 'imapflow';
import type { Log } from '../../../src/channel/channel.ts';
import { pause } from '../../../src/channel/wait.ts';
import type { EmailSettings } from '../settings.ts';
import { appendSent, findSentFolder, type SentMail } from './append-sent.ts';
import { type Connection, type ConnectionDeps, openConnection } from './connection.ts';
import { createSentQueue, type SentQueue } from './sent-queue.ts';
import { pauseBefore } from './timing.ts';
import { explainTrouble } from './trouble.ts';

export interface SentFolderDeps extends ConnectionDeps {
  settings: EmailSettings;
  log: Log;
}

/** Files what was sent, over connections of its own that are open only while there is work. */
export interface SentFolder {
  file(raw: Uint8Array): void;
  /** Resolves once there is room for another mail; at once where filing does not go on and waiting would help nothing. */
  room(): Promise<void>;
  /** Files what can be filed over the open connections, then ends. */
  stop(): Promise<void>;
}

const mostRefusals = 3;
const mostConnections = 3;
/** So many mails wait for each connection before another one is opened. */
const perConnection = 40;

interface Filing {
  deps: SentFolderDeps;
  queue: SentQueue;
  stopping: AbortController;
  /** Some time after `stopping`, so that what waits can still be filed if the server answers. */
  ending: AbortController;
  /** Wakes the connection that stays. */
  more: AbortController;
  working: Set<Promise<void>>;
  open: number;
  failures: number;
}

async function fileOne(filing: Filing, client: ImapFlow, folder: string, mail: SentMail): Promise<void> {
  const { deps, queue } = filing;
  try {
    await appendSent(client, folder, mail);
    filing.failures = 0;
  } catch (error) {
    if (client.usable && mail.tries >= mostRefusals) {
      const { reason } = explainTrouble(error, deps.settings.imap);
      deps.log.error({ reason }, 'a sent mail is not filed: the mail server refuses it');
    } else queue.putBack(mail);
    throw error;
  } finally {
    queue.letGo();
  }
}

async function fileOver(filing: Filing, { client }: Connection, stays: boolean): Promise<void> {
  const { deps, queue, stopping } = filing;
  const folder = await findSentFolder(client, deps.settings.sentFolder ?? 'auto');
  while (queue.size() > 0) {
    for (let mail = queue.next(); mail; mail = queue.next()) await fileOne(filing, client, folder, mail);
    if (!stays) return;
    filing.more = new AbortController();
    await pause(deps.clock, deps.timing.sentIdleMs, AbortSignal.any([filing.more.signal, stopping.signal]));
  }
}

async function fileAll(filing: Filing, stays: boolean): Promise<void> {
  const connection = await openConnection(filing.deps, filing.ending.signal);
  filing.open += 1;
  try {
    await fileOver(filing, connection, stays);
  } finally {
    filing.open -= 1;
    await connection.close();
  }
}

async function recover(filing: Filing, error: unknown): Promise<void> {
  const { deps, stopping, queue } = filing;
  const { settings, timing, clock, log } = deps;
  filing.failures += 1;
  queue.letGo();
  const { reason, slow } = explainTrouble(error, settings.imap);
  if (filing.failures === 1) log.warn({ reason }, 'sent mails cannot be filed at the moment, it is tried again');
  const bounds = slow ? timing.slowRetryMs : timing.retryMs;
  await pause(clock, pauseBefore(filing.failures, bounds, settings.address), stopping.signal);
}

async function work(filing: Filing, stays: boolean): Promise<void> {
  do await fileAll(filing, stays).catch((error: unknown) => recover(filing, error));
  while (filing.queue.size() > 0 && !filing.stopping.signal.aborted);
}

/** One connection stays a while for what comes next; the others are only for a crowd. */
function hire(filing: Filing): void {
  const { queue, working, stopping } = filing;
  const wanted = Math.min(mostConnections, 1 + Math.floor(queue.size() / perConnection));
  while (working.size < wanted) {
    const one = work(filing, working.size === 0).finally(() => {
      working.delete(one);
      if (queue.size() > 0 && !stopping.signal.aborted) hire(filing);
    });
    working.add(one);
  }
}

async function stop({ deps, queue, stopping, ending, working }: Filing): Promise<void> {
  stopping.abort();
  queue.letGo();
  const cancel = deps.clock.after(deps.timing.stopMs / 2, () => ending.abort());
  await Promise.all(working);
  cancel();
  if (queue.size() > 0) deps.log.warn({ mails: queue.size() }, 'sent mails were not filed before the end');
}

/** Makes the filing of sent mails; does no I/O before the first mail. */
export function createSentFolder(deps: SentFolderDeps): SentFolder {
  const stopping = new AbortController();
  const filing: Filing = {
    deps,
    queue: createSentQueue(() => filing.open > 0 && filing.failures === 0 && !stopping.signal.aborted),
    stopping,
    ending: new AbortController(),
    more: new AbortController(),
    working: new Set(),
    open: 0,
    failures: 0,
  };
  return {
    file(raw) {
      if (deps.settings.sentFolder === null || stopping.signal.aborted) return;
      if (!filing.queue.add(raw)) {
        deps.log.error({}, 'a sent mail is not filed: too many wait for the mail server');
        return;
      }
      filing.more.abort();
      hire(filing);
    },
    room: () => filing.queue.room(),
    stop: () => stop(filing),
  };
}
