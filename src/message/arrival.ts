import { z } from 'zod';
import type { Collection } from '../store/port.ts';

const arrival = z.object({
  id: z.string(),
  version: z.number().int(),
  inboxId: z.string(),
  /** What the provider posted, as text. */
  body: z.string(),
  at: z.string(),
  /** Counts what came in the same millisecond, so that all are read in the order in which they came. */
  seq: z.number().int(),
  /** `waiting` to be read; `odd`: it could not be read (all), and is kept for people to look at. */
  state: z.enum(['waiting', 'odd']),
  /** Why it is odd, or why it was not read yet. */
  reason: z.string().nullable(),
  attempts: z.number().int(),
  /** It speaks also of an account that no inbox had when it came, so that it is looked at even where the inbox read it. */
  unclaimed: z.boolean().optional(),
  /** When it is to be read (again); null where it is odd. */
  dueAt: z.string().nullable(),
  /** Since when it is odd; null where it is not. */
  oddAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  /** The process that has it in hand, as long as that lives; empty where none has. */
  claimedBy: z.string().optional(),
  /** Whose words are in it, each named with the inbox, where another process may have others of theirs; none once it is odd. */
  senders: z.array(z.string()).optional(),
});
/** A post of a provider, kept from before it was acknowledged until it was read. */
export type Arrival = z.infer<typeof arrival>;

export const arrivals: Collection<Arrival> = {
  name: 'arrivals',
  schema: arrival,
  indexes: [
    { name: 'by-due', on: ['dueAt', 'seq'] },
    // one that waits is in one index only: it comes and goes with every post
    { name: 'by-odd', on: ['oddAt'] },
    { name: 'by-inbox', on: ['inboxId', 'oddAt'] },
    { name: 'by-sender', on: ['senders', 'at', 'seq'], list: true },
  ],
  filters: ['claimedBy'],
  expires: 'expiresAt',
};

const earlyReceipt = z.object({
  id: z.string(),
  version: z.number().int(),
  inboxId: z.string(),
  externalId: z.string(),
  /** The receipt as the channel gave it. */
  receipt: z.record(z.string(), z.unknown()),
  expiresAt: z.string(),
});
/** The provider's word on a sending of which our note of its id is not stored yet; taken up once it is. */
export type EarlyReceipt = z.infer<typeof earlyReceipt>;

export const earlyReceipts: Collection<EarlyReceipt> = {
  name: 'earlyReceipts',
  schema: earlyReceipt,
  indexes: [{ name: 'by-expiry', on: ['expiresAt'] }],
  expires: 'expiresAt',
};
