import { compareIds } from '../payload/ids.ts';
import type { Found } from '../payload/piece.ts';
import { told } from '../payload/piece.ts';
import type { Entry } from './desk.ts';

/** What was written before an account is read for the very first time is answered only if it is no older then than this. */
export const freshMs = 86_400_000;

const settled = (found: Found): Found =>
  found.event.event === 'message' ? { ...found, event: { ...found.event, settled: true } } : found;

const sentMs = ({ event }: Found): number => ('sentAt' in event ? Date.parse(event.sentAt) : Number.NaN);

const openOf = ({ piece }: Entry) => (piece.is === 'unplaced' ? piece.otherwise : piece);

/** Whether something was written before this time (ms), as far as it tells. */
export function isOlder(entry: Entry, ms: number): boolean {
  const open = openOf(entry);
  return open.is === 'event' && sentMs(open) < ms;
}

/**
 * History of before the very first reading (`sinceMs`), whenever it is read: kept without being answered. What somebody of
 * ours wrote then says nothing of who has the conversation now.
 */
export const asHistory = (entries: readonly Entry[], sinceMs: number): Entry[] =>
  entries.map((entry) => {
    const open = openOf(entry);
    if (open.is !== 'event' || !isOlder(entry, sinceMs - freshMs)) return entry;
    return { id: entry.id, piece: open.event.event === 'own-message' ? told('own-post') : settled(open) };
  });

/** What somebody of ours answered already, while nothing was read, is answered by nobody again. */
export function withoutAnswered(entries: readonly Entry[]): Entry[] {
  const answeredUpTo = new Map<string, string>();
  for (const { id, piece } of entries) {
    if (id === null || piece.is !== 'event' || piece.event.event !== 'own-message') continue;
    const { conversationKey } = piece.event;
    const before = answeredUpTo.get(conversationKey);
    if (before === undefined || compareIds(before, id) < 0) answeredUpTo.set(conversationKey, id);
  }
  return entries.map(({ id, piece }) => {
    if (id === null || piece.is !== 'event' || piece.event.event !== 'message') return { id, piece };
    const upTo = answeredUpTo.get(piece.event.conversationKey);
    return upTo !== undefined && compareIds(id, upTo) < 0 ? { id, piece: settled(piece) } : { id, piece };
  });
}
