import { compareIds } from '../payload/ids.ts';
import type { Found } from '../payload/piece.ts';
import { told } from '../payload/piece.ts';
import type { Entry } from './desk.ts';

/** What was written before an account is read for the first time is answered only if it is no older than this. */
export const freshMs = 86_400_000;

const settled = (found: Found): Found =>
  found.event.event === 'message' ? { ...found, event: { ...found.event, settled: true } } : found;

const sentMs = ({ event }: Found): number => ('sentAt' in event ? Date.parse(event.sentAt) : Number.NaN);

/**
 * History of before the first reading: kept without being answered. What somebody of ours wrote then says nothing of who has
 * the conversation now.
 */
export const asHistory = (entries: readonly Entry[], nowMs: number): Entry[] =>
  entries.map(({ id, piece }) => {
    const open = piece.is === 'unplaced' ? piece.otherwise : piece;
    if (open.is !== 'event' || !(sentMs(open) < nowMs - freshMs)) return { id, piece };
    return { id, piece: open.event.event === 'own-message' ? told('own-post') : settled(open) };
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
