import { z } from 'zod';
import { acceptanceOf, referenceIn } from '../conditions.ts';
import { step } from '../declare.ts';
import { note } from '../given.ts';

/** The matter is within competence and complete (IN-12, IN-13). */
export const accept = step({
  name: 'accept',
  summary: 'Accept a case: it is within competence, and its conditions are met',
  given: z.strictObject({
    override: z.boolean().optional().meta({
      description: 'Accept it although its form or a condition is not met: for supervisors, with a note that says why.',
    }),
    note,
  }),
  other: (_given, { ticket, organisation }) => referenceIn(organisation, ticket),
  take: (scene, by, given) => ({ changes: [acceptanceOf(scene, by, given)] }),
});
