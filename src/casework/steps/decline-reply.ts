import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import { step } from '../declare.ts';
import { note, words } from '../given.ts';
import { alertTo } from '../hand-over.ts';
import { memberOf } from '../staff.ts';
import { requireDraft } from './approve-reply.ts';

/** A sensitive answer does not leave as it is; its author is told why (EX-09). */
export const declineReply = step({
  name: 'decline-reply',
  summary: 'Decline the answer that waits, with a reason that its author is told',
  given: z.strictObject({
    reason: words(2000).optional().meta({ description: 'In its absence the note.' }),
    note,
  }),
  take(scene, by, given) {
    const reason = (given.reason ?? given.note)?.trim();
    if (!reason) throw new WaslError('invalid', 'body.reason: say what the answer lacks; its author is told.');
    const { byId } = requireDraft(scene, by);
    const author = memberOf(scene.staff, byId);
    const values = { reason, by: by.name };
    return {
      changes: [{ kind: 'reply-declined', reason }],
      alerts: alertTo(author ? [author] : [], by, { kind: 'reply-declined', values }),
    };
  },
});
