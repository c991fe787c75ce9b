import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import type { TicketChange } from '../../ticket/events.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import { step } from '../declare.ts';
import { note } from '../given.ts';
import { otherNumberOf, otherOf } from './merge.ts';

/** Something was merged into it. Throws `not-allowed`. */
export function requireParts({ absorbed }: Pick<Ticket, 'absorbed'>): void {
  if (absorbed.length > 0) return;
  throw new WaslError('not-allowed', 'Nothing was merged into this ticket.', { details: { reason: 'no-parts' } });
}

/** A ticket that was merged into this one by mistake stands by itself again (EX-06). */
export const unmerge = step({
  name: 'unmerge',
  summary: 'Take a ticket that was merged into this one off it again: it goes on where it stood',
  given: z.strictObject({
    otherNumber: z.string().min(1).max(40).meta({ description: 'The ticket that is part of this one.' }),
    note,
  }),
  other: otherNumberOf,
  take(scene, by, { note: remark }) {
    const { ticket } = scene;
    const other = otherOf(scene, by);
    if (other.mergedInto !== ticket.number) {
      const where = other.mergedInto === null ? 'stands by itself' : `is part of ${other.mergedInto}`;
      throw new WaslError('not-allowed', `The other ticket is not part of this one: it ${where}.`);
    }
    const numbers = [other.number, ...other.absorbed].filter((number) => ticket.absorbed.includes(number));
    const noted: TicketChange[] = remark === undefined ? [] : [{ kind: 'noted', text: remark.trim() }];
    const status = other.stood?.status ?? 'open';
    return {
      changes: [...numbers.map((number): TicketChange => ({ kind: 'released', number })), ...noted],
      also: [{ number: other.number, changes: [{ kind: 'reopened', why: 'unmerged', status }], seen: other }],
    };
  },
});
