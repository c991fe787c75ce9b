import { z } from 'zod';
import type { Collection } from '../store/port.ts';

export const rating = z.object({
  id: z.string(),
  version: z.number().int(),
  conversationId: z.string(),
  contactId: z.string(),
  inboxId: z.string(),
  /** The ticket that was closed, if one was. */
  ticketNumber: z.string().nullable(),
  /** Who had the conversation last; null where it was the assistant alone. */
  agentId: z.string().nullable(),
  askedAt: z.string(),
  /** Whether it was asked when the conversation was closed, after an answer that helped, or when a ticket was closed. */
  asked: z.enum(['closing', 'answered', 'survey']),
  /** The survey that it answers, where it was asked for one. */
  surveyId: z.string().optional(),
  /** 1 (poor) to 5 (very good); null until the person answers. */
  score: z.number().int().min(1).max(5).nullable(),
  /** How the employee was, where a survey asked for that too (SV-03). */
  employee: z.number().int().min(1).max(5).optional(),
  answeredAt: z.string().nullable(),
  comment: z.string().nullable(),
});
/** What a person thought of the service, asked in the chat (SV-04). */
export type Rating = z.infer<typeof rating>;

export const ratings: Collection<Rating> = {
  name: 'ratings',
  schema: rating,
  indexes: [
    { name: 'by-contact', on: ['contactId', 'askedAt'] },
    { name: 'by-conversation', on: ['conversationId', 'askedAt'] },
    { name: 'by-asked', on: ['askedAt'] },
  ],
};
