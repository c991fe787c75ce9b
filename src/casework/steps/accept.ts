import { z } from 'zod';
import { step } from '../declare.ts';
import { note, noted } from '../given.ts';

/** The matter is within competence and complete (IN-12, IN-13). */
export const accept = step({
  name: 'accept',
  summary: 'Accept a case: it is within competence, and its conditions are met',
  given: z.strictObject({ note }),
  take: (_scene, _by, given) => ({ changes: [{ kind: 'accepted', ...noted(given.note) }] }),
});
