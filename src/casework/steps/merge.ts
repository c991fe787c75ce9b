import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import { asciiDigits } from '../../language/digits.ts';
import type { TicketChange } from '../../ticket/events.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import { overStatuses } from '../../ticket/types.ts';
import { step } from '../declare.ts';
import { note } from '../given.ts';
import { maySee } from '../may-see.ts';
import type { Actor, CaseScene } from '../scene.ts';

const given = z.strictObject({
  otherNumber: z.string().min(1).max(40).meta({ description: 'The ticket that becomes part of this one.' }),
  note,
});

/** The number of the other ticket, in whatever digits it was written. */
export const otherNumberOf = ({ otherNumber }: { otherNumber: string }): string => asciiDigits(otherNumber).trim();

/** The other ticket, where whoever asks may know that there is one. */
export function otherOf({ other }: CaseScene, by: Actor): Ticket {
  if (other && maySee(by, other)) return other;
  throw new WaslError('not-found', 'body.otherNumber: there is no such ticket.');
}

const refuse = (sentence: string): never => {
  throw new WaslError('not-allowed', sentence);
};

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id));

/** Whether exactly the same people may know of both, but for who has them. */
const standAlike = (one: Ticket, other: Ticket): boolean =>
  one.restricted === other.restricted &&
  sameSet(one.hiddenFrom, other.hiddenFrom) &&
  sameSet(one.visibleTo, other.visibleTo);

function requireMergeable(ticket: Ticket, other: Ticket): void {
  if (other.number === ticket.number) refuse('A ticket cannot become part of itself.');
  if (ticket.mergedInto !== null) refuse(`This ticket is part of ${ticket.mergedInto}: merge into that one.`);
  if (other.mergedInto !== null) refuse(`The other ticket is part of ${other.mergedInto} already.`);
  if (overStatuses.includes(other.status)) refuse(`The other ticket is ${other.status}: what is over is not merged.`);
  if (other.referralId !== null) refuse('The other ticket is with an outside body: withdraw the referral first.');
  if (!standAlike(ticket, other))
    refuse('One of the two is kept from people or restricted, the other not so: restrict both alike first.');
}

function requireTheirs(ticket: Ticket, other: Ticket, { role }: Actor): void {
  if (other.contactId === ticket.contactId || role === 'supervisor' || role === 'administrator') return;
  const sentence = 'The two tickets are of different people: a supervisor may merge what is one matter.';
  throw new WaslError('forbidden', sentence, { details: { reason: 'different-people' } });
}

/**
 * The other ticket becomes part of this one (EX-06): it ends without a word of its own, and what it took in before belongs
 * here too. The person hears of it once, where both were theirs.
 */
export const merge = step({
  name: 'merge',
  summary: 'Merge another ticket of the same matter into this one; its person hears of it once',
  given,
  other: otherNumberOf,
  take(scene, by, { note: remark }) {
    const { ticket } = scene;
    const other = otherOf(scene, by);
    requireMergeable(ticket, other);
    requireTheirs(ticket, other, by);
    const taken = [other.number, ...other.absorbed].map((number): TicketChange => ({ kind: 'absorbed', number }));
    const noted: TicketChange[] = remark === undefined ? [] : [{ kind: 'noted', text: remark.trim() }];
    return {
      changes: [...taken, ...noted],
      also: [{ number: other.number, changes: [{ kind: 'merged', into: ticket.number }], seen: other }],
      news: other.contactId === ticket.contactId ? { kind: 'merged', values: { other: other.number } } : null,
    };
  },
});
