import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { ChannelDeps, ChannelRoute, Sink } from '../../src/channel/channel.ts';
import type { Language } from '../../src/language/language.ts';
import { fileTypes, maxInboundLength } from './capabilities.ts';
import { answerJson, FileRefused, maxFileBytes, readUpload } from './files.ts';
import type { Limiter } from './limits.ts';
import { readSession } from './session.ts';

export interface RouteDeps {
  host: ChannelDeps;
  inboxId: string;
  secret: Buffer;
  uploads: Limiter;
  /** The core, once the channel has started. */
  sink(): Sink | null;
}

const languageOf = (query: URLSearchParams): Language => (query.get('lang') === 'en' ? 'en' : 'ar');

/** Where a visitor's client finds a file. The token in it is the visitor's own. */
export const fileUrl = (base: string, id: string, token: string): string =>
  `${base}/web-chat/file?id=${encodeURIComponent(id)}&token=${encodeURIComponent(token)}`;

const bearer = (request: IncomingMessage): string => (request.headers.authorization ?? '').replace(/^Bearer /i, '');

const refuse = (deps: RouteDeps, response: ServerResponse, language: Language, error: FileRefused): void => {
  const values = { megabytes: Math.floor(maxFileBytes / 1024 / 1024) };
  answerJson(response, error.status, {
    error: { code: error.code, message: deps.host.text(error.message, language, values) },
  });
};

const tooLarge = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'too-large';

async function upload(deps: RouteDeps, request: IncomingMessage, response: ServerResponse, query: URLSearchParams) {
  const language = languageOf(query);
  const visitor = readSession(deps.secret, bearer(request));
  const sink = deps.sink();
  if (!visitor || !sink) {
    const message = deps.host.text('chat-error-session', language);
    return answerJson(response, 401, { error: { code: 'unauthorized', message } });
  }
  const retryAfterMs = deps.uploads.take(visitor);
  if (retryAfterMs > 0) {
    const message = deps.host.text('chat-error-flood', language);
    return answerJson(response, 429, { error: { code: 'rate-limited', message, retryAfterMs } });
  }
  try {
    const kept = await readUpload(request, async ({ name, type, from }) => {
      const at = { inboxId: deps.inboxId, address: visitor };
      const { id, bytes } = await sink.saveAttachment({ ...at, name, type, from, maxBytes: maxFileBytes });
      return { id, name, type, bytes };
    });
    answerJson(response, 201, kept);
  } catch (error) {
    if (tooLarge(error)) return refuse(deps, response, language, new FileRefused('chat-error-file-size', 413));
    if (error instanceof FileRefused) return refuse(deps, response, language, error);
    throw error;
  }
}

/** Types that a browser may show in its own tab; everything else is a download. */
const shown = /^(image\/(jpeg|png|webp|gif)|audio\/|video\/)/;

async function download(deps: RouteDeps, _request: IncomingMessage, response: ServerResponse, query: URLSearchParams) {
  const visitor = readSession(deps.secret, query.get('token'));
  const id = query.get('id') ?? '';
  const file = visitor ? await deps.sink()?.openAttachment({ inboxId: deps.inboxId, address: visitor, id }) : null;
  if (!file)
    return answerJson(response, 404, {
      error: { code: 'not-found', message: deps.host.text('chat-error-no-file', languageOf(query)) },
    });
  const place = shown.test(file.type) ? 'inline' : 'attachment';
  response.writeHead(200, {
    'content-type': file.type,
    'content-disposition': `${place}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, max-age=3600',
  });
  await pipeline(file.stream, response).catch(() => undefined);
}

async function config(deps: RouteDeps, _request: IncomingMessage, response: ServerResponse, query: URLSearchParams) {
  const view = await deps.host.publicView(languageOf(query));
  const files = { maxBytes: maxFileBytes, accept: fileTypes };
  answerJson(response, 200, { inbox: deps.inboxId, ...view, files, maxLength: maxInboundLength });
}

/** What the widget asks over HTTP: its texts, and files in and out. */
export const routes = (deps: RouteDeps): ChannelRoute[] => [
  { method: 'get', path: '/web-chat/config', auth: 'public', handle: (...at) => config(deps, ...at) },
  { method: 'post', path: '/web-chat/files', auth: 'session-token', handle: (...at) => upload(deps, ...at) },
  { method: 'get', path: '/web-chat/file', auth: 'session-token', handle: (...at) => download(deps, ...at) },
];
