import type { Recognised } from '../../../src/channel/webhook.ts';
import type { Self } from '../reading.ts';
import { isAccountBody, piecesOfAccountBody, type WireAccountBody, wireAccountBody } from './account-activity.ts';
import { activitiesIn, piecesOfActivity, type WireActivity } from './activity.ts';
import { odd, type Piece, type Reading, told } from './piece.ts';

function jsonOf(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

/** One event of either webhook; null where it could not be read. */
type Entry = { of: 'activity'; activity: WireActivity } | { of: 'account'; body: WireAccountBody } | null;

const entriesIn = (given: unknown): Entry[] => (Array.isArray(given) ? given.flatMap(entriesOf) : entriesOf(given));

function entriesOf(given: unknown): Entry[] {
  if (isAccountBody(given)) {
    const { data: body } = wireAccountBody.safeParse(given);
    return [body ? { of: 'account', body } : null];
  }
  return activitiesIn(given).map((activity) => (activity ? { of: 'activity', activity } : null));
}

/** The account that an entry is for; null where it does not say, as a deletion, which only names who took the post back. */
function ownerOf(entry: NonNullable<Entry>): string | null {
  if (entry.of === 'activity' && entry.activity.event_type === 'post.delete') return null;
  if (entry.of === 'activity') return entry.activity.filter?.user_id ?? null;
  return entry.body.for_user_id ?? entry.body.user_event?.revoke?.source?.user_id ?? null;
}

function piecesOf(entry: Entry, reading: Reading): Piece[] {
  if (!entry) return [odd('unreadable')];
  const owner = ownerOf(entry);
  if (owner !== null && owner !== reading.self.id) return [told('other-account')];
  return entry.of === 'activity' ? piecesOfActivity(entry.activity, reading) : piecesOfAccountBody(entry.body, reading);
}

/**
 * Reads what a webhook posted: one event or several, of the X Activity API or the older Account Activity API. Bears anything
 * and throws nothing. What is about other accounts is left to their inboxes.
 */
export function readBody(raw: string, reading: Reading): Piece[] {
  const pieces = entriesIn(jsonOf(raw)).flatMap((entry) => piecesOf(entry, reading));
  return pieces.length > 0 ? pieces : [odd('empty')];
}

/**
 * Whether a body is about this account, and the accounts that it is about and this inbox does not have. One that cannot be
 * read, or names nobody, is ours: better kept by an inbox too many than lost. So it is while the own account is not known.
 */
export function aboutOf(raw: string, self: Pick<Self, 'id'> | null): Recognised {
  const owners = entriesIn(jsonOf(raw)).map((entry) => (entry ? ownerOf(entry) : null));
  const isMine = (owner: string | null): boolean => owner === null || self === null || owner === self.id;
  const strangers = owners.flatMap((owner) => (owner === null || isMine(owner) ? [] : [`account ${owner}`]));
  return { mine: owners.length === 0 || owners.some(isMine), strangers: [...new Set(strangers)] };
}
