import type { Ids } from '../ids.ts';
import type { Store } from '../store/port.ts';
import { agents } from './agent.ts';
import { createAgent } from './change-agents.ts';
import { makePassword } from './password.ts';

/** The first administrator's name until somebody gives a better one: of a role, not of a person. */
export const unnamed = 'Administrator';

/**
 * Gives an empty store its first administrator. With agents already there nothing is done and the first one's address
 * is given. `generatedPassword` is set only where it was made now: it is to be shown once. `now` in ms.
 */
export async function ensureAdministrator(
  store: Store,
  first: { email: string; password?: string | undefined; ids: Ids; now: number },
): Promise<{ email: string; generatedPassword?: string }> {
  const { items } = await store.find(agents, { index: 'by-created', limit: 1 });
  if (items[0]) return { email: items[0].email };
  const password = first.password ?? makePassword();
  const { email } = await createAgent(
    { store, ids: first.ids, now: first.now },
    { email: first.email, name: unnamed, role: 'administrator', departments: [], password },
  );
  return first.password === undefined ? { email, generatedPassword: password } : { email };
}
