import { z } from 'zod';

/** What Wasl tells a person of its own accord, and an approved template may stand for where free words are not allowed. */
export const noticeKeys = ['ticket-received', 'in-progress'] as const;
export const noticeKey = z.enum(noticeKeys);
export type NoticeKey = z.infer<typeof noticeKey>;
