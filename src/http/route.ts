import type { Readable } from 'node:stream';
import type { ZodObject, ZodType, z } from 'zod';
import type { Principal } from '../agent/principal.ts';
import type { Permission } from '../agent/roles.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** A file that came with a multipart request: its bytes are a blob of the store already. */
export interface Upload {
  blobId: string;
  name: string;
  type: string;
  bytes: number;
  sha256: string;
}

/** A file as an answer: always a download, never shown in place. */
export interface Download {
  name: string;
  type: string;
  /** Null where that shows only at the end. */
  bytes: number | null;
  stream: Readable;
}

/** A page as an answer: somebody else's HTML, to be shown in a frame where it can do nothing. */
export interface StrangePage {
  html: string;
}

/** What a handler is given: checked parameters and who asks. */
export interface RouteRequest<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  /** Signed in and allowed; on a public route a stand-in without rights. */
  by: Principal;
  /** Unique to this request, or to all repetitions under one `Idempotency-Key`. */
  key: string;
  /** The caller's network address. */
  address: string;
  /** The token in the session cookie, where there is one. */
  sessionToken: string | null;
  /** Sets a response header. */
  header(name: string, value: string): void;
}

// biome-ignore lint/suspicious/noExplicitAny: a table holds routes of different shapes
export type AnyRoute = Route<any, any, any, any>;

/**
 * One route of the API, said once: from it come the Express handler, the check of every input (unknown fields are
 * refused), the roles, the OpenAPI document and the line in the surface test.
 */
export interface Route<
  Params extends ZodObject = ZodObject,
  Query extends ZodObject = ZodObject,
  Body extends ZodType = ZodType,
  Reply extends ZodType = ZodType,
> {
  method: Method;
  /** Below `/api/v1`, with `:name` for parameters. */
  path: string;
  summary: string;
  /** Sentences for the documentation: who among the roles may, what limits there are. */
  details?: string;
  tag: string;
  /** The permission that it needs, or `public` for no sign-in. */
  access: Permission | 'public';
  params?: Params;
  query?: Query;
  body?: Body;
  /**
   * The most bytes that its JSON body may have; absent: 1 MB. Bodies that may be larger are read and handled one at a time,
   * so that several at once cannot take all memory.
   */
  bodyLimit?: number;
  /** The request is multipart with one file, given to the handler as an `Upload`. */
  upload?: boolean;
  /** What it answers with; absent: 204 and no content; `file`: a download; `page`: HTML of somebody else's. */
  reply?: Reply | 'file' | 'page';
  /** Default 200, or 204 without a reply. */
  status?: 200 | 201;
  /** False where repeating is harmless by itself and nothing may be kept: `Idempotency-Key` is then not looked at. */
  idempotent?: boolean;
  handle(request: RouteRequest<z.output<Params>, z.output<Query>, z.output<Body>>): Promise<unknown>;
}

type Replying<Reply extends ZodType> = { reply: Reply; status?: 200 | 201 };

/** Declares a route that answers JSON. The handler's result is held to the schema of the reply by its type. */
export function route<
  Reply extends ZodType,
  Params extends ZodObject = ZodObject<Record<never, never>>,
  Query extends ZodObject = ZodObject<Record<never, never>>,
  Body extends ZodType = ZodType<undefined>,
>(
  declared: Omit<Route<Params, Query, Body, Reply>, 'reply' | 'handle' | 'status'> &
    Replying<Reply> & {
      handle(request: RouteRequest<z.output<Params>, z.output<Query>, z.output<Body>>): Promise<z.input<Reply>>;
    },
): Route<Params, Query, Body, Reply> {
  return declared;
}

/** Declares a route that answers 204 without content. */
export function silentRoute<
  Params extends ZodObject = ZodObject<Record<never, never>>,
  Query extends ZodObject = ZodObject<Record<never, never>>,
  Body extends ZodType = ZodType<undefined>,
>(
  declared: Omit<Route<Params, Query, Body>, 'reply' | 'handle' | 'status'> & {
    handle(request: RouteRequest<z.output<Params>, z.output<Query>, z.output<Body>>): Promise<void>;
  },
): Route<Params, Query, Body> {
  return declared;
}

/** Declares a route that answers with a file to be saved. */
export function fileRoute<Params extends ZodObject>(
  declared: Omit<Route<Params>, 'reply' | 'handle' | 'status'> & {
    handle(request: RouteRequest<z.output<Params>, unknown, unknown>): Promise<Download>;
  },
): Route<Params> {
  return { ...declared, reply: 'file' };
}

/** Declares a route that answers with a page whose HTML came from outside. */
export function pageRoute<Params extends ZodObject>(
  declared: Omit<Route<Params>, 'reply' | 'handle' | 'status'> & {
    handle(request: RouteRequest<z.output<Params>, unknown, unknown>): Promise<StrangePage>;
  },
): Route<Params> {
  return { ...declared, reply: 'page' };
}
