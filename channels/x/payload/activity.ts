import { z } from 'zod';
import { timeOf } from './ids.ts';
import { anything, id, list, part, text } from './lenient.ts';
import { odd, type Piece, type Reading, type Told, told } from './piece.ts';
import { type Hint, pieceOfDeletion, pieceOfPost } from './post-event.ts';
import { besideOf, readPost } from './post-wire.ts';
import { pieceOfRead, pieceOfTyping, privatePieces } from './private-events.ts';

/** An event of the X Activity API, without the `data` that it stands in. */
export const wireActivity = z.object({
  event_type: z.string(),
  event_uuid: anything,
  filter: part({ user_id: id }),
  payload: anything,
  includes: anything,
});
export type WireActivity = z.output<typeof wireActivity>;

type ReadActivity = (activity: WireActivity, reading: Reading) => Piece[];

/** Posts; `beside` stands in the event, or in its payload. */
const post =
  (hint: Hint): ReadActivity =>
  ({ payload, includes }, reading) => {
    const wrapped = z.object({ data: anything, includes: anything }).safeParse(payload).data;
    const isWrapped = wrapped?.data !== undefined;
    const beside = besideOf(isWrapped ? (wrapped.includes ?? includes) : includes);
    return [pieceOfPost(readPost(isWrapped ? wrapped.data : payload, beside, reading.at), reading, hint)];
  };

const wireDeletion = z.object({ id, post_id: id, tweet_id: id, author_id: id, user_id: id });

const deletion: ReadActivity = ({ payload, filter }, reading) => {
  const { data: found } = wireDeletion.safeParse(payload);
  const known = found?.id ?? found?.post_id ?? found?.tweet_id;
  const authorId = found?.author_id ?? found?.user_id ?? filter?.user_id;
  if (!known) return [odd('no-id')];
  if (!authorId) return [odd('no-author')];
  return [pieceOfDeletion({ id: known, authorId, at: reading.at, raw: payload }, reading)];
};

const dms: ReadActivity = ({ payload }, reading) => {
  const pieces = privatePieces(payload, reading);
  return pieces.length > 0 ? pieces : [odd('empty')];
};

/** Its shape is not documented: like the older body, or the one notice itself. */
const alone =
  (read: (given: unknown, reading: Reading) => Piece): ReadActivity =>
  (activity, reading) => {
    const pieces = privatePieces(activity.payload, reading);
    return pieces.length > 0 ? pieces : [read(activity.payload, reading)];
  };

const wireChat = z.object({
  id: text,
  sender_id: id,
  conversation_id: text,
  created_at_msec: anything,
  created_at: text,
});

/** Who takes part in an encrypted conversation; none where it is one of several people. */
const pairOf = (conversation: string | undefined): string[] =>
  /^(\d+)[:-](\d+)$/.exec(conversation ?? '')?.slice(1) ?? [];

/** A message that only the account's own program can open: people see at least that it came, and from whom. */
const encrypted: ReadActivity = ({ payload }, { inboxId, self, at }) => {
  const { data: chat } = wireChat.safeParse(payload);
  if (!chat?.id || !chat.sender_id) return [odd('no-author')];
  if (chat.sender_id === self.id) return [told('encrypted-sent')];
  const isOfTwo = chat.conversation_id === undefined || pairOf(chat.conversation_id).length === 2;
  if (!isOfTwo) return [odd('group')];
  const known = `chat:${chat.id.slice(0, 100)}`;
  const event = {
    event: 'message' as const,
    inboxId,
    externalId: known,
    address: chat.sender_id,
    conversationKey: chat.sender_id,
    visibility: 'private' as const,
    sentAt: timeOf(chat.created_at_msec ?? chat.created_at, null, at),
    kind: 'unsupported' as const,
    detail: 'encrypted',
    text: '',
    attachments: [],
    automated: 'none' as const,
    raw: payload,
  };
  return [{ is: 'event', id: known, event }];
};

const wireRevoked = z.object({ user_id: id });
const revoked: ReadActivity = ({ payload }, { self }) => {
  const whose = wireRevoked.safeParse(payload).data?.user_id;
  return [whose === undefined || whose === self.id ? { is: 'revoked' } : told('other-account')];
};

const readers = new Map<string, ReadActivity>([
  ['post.create', post({})],
  ['post.mention.create', post({ mentionsUs: true })],
  ['post.reply.create', post({})],
  ['post.quote.create', post({ quotesUs: true })],
  ['post.repost.create', post({})],
  ['post.delete', deletion],
  ['dm.received', dms],
  ['dm.sent', dms],
  ['dm.read', alone(pieceOfRead)],
  ['dm.indicate_typing', alone(pieceOfTyping)],
  ['chat.received', encrypted],
  ['chat.sent', () => [told('encrypted-sent')]],
  ['chat.conversation_join', () => [told('encrypted-join')]],
  ['oauth.revoke', revoked],
]);

/** Documented kinds that say nothing to us, by the word before the first dot. */
const ofNoUse = new Map<string, Told>([
  ['like', 'like'],
  ['follow', 'follow'],
  ['mute', 'mute'],
  ['block', 'block'],
  ['profile', 'profile'],
  ['spaces', 'space'],
  ['broadcast', 'broadcast'],
  ['news', 'news'],
]);

/** What an event of the X Activity API holds. */
export function piecesOfActivity(activity: WireActivity, reading: Reading): Piece[] {
  const read = readers.get(activity.event_type);
  if (read) return read(activity, reading);
  const what = ofNoUse.get(activity.event_type.split('.')[0] ?? '');
  return [what ? told(what) : odd('unknown-event')];
}

const envelope = z.object({ data: anything });

/** The events of a body: one, bare or in `data`, or several in `data`; null for each that could not be read. */
export function activitiesIn(body: unknown): (WireActivity | null)[] {
  const bare = wireActivity.safeParse(body);
  if (bare.success) return [bare.data];
  const inside = envelope.safeParse(body).data?.data;
  return (Array.isArray(inside) ? list.parse(inside) : [inside]).map((one) => wireActivity.safeParse(one).data ?? null);
}
