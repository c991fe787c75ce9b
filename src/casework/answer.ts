import { WaslError } from '../errors.ts';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import type { TicketChange } from '../ticket/events.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { noted } from './given.ts';
import { alertTo, headFor, thoseAbove } from './hand-over.ts';
import { maySee } from './may-see.ts';
import { type Actor, type CaseScene, departmentOf, type StepOutcome } from './scene.ts';

/** Whether words to the person wait for somebody's approval before they leave (EX-09). */
export const needsApproval = (
  { casework: { approval } }: Pick<OrganisationSnapshot, 'casework'>,
  { type, restricted }: Pick<Ticket, 'type' | 'restricted'>,
): boolean => approval.types.includes(type) || (approval.restricted && restricted);

/** What the person may tap below the question whether it is solved. */
export const solvedChoices = ['solved:yes', 'solved:no'];

/** What was merged into another ticket is answered there, so that the person hears once (EX-06). */
export function requireOwnVoice({ mergedInto }: Pick<Ticket, 'mergedInto'>): void {
  if (mergedInto === null) return;
  throw new WaslError('not-allowed', `This ticket was merged into ${mergedInto}: take the step there.`, {
    details: { reason: 'merged', into: mergedInto },
  });
}

/** An answer that is written, and what happens to the ticket once it is approved. */
export interface DraftedAnswer {
  text: string;
  resolves?: Ticket['outcome'];
  note?: string | undefined;
}

/** An answer that is written and waits, one at a time: those above and the head are told, not whoever wrote it. */
export function drafted(scene: CaseScene, by: Actor, { text, resolves, note }: DraftedAnswer): StepOutcome {
  if (scene.ticket.draft !== null) {
    throw new WaslError('not-allowed', 'An answer waits for approval already: approve or decline it first.', {
      details: { reason: 'draft-waiting' },
    });
  }
  const department = departmentOf(scene, scene.ticket.departmentId);
  const head = department && headFor(scene, department, scene.ticket.hiddenFrom);
  const approvers = [...thoseAbove(scene), ...(head && maySee(head, scene.ticket) ? [head] : [])];
  return {
    changes: [{ kind: 'reply-drafted', text, ...(resolves ? { resolves } : {}), ...noted(note) }],
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

/** When it last stopped waiting for somebody outside; null where it never did. */
const backFromOutside = ({ pauses }: Pick<Ticket, 'pauses'>): string | null =>
  pauses.findLast(({ reason }) => reason === 'third_party')?.to ?? null;

/** Whether the care unit did it all in the first contact, and as the person wished: then it needs no words of its own. */
function isFirstContact(ticket: Ticket, outcome: Ticket['outcome']): boolean {
  return ticket.routedAt === null && backFromOutside(ticket) === null && outcome !== 'not_done';
}

/**
 * Whether the ticket may end so with what the person was told (WF-05, WF-11): not without an answer where a department or a
 * body outside had it, or where it could not be done.
 */
export function requireAnswered({ ticket }: Pick<CaseScene, 'ticket'>, outcome: Ticket['outcome'] = null): void {
  requireNoDraft(ticket);
  if (isFirstContact(ticket, outcome)) return;
  const outside = backFromOutside(ticket);
  if (isAnswered(ticket) && (outside === null || (ticket.reply?.at ?? '') >= outside)) return;
  throw new WaslError(
    'not-allowed',
    'The person has not been answered: give "text" to "resolve", or "reply" first, with what came of it.',
    { details: { reason: 'answer-missing' } },
  );
}

/** The days that the department's answer names and the person was not told yet (TK-06). */
export function datesToTell({ answer, reply }: Pick<Ticket, 'answer' | 'reply'>): {
  doneOn?: string;
  visitOn?: string;
} {
  if (answer === null || isAnswered({ answer, reply })) return {};
  const { doneOn, visitOn } = answer;
  return { ...(doneOn === null ? {} : { doneOn }), ...(visitOn === null ? {} : { visitOn }) };
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
