import type { Clock } from '../clock.ts';
import type { Store } from '../store/port.ts';
import type { Agent } from './agent.ts';
import type { Principal } from './principal.ts';
import { isSame } from './secret.ts';
import { findSession } from './session.ts';
import { findToken } from './token.ts';

interface Deps {
  store: Store;
  clock: Clock;
  /** The token of the settings, which acts as an administrator. */
  apiToken?: string | undefined;
}

const settingsPrincipal: Principal = {
  kind: 'token',
  id: 'token:settings',
  name: 'API_TOKEN',
  role: 'administrator',
  departments: [],
};

export const principalOf = ({ id, name, role, departments }: Agent): Principal => ({
  kind: 'agent',
  id,
  name,
  role,
  departments,
});

/** Who holds this bearer token, or null. */
export async function authenticateToken(deps: Deps, value: string): Promise<Principal | null> {
  if (deps.apiToken && isSame(value, deps.apiToken)) return settingsPrincipal;
  const found = await findToken(deps, value);
  return found && { kind: 'token', id: `token:${found.id}`, name: found.name, role: found.role, departments: [] };
}

/** Who is signed in with this session token, or null. With `renewing` false the session's end is not put off. */
export async function authenticateSession(
  deps: Deps,
  token: string,
  renewing = true,
): Promise<{ principal: Principal; sessionId: string; expiresAt: string } | null> {
  const found = await findSession(deps, token, renewing);
  return found && { principal: principalOf(found.agent), sessionId: found.id, expiresAt: found.expiresAt };
}
