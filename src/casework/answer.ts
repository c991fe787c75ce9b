import { WaslError } from '../errors.ts';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import type { TicketChange } from '../ticket/events.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { alertTo, headFor, thoseAbove } from './hand-over.ts';
import { maySee } from './may-see.ts';
import { type Actor, type CaseScene, departmentOf, type StepOutcome } from './scene.ts';

/** Whether words to the person wait for somebody's approval before they leave (EX-09). */
export const needsApproval = (
  { casework: { approval } }: Pick<OrganisationSnapshot, 'casework'>,
  { type, restricted }: Pick<Ticket, 'type' | 'restricted'>,
): boolean => approval.types.includes(type) || (approval.restricted && restricted);

/** What was merged into another ticket is answered there, so that the person hears once (EX-06). */
export function requireOwnVoice({ mergedInto }: Pick<Ticket, 'mergedInto'>): void {
  if (mergedInto === null) return;
  throw new WaslError('not-allowed', `This ticket was merged into ${mergedInto}: take the step there.`, {
    details: { reason: 'merged', into: mergedInto },
  });
}

/** An answer that is written and waits: those above and the head are told, not whoever wrote it. */
export function drafted(scene: CaseScene, by: Actor, text: string): StepOutcome {
  const department = departmentOf(scene, scene.ticket.departmentId);
  const head = department && headFor(scene, department, scene.ticket.hiddenFrom);
  const approvers = [...thoseAbove(scene), ...(head && maySee(head, scene.ticket) ? [head] : [])];
  return {
    changes: [{ kind: 'reply-drafted', text }],
    alerts: alertTo(approvers, by, { kind: 'approval-wanted', values: { by: by.name } }),
  };
}

/** The person has been answered since the department last answered. */
export const isAnswered = ({ reply, answer }: Pick<Ticket, 'reply' | 'answer'>): boolean =>
  reply !== null && (answer === null || reply.at >= answer.at);

/** Nothing ends while an answer to the person waits for approval: it would never be sent. Throws `not-allowed`. */
export function requireNoDraft({ draft }: Pick<Ticket, 'draft'>): void {
  if (draft === null) return;
  throw new WaslError('not-allowed', 'An answer to the person waits for approval: approve or decline it first.', {
    details: { reason: 'answer-waits' },
  });
}

/** Whether the ticket may end with what the person was told: not where a department had it and they were not answered since (WF-05, WF-11). */
export function requireAnswered({ ticket }: Pick<CaseScene, 'ticket'>): void {
  requireNoDraft(ticket);
  if (ticket.routedAt === null || isAnswered(ticket)) return;
  throw new WaslError(
    'not-allowed',
    'The person has not been answered since the department had it: give "text" to "resolve", or "reply" first.',
    { details: { reason: 'answer-missing' } },
  );
}

/** For which department a ticket counts when it is closed: the one that answered, else where it belongs (TK-07). */
export const creditFor = ({ answer, departmentId }: Pick<Ticket, 'answer' | 'departmentId'>): string =>
  answer?.departmentId ?? departmentId;

/** The changes that close a ticket by staff. */
export const closedByStaff = (ticket: Ticket, facts: { outcome?: Ticket['outcome']; note?: string }): TicketChange => ({
  kind: 'closed',
  how: 'staff',
  creditedTo: creditFor(ticket),
  ...(facts.outcome ? { outcome: facts.outcome } : {}),
  ...(facts.note === undefined ? {} : { note: facts.note }),
});
