import type { Capabilities } from '../channel/capabilities.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Message } from '../message/message.ts';

/** Whether free words are allowed now, and until when; `until` is null before the person wrote. */
export interface ReplyWindow {
  open: boolean;
  until: string | null;
}

/** The reply window of a conversation at `now` (ISO), or null where its medium has none. */
export function windowOf(
  { replyUntil }: Pick<Conversation, 'replyUntil'>,
  { replyWindowHours }: Pick<Capabilities, 'replyWindowHours'>,
  now: string,
): ReplyWindow | null {
  if (replyWindowHours === null) return null;
  return { open: replyUntil !== null && now < replyUntil, until: replyUntil };
}

/** What is told of a sending in free words that came too late. */
export const windowClosed = 'The time in which free words are allowed is over: send an approved template.';

/** May this message go now? Free words only while the window is open; a template always. */
export const fitsWindow = ({ approved }: Pick<Message, 'approved'>, window: ReplyWindow | null): boolean =>
  approved !== null || window === null || window.open;
