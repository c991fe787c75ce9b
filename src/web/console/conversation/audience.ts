import { useState } from 'react';
import type { Visibility } from '../api/messages.ts';
import type { Conversation, Inbox } from '../api/shapes.ts';

type Capabilities = NonNullable<Inbox['capabilities']>;

/** What can be sent to these readers: a channel with public conversations says of those apart what they take. */
export function capabilitiesFor(
  capabilities: Inbox['capabilities'] | undefined,
  visibility: Visibility,
): Capabilities | null {
  const inPublic = visibility === 'public' ? capabilities?.inPublic : null;
  if (!capabilities || !inPublic) return capabilities ?? null;
  const { maxLength, attachments } = inPublic;
  return { ...capabilities, visibility, maxLength, attachments, replyWindowHours: null };
}

/** Who will read what is being written, and whether that can be chosen. */
export interface Audience {
  visibility: Visibility;
  /** Null in a private conversation, where nothing leads to the public. */
  choose: ((visibility: Visibility) => void) | null;
}

/**
 * To whom an answer goes. In a public conversation that is the person alone as soon as there is a private conversation,
 * until something else is chosen: a slip must not be read by everybody. Nothing is carried over to other conversations.
 */
export function useAudience({ visibility, privateConversationId }: Conversation): Audience {
  const [chosen, choose] = useState<Visibility | null>(null);
  if (visibility === 'private') return { visibility, choose: null };
  return { visibility: chosen ?? (privateConversationId ? 'private' : 'public'), choose };
}
