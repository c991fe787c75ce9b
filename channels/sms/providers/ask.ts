import { askWithin, isNeverSent, waitAsked } from '../../../src/channel/asking.ts';
import type { ChannelDeps } from '../../../src/channel/channel.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { LostAnswer } from './provider.ts';

/** Shorter than the core's own patience, so that a sending without an answer is told from one that was refused. */
const answerMs = 25_000;

/** A request to a provider. */
export interface Question {
  method: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Its answer. */
export interface Answer {
  status: number;
  /** Undefined where it is no JSON. */
  body: unknown;
  retryAfterMs?: number;
}

/** Asks a provider. Rejects with `unreachable` where nothing can have arrived, with a `LostAnswer` where it may have. */
export type Ask = (question: Question, signal: AbortSignal) => Promise<Answer>;

/** What a request without an answer means. */
export function withoutAnswer(title: string, failed: unknown): SendError {
  if (isNeverSent(failed))
    return new SendError('unreachable', `${title} cannot be reached.`, { scope: 'inbox', retryAfterMs: 5_000 });
  return new LostAnswer(title);
}

/** What stands behind an answer as JSON; undefined where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const retryAfterMs = waitAsked(response.headers);
  const body = jsonOf(await response.text());
  return { status: response.status, body, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/**
 * Asks by HTTP. The causes of failures are not kept: they may hold addresses with a number in them. Redirects are not
 * followed, since the token would go with them. Each request has a connection of its own: one that was kept and that the
 * other side gives up meanwhile would leave open whether the message arrived.
 */
export function createAsk(title: string, clock: ChannelDeps['clock']): Ask {
  return async ({ url, headers, ...request }, given) => {
    const alone = { ...headers, connection: 'close' };
    try {
      return await askWithin(clock, { ms: answerMs, signal: given }, async (signal) =>
        answerOf(await fetch(url, { ...request, headers: alone, redirect: 'error', signal })),
      );
    } catch (failed) {
      throw withoutAnswer(title, failed);
    }
  };
}
