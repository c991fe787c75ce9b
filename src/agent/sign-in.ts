import type { Clock } from '../clock.ts';
import { WaslError } from '../errors.ts';
import type { Ids } from '../ids.ts';
import type { Store } from '../store/port.ts';
import { type Agent, agents, foldEmail } from './agent.ts';
import { note } from './audit.ts';
import { networkOf } from './network.ts';
import { isPassword } from './password.ts';
import { beginSession } from './session.ts';
import { countAttempt, forgetAttempts } from './sign-in-attempts.ts';

interface Deps {
  store: Store;
  clock: Clock;
  ids: Ids;
  /** Off for load tests. */
  rateLimits: boolean;
}

/** An agent by address, or null. */
export async function findAgentByEmail(store: Store, email: string): Promise<Agent | null> {
  const { items } = await store.find(agents, { index: 'by-email', where: { email: foldEmail(email) }, limit: 1 });
  return items[0] ?? null;
}

/**
 * Signs in and begins a session. Rejects with `unauthorized` in one sentence for every cause, or with `rate-limited`
 * and the time until which this account is locked from there, or the network is locked out.
 */
export async function signIn(
  deps: Deps,
  given: { email: string; password: string; address: string },
): Promise<{ agent: Agent; token: string; expiresAt: string }> {
  const email = foldEmail(given.email);
  const attempt = { account: email, network: networkOf(given.address) };
  if (deps.rateLimits) await countAttempt(deps, attempt);
  const agent = await findAgentByEmail(deps.store, email);
  const right = await isPassword(agent?.passwordHash ?? null, given.password);
  if (!agent || !right || agent.disabledAt) {
    await note(deps, null, 'session.refused', agent ? { subject: agent.id } : {});
    throw new WaslError('unauthorized', 'The e-mail address or the password is not right.');
  }
  if (deps.rateLimits) await forgetAttempts(deps.store, attempt);
  const session = await beginSession(deps, agent.id);
  await note(deps, agent, 'session.began', { subject: agent.id });
  return { agent, ...session };
}
