import { z } from 'zod';
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

/** No connection was made, so that nothing can have been taken. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

const coded = z.object({ code: z.string() });

/** Codes of the system's errors behind a failed fetch; several where several addresses were tried. */
const codesOf = (failed: unknown): string[] => {
  const cause = failed instanceof Error ? failed.cause : undefined;
  const errors: unknown[] = cause instanceof AggregateError ? cause.errors : [cause];
  return errors.flatMap((one) => {
    const read = coded.safeParse(one);
    return read.success ? [read.data.code] : [];
  });
};

/** What a request without an answer means. */
export function withoutAnswer(title: string, failed: unknown): SendError {
  const codes = codesOf(failed);
  if (codes.length > 0 && codes.every((one) => neverSent.has(one)))
    return new SendError('unreachable', `${title} cannot be reached.`, { scope: 'inbox', retryAfterMs: 5_000 });
  return new LostAnswer(title);
}

/** `Retry-After` in seconds, at most an hour, in ms. */
const waitAsked = (headers: Headers): number | undefined => {
  const seconds = Number(headers.get('retry-after') ?? 'none');
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 3600) * 1000 : undefined;
};

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
    const late = new AbortController();
    const cancel = clock.after(answerMs, () => late.abort());
    try {
      const signal = AbortSignal.any([given, late.signal]);
      const alone = { ...headers, connection: 'close' };
      return await answerOf(await fetch(url, { ...request, headers: alone, redirect: 'error', signal }));
    } catch (failed) {
      throw withoutAnswer(title, failed);
    } finally {
      cancel();
    }
  };
}
