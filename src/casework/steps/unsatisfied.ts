import { z } from 'zod';
import { step } from '../declare.ts';
import { words } from '../given.ts';
import { sendAgain } from '../send-again.ts';

/** Staff record that the person said no, as on the phone; in a chat the person says it themselves (WF-06). */
export const unsatisfied = step({
  name: 'unsatisfied',
  summary: 'The person is not satisfied: the ticket goes back, to somebody else than before',
  given: z.strictObject({ text: words(2000).meta({ description: 'What the person said.' }) }),
  take: (scene, by, { text }) => ({
    ...sendAgain(scene, text.trim(), by),
    news: { kind: 'reopened', values: {} },
  }),
});
