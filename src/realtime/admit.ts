import type { Socket } from 'socket.io';
import { z } from 'zod';
import { authenticateSession, authenticateToken } from '../agent/authenticate.ts';
import type { Principal } from '../agent/principal.ts';
import type { HttpDeps } from '../http/deps.ts';
import { sessionTokenIn } from '../http/session-cookie.ts';

const handshakeAuth = z.object({ token: z.string().max(1000).optional() });

export interface Admitted {
  principal: Principal;
  /** Null where a bearer token was given. */
  sessionId: string | null;
}

type Deps = Pick<HttpDeps, 'store' | 'clock' | 'config'>;

/**
 * A browser sends its cookies along from any page, so a socket from another page is refused. Our own page is that of the
 * public address, or of the very host that the request names.
 */
export function isOwnOrigin({ origin, host }: { origin?: string; host?: string }, publicUrl: string): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  return origin === new URL(publicUrl).origin || new URL(origin).host === host;
}

/**
 * Who is on this socket, or null: a bearer token in the handshake, else the session cookie. Listening is no use of a
 * session: a console left open does not keep it alive.
 */
export async function admit(deps: Deps, { handshake }: Pick<Socket, 'handshake'>): Promise<Admitted | null> {
  const { headers } = handshake;
  if (!isOwnOrigin(headers, deps.config.publicUrl)) return null;
  const auth = handshakeAuth.safeParse(handshake.auth);
  if (auth.success && auth.data.token) {
    const principal = await authenticateToken({ ...deps, apiToken: deps.config.apiToken }, auth.data.token);
    return principal && { principal, sessionId: null };
  }
  const token = sessionTokenIn(headers.cookie);
  const found = token ? await authenticateSession(deps, token, false) : null;
  return found && { principal: found.principal, sessionId: found.sessionId };
}
