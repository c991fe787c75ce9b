import { z } from 'zod';
import type { Collection } from '../store/port.ts';

const member = z.object({
  /** The name under which a process claims things. Never given twice. */
  id: z.string(),
  /** Grows with every beat: it is the beat. */
  version: z.number().int(),
  startedAt: z.string(),
  /** The last beat by the process's own clock: for people to read, nothing is decided by it. */
  at: z.string(),
});
export type StoredMember = z.infer<typeof member>;

export const members: Collection<StoredMember> = {
  name: 'members',
  schema: member,
  indexes: [{ name: 'by-start', on: ['startedAt'] }],
};

const lease = z.object({
  id: z.string(),
  version: z.number().int(),
  /** Null while it is free. One that is gone has it no more. */
  owner: z.string().nullable(),
  /** Grows with every owner. */
  epoch: z.number().int(),
  /** When it last changed hands, by the clock of who changed it: for people to read. */
  at: z.string(),
  note: z.string().optional(),
});
export type StoredLease = z.infer<typeof lease>;

export const leases: Collection<StoredLease> = { name: 'leases', schema: lease, indexes: [] };

const signal = z.object({
  /** The name of who speaks, a dot, a number. */
  id: z.string(),
  version: z.number().int(),
  /** JSON of a list of [topic, payload]. */
  said: z.string(),
  expiresAt: z.string(),
});
export type StoredSignal = z.infer<typeof signal>;

export const signals: Collection<StoredSignal> = {
  name: 'signals',
  schema: signal,
  indexes: [{ name: 'by-expiry', on: ['expiresAt'] }],
  expires: 'expiresAt',
  feed: true,
};
