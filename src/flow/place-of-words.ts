import type { Capabilities } from '../channel/capabilities.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Ticket } from '../ticket/ticket.ts';

/** A chat that the person wrote in themself, and not one to a mere number. */
const isOwnChat = (
  { lastInboundAt }: Pick<Conversation, 'lastInboundAt'>,
  { form, paid }: Pick<Capabilities, 'form' | 'paid'>,
): boolean => form === 'chat' && !paid && lastInboundAt !== null;

/**
 * Whether the words of a restricted ticket may be told in a conversation of its person: in private where it came from; one
 * that came from none, such as from the desk, in any private chat, where the person is known by the address that is theirs.
 */
export const isItsPlace = (
  { conversationId }: Pick<Ticket, 'conversationId'>,
  conversation: Pick<Conversation, 'id' | 'visibility' | 'lastInboundAt'>,
  capabilities: Pick<Capabilities, 'form' | 'paid'>,
): boolean =>
  conversation.visibility === 'private' &&
  (conversationId === null ? isOwnChat(conversation, capabilities) : conversationId === conversation.id);
