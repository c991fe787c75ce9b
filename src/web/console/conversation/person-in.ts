import type { Conversation } from '../api/shapes.ts';
import { shownName } from './shown-name.ts';

/**
 * What to call the person in a conversation: the name that is kept of them, else the one that their letters bear, else
 * the address that they write from; null where nothing is known.
 */
export const personIn = ({
  contact,
  displayName,
  recipient,
}: Pick<Conversation, 'contact' | 'displayName' | 'recipient'>): string | null =>
  shownName(contact?.name || displayName || '') || recipient || null;
