import { z } from 'zod';
import { step } from '../declare.ts';
import { words } from '../given.ts';

/** What was decided, such as where the person cannot be reached (TK-12). */
export const decide = step({
  name: 'decide',
  summary: 'Record what was decided on a case, such as where its person cannot be reached',
  given: z.strictObject({ text: words().meta({ description: 'The decision; only staff see it.' }) }),
  take: (_scene, _by, given) => ({ changes: [{ kind: 'decided', text: given.text.trim() }] }),
});
