import { z } from 'zod';
import { stillOutside } from '../data-asked.ts';
import { step } from '../declare.ts';
import { requireNotOutside } from '../end-referral.ts';
import { note, noted } from '../given.ts';

/** A ticket waits no more. What an outside body has is taken back first. */
export const resume = step({
  name: 'resume',
  summary: 'A ticket that waited goes on where it was',
  given: z.strictObject({ note }),
  take({ ticket }, _by, given) {
    requireNotOutside(ticket);
    return { changes: [{ kind: 'resumed', ...noted(given.note) }, ...stillOutside(ticket)] };
  },
});
