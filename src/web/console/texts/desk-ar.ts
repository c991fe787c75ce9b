import { arLetters } from './ar-letters.ts';
import { arMessages } from './ar-messages.ts';
import { arPeople } from './ar-people.ts';
import { arPublic } from './ar-public.ts';
import { arReasons } from './ar-reasons.ts';
import { arSaid } from './ar-said.ts';
import { arSteps } from './ar-steps.ts';
import { arTickets } from './ar-tickets.ts';

/** Texts that only the signed in need, kept out of the first page. */
export const arDesk = {
  ...arLetters,
  ...arMessages,
  ...arPeople,
  ...arPublic,
  ...arReasons,
  ...arSaid,
  ...arSteps,
  ...arTickets,
} as const;
