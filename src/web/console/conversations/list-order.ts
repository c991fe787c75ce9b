import type { View } from '../api/conversations.ts';
import type { Conversation } from '../api/shapes.ts';

const waitOf = ({ waitingSince, lastMessageAt }: Conversation): string => waitingSince ?? lastMessageAt;

/** The order of the rows: who waits longest stands first; elsewhere the API's own order, newest first. */
export const inListOrder = (found: readonly Conversation[], view: View, isSearch: boolean): readonly Conversation[] =>
  view === 'waiting' && !isSearch ? [...found].sort((one, other) => waitOf(one).localeCompare(waitOf(other))) : found;
