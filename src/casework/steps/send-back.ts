import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import { step } from '../declare.ts';
import { note, words } from '../given.ts';
import { toHead } from '../hand-over.ts';
import { departmentOf } from '../scene.ts';

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
    return { changes: [{ kind: 'sent-back', reason, assigneeId }], alerts };
  },
});
