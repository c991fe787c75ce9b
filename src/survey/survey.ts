import { z } from 'zod';
import type { Collection } from '../store/port.ts';

/** Why nobody was asked, or is waited for any more. */
export const skipReason = z.enum([
  'rejected',
  'merged',
  'incident',
  'no-data',
  'restricted',
  'grave',
  'abuse',
  'reopened',
  'asked-lately',
  'blocked',
  'opted-out',
  'no-way',
  'not-wanted',
  'late',
]);
export type SkipReason = z.infer<typeof skipReason>;

/** 1 (poor) to 5 (very good). */
export const score = z.number().int().min(1).max(5);

export const survey = z.object({
  id: z.string(),
  version: z.number().int(),
  ticketNumber: z.string(),
  contactId: z.string(),
  /** Who answered the person last; null where that was nobody of staff. */
  agentId: z.string().nullable(),
  /** The department that closing it counts for. */
  departmentId: z.string(),
  /** When the ticket ended. */
  at: z.string(),
  /** When the person was asked; null for not yet, or never. */
  sentAt: z.string().nullable(),
  via: z.enum(['chat', 'link']).nullable(),
  state: z.enum(['waiting', 'answered', 'skipped', 'expired']),
  skipReason: skipReason.nullable(),
  /** When it is asked once more; null where it is not, or was. */
  remindAt: z.string().nullable(),
  remindedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  /** The service, and how the employee was (SV-03). */
  service: score.nullable(),
  employee: score.nullable(),
  comment: z.string().nullable(),
  answeredAt: z.string().nullable(),
  /** When what goes beside the first score was given: that is taken once. */
  addedAt: z.string().nullable(),
  /** The person was not satisfied and had the ticket opened again (SV-08). */
  reopened: z.boolean(),
  /** When it is to be looked at next; null where nothing more happens by itself. */
  nextAt: z.string().nullable(),
});
/** What a person is asked when their ticket is closed, and what they answered (WF-09, SV-01..08). */
export type Survey = z.infer<typeof survey>;

export const surveys: Collection<Survey> = {
  name: 'surveys',
  schema: survey,
  indexes: [
    { name: 'by-next', on: ['nextAt'] },
    { name: 'by-sent', on: ['sentAt'] },
    { name: 'by-contact', on: ['contactId', 'sentAt'] },
    { name: 'by-ticket', on: ['ticketNumber', 'at'] },
  ],
  filters: ['state'],
};

/** Under this purpose stands the secret of the links to surveys. */
export const surveySecret = 'survey';
