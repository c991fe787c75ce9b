import { digitsOf, isUserId, type Who, whoBy } from './person.ts';
import { event, type Piece, type Reading } from './piece.ts';
import { timeOf } from './time.ts';
import type { WireMessage } from './wire.ts';

/** What the provider tells of somebody whose number or user id is another now. */
interface Change {
  of: 'number' | 'user-id';
  number: { from: string | undefined; to: string | undefined };
  userId: { from: string | undefined; to: string | undefined };
}

/**
 * "User … changed from A to B": only at its end, and only where B is what the notice itself calls new, since the words before
 * it are a name that anybody may choose.
 */
function oldByWords(body: string, now: string | undefined): string | undefined {
  const [, from, to] = /\bfrom \+?([\w.-]+) to \+?([\w.-]+?)\.?$/.exec(body.trim()) ?? [];
  return now !== undefined && to === now ? from : undefined;
}

const userIdOf = (text: string | undefined): string | undefined => (text && isUserId(text) ? text : undefined);
const numberOf = (text: string | undefined): string | undefined => digitsOf(text) ?? undefined;

function changeOf({ type, system, from, from_user_id }: WireMessage): Change | null {
  const { type: what, body = '', user_id: newUser } = system ?? {};
  if (type !== 'system' || (what !== 'user_changed_number' && what !== 'user_changed_user_id')) return null;
  const newNumber = numberOf(system?.new_wa_id ?? system?.wa_id);
  // a message may already be signed with the new id
  const oldUser = system?.previous_user_id ?? (from_user_id === newUser ? undefined : from_user_id);
  return {
    of: what === 'user_changed_number' ? 'number' : 'user-id',
    number: { from: numberOf(from) ?? numberOf(oldByWords(body, newNumber)), to: newNumber },
    userId: { from: oldUser ?? userIdOf(oldByWords(body, newUser)), to: newUser },
  };
}

/** Whose notice it is: of a number the one before, of a user id the one after. Null where it is no such notice. */
export function changerOf(message: WireMessage): Who | null {
  const change = changeOf(message);
  if (!change) return null;
  const { number, userId } = change;
  if (change.of === 'number') return whoBy(number.from, userId.from) ?? whoBy(number.to, userId.to);
  return whoBy(number.from ?? number.to, userId.to ?? userId.from);
}

/** From what is known of before to what is new. Without an old user id the old number stands for it. */
function movesOf({ of, number, userId }: Change): { from: string; to: string }[] {
  const oldUser = userId.from ?? (of === 'number' ? number.from : undefined);
  const pairs = [of === 'number' ? number : { from: undefined, to: undefined }, { from: oldUser, to: userId.to }];
  return pairs.flatMap(({ from, to }) => (from && to && from !== to ? [{ from, to }] : []));
}

/**
 * A notice with what it moves. Of a number it stands before the move, so that it does not lead back to the old one; of a user
 * id after it, so that it finds the person.
 */
export function aroundNotice(message: WireMessage, notice: Piece, { inboxId, at: arrived }: Reading): Piece[] {
  const change = changeOf(message);
  if (!change) return [notice];
  const at = timeOf(message.timestamp, arrived);
  const moves = movesOf(change).map(({ from, to }) => {
    const digits = digitsOf(to);
    return event({ event: 'address-change', inboxId, from, to, at, ...(digits ? { phone: `+${digits}` } : {}) });
  });
  return change.of === 'number' ? [notice, ...moves] : [...moves, notice];
}
