import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import { step } from '../declare.ts';
import { words } from '../given.ts';

const farthestMs = 366 * 86_400_000;

/** The day by which an answer is promised is one to come, and no slip of the pen. */
function requireToCome(expectedAt: string, now: string): string {
  const ms = Date.parse(expectedAt) - Date.parse(now);
  if (ms > 0 && ms <= farthestMs) return new Date(expectedAt).toISOString();
  throw new WaslError('invalid', 'body.expectedAt: it must be a time to come, at most a year from now.');
}

/** It takes longer (WF-17). */
export const delay = step({
  name: 'delay',
  summary: 'It takes longer: the person is told why, and when an answer may be expected',
  given: z.strictObject({
    reason: words(500).meta({ description: 'Is told to the person, unless the ticket is restricted.' }),
    expectedAt: z.iso.datetime({ offset: true }),
  }),
  take({ now }, _by, given) {
    const told = { reason: given.reason.trim(), expectedAt: requireToCome(given.expectedAt, now) };
    return { changes: [{ kind: 'delay-told', ...told }], news: { kind: 'delayed', values: told } };
  },
});
