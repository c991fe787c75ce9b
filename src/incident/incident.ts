import { z } from 'zod';
import { bothTexts } from '../language/language.ts';
import type { Collection } from '../store/port.ts';

/** What is being told to everybody whom an incident concerns, person by person, until nobody is left. */
const telling = z.object({
  /** Keys what each person is told, so that they are told it once. */
  id: z.string(),
  /** `close`: their tickets end with it. */
  what: z.enum(['tell', 'close']),
  message: bothTexts,
  /** The agent who said so. */
  byId: z.string(),
  at: z.string(),
  /** How many people were told. */
  people: z.number().int(),
});

export const incident = z.object({
  id: z.string(),
  version: z.number().int(),
  title: bothTexts,
  /** What people are answered who write of it. */
  message: bothTexts,
  /** The service that it concerns. */
  service: z.string().nullable(),
  /** Words by which it is recognised; each entry may be several words. */
  words: z.array(z.string()),
  /** `closing`: its tickets are being resolved. */
  state: z.enum(['open', 'closing', 'closed']),
  openedAt: z.string(),
  openedBy: z.string(),
  closedAt: z.string().nullable(),
  /** What was told to all, the last one last. */
  told: z.array(telling),
  /** What is being told now, and the place in the list of tickets that was reached. */
  telling: telling.extend({ cursor: z.string().nullable() }).nullable(),
  /** When it goes on with telling; null where there is nothing to tell. */
  nextAt: z.string().nullable(),
});
/** A known outage: one message answers all whom it concerns, and their tickets are tied to it (EX-06). */
export type Incident = z.infer<typeof incident>;

export const incidents: Collection<Incident> = {
  name: 'incidents',
  schema: incident,
  indexes: [
    { name: 'by-state', on: ['state', 'openedAt'] },
    { name: 'by-opened', on: ['openedAt'] },
    { name: 'by-next', on: ['nextAt'] },
  ],
};
