import { z } from 'zod';
import type { ChannelDeps } from '../../src/channel/channel.ts';
import { SendError } from '../../src/channel/send-error.ts';
import { meaningOf } from './payload/codes.ts';
import type { CloudSettings } from './settings.ts';

/** Shorter than the core's own patience, so that a sending without an answer is told from one that was refused. */
const answerMs = 25_000;

/** A refusal with what it says of the account, where it says something. */
export class Refusal extends SendError {
  readonly alarm: 'bad-credentials' | 'reconnecting' | undefined;
  /** The provider's own words, without long numbers; for the log. */
  readonly details: string | undefined;
  constructor(
    error: { code: SendError['code']; says: string; alarm?: 'bad-credentials' | 'reconnecting' },
    options: ConstructorParameters<typeof SendError>[2] & { details?: string },
  ) {
    super(error.code, error.says, options);
    this.alarm = error.alarm;
    this.details = options?.details;
  }
}

const errorAnswer = z.object({
  error: z.object({
    message: z.string().catch(''),
    code: z.number().catch(0),
    error_subcode: z.number().optional().catch(undefined),
    error_data: z.object({ details: z.string().optional() }).optional().catch(undefined),
  }),
});

const unnumbered = (text: string): string => text.replace(/\d{5,}/g, '…').slice(0, 300);

/** `Retry-After` in seconds, at most an hour, in ms. */
const waitAsked = (headers: Headers): number | undefined => {
  const seconds = Number(headers.get('retry-after') ?? 'none');
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 3600) * 1000 : undefined;
};

/** Reads an answer that is not a 2xx: what it means for a sending. Never rejects. */
export async function refusalOf(response: Response): Promise<Refusal> {
  const body = await response.json().catch(() => null);
  const read = errorAnswer.safeParse(body);
  const error = read.success ? read.data.error : undefined;
  const { status } = response;
  const meaning = meaningOf({ code: error?.code ?? -1, subcode: error?.error_subcode, status });
  const retryAfterMs = waitAsked(response.headers) ?? meaning.retryAfterMs;
  return new Refusal(meaning, {
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(meaning.scope ? { scope: meaning.scope } : {}),
    providerCode: error ? String(error.code) : `HTTP ${status}`,
    details: unnumbered(error?.error_data?.details ?? error?.message ?? ''),
  });
}

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

/**
 * What a request without an answer means. Where it may have arrived, it is tried again only after a minute: until then a
 * receipt with our id may tell that it did.
 */
export function withoutAnswer(cause: unknown): SendError {
  const codes = codesOf(cause);
  if (codes.length > 0 && codes.every((one) => neverSent.has(one)))
    return new SendError('unreachable', 'WhatsApp cannot be reached.', { cause, scope: 'inbox', retryAfterMs: 5_000 });
  return new SendError('timed-out', 'WhatsApp gave no answer; the message may have been sent.', {
    cause,
    retryAfterMs: 60_000,
  });
}

/** What is asked; a GET without body and form. */
export interface GraphRequest {
  body?: unknown;
  form?: FormData;
  signal?: AbortSignal | undefined;
  /** How long an answer may take, in ms; 25 s without it. */
  ms?: number | undefined;
}

/** The provider's interface over HTTP. Each call rejects with a `SendError`. */
export interface Graph {
  /** Gives the answer as JSON; `path` begins after the version. */
  call(path: string, request?: GraphRequest): Promise<unknown>;
  /** A file's bytes; the answer may be a redirect. */
  open(url: string, signal: AbortSignal): Promise<Response>;
}

const payloadOf = ({ body, form }: Pick<GraphRequest, 'body' | 'form'>): RequestInit => {
  if (form) return { method: 'POST', body: form };
  if (body === undefined) return { method: 'GET' };
  return { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
};

export function createGraph(settings: CloudSettings, clock: ChannelDeps['clock']): Graph {
  const authorization = `Bearer ${settings.accessToken}`;

  /** Asks and reads within the time; a body that stops in its middle is no answer either. */
  const inTime = async <T>(
    { signal, ms = answerMs }: Pick<GraphRequest, 'signal' | 'ms'>,
    ask: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    const late = new AbortController();
    const cancel = clock.after(ms, () => late.abort());
    try {
      return await ask(signal ? AbortSignal.any([signal, late.signal]) : late.signal);
    } catch (cause) {
      throw cause instanceof SendError ? cause : withoutAnswer(cause);
    } finally {
      cancel();
    }
  };

  return {
    call: (path, { signal: given, ms, ...request } = {}) =>
      inTime({ signal: given, ms }, async (signal) => {
        const { headers, ...sent } = payloadOf(request);
        const url = `${settings.baseUrl}/${path}`;
        const response = await fetch(url, {
          ...sent,
          headers: { ...headers, authorization },
          redirect: 'error',
          signal,
        });
        if (!response.ok) throw await refusalOf(response);
        return response.json();
      }),
    open: (url, given) =>
      inTime({ signal: given }, (signal) => fetch(url, { headers: { authorization }, redirect: 'manual', signal })),
  };
}
