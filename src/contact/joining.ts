import { z } from 'zod';
import type { Collection } from '../store/port.ts';
import { contact } from './contact.ts';

const joining = z.object({
  id: z.string(),
  version: z.number().int(),
  /** Who stays, and who turned out to be the same person. */
  contactId: z.string(),
  otherId: z.string(),
  /** How it was proved: a code that came back, a member of staff, or the provider that knows both addresses. */
  proof: z.enum(['code', 'staff', 'provider']),
  agentId: z.string().nullable(),
  at: z.string(),
  /** Both as they were before, and what went over: enough to take it back. */
  before: z.object({ contact, other: contact }),
  moved: z.object({
    addressIds: z.array(z.string()),
    conversationIds: z.array(z.string()),
    ticketNumbers: z.array(z.string()),
  }),
  undoneAt: z.string().nullable(),
  undoneBy: z.string().nullable(),
});
/** Two contacts that are one person, joined so that it can be taken back. */
export type Joining = z.infer<typeof joining>;

export const joinings: Collection<Joining> = {
  name: 'joinings',
  schema: joining,
  indexes: [
    { name: 'by-contact', on: ['contactId', 'at'] },
    { name: 'by-other', on: ['otherId', 'at'] },
  ],
};

const joinCode = z.object({
  id: z.string(),
  version: z.number().int(),
  /** In whose conversation the code must be told, and to whom it was sent. */
  contactId: z.string(),
  otherId: z.string(),
  /** Of the six digits with a secret of this installation; the digits themselves are kept nowhere. */
  hash: z.string(),
  attempts: z.number().int(),
  agentId: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
});
/** A code on its way: whoever is told it on one channel and says it on the other is one person. Its id is the contact's. */
export type JoinCode = z.infer<typeof joinCode>;

export const joinCodes: Collection<JoinCode> = {
  name: 'joinCodes',
  schema: joinCode,
  indexes: [{ name: 'by-expiry', on: ['expiresAt'] }],
  expires: 'expiresAt',
};
