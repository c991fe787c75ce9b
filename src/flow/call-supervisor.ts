import { allIn } from '../casework/staff.ts';
import { keyed } from '../ids.ts';
import { alertOps } from './casework/alert-ops.ts';
import { readStaff } from './casework/scene-of.ts';
import type { FlowDeps } from './deps.ts';
import type { Draft } from './draft.ts';

/** Those above hear of a conversation in which somebody goes on with words that nobody has to bear (EX-07). Nobody is blocked by it. */
export async function callSupervisor(
  { store, publicUrl }: Pick<FlowDeps, 'store' | 'publicUrl'>,
  draft: Draft,
  place: number,
): Promise<void> {
  const staff = await readStaff({ store });
  const supervisors = allIn(staff, 'supervisor', { now: draft.at });
  const found = supervisors.length > 0 ? supervisors : allIn(staff, 'administrator', { now: draft.at });
  const cause = keyed(draft.causeId, place);
  const count = (draft.conversation.dialogue.warned?.times ?? 0) + 1;
  const values = { count, link: `${publicUrl}/console/conversations/${draft.conversation.id}` };
  const drafts = found.map(({ id }) => ({ kind: 'abuse' as const, agentId: id, values }));
  draft.ops.push(...alertOps(drafts, { ticketNumber: null, cause, at: draft.at }));
}
