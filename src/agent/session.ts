import { z } from 'zod';
import { type Clock, iso } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { Collection, Store } from '../store/port.ts';
import { type Agent, agents } from './agent.ts';
import { digest } from './secret.ts';

export const session = z.object({
  /** The digest of the token in the cookie. */
  id: z.string(),
  version: z.number().int(),
  agentId: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
});
export type Session = z.infer<typeof session>;

export const sessions: Collection<Session> = {
  name: 'sessions',
  schema: session,
  indexes: [
    { name: 'by-agent', on: ['agentId', 'createdAt'] },
    { name: 'by-expiry', on: ['expiresAt'] },
  ],
  expires: 'expiresAt',
  feed: true,
};

/** A session ends this long after its last use. */
export const sessionMs = 12 * 3_600_000;
/** A session is written anew at most this often while it is in use. */
const renewMs = 10 * 60_000;

/** The token against forged requests that belongs to a session: derived, so that there is nothing more to keep. */
export const csrfToken = (sessionToken: string): string => digest(`csrf:${sessionToken}`);

interface Deps {
  store: Store;
  clock: Clock;
}

/** Begins a session; the token is told once and only its digest is kept. */
export async function beginSession(
  { store, clock, ids }: Deps & { ids: Ids },
  agentId: string,
): Promise<{ token: string; expiresAt: string }> {
  const token = ids.token();
  const now = clock.now();
  const expiresAt = iso(now + sessionMs);
  const document: Session = { id: digest(token), version: 1, agentId, createdAt: iso(now), expiresAt };
  await store.write([{ op: 'insert', in: sessions, document }]);
  return { token, expiresAt };
}

async function renew({ store, clock }: Deps, found: Session): Promise<Session> {
  const expiresAt = iso(clock.now() + sessionMs);
  if (Date.parse(expiresAt) - Date.parse(found.expiresAt) < renewMs) return found;
  await store.write([{ op: 'update', in: sessions, id: found.id, set: { expiresAt } }]);
  return { ...found, expiresAt };
}

/** The running session of a token and its agent, or null. Using it puts its end off, unless `renewing` is false. */
export async function findSession(
  deps: Deps,
  token: string,
  renewing = true,
): Promise<{ agent: Agent; id: string; expiresAt: string } | null> {
  const found = await deps.store.get(sessions, digest(token));
  if (!found || found.expiresAt <= iso(deps.clock.now())) return null;
  const agent = await deps.store.get(agents, found.agentId);
  if (!agent || agent.disabledAt) return null;
  const { id, expiresAt } = renewing ? await renew(deps, found) : found;
  return { agent, id, expiresAt };
}

/** Ends one session. Ending one that is not there is no error. */
export async function endSession(store: Store, token: string): Promise<void> {
  await store.write([{ op: 'remove', in: sessions, id: digest(token) }]);
}

/** Ends every session of an agent, such as after a changed password. */
export async function endSessions(store: Store, agentId: string): Promise<void> {
  for (;;) {
    const { items } = await store.find(sessions, { index: 'by-agent', where: { agentId }, limit: 100 });
    if (items.length === 0) return;
    for (const { id } of items) await store.write([{ op: 'remove', in: sessions, id }]);
  }
}
