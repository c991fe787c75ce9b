import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import { step } from '../declare.ts';
import { note, noted } from '../given.ts';

/** A ticket waits, for a reason that the organisation knows; whether its clock stands meanwhile goes by that (SL-05). */
export const pause = step({
  name: 'pause',
  summary: 'Put a ticket on hold for a reason of the casework setting',
  given: z.strictObject({ reason: z.string().max(100).default('other'), note }),
  take({ organisation: { casework } }, _by, given) {
    const reason = casework.pauses.find(({ id }) => id === given.reason);
    if (!reason) {
      const known = casework.pauses.map(({ id }) => id).join(', ');
      throw new WaslError('invalid', `body.reason: there is no such reason to wait. Known: ${known}.`);
    }
    const { id, status, stops } = reason;
    return { changes: [{ kind: 'paused', reason: id, status, stops, ...noted(given.note) }] };
  },
});
