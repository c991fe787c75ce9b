import { z } from 'zod';
import { step } from '../declare.ts';
import { note, words } from '../given.ts';
import { raise } from '../raise.ts';

/** Staff raise a ticket to the next level at any time; the person hears of it where words for them are given (ES-01). */
export const escalate = step({
  name: 'escalate',
  summary: 'Raise a case to the next level of its ladder; one that is over is opened again',
  given: z.strictObject({
    text: words(2000).optional().meta({ description: 'Is told to the person; without it they are told nothing.' }),
    note,
  }),
  take(scene, by, given) {
    const { news: _news, ...raised } = raise(scene, { why: 'staff', note: given.note, by });
    const text = given.text?.trim();
    return text === undefined ? raised : { ...raised, news: { kind: 'escalated', values: { text } } };
  },
});
