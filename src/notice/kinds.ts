import { z } from 'zod';

/** What a person is told of their ticket of our own accord (WF-11, WF-14..17), each with a text of its own. */
export const noticeKinds = [
  'received',
  'number',
  'inProgress',
  'delayed',
  /** It is over. */
  'closed',
  'rejected',
  /** Something is missing; the second time with the day by which it is closed (IN-14, IN-15). */
  'asked',
  'askedAgain',
  'closedWithoutData',
  /** The answer by itself, and with the question whether it is solved. */
  'answered',
  'resolved',
  'reopened',
  'escalated',
  'objection',
  'referred',
  /** An outside body has answered. */
  'referralAnswered',
  'supply',
  'merged',
  'incident',
  'survey',
  'surveyAgain',
] as const;
export const noticeKind = z.enum(noticeKinds);
export type NoticeKind = z.infer<typeof noticeKind>;
