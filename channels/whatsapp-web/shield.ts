import type { ChannelDeps } from '../../src/channel/channel.ts';
import { sayable } from './log-safely.ts';

const theirFiles = /[\\/]node_modules[\\/](whatsapp-web\.js|puppeteer|puppeteer-core)[\\/]/;
/** What the library throws as plain text, where nobody can catch it. */
const theirWords: ReadonlySet<unknown> = new Set(['auth timeout', 'ready timeout']);

const isTheirs = (reason: unknown): boolean =>
  reason instanceof Error ? theirFiles.test(reason.stack ?? '') : theirWords.has(reason);

/**
 * Keeps a promise that the library or its driver of the browser let go of from ending the process: it is logged, and the
 * watchdogs find out what it broke. Any other such promise ends the process as before. Gives what takes the shield away.
 */
export function shieldProcess(log: ChannelDeps['log'], inboxId: string): () => void {
  const hear = (reason: unknown): void => {
    if (!isTheirs(reason)) throw reason;
    log.error({ inboxId, error: sayable(reason) }, 'the library for WhatsApp Web failed where nobody could hear it');
  };
  process.on('unhandledRejection', hear);
  return () => void process.off('unhandledRejection', hear);
}
