import { z } from 'zod';
import type { GivenEvent } from '../../src/channel/inbound.ts';
import type { Language } from '../../src/language/language.ts';
import { capabilities, maxInboundLength } from './capabilities.ts';

const maxCount = capabilities.attachments?.maxCount ?? 0;

/** What a visitor's client emits as `message` (architecture.md section 5). */
const visitorMessage = z.strictObject({
  clientId: z.string().min(1).max(100),
  text: z.string().optional(),
  quickReplyId: z.string().min(1).max(200).optional(),
  attachmentIds: z.array(z.string().min(1).max(100)).max(maxCount).optional(),
});

/** Why a message cannot be taken: the key of the sentence that the visitor reads. */
export type Refusal = 'chat-error-invalid' | 'chat-error-empty' | 'chat-error-too-long';

export interface Visitor {
  inboxId: string;
  id: string;
  language: Language;
}

/** The inbound event of what a visitor emitted, or why it is none. Pure; never throws, whatever comes. */
export function parseMessage(
  payload: unknown,
  visitor: Visitor,
  at: string,
): { event: GivenEvent } | { refusal: Refusal } {
  const parsed = visitorMessage.safeParse(payload);
  if (!parsed.success) return { refusal: 'chat-error-invalid' };
  const { clientId, text = '', quickReplyId, attachmentIds = [] } = parsed.data;
  if (text.length > maxInboundLength) return { refusal: 'chat-error-too-long' };
  if (text.trim() === '' && !quickReplyId && attachmentIds.length === 0) return { refusal: 'chat-error-empty' };
  return {
    event: {
      event: 'message',
      inboxId: visitor.inboxId,
      externalId: `${visitor.id}:${clientId}`,
      address: visitor.id,
      conversationKey: visitor.id,
      visibility: 'private',
      sentAt: at,
      kind: 'text',
      text,
      ...(quickReplyId ? { quickReplyId } : {}),
      attachments: attachmentIds.map((attachmentId) => ({ attachmentId })),
      automated: 'none',
      language: visitor.language,
    },
  };
}

const handshake = z.object({
  token: z.string().max(300).optional().catch(undefined),
  inbox: z.string().max(100).optional().catch(undefined),
  language: z.enum(['ar', 'en']).optional().catch(undefined),
  after: z.string().max(100).optional().catch(undefined),
});

/** What the handshake says; anything strange in it counts as not said. */
export const parseHandshake = (auth: unknown): z.infer<typeof handshake> => handshake.safeParse(auth).data ?? {};

const typing = z.object({ on: z.boolean() });

/** Whether the visitor is writing; anything else but `{on: false}` counts as writing. */
export const parseTyping = (payload: unknown): boolean => typing.safeParse(payload).data?.on ?? true;
