import { z } from 'zod';
import type { Collection } from '../store/port.ts';
import { onStanding, onThePath, onTheSide, onWaiting, opened } from './changes.ts';

/** What can happen to a ticket. Events are only ever added. */
export const ticketChange = z.discriminatedUnion('kind', [
  opened,
  ...onTheSide,
  ...onThePath,
  ...onWaiting,
  ...onStanding,
]);
export type TicketChange = z.infer<typeof ticketChange>;

export const actor = z.object({ kind: z.enum(['contact', 'assistant', 'agent', 'system']), id: z.string().nullable() });
export type Actor = z.infer<typeof actor>;

export const ticketEvent = z.object({
  id: z.string(),
  version: z.number().int(),
  ticketNumber: z.string(),
  /** Place in the ticket's ledger, from 1. */
  seq: z.number().int().positive(),
  at: z.string(),
  actor,
  /** Why: the message, decision or request that caused it. */
  cause: z.string(),
  change: ticketChange,
});
/** One line of a ticket's ledger: never edited, never deleted. */
export type TicketEvent = z.infer<typeof ticketEvent>;

export const ticketEvents: Collection<TicketEvent> = {
  name: 'ticketEvents',
  schema: ticketEvent,
  indexes: [{ name: 'by-ticket', on: ['ticketNumber', 'seq'], unique: true }],
};
