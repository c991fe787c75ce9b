import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import { giveData } from '../data-asked.ts';
import { step } from '../declare.ts';
import { note, noted } from '../given.ts';
import type { Actor, CaseScene, StepOutcome } from '../scene.ts';

const results = ['reached', 'no-answer', 'busy', 'switched-off', 'wrong-number'] as const;

/** What was missing was told in the call. */
function givenInCall(scene: CaseScene, by: Actor, result: (typeof results)[number]): StepOutcome {
  if (result !== 'reached') {
    throw new WaslError(
      'invalid',
      'body.dataGiven: only who was reached gave something; the result is "reached" then.',
    );
  }
  if (scene.ticket.status !== 'pending_customer') {
    throw new WaslError('not-allowed', 'The ticket does not wait for its person: record the call without "dataGiven".');
  }
  return giveData(scene, null, by.id);
}

/** The person was called; each attempt is kept and counted, whatever came of it (TK-12). */
export const call = step({
  name: 'call',
  summary: 'Record a call to the person and what came of it; every attempt counts',
  given: z.strictObject({
    result: z.enum(results),
    dataGiven: z.boolean().default(false).meta({ description: 'The person told what the case waits for: it goes on.' }),
    note,
  }),
  take(scene, by, { result, dataGiven, note: told }) {
    const more = dataGiven ? givenInCall(scene, by, result) : { changes: [] };
    const first = result === 'reached' && scene.ticket.respondedAt === null ? [{ kind: 'responded' as const }] : [];
    return { ...more, changes: [{ kind: 'call-tried', result, ...noted(told) }, ...first, ...more.changes] };
  },
});
