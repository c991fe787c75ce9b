import { agents } from '../agent/agent.ts';
import { note } from '../agent/audit.ts';
import type { Principal } from '../agent/principal.ts';
import { inHand } from '../casework/leaving.ts';
import { WaslError } from '../errors.ts';
import { tickets } from '../ticket/ticket.ts';
import type { HttpDeps } from './deps.ts';

const inHandOf = ({ store }: HttpDeps, assigneeId: string): Promise<number> =>
  store.count(tickets, { index: 'by-assignee', where: { assigneeId, status: { in: [...inHand] } } });

async function requireHeir({ store }: HttpDeps, agentId: string, heir: string): Promise<void> {
  if (heir === 'head') return;
  const found = heir === agentId ? null : await store.get(agents, heir);
  if (found && found.disabledAt === null) return;
  throw new WaslError('invalid', 'body.handOver: write the id of an agent who works here, or "head".');
}

/** Refuses that somebody leaves with tickets in hand and says how many, unless it is said who gets them. */
export async function requireHandOver(deps: HttpDeps, agentId: string, heir: string | undefined): Promise<void> {
  if (heir !== undefined) return requireHeir(deps, agentId, heir);
  const count = await inHandOf(deps, agentId);
  if (count === 0) return;
  const sentence = `This agent has ${count} open tickets: say in "handOver" who gets them, an agent or "head".`;
  throw new WaslError('not-allowed', sentence, { details: { reason: 'open-tickets', count } });
}

/** Gives the tickets of somebody who has left to the heir. */
export async function handOver(deps: HttpDeps, by: Principal, agentId: string, heir: string): Promise<void> {
  await deps.flow.staff.handOver(agentId, heir, { id: by.id, name: by.name });
  await note(deps, by, 'agent.handed-over', { subject: agentId, fields: [heir] });
}
