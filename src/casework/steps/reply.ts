import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import { datesToTell, drafted, needsApproval, requireOwnVoice } from '../answer.ts';
import { step } from '../declare.ts';
import { note, words } from '../given.ts';

/** Words of the care unit to the person (WF-05); sensitive ones wait for approval (EX-09). */
export const reply = step({
  name: 'reply',
  summary: 'Answer the person of a ticket; where answers of its kind need approval it waits for that',
  given: z.strictObject({
    text: words().optional().meta({ description: 'Words to the person; in their absence the note.' }),
    note,
  }),
  take(scene, by, given) {
    const text = (given.text ?? given.note)?.trim();
    if (!text) throw new WaslError('invalid', 'body.text: write the words to the person.');
    requireOwnVoice(scene.ticket);
    if (needsApproval(scene.organisation, scene.ticket)) return drafted(scene, by, { text });
    return {
      changes: [{ kind: 'replied', text }],
      news: { kind: 'answered', values: { text, ...datesToTell(scene.ticket) } },
    };
  },
});
