import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import { askPerson } from '../data-asked.ts';
import { step } from '../declare.ts';
import { formFor } from '../forms.ts';
import { words } from '../given.ts';
import { isWithCare } from '../path.ts';
import type { CaseScene } from '../scene.ts';

function requireFields({ organisation, ticket }: CaseScene, fields: readonly string[]): void {
  const form = formFor(organisation, ticket).map(({ id }) => id);
  const at = fields.findIndex((one) => !form.includes(one));
  if (at < 0) return;
  const known = form.length > 0 ? `It has ${form.join(', ')}.` : 'It has none.';
  throw new WaslError('invalid', `body.fields.${at}: the form of this type and service has no such field. ${known}`);
}

/** Something is missing: the person is asked, and the ticket waits for them; asked again, with the day of closing (IN-14, IN-15). */
export const ask = step({
  name: 'ask',
  summary:
    'Ask the person for what is missing: the case waits for them; the second time they are told the day by which it is closed',
  given: z.strictObject({
    text: words(2000).meta({ description: 'What is asked; is told to the person.' }),
    fields: z
      .array(z.string().max(100))
      .max(50)
      .default([])
      .meta({ description: 'The fields of the form that are missing, by id.' }),
  }),
  take(scene, _by, given) {
    requireFields(scene, given.fields);
    const text = given.text.trim();
    const asked = askPerson(scene, { text, fields: [...new Set(given.fields)] });
    // a department asks by way of its head, who has to know what is waited for
    const noted = isWithCare(scene) ? [] : [{ kind: 'noted' as const, text, to: 'head' as const }];
    return { ...asked, changes: [...asked.changes, ...noted] };
  },
});
