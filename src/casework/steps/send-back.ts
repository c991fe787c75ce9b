import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import { step } from '../declare.ts';
import { note, words } from '../given.ts';
import { alertTo, thoseAbove, toHead } from '../hand-over.ts';
import { toldReturns } from '../loops.ts';
import { maySee } from '../may-see.ts';
import { type Actor, type AlertDraft, type CaseScene, departmentOf } from '../scene.ts';
import { allIn } from '../staff.ts';

/** What comes back from its department unfinished again and again is known to those above. */
function toldAbove(
  scene: CaseScene,
  { by, reason, except }: { by: Actor; reason: string; except: string | null },
): AlertDraft[] {
  const { staff, now, ticket } = scene;
  if (ticket.counts.sentBack + 1 < toldReturns) return [];
  const management = allIn(staff, 'management', { now, except: ticket.hiddenFrom });
  const people = [...thoseAbove(scene), ...management].filter((one) => one.id !== except && maySee(one, ticket));
  return alertTo(people, by, { kind: 'escalated', values: { reason } });
}

/** The care unit is not content with the department's answer; it counts (KP-04). */
export const sendBack = step({
  name: 'send-back',
  summary: 'Send a returned ticket back to the department that answered, with a reason',
  given: z.strictObject({
    reason: words(2000).optional().meta({ description: 'What is wrong with the answer; in its absence the note.' }),
    note,
  }),
  take(scene, by, given) {
    const reason = (given.reason ?? given.note)?.trim();
    if (!reason) throw new WaslError('invalid', 'body.reason: say what the answer lacks.');
    const department = departmentOf(scene, scene.ticket.departmentId);
    if (!department) throw new WaslError('not-allowed', 'The department of this ticket is no more: "transfer" it.');
    const alert = { kind: 'sent-back' as const, values: { reason, by: by.name } };
    const { assigneeId, alerts } = toHead(scene, { department, by, alert });
    const told = toldAbove(scene, { by, reason, except: assigneeId });
    return { changes: [{ kind: 'sent-back', reason, assigneeId }], alerts: [...alerts, ...told] };
  },
});
