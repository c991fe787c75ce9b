import type { ErrorCode } from '../../../errors.ts';

/** Where the API stands. */
export const base = '/api/v1';
const patienceMs = 20_000;

/** What the API, or the way to it, refused. `offline` never reached the server or got no answer in time. */
export class ApiError extends Error {
  readonly code: ErrorCode | 'offline';
  readonly details: unknown;
  constructor(code: ErrorCode | 'offline', message: string, details?: unknown) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.details = details;
  }
}

let csrfToken: string | null = null;

/** The token that every change of a cookie session must carry. */
export const keepCsrfToken = (token: string | null): void => {
  csrfToken = token;
};

let tellEnded = (): void => undefined;

/** Calls back whenever a request is refused because the session has ended. */
export const onSessionEnd = (listener: () => void): void => {
  tellEnded = listener;
};

type Fields = Readonly<Record<string, string | number | null | undefined>>;

interface Asked {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  query?: Fields;
  body?: unknown;
  /** Makes a repeated request harmless: the same key is done once. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const queryOf = (fields: Fields): string => {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
};

const codeOfStatus = (status: number): ErrorCode => {
  if (status === 401) return 'unauthorized';
  if (status === 413) return 'too-large';
  return status === 429 ? 'rate-limited' : status >= 502 && status <= 504 ? 'unavailable' : 'failed';
};

function errorOf(status: number, body: unknown): ApiError {
  const error = isObject(body) && isObject(body.error) ? body.error : {};
  const code = typeof error.code === 'string' ? (error.code as ErrorCode) : codeOfStatus(status);
  return new ApiError(code, typeof error.message === 'string' ? error.message : `HTTP ${status}`, error.details);
}

/** What every change of a cookie session carries besides its body. */
export const changeHeaders = (): Record<string, string> => (csrfToken ? { 'x-csrf-token': csrfToken } : {});

const headersOf = ({ method, body, idempotencyKey }: Asked): Record<string, string> => ({
  accept: 'application/json',
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  ...(method && method !== 'GET' ? changeHeaders() : {}),
  ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
});

async function send(path: string, asked: Asked): Promise<Response> {
  const timeout = AbortSignal.timeout(patienceMs);
  const signal = asked.signal ? AbortSignal.any([asked.signal, timeout]) : timeout;
  try {
    return await fetch(base + path + queryOf(asked.query ?? {}), {
      method: asked.method ?? 'GET',
      headers: headersOf(asked),
      body: asked.body === undefined ? undefined : JSON.stringify(asked.body),
      credentials: 'same-origin',
      signal,
    });
  } catch (error) {
    if (asked.signal?.aborted) throw error;
    throw new ApiError('offline', error instanceof Error ? error.message : 'no answer');
  }
}

/** What an answer holds; throws `ApiError` where it is a refusal, and tells when the session has ended. */
export function bodyOf<T>(status: number, body: unknown): T {
  if (status === 401) tellEnded();
  if (status < 200 || status > 299) throw errorOf(status, body);
  return body as T;
}

/**
 * Asks the API. The type of the answer is that of the route's own declaration (`shapes.ts`): server and console are one
 * build. Rejects with `ApiError`.
 */
export async function ask<T>(path: string, asked: Asked = {}): Promise<T> {
  const response = await send(path, asked);
  const body: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  return bodyOf<T>(response.status, body);
}

/** The object as it now is, in the refusal of a change that was made to an older one; else null. */
export const currentIn = <T>(error: unknown): T | null =>
  error instanceof ApiError && error.code === 'conflict' && isObject(error.details) && isObject(error.details.current)
    ? (error.details.current as T)
    : null;
