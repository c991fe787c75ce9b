import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import { step } from '../declare.ts';
import { note, noted } from '../given.ts';

/** A ticket waits no more. What an outside body has is taken back first. */
export const resume = step({
  name: 'resume',
  summary: 'A ticket that waited goes on where it was',
  given: z.strictObject({ note }),
  take({ ticket }, _by, given) {
    if (ticket.status === 'pending_third_party' && ticket.referralId !== null) {
      throw new WaslError('not-allowed', 'An outside body has it: "withdraw-referral" first.', {
        details: { reason: 'withdraw-first' },
      });
    }
    return { changes: [{ kind: 'resumed', ...noted(given.note) }] };
  },
});
