import type { Clock } from '../clock.ts';
import { WaslError } from '../errors.ts';
import type { Ids } from '../ids.ts';
import type { Store } from '../store/port.ts';
import { note } from './audit.ts';
import { changeAgent } from './change-agents.ts';
import { makePassword } from './password.ts';
import { findAgentByEmail } from './sign-in.ts';

/**
 * Gives an agent a new password and ends the agent's sessions; the password is told this once. Rejects with `not-found`
 * where nobody has the address, with `not-allowed` where the agent is disabled.
 */
export async function resetPassword(deps: { store: Store; clock: Clock; ids: Ids }, email: string): Promise<string> {
  const agent = await findAgentByEmail(deps.store, email);
  if (!agent) throw new WaslError('not-found', 'No agent has this e-mail address.');
  if (agent.disabledAt) throw new WaslError('not-allowed', 'This agent is disabled: an administrator must enable it.');
  const password = makePassword();
  await changeAgent({ store: deps.store, now: deps.clock.now() }, agent.id, agent.version, { password });
  await note(deps, null, 'agent.changed', { subject: agent.id, fields: ['password'] });
  return password;
}
