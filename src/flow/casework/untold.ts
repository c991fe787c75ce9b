import { whoHasIt } from '../../casework/who-has-it.ts';
import type { NoticeKind } from '../../notice/kinds.ts';
import type { Notice } from '../../notice/notice.ts';
import type { Op } from '../../store/port.ts';
import type { TicketChange } from '../../ticket/events.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import type { FlowDeps } from '../deps.ts';
import { alertOps, knowing } from './alert-ops.ts';
import { sceneOf } from './scene-of.ts';

const asking: readonly NoticeKind[] = ['asked', 'askedAgain'];
const inVain: readonly Notice['state'][] = ['failed', 'nobody'];

/** Whether a notice asks the person for what is missing. */
export const isAsking = ({ kind }: Pick<Notice, 'kind'>): boolean => asking.includes(kind);

/** Whether the person was asked for something in vain: there was no way to them, or none worked. */
export const isUntold = (notice: Pick<Notice, 'kind' | 'state'>): boolean =>
  isAsking(notice) && inVain.includes(notice.state);

/** That what was asked did not reach the person: their time does not run (TK-12). */
export const notArrived: TicketChange = { kind: 'asking-told', arrived: false };

/** Those who have the ticket are told to call the person (TK-12). `ticket` as it is after that. */
export async function untoldAlerts(
  deps: Pick<FlowDeps, 'store' | 'clock' | 'content'>,
  ticket: Ticket,
  { cause, at }: { cause: string; at: string },
): Promise<Op[]> {
  const scene = await sceneOf(deps, ticket, { cause });
  const drafts = whoHasIt(scene).map((agentId) => ({ kind: 'no-data' as const, agentId, values: { untold: true } }));
  return alertOps(await knowing(deps.store, drafts, ticket), { ticketNumber: ticket.number, cause, at });
}
