import type { Request } from 'express';
import { authenticateSession, authenticateToken } from '../agent/authenticate.ts';
import type { Principal } from '../agent/principal.ts';
import { may, type Permission } from '../agent/roles.ts';
import { isSame } from '../agent/secret.ts';
import { csrfToken } from '../agent/session.ts';
import { WaslError } from '../errors.ts';
import type { HttpDeps } from './deps.ts';
import { sessionTokenIn } from './session-cookie.ts';

/** Who asks and by what; `credential` is what only they know (a token), for keys that must be theirs alone. */
export interface Caller {
  principal: Principal;
  credential: string;
  sessionToken: string | null;
}

type Deps = Pick<HttpDeps, 'store' | 'clock' | 'config'>;

/** The stand-in for a caller of a public route: nobody, with no rights. */
export const nobody: Principal = { kind: 'token', id: 'nobody', name: '', role: 'member', departments: [] };

export function bearerIn(header: string | undefined): string | null {
  const match = /^Bearer +([^\s]+) *$/i.exec(header ?? '');
  return match?.[1] ?? null;
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

function requireCsrf(request: Request, sessionToken: string): void {
  if (safe.has(request.method)) return;
  const given = request.headers['x-csrf-token'];
  if (typeof given === 'string' && isSame(given, csrfToken(sessionToken))) return;
  throw new WaslError('forbidden', 'The header X-CSRF-Token is missing or wrong: take it from GET /api/v1/session.');
}

async function callerByToken(deps: Deps, value: string): Promise<Caller> {
  const principal = await authenticateToken({ ...deps, apiToken: deps.config.apiToken }, value);
  if (!principal) throw new WaslError('unauthorized', 'The token is not valid.');
  return { principal, credential: value, sessionToken: null };
}

/**
 * Who asks: the bearer token decides where one is given, else the session cookie. Rejects with `unauthorized`, and with
 * `forbidden` where a change comes in a session without its CSRF token.
 */
export async function identify(deps: Deps, request: Request): Promise<Caller> {
  if (request.headers.authorization !== undefined) {
    return callerByToken(deps, bearerIn(request.headers.authorization) ?? '');
  }
  const token = sessionTokenIn(request.headers.cookie);
  const found = token ? await authenticateSession(deps, token) : null;
  if (!token || !found) throw new WaslError('unauthorized', 'Sign in, or send a bearer token.');
  requireCsrf(request, token);
  return { principal: found.principal, credential: token, sessionToken: token };
}

/** Rejects with `forbidden` where the role may not do this. */
export function requirePermission({ role }: Principal, permission: Permission): void {
  if (!may(role, permission)) throw new WaslError('forbidden', `The role "${role}" may not do this.`);
}
