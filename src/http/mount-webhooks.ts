import type { Express, NextFunction, Request, Response } from 'express';
import type { Channel } from '../channel/channel.ts';
import type { ChannelWebhook, Recognised, WebhookPost } from '../channel/webhook.ts';
import { type ErrorCode, errorStatus, WaslError } from '../errors.ts';
import { StoreError } from '../store/port.ts';
import { errorBody } from './answer-error.ts';
import type { HttpDeps } from './deps.ts';

type Deps = Pick<HttpDeps, 'inboxes' | 'flow' | 'metrics' | 'log'>;
type Listener = Channel & { webhook: ChannelWebhook };

const listens = (channel: Channel): channel is Listener => channel.webhook !== undefined;

/** The open inboxes that listen on a path. */
function listenersOn({ inboxes }: Deps, path: string): Listener[] {
  const found: Listener[] = [];
  for (const channel of inboxes.channels.values())
    if (listens(channel) && channel.webhook.path === path) found.push(channel);
  return found;
}

function refuse(response: Response, code: ErrorCode, message: string): void {
  const body = JSON.stringify(errorBody(new WaslError(code, message)));
  response.writeHead(errorStatus[code], { 'Content-Type': 'application/json; charset=utf-8' }).end(body);
}

/** The whole body as it came, or null where it is longer than that; what follows is then thrown away by Node. */
function readRaw(request: Request, maxBytes: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else resolve(null);
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => {
      if (!request.complete) reject(new WaslError('invalid', 'The request ended early.'));
    });
  });
}

function answerChallenge(listeners: readonly Listener[], request: Request, response: Response): void {
  const query = new URL(request.url, 'http://localhost').searchParams;
  for (const { webhook } of listeners) {
    const answer = webhook.challenge(query);
    if (answer === null) continue;
    const [type, body] =
      typeof answer === 'string' ? ['text/plain', answer] : ['application/json', JSON.stringify(answer.json)];
    // what is echoed is nobody's page
    response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8`, 'X-Content-Type-Options': 'nosniff' });
    return void response.end(body);
  }
  refuse(response, 'forbidden', 'This is not what the provider was set up with.');
}

/** Whose a post is. */
interface Recipients {
  /** All that it speaks to, else the first whose account signed it; none where nobody's did. */
  all: Listener[];
  /** It speaks also of an account that nobody has. */
  unclaimed: boolean;
}

/** Whether some account is strange to all; for one inbox alone that is any that is strange to it. */
const hasUnclaimed = (known: readonly Recognised[]): boolean =>
  known.map(({ strangers }) => new Set(strangers)).reduce((strange, others) => strange.intersection(others)).size > 0;

function recipientsOf(listeners: readonly Listener[], post: WebhookPost): Recipients {
  const signed = listeners.flatMap((listener) => {
    const known = listener.webhook.recognise(post);
    return known ? [{ listener, known }] : [];
  });
  const mine = signed.filter(({ known }) => known.mine).map(({ listener }) => listener);
  if (mine.length === 0) return { all: signed.slice(0, 1).map(({ listener }) => listener), unclaimed: false };
  return { all: mine, unclaimed: hasUnclaimed(signed.map(({ known }) => known)) };
}

const longestOf = (listeners: readonly Listener[]): number =>
  Math.max(...listeners.map(({ webhook }) => webhook.maxBytes));

/** Keeps a post for all whose it is before it is acknowledged; what fails is the provider's to send again. */
async function takePost(deps: Deps, listeners: readonly Listener[], request: Request, response: Response) {
  const kind = listeners[0]?.kind ?? '';
  const maxBytes = longestOf(listeners);
  const announced = Number(request.headers['content-length'] ?? 0);
  const raw = announced > maxBytes ? null : await readRaw(request, maxBytes);
  if (raw === null) {
    deps.metrics.arrival(kind, 'too-large');
    return refuse(response, 'too-large', `The body is too large: at most ${maxBytes} bytes.`);
  }
  const recipients = recipientsOf(listeners, { raw, headers: request.headers, url: request.url });
  if (recipients.all.length === 0) {
    deps.metrics.arrival(kind, 'unsigned');
    return refuse(response, 'unauthorized', 'The signature is missing or not right.');
  }
  const body = raw.toString();
  // what is nobody's is looked at in one place
  const keep = ({ inboxId }: Listener, at: number) => deps.flow.arrive(inboxId, body, recipients.unclaimed && at === 0);
  await Promise.all(recipients.all.map(keep));
  response.writeHead(200, { 'Content-Length': '0' }).end();
}

function answerFailure({ metrics, log }: Deps, kind: string, error: unknown, response: Response): void {
  // whoever broke off hears nothing of this
  if (response.destroyed) return;
  metrics.arrival(kind, 'failed');
  log.error({ err: error, channel: kind }, 'a post of a provider could not be kept');
  const code = error instanceof StoreError ? 'unavailable' : 'failed';
  refuse(response, code, 'It could not be kept: send it again.');
}

const pathOf = (url: string): string => {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
};

/**
 * The door of providers that post to us: the first of all, without any parser, limit or header of the others, since a
 * provider posts as fast as it likes and counts every slow or refused answer. Nothing in a body is looked at here but
 * its signature.
 */
export function mountWebhooks(app: Express, deps: Deps): void {
  app.use((request: Request, response: Response, next: NextFunction) => {
    const { method } = request;
    if (method !== 'POST' && method !== 'GET') return next();
    const listeners = listenersOn(deps, pathOf(request.url));
    if (listeners.length === 0) return next();
    if (method === 'GET') return answerChallenge(listeners, request, response);
    takePost(deps, listeners, request, response).catch((error: unknown) =>
      answerFailure(deps, listeners[0]?.kind ?? '', error, response),
    );
  });
}
