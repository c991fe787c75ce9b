import { enLetters } from './en-letters.ts';
import { enMessages } from './en-messages.ts';
import { enPeople } from './en-people.ts';
import { enPublic } from './en-public.ts';
import { enReasons } from './en-reasons.ts';
import { enSaid } from './en-said.ts';
import { enSteps } from './en-steps.ts';
import { enTickets } from './en-tickets.ts';

/** Texts that only the signed in need, kept out of the first page. */
export const enDesk = {
  ...enLetters,
  ...enMessages,
  ...enPeople,
  ...enPublic,
  ...enReasons,
  ...enSaid,
  ...enSteps,
  ...enTickets,
} as const;
