import { z } from 'zod';
import { keyed } from '../ids.ts';
import type { Collection, Op } from '../store/port.ts';
import type { TicketChange } from './events.ts';
import type { Ticket } from './ticket.ts';
import type { TicketType } from './types.ts';

const matter = z.object({
  id: z.string(),
  version: z.number().int(),
  /** `service:<id>` or `person:<agent id>`. */
  subject: z.string(),
  ticketNumber: z.string(),
  at: z.string(),
  /** When it is to be looked at whether this comes again and again; null once it was. */
  lookAt: z.string().nullable(),
});
/** That a ticket speaks against a service or a person: by these it is seen what comes again and again (ES-07). */
export type Matter = z.infer<typeof matter>;

export const matters: Collection<Matter> = {
  name: 'matters',
  schema: matter,
  indexes: [
    { name: 'by-subject', on: ['subject', 'at'] },
    { name: 'by-look', on: ['lookAt'] },
  ],
};

/** The types that speak against somebody or something. */
export const againstTypes: readonly TicketType[] = ['complaint', 'report', 'objection'];

const peopleIn = (change: TicketChange): string[] =>
  change.kind === 'opened' || change.kind === 'kept' ? (change.about ?? []) : [];

const saysWhat = ({ kind }: TicketChange): boolean => kind === 'opened' || kind === 'classified';

/** The operations that mark what a ledger entry speaks against; none for all but a few. Once for each ticket and subject. */
export function mattersOf(
  changes: readonly TicketChange[],
  { number, type, service, openedAt }: Pick<Ticket, 'number' | 'type' | 'service' | 'openedAt'>,
  at: string,
): Op[] {
  if (!againstTypes.includes(type)) return [];
  const services = service !== null && changes.some(saysWhat) ? [`service:${service}`] : [];
  const people = changes.flatMap(peopleIn).map((id) => `person:${id}`);
  return [...services, ...new Set(people)].map((subject) => {
    const id = keyed('matter', subject, number);
    const document: Matter = { id, version: 1, subject, ticketNumber: number, at: openedAt, lookAt: at };
    return { op: 'insert', in: matters, document, onDuplicate: 'keep' };
  });
}
