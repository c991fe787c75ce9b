import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import type { Department } from '../../organisation/organisation.ts';
import { acceptingOnTheWay, referenceIn } from '../conditions.ts';
import { step } from '../declare.ts';
import { note, noted } from '../given.ts';
import { headFor, keptOut, nameOf, toHead, toNamed, workersIn } from '../hand-over.ts';
import { requireFewTransfers } from '../loops.ts';
import { isWithCare } from '../path.ts';
import { type Actor, type CaseScene, careUnitOf, departmentOf } from '../scene.ts';

const refuse = (reason: string, sentence: string): WaslError =>
  new WaslError('not-allowed', sentence, { details: { reason } });

/** A transfer leads to another department; back to the care unit leads `return` only, with an answer (WF-04). */
function requireElsewhere(scene: CaseScene, { id, careUnit }: Department): void {
  const { status, departmentId } = scene.ticket;
  const isHere = isWithCare(scene);
  if (careUnit && isHere) throw refuse('same-department', 'The care unit has this ticket already.');
  if (careUnit) throw refuse('return-it', 'It goes back to the care unit by "return", with the department’s answer.');
  if (departmentId !== id) return;
  if (!isHere) throw refuse('same-department', 'This department has the ticket already: "assign" it within it.');
  if (status === 'returned')
    throw refuse('send-it-back', 'This department has just answered: "send-back" it with a reason.');
}

/** What goes round in circles needs a reason, and after some rounds somebody above. */
function requireNoLoop({ ticket }: CaseScene, by: Actor, given: { departmentId: string; note?: string | undefined }) {
  requireFewTransfers(ticket, by);
  if (ticket.hadBy.includes(given.departmentId) && given.note === undefined) {
    const sentence =
      'Loops of transfers: this department had the ticket before. Say in "note" why it goes there again.';
    throw refuse('transfer-again', sentence);
  }
}

/** A department whose every hand is kept from the ticket cannot treat it. */
function requireSomebody(scene: CaseScene, department: Department): void {
  const isAlone = headFor(scene, department) === null && workersIn(scene, department, keptOut(scene)).length === 0;
  if (!isAlone || workersIn(scene, department, []).length === 0) return;
  const sentence =
    'Nobody of this department may handle this ticket: transfer it elsewhere, or have a supervisor decide.';
  throw refuse('nobody-there', sentence);
}

const fromOf = (scene: CaseScene): string => {
  const from = isWithCare(scene) ? careUnitOf(scene) : departmentOf(scene, scene.ticket.departmentId);
  return from ? nameOf(scene, from) : '';
};

/** The ticket goes to a department, by itself to its head (WF-02). The person is told the first time (WF-14). */
export const transfer = step({
  name: 'transfer',
  summary: 'Transfer a ticket to a department: to its head, unless somebody in it is named',
  given: z.strictObject({
    departmentId: z.string().max(100),
    assigneeId: z.string().max(200).optional().meta({ description: 'Somebody of that department; absent: its head.' }),
    note,
  }),
  other: (_given, { ticket, organisation }) => referenceIn(organisation, ticket),
  take(scene, by, given) {
    const department = departmentOf(scene, given.departmentId);
    if (!department) throw new WaslError('invalid', 'body.departmentId: there is no such department.');
    requireElsewhere(scene, department);
    requireNoLoop(scene, by, given);
    requireSomebody(scene, department);
    const accepting = acceptingOnTheWay(scene, by);
    const told = { from: fromOf(scene), by: by.name, ...noted(given.note) };
    const handing = { department, by, alert: { kind: 'transferred' as const, values: told } };
    const { assigneeId, alerts } =
      given.assigneeId === undefined ? toHead(scene, handing) : toNamed(scene, given.assigneeId, handing);
    const transferred = { kind: 'transferred' as const, departmentId: department.id, assigneeId, ...noted(given.note) };
    return {
      changes: [...accepting, transferred],
      news: scene.ticket.routedAt === null ? { kind: 'inProgress', values: {} } : null,
      alerts,
    };
  },
});
