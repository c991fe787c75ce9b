import { enInboxes } from './en-inboxes.ts';
import { enKnowledge } from './en-knowledge.ts';
import { enLetters } from './en-letters.ts';
import { enMessages } from './en-messages.ts';
import { enPeople } from './en-people.ts';
import { enPublic } from './en-public.ts';
import { enReasons } from './en-reasons.ts';
import { enSaid } from './en-said.ts';
import { enSteps } from './en-steps.ts';
import { enTickets } from './en-tickets.ts';
import { enUsage } from './en-usage.ts';

/** Texts that only the signed in need, kept out of the first page. */
export const enDesk = {
  ...enInboxes,
  ...enKnowledge,
  ...enLetters,
  ...enMessages,
  ...enPeople,
  ...enPublic,
  ...enReasons,
  ...enSaid,
  ...enSteps,
  ...enTickets,
  ...enUsage,
} as const;
