import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import { step } from '../declare.ts';
import { day, note, words } from '../given.ts';
import { alertTo, nameOf, workersIn } from '../hand-over.ts';
import { type CaseScene, careUnitOf, departmentOf } from '../scene.ts';
import { actingFor, type StaffMember } from '../staff.ts';
import { todayOf } from '../today.ts';

interface Dates {
  doneOn?: string | undefined;
  visitOn?: string | undefined;
}

const sentences = {
  done: ['doneOn', 'say by which day it is done'],
  visit: ['visitOn', 'say on which day the visit is'],
  either: ['doneOn', 'say by which day it is done, or in visitOn on which day the visit is'],
} as const;

/** The date that the service of a ticket wants with its department's answer (TK-06). */
function requireDates({ ticket, organisation, now }: CaseScene, { doneOn, visitOn }: Dates): void {
  const today = todayOf({ organisation, now });
  for (const [field, date] of Object.entries({ doneOn, visitOn })) {
    if (date !== undefined && date < today) {
      throw new WaslError('invalid', `body.${field}: a day that has passed; write today (${today}) or later.`);
    }
  }
  const { service } = ticket;
  const rule = organisation.casework.answerDates.find(({ services }) => service !== null && services.includes(service));
  if (!rule) return;
  const has = { done: doneOn !== undefined, visit: visitOn !== undefined, either: Boolean(doneOn ?? visitOn) };
  if (has[rule.needs]) return;
  const [field, sentence] = sentences[rule.needs];
  throw new WaslError('invalid', `body.${field}: the answer of this service needs a date: ${sentence}.`);
}

/** Whoever of the care unit let it go on last, or stands in for them. */
function lastAtCare({ ticket: { careAgentId, hiddenFrom }, staff, now }: CaseScene): StaffMember[] {
  const agent = careAgentId === undefined ? null : actingFor(staff, careAgentId, now);
  return agent && !hiddenFrom.includes(agent.id) ? [agent] : [];
}

/** Those at the care unit who had the ticket; nobody where none of them is here: then its queue shows it. */
function handledAtCare(scene: CaseScene): StaffMember[] {
  const care = careUnitOf(scene);
  const { handlers, hiddenFrom } = scene.ticket;
  const assigned = care ? workersIn(scene, care, hiddenFrom).filter(({ id }) => handlers.includes(id)) : [];
  return [...assigned, ...lastAtCare(scene)];
}

/** The ticket comes back to the care unit with the department's answer, without which it does not (TK-05, WF-04). */
export const returned = step({
  name: 'return',
  summary: 'Return a ticket to the care unit with the answer of the department',
  given: z.strictObject({
    text: words().optional().meta({ description: 'The answer of the department; in its absence the note is.' }),
    doneOn: day.optional().meta({ description: 'The day by which it is done.' }),
    visitOn: day.optional().meta({ description: 'The day of the visit.' }),
    note,
  }),
  take(scene, by, given) {
    const text = (given.text ?? given.note)?.trim();
    if (!text)
      throw new WaslError('invalid', 'body.text: a ticket does not come back without the department’s answer.');
    requireDates(scene, given);
    const { doneOn = null, visitOn = null } = given;
    const department = departmentOf(scene, scene.ticket.departmentId);
    const values = { from: department ? nameOf(scene, department) : '', by: by.name };
    return {
      changes: [{ kind: 'returned', text, doneOn, visitOn }],
      alerts: alertTo(handledAtCare(scene), by, { kind: 'returned', values }),
    };
  },
});
