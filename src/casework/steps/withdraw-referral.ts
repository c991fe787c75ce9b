import { z } from 'zod';
import { step } from '../declare.ts';
import { endReferral, requireReferral } from '../end-referral.ts';
import { note } from '../given.ts';

/** The outside body is waited for no more: its link ends, the ticket goes on. */
export const withdrawReferral = step({
  name: 'withdraw-referral',
  summary: 'Wait no more for the outside body: its link ends, the case goes on',
  given: z.strictObject({ note }),
  take({ ticket }, _by, given) {
    requireReferral(ticket);
    const { changes, ops } = endReferral(ticket);
    const noted = given.note === undefined ? [] : [{ kind: 'noted' as const, text: given.note.trim() }];
    return { changes: [...changes, ...noted], ops };
  },
});
