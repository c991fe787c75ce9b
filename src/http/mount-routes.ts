import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response, Router } from 'express';
import { z } from 'zod';
import { WaslError } from '../errors.ts';
import { type Caller, identify, nobody, requirePermission } from './authorise.ts';
import type { HttpDeps } from './deps.ts';
import { createOnce, idOf, type KeyedRequest, type Once, type Outcome } from './once.ts';
import { createOneAtATime } from './one-at-a-time.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import { createReadJson, type ReadJson, usualLimit } from './read-body.ts';
import { createReadUpload } from './read-upload.ts';
import type { AnyRoute, Download, RouteRequest, StrangePage, Upload } from './route.ts';
import { validate } from './validate.ts';

interface Door {
  deps: HttpDeps;
  once: Once;
  readUpload: ReturnType<typeof createReadUpload>;
  readJson: ReadJson;
  oneAtATime: ReturnType<typeof createOneAtATime>;
  limits: { strangers: RateLimit; agents: RateLimit } | null;
}

/** Who asks, and for what: checked before anything of the body is read. */
interface Admitted {
  caller: Caller;
  params: unknown;
  query: unknown;
}

const nothing = z.strictObject({});
/** A stranger's address may hold many people; an agent's console asks in bursts. Both are far above honest use. */
const strangers = { burst: 120, perSecond: 4 };
const agents = { burst: 600, perSecond: 30 };

async function admit({ deps, limits }: Door, route: AnyRoute, request: Request): Promise<Caller> {
  const address = request.ip ?? '';
  if (route.access === 'public') {
    if (request.headers.authorization === undefined) limits?.strangers.take(address);
    return { principal: nobody, credential: address, sessionToken: null };
  }
  const caller = await identify(deps, request).catch((error: unknown) => {
    limits?.strangers.take(address);
    throw error;
  });
  if (caller.principal.kind === 'agent') limits?.agents.take(caller.principal.id);
  requirePermission(caller.principal, route.access);
  return caller;
}

async function readBody(door: Door, route: AnyRoute, request: Request, response: Response): Promise<unknown> {
  if (route.upload) return door.readUpload(request, response);
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  const readJson = route.bodyLimit === undefined ? door.readJson : createReadJson(route.bodyLimit);
  return validate(route.body ?? nothing, await readJson(request, response), 'body');
}

function idempotencyKeyOf(route: AnyRoute, request: Request): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined || route.method !== 'post' || route.idempotent === false) return null;
  if (typeof key === 'string' && key.length > 0 && key.length <= 255) return key;
  throw new WaslError('invalid', 'Idempotency-Key must have 1 to 255 characters.');
}

/** What must be the same in a repetition: of a file its bytes, not the blob that holds them this time. */
function contentOf(route: AnyRoute, body: unknown): unknown {
  if (!route.upload) return body;
  const { blobId: _, ...facts } = body as Upload;
  return facts;
}

async function execute(route: AnyRoute, request: RouteRequest<unknown, unknown, unknown>): Promise<Outcome> {
  const body = await route.handle(request as Parameters<AnyRoute['handle']>[0]);
  if (!route.reply) return { status: 204, body: undefined };
  return { status: route.status ?? 200, body };
}

async function answerOnce(door: Door, route: AnyRoute, keyed: KeyedRequest, run: () => Promise<Outcome>) {
  const discard = async () => {
    if (route.upload) await door.deps.store.blobs.remove((keyed.content as Upload).blobId);
  };
  try {
    const outcome = await door.once({ ...keyed, content: contentOf(route, keyed.content) }, run);
    if (outcome.repeated) await discard();
    return outcome;
  } catch (thrown) {
    await discard();
    throw thrown;
  }
}

async function sendFile(response: Response, { name, type, bytes, stream }: Download): Promise<void> {
  response.attachment(name);
  response.set({
    'Content-Type': type,
    ...(bytes === null ? {} : { 'Content-Length': String(bytes) }),
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, no-store',
  });
  await pipeline(stream, response);
}

/** Nothing runs in it, it fetches nothing, and only our own pages may frame it. */
const strangePolicy = [
  'sandbox',
  "default-src 'none'",
  "img-src data: 'self'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

function sendPage(response: Response, { html }: StrangePage): void {
  response.set({ 'Content-Security-Policy': strangePolicy, 'Cache-Control': 'private, no-store' });
  response.type('html').send(html);
}

async function send(route: AnyRoute, response: Response, { status, body }: Outcome): Promise<void> {
  if (route.reply === 'file') return sendFile(response, body as Download);
  if (route.reply === 'page') return sendPage(response, body as StrangePage);
  if (body === undefined) response.status(status).end();
  else response.status(status).json(body);
}

const proceed =
  (door: Door, route: AnyRoute, { caller, params, query }: Admitted) =>
  async (request: Request, response: Response): Promise<void> => {
    const idempotencyKey = idempotencyKeyOf(route, request);
    const body = await readBody(door, route, request, response);
    const run = (key: string) =>
      execute(route, {
        params,
        query,
        body,
        by: caller.principal,
        key,
        address: request.ip ?? '',
        sessionToken: caller.sessionToken,
        header: (name, value) => response.setHeader(name, value),
      });
    if (idempotencyKey === null) return send(route, response, await run(door.deps.ids.next()));
    const path = request.originalUrl;
    const keyed = { credential: caller.credential, method: request.method, path, idempotencyKey, content: body };
    const outcome = await answerOnce(door, route, keyed, () => run(idOf(keyed)));
    if (outcome.repeated) response.set('Idempotency-Replayed', 'true');
    await send(route, response, outcome);
  };

const handlerOf =
  (door: Door, route: AnyRoute, base: string): RequestHandler =>
  async (request, response) => {
    response.locals.route = base + route.path;
    const caller = await admit(door, route, request);
    const params = validate(route.params ?? nothing, request.params, 'path');
    const query = validate(route.query ?? nothing, request.query, 'query');
    const handle = () => proceed(door, route, { caller, params, query })(request, response);
    await (route.bodyLimit === undefined ? handle() : door.oneAtATime(handle));
  };

function limitsOf({ clock, peers }: HttpDeps): NonNullable<Door['limits']> {
  const shared = (name: string) => (peers ? { name: `requests:${name}`, peers } : undefined);
  return {
    strangers: createRateLimit({ ...strangers, clock, shared: shared('strangers') }),
    agents: createRateLimit({ ...agents, clock, shared: shared('agents') }),
  };
}

/** Puts declared routes on a router whose own path is `base`. */
export function mountRoutes(router: Router, routes: readonly AnyRoute[], base: string, deps: HttpDeps): void {
  const door: Door = {
    deps,
    once: createOnce(deps),
    readUpload: createReadUpload(deps),
    readJson: createReadJson(usualLimit),
    oneAtATime: createOneAtATime(),
    limits: deps.config.rateLimits ? limitsOf(deps) : null,
  };
  for (const route of routes) router[route.method](route.path, handlerOf(door, route, base));
}
