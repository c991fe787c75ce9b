import type { Conversation } from '../api/shapes.ts';

/**
 * What to call the person in a conversation: the name that is kept of them, else the one that their letters bear, else
 * the address that they write from; null where nothing is known.
 */
export const personIn = ({
  contact,
  displayName,
  recipient,
}: Pick<Conversation, 'contact' | 'displayName' | 'recipient'>): string | null =>
  contact?.name || displayName || recipient || null;
