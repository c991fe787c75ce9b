import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { digest } from '../agent/secret.ts';
import { iso } from '../clock.ts';
import { errorStatus, WaslError } from '../errors.ts';
import type { Collection } from '../store/port.ts';
import { errorBody, readableError } from './answer-error.ts';
import type { HttpDeps } from './deps.ts';

const keyedAnswer = z.object({
  id: z.string(),
  version: z.number().int(),
  requestHash: z.string(),
  /** The process that is at it. */
  owner: z.string(),
  startedAt: z.string(),
  /** The answer, readable only with the caller's credential and key; null until there is one. */
  sealed: z.string().nullable(),
  expiresAt: z.string(),
});
type KeyedAnswer = z.infer<typeof keyedAnswer>;

/** The answers given under an `Idempotency-Key`, kept for a day. */
export const keyedAnswers: Collection<KeyedAnswer> = {
  name: 'keyedAnswers',
  schema: keyedAnswer,
  indexes: [{ name: 'by-expiry', on: ['expiresAt'] }],
  expires: 'expiresAt',
};

const keepMs = 24 * 3_600_000;
/** After this long without an answer a request counts as broken off, and its repetition begins anew. */
const brokenOffMs = 60_000;

export interface Outcome {
  status: number;
  /** Undefined: no content. */
  body: unknown;
}

export interface KeyedRequest {
  /** Known to this caller alone: nobody else's key can meet it. */
  credential: string;
  method: string;
  path: string;
  idempotencyKey: string;
  /** What must be the same in a repetition. */
  content: unknown;
}

/** The id under which a request's answer is kept; also the key that its effects are written under. */
export const idOf = ({ credential, method, path, idempotencyKey }: KeyedRequest): string =>
  digest([credential, method, path, idempotencyKey].join('\u0000'));

const sealingKey = ({ credential, idempotencyKey }: KeyedRequest): Buffer =>
  Buffer.from(hkdfSync('sha256', credential, idempotencyKey, 'wasl keyed answer', 32));

/** An answer may hold a new token or a person's data: at rest it is readable only with what the caller sends. */
function seal(request: KeyedRequest, outcome: Outcome): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(request), iv);
  const bytes = Buffer.concat([cipher.update(JSON.stringify(outcome), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), bytes]).toString('base64');
}

function unseal(request: KeyedRequest, sealed: string): Outcome {
  const bytes = Buffer.from(sealed, 'base64');
  const cipher = createDecipheriv('aes-256-gcm', sealingKey(request), bytes.subarray(0, 12));
  cipher.setAuthTag(bytes.subarray(12, 28));
  const text = Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString('utf8');
  const { status, body } = JSON.parse(text) as Outcome;
  return { status, body };
}

/** Refusals are answers too and are kept; what is our fault, or passes with time, is not. */
async function outcomeOf(execute: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await execute();
  } catch (thrown) {
    const readable = readableError(thrown);
    if (!readable || ['unavailable', 'rate-limited'].includes(readable.code)) throw thrown;
    return { status: errorStatus[readable.code], body: errorBody(readable) };
  }
}

type Begun = { mine: true; version: number } | { mine: false; outcome: Outcome };
type Deps = Pick<HttpDeps, 'store' | 'clock' | 'members'>;

async function isAbandoned({ members, clock }: Deps, found: KeyedAnswer, owner: string): Promise<boolean> {
  const now = clock.now();
  if (found.expiresAt <= iso(now)) return true;
  if (found.sealed !== null) return false;
  return found.owner === owner || now - Date.parse(found.startedAt) > brokenOffMs || members.isGone(found.owner);
}

async function takeOver({ store }: Deps, found: KeyedAnswer, fresh: KeyedAnswer): Promise<Begun | null> {
  const { id, version: _, ...set } = fresh;
  const result = await store.write([{ op: 'update', in: keyedAnswers, id, expect: found.version, set }]);
  return result.ok ? { mine: true, version: found.version + 1 } : null;
}

function meet(request: KeyedRequest, found: KeyedAnswer, requestHash: string): Begun {
  if (found.requestHash !== requestHash) {
    throw new WaslError('conflict', 'This Idempotency-Key was used with another request: use a fresh key.');
  }
  if (found.sealed !== null) return { mine: false, outcome: unseal(request, found.sealed) };
  throw new WaslError('conflict', 'The request under this Idempotency-Key is still being done: ask again soon.', {
    details: { retryAfterMs: 1000 },
  });
}

async function begin(deps: Deps, request: KeyedRequest, owner: string): Promise<Begun> {
  const now = deps.clock.now();
  const document: KeyedAnswer = {
    id: idOf(request),
    version: 1,
    requestHash: digest(JSON.stringify(request.content) ?? ''),
    owner,
    startedAt: iso(now),
    sealed: null,
    expiresAt: iso(now + keepMs),
  };
  for (;;) {
    const inserted = await deps.store.write([{ op: 'insert', in: keyedAnswers, document }]);
    if (inserted.ok) return { mine: true, version: 1 };
    const found = await deps.store.get(keyedAnswers, document.id);
    if (!found) continue;
    if (!(await isAbandoned(deps, found, owner))) return meet(request, found, document.requestHash);
    const taken = await takeOver(deps, found, document);
    if (taken) return taken;
  }
}

async function runOnce(
  deps: Deps,
  request: KeyedRequest,
  owner: string,
  execute: () => Promise<Outcome>,
): Promise<Outcome & { repeated: boolean }> {
  const begun = await begin(deps, request, owner);
  if (!begun.mine) return { ...begun.outcome, repeated: true };
  const id = idOf(request);
  try {
    const outcome = await outcomeOf(execute);
    const sealed = seal(request, outcome);
    await deps.store.write([{ op: 'update', in: keyedAnswers, id, expect: begun.version, set: { sealed } }]);
    return { ...outcome, repeated: false };
  } catch (thrown) {
    await deps.store.write([{ op: 'remove', in: keyedAnswers, id, expect: begun.version }]);
    throw thrown;
  }
}

/** Runs a request once per key. */
export type Once = (request: KeyedRequest, execute: () => Promise<Outcome>) => Promise<Outcome & { repeated: boolean }>;

/**
 * Makes requests repeatable: the key is written first, then the request is done, then its answer is kept sealed for a
 * day. Repetitions at the same time wait for the first. The same key with another content is a `conflict`.
 */
export function createOnce(deps: Deps): Once {
  const running = new Map<string, Promise<unknown>>();
  return async (request, execute) => {
    const id = idOf(request);
    while (running.has(id)) await running.get(id);
    const work = runOnce(deps, request, deps.members.owner(), execute);
    running.set(
      id,
      work.catch(() => undefined),
    );
    try {
      return await work;
    } finally {
      running.delete(id);
    }
  };
}
