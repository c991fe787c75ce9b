import { z } from 'zod';
import type { Collection, Op } from '../store/port.ts';
import type { TicketChange } from './events.ts';
import type { Ticket } from './ticket.ts';

const untalliedEntry = z.object({
  id: z.string(),
  version: z.number().int(),
  number: z.string(),
  at: z.string(),
});
/** A ledger entry that the figures do not know of yet. Each entry has one of its own, so that none goes with an earlier one. */
export type UntalliedEntry = z.infer<typeof untalliedEntry>;

export const untallied: Collection<UntalliedEntry> = {
  name: 'untallied',
  schema: untalliedEntry,
  indexes: [{ name: 'by-at', on: ['at'] }],
};

/** What changes no figure, so that the many messages of a matter cost nothing. */
const beside: ReadonlySet<TicketChange['kind']> = new Set([
  'message-added',
  'message-removed',
  'noted',
  'assigned',
  'escalated',
  'delay-told',
  'contact-changed',
  'reply-drafted',
  'reply-declined',
  'call-tried',
  'asking-told',
  'decided',
  'supply-dated',
  'escalation-asked',
  'warned',
  'nudged',
  'absorbed',
  'released',
  'incident-linked',
  'surveyed',
]);

/** The operation by which the figures hear of a ledger entry, in its unit; none where the entry changes no figure. */
export function hearOf(changes: readonly TicketChange[], { number, eventCount }: Ticket, at: string): Op[] {
  if (changes.every(({ kind }) => beside.has(kind))) return [];
  const document: UntalliedEntry = { id: `${number}.${eventCount}`, version: 1, number, at };
  return [{ op: 'insert', in: untallied, document, onDuplicate: 'keep' }];
}
