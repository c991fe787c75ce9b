import { z } from 'zod';

/** Request types (TY-01..06). Complaint: dissatisfaction with us; report: warns of a harm, the reporter need not be harmed (IN-22). */
export const ticketTypes = [
  'inquiry',
  'complaint',
  'objection',
  'suggestion',
  'technical',
  'report',
  'service',
  'media',
] as const;
export type TicketType = (typeof ticketTypes)[number];
export const ticketType = z.enum(ticketTypes);

export const ticketStatuses = [
  'new',
  'open',
  'transferred',
  'in_progress',
  'pending_customer',
  'pending_third_party',
  'on_hold',
  'returned',
  'resolved',
  'closed',
  'rejected',
] as const;
export type TicketStatus = (typeof ticketStatuses)[number];
export const ticketStatus = z.enum(ticketStatuses);

/** In these nobody works on a ticket any more; it can only be opened again. */
export const overStatuses: readonly TicketStatus[] = ['closed', 'rejected'];

export const importances = ['low', 'medium', 'high'] as const;
export type Importance = (typeof importances)[number];
export const importance = z.enum(importances);

export const complexities = ['routine', 'complex', 'critical'] as const;
export type Complexity = (typeof complexities)[number];
export const complexity = z.enum(complexities);

/** How a matter ended (TK-03). */
export const outcomes = ['done', 'not_done', 'other'] as const;
export type Outcome = (typeof outcomes)[number];
export const outcome = z.enum(outcomes);

/** What a matter needs (TY-11): an answer at first contact, treatment, or another party. */
export const neededActions = ['first_contact', 'treatment', 'other_party'] as const;
export type NeededAction = (typeof neededActions)[number];
export const neededAction = z.enum(neededActions);
