import { z } from 'zod';
import { timeOf } from './ids.ts';
import { anything, id, list, part } from './lenient.ts';
import { odd, type Piece, type Reading, type Told, told } from './piece.ts';
import { pieceOfDeletion, pieceOfPost } from './post-event.ts';
import { readLegacyPost } from './post-legacy.ts';
import { privatePieces } from './private-events.ts';

/** A body of the Account Activity API: whose it is, and lists by kind. */
export const wireAccountBody = z.looseObject({
  for_user_id: id,
  user_has_blocked: anything,
  is_blocked_by: anything,
  tweet_create_events: list,
  tweet_delete_events: list,
  user_event: part({ revoke: part({ source: part({ user_id: id }) }) }),
});
export type WireAccountBody = z.output<typeof wireAccountBody>;

const wireDeletion = z.object({
  status: z.object({ id, id_str: id, user_id: id, user_id_str: id }),
  timestamp_ms: anything,
});

function deletionPiece(given: unknown, reading: Reading): Piece {
  const { data: found } = wireDeletion.safeParse(given);
  const known = found?.status.id_str ?? found?.status.id;
  const authorId = found?.status.user_id_str ?? found?.status.user_id;
  if (!found || !known) return odd('no-id');
  if (!authorId) return odd('no-author');
  const at = timeOf(found.timestamp_ms, null, reading.at);
  return pieceOfDeletion({ id: known, authorId, at, raw: given }, reading);
}

function revokedPieces({ user_event }: WireAccountBody, { self }: Reading): Piece[] {
  if (!user_event?.revoke) return [];
  const whose = user_event.revoke.source?.user_id;
  return [whose === undefined || whose === self.id ? { is: 'revoked' } : told('other-account')];
}

/** Lists that are documented and say nothing to us. */
const ofNoUse = new Map<string, Told>([
  ['favorite_events', 'like'],
  ['follow_events', 'follow'],
  ['unfollow_events', 'follow'],
  ['block_events', 'block'],
  ['unblock_events', 'block'],
  ['mute_events', 'mute'],
  ['unmute_events', 'mute'],
  ['replay_event', 'replay'],
  ['replay_job_status', 'replay'],
]);

/** What stands around the lists, or is read elsewhere. */
const known = new Set([
  'for_user_id',
  'user_has_blocked',
  'is_blocked_by',
  'tweet_create_events',
  'tweet_delete_events',
  'user_event',
  'direct_message_events',
  'direct_message_mark_read_events',
  'direct_message_indicate_typing_events',
  'users',
  'apps',
]);

const restOf = (body: WireAccountBody): Piece[] =>
  Object.keys(body).flatMap((name): Piece[] => {
    const what = ofNoUse.get(name);
    if (what) return [told(what)];
    return known.has(name) ? [] : [odd('unknown-event')];
  });

const isYes = (given: unknown): boolean => given === true || given === 'true';

/** What a body of the Account Activity API holds. */
export function piecesOfAccountBody(body: WireAccountBody, reading: Reading): Piece[] {
  const isBlocked = isYes(body.user_has_blocked) || isYes(body.is_blocked_by);
  const pieces = [
    ...body.tweet_create_events.map((given) => pieceOfPost(readLegacyPost(given, reading.at, isBlocked), reading)),
    ...body.tweet_delete_events.map((given) => deletionPiece(given, reading)),
    ...privatePieces(body, reading),
    ...revokedPieces(body, reading),
    ...restOf(body),
  ];
  return pieces.length > 0 ? pieces : [odd('empty')];
}

/** Whether a body is of the Account Activity API. */
export const isAccountBody = (body: unknown): boolean => {
  const { data: found } = z.looseObject({ for_user_id: anything }).safeParse(body);
  if (!found) return false;
  return Object.keys(found).some((name) => known.has(name) || ofNoUse.has(name)) && !('event_type' in found);
};
