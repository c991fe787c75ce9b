import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import { requireOwnVoice } from '../answer.ts';
import { step } from '../declare.ts';
import { note } from '../given.ts';
import type { Actor, CaseScene } from '../scene.ts';

/** The answer that waits, for somebody else than its author; administrators excepted, so that no answer waits for nobody. */
export function requireDraft({ ticket }: CaseScene, by: Actor): { text: string; byId: string | null } {
  if (ticket.draft === null) {
    throw new WaslError('not-allowed', 'No answer waits for approval.', { details: { reason: 'no-draft' } });
  }
  if (ticket.draft.byId === by.id && by.role !== 'administrator') {
    throw new WaslError('forbidden', 'Somebody else than its author decides on an answer.', {
      details: { reason: 'own-draft' },
    });
  }
  return ticket.draft;
}

/** A sensitive answer leaves (EX-09). */
export const approveReply = step({
  name: 'approve-reply',
  summary: 'Approve the answer that waits; it is sent to the person',
  given: z.strictObject({ note }),
  take(scene, by, given) {
    const { text } = requireDraft(scene, by);
    requireOwnVoice(scene.ticket);
    const remark = given.note === undefined ? [] : [{ kind: 'noted' as const, text: given.note.trim() }];
    return {
      changes: [...remark, { kind: 'replied', text }],
      news: { kind: 'answered', values: { text } },
    };
  },
});
