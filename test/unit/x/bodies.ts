import type { Piece, Reading } from '../../../channels/x/payload/piece.ts';

/** The account of a body that does not exist: all ids and handles here are made up. */
export const self = { id: '2244000001', username: 'Amana_Care' };
export const sara = { id: '1500000000000000001', name: 'سارة العتيبي', username: 'sara_ot' };
export const fahad = { id: '1500000000000000002', name: 'فهد', username: 'fahad_88' };

export const reading = (sent: readonly string[] = []): Reading => ({
  inboxId: 'x',
  self,
  sent: new Set(sent),
  at: '2026-11-21T12:00:00.000Z',
});

type Json = Record<string, unknown>;

export const mention = { start: 0, end: 11, username: self.username, id: self.id };

/** A post as v2 gives it: a mention of the account, unless the test says else. */
export const aPost = (over: Json = {}): Json => ({
  id: '2090000000000000001',
  text: '@Amana_Care متى موعد النظافة في حي النرجس؟',
  author_id: sara.id,
  conversation_id: '2090000000000000001',
  created_at: '2026-11-21T09:00:00.000Z',
  edit_history_tweet_ids: ['2090000000000000001'],
  lang: 'ar',
  entities: { mentions: [mention] },
  ...over,
});

export const aPage = (posts: readonly unknown[], includes: Json = { users: [sara, fahad, self] }): Json => ({
  data: posts,
  includes,
  meta: { result_count: posts.length, newest_id: '2090000000000000001', oldest_id: '2090000000000000001' },
});

/** A dm event as v2 gives it: from a person to the account. */
export const aDm = (over: Json = {}): Json => ({
  id: '2091000000000000001',
  event_type: 'MessageCreate',
  text: 'السلام عليكم، رقم بلاغي 1042',
  sender_id: sara.id,
  dm_conversation_id: `${sara.id}-${self.id}`,
  created_at: '2026-11-21T09:05:00.000Z',
  ...over,
});

/** A private message as both webhooks carry it. */
export const aLegacyDm = (over: Json = {}, create: Json = {}): Json => ({
  type: 'message_create',
  id: '2091000000000000001',
  created_timestamp: '1795251900000',
  message_create: {
    target: { recipient_id: self.id },
    sender_id: sara.id,
    message_data: { text: 'مرحبا', entities: { hashtags: [], symbols: [], user_mentions: [], urls: [] } },
    ...create,
  },
  ...over,
});

/** A post as the Account Activity API carries it, its number rounded as JSON numbers are. */
export const aStatus = (over: Json = {}): Json => ({
  created_at: 'Sat Nov 21 09:00:00 +0000 2026',
  id: 2090000000000000000,
  id_str: '2090000000000000001',
  text: '@Amana_Care الشارع مظلم',
  in_reply_to_status_id_str: null,
  in_reply_to_user_id_str: self.id,
  user: { id: 1500000000000000000, id_str: sara.id, name: sara.name, screen_name: sara.username, protected: false },
  entities: {
    hashtags: [],
    urls: [],
    user_mentions: [{ id_str: self.id, screen_name: self.username, indices: [0, 11] }],
  },
  lang: 'ar',
  ...over,
});

export const anActivity = (event_type: string, payload: unknown, over: Json = {}): Json => ({
  data: {
    event_uuid: '7000000000000000001',
    filter: { user_id: self.id },
    event_type,
    payload,
    includes: { users: [sara, self] },
    ...over,
  },
});

export const eventsOf = (pieces: readonly Piece[] | undefined) =>
  (pieces ?? []).flatMap((piece) => {
    const open = piece.is === 'unplaced' ? piece.otherwise : piece;
    return open.is === 'event' ? [open.event] : [];
  });
