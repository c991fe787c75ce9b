import i18next from 'i18next';
import { arInboxes } from './ar-inboxes.ts';
import { arLetters } from './ar-letters.ts';
import { arMessages } from './ar-messages.ts';
import { arPeople } from './ar-people.ts';
import { arPublic } from './ar-public.ts';
import { arReasons } from './ar-reasons.ts';
import { arSaid } from './ar-said.ts';
import { arSteps } from './ar-steps.ts';
import { arTickets } from './ar-tickets.ts';
import { arUsage } from './ar-usage.ts';
import { enInboxes } from './en-inboxes.ts';
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
export const arDesk = {
  ...arInboxes,
  ...arLetters,
  ...arMessages,
  ...arPeople,
  ...arPublic,
  ...arReasons,
  ...arSaid,
  ...arSteps,
  ...arTickets,
  ...arUsage,
} as const;
export const enDesk = {
  ...enInboxes,
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

/** Makes them ready. Call before the first page of the signed in is rendered. */
export function addDeskTexts(): void {
  i18next.addResourceBundle('ar', 'translation', arDesk, true, true);
  i18next.addResourceBundle('en', 'translation', enDesk, true, true);
}
