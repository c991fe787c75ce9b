import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import type { TicketChange } from '../../ticket/events.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import type { TicketStatus } from '../../ticket/types.ts';
import { step } from '../declare.ts';
import { note } from '../given.ts';
import { type CaseScene, careUnitOf } from '../scene.ts';
import { otherNumberOf, otherOf } from './merge.ts';

const waiting: readonly TicketStatus[] = ['pending_customer', 'pending_third_party', 'on_hold'];

/** Where it goes on: where it stood. What it waited for then, it does not wait for any more; whoever had it has it again. */
function statusAgain(scene: CaseScene, { resumesAs, departmentId }: Ticket): TicketStatus {
  const status = resumesAs ?? 'open';
  if (!waiting.includes(status)) return status;
  return departmentId === careUnitOf(scene)?.id ? 'open' : 'in_progress';
}

/** It stands by itself again; one that had its answer has it again. */
function standsAgain(scene: CaseScene, other: Ticket): TicketChange[] {
  const status = statusAgain(scene, other);
  if (status !== 'resolved') return [{ kind: 'reopened', why: 'unmerged', status }];
  return [
    { kind: 'reopened', why: 'unmerged', status: 'open' },
    { kind: 'resolved', outcome: other.outcome ?? 'done' },
  ];
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
    return {
      changes: [...numbers.map((number): TicketChange => ({ kind: 'released', number })), ...noted],
      also: [{ number: other.number, changes: standsAgain(scene, other), seen: other }],
    };
  },
});
