import { type QueryClient, type QueryKey, useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { ApiError, ask, keepCsrfToken } from './client.ts';
import type { Permission, Session } from './shapes.ts';

export const sessionKey = ['session'] as const;

let lastAgentId: string | null = null;

async function readSession(): Promise<Session | null> {
  try {
    const session = await ask<Session>('/session');
    keepCsrfToken(session.csrfToken);
    lastAgentId = session.agent.id;
    return session;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'unauthorized') return null;
    throw error;
  }
}

/** Who is signed in; null where nobody is. */
export const useSessionQuery = () =>
  useQuery({ queryKey: sessionKey, queryFn: readSession, staleTime: Number.POSITIVE_INFINITY, retry: 1 });

/** Holds the session for the pages of the signed in: it stays what it was until they are gone, also when it has just ended. */
export const SessionContext = createContext<Session | null>(null);

/** The session of a page that is shown only to the signed in. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('this page needs a session');
  return session;
}

/** Whether the one who is signed in may do that. */
export const useMay = (): ((permission: Permission) => boolean) => {
  const { permissions } = useSession();
  return (permission) => permissions.includes(permission);
};

const isNotSession = ({ queryKey }: { queryKey: QueryKey }): boolean => queryKey[0] !== sessionKey[0];

/** Signs in. What another agent had read in this tab is forgotten; one's own is asked for anew. */
export async function signIn(client: QueryClient, email: string, password: string): Promise<void> {
  const session = await ask<Session>('/session', { method: 'POST', body: { email, password } });
  keepCsrfToken(session.csrfToken);
  if (lastAgentId !== session.agent.id) client.removeQueries({ predicate: isNotSession });
  lastAgentId = session.agent.id;
  client.setQueryData(sessionKey, session);
  await client.invalidateQueries({ predicate: isNotSession });
}

/** Ends the session; loading the page anew forgets all that was read and typed under it. */
export async function signOut(): Promise<void> {
  await ask('/session', { method: 'DELETE' }).catch(() => undefined);
  sessionStorage.clear();
  window.location.assign('/console/');
}
