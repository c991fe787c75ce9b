import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import { referrals } from '../../referral/referral.ts';
import { step } from '../declare.ts';
import { note } from '../given.ts';

/** The outside body is waited for no more: its link ends, the ticket goes on. */
export const withdrawReferral = step({
  name: 'withdraw-referral',
  summary: 'Wait no more for the outside body: its link ends, the case goes on',
  given: z.strictObject({ note }),
  take({ ticket }, _by, given) {
    const { referralId } = ticket;
    if (referralId === null) throw new WaslError('not-allowed', 'The ticket waits for no outside body: resume it.');
    const noted = given.note === undefined ? [] : [{ kind: 'noted' as const, text: given.note.trim() }];
    return {
      changes: [{ kind: 'referral-ended', referralId, why: 'withdrawn' }, ...noted],
      ops: [
        {
          op: 'update',
          in: referrals,
          id: referralId,
          when: { state: 'waiting' },
          set: { state: 'withdrawn', nextAt: null, mailAt: null },
        },
      ],
    };
  },
});
