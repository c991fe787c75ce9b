import { z } from 'zod';
import { askWithin, isNeverSent, unnumbered, waitAsked } from '../../src/channel/asking.ts';
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

/**
 * What a request without an answer means. Where it may have arrived, it is tried again only after a minute: until then a
 * receipt with our id may tell that it did.
 */
export function withoutAnswer(cause: unknown): SendError {
  if (isNeverSent(cause))
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
    try {
      return await askWithin(clock, { ms, signal }, ask);
    } catch (cause) {
      throw cause instanceof SendError ? cause : withoutAnswer(cause);
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
