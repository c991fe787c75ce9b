import { z } from 'zod';
import type { Collection } from '../store/port.ts';
import { agentRole } from './roles.ts';

export const agent = z.object({
  id: z.string(),
  version: z.number().int(),
  /** Trimmed and in small letters: one person, one account. */
  email: z.string(),
  name: z.string(),
  role: agentRole,
  departments: z.array(z.string()),
  /** Argon2id, in PHC form. */
  passwordHash: z.string(),
  disabledAt: z.string().nullable(),
  /** A mobile number (E.164), for alerts that go to phones. */
  phone: z.string().nullable().optional(),
  createdAt: z.string(),
});
/** The person inside. */
export type Agent = z.infer<typeof agent>;

export const agents: Collection<Agent> = {
  name: 'agents',
  schema: agent,
  indexes: [
    { name: 'by-email', on: ['email'], unique: true },
    { name: 'by-created', on: ['createdAt'] },
    { name: 'by-role', on: ['role', 'createdAt'] },
  ],
  feed: true,
};

/** The one form in which an address is compared. */
export const foldEmail = (email: string): string => email.trim().normalize('NFKC').toLowerCase();
