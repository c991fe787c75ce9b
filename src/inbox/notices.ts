import { z } from 'zod';

/**
 * What Wasl tells a person of its own accord, by the names of the texts. An approved template may stand for each; the bare
 * number of a ticket goes to a phone that needs none.
 */
export const noticeKeys = [
  'notice-ticket-received',
  'notice-in-progress',
  'notice-delayed',
  'notice-closed',
  'notice-rejected',
  'notice-asked',
  'notice-asked-again',
  'notice-closed-without-data',
  'notice-answered',
  'notice-resolved',
  'notice-reopened',
  'notice-escalated',
  'notice-objection',
  'notice-referred',
  'notice-referral-answered',
  'notice-supply',
  'notice-merged',
  'notice-incident',
  'notice-survey',
  'notice-survey-again',
] as const;
export const noticeKey = z.enum(noticeKeys);
export type NoticeKey = z.infer<typeof noticeKey>;
