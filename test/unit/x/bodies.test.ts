import { describe, expect, it } from 'vitest';
import { aboutOf, readBody } from '../../../channels/x/payload/body.ts';
import { inboundEvent } from '../../../src/channel/inbound.ts';
import { aLegacyDm, anActivity, aPost, aStatus, eventsOf, fahad, reading, sara, self } from './bodies.ts';

const read = (body: unknown, sent: string[] = []) => {
  const pieces = readBody(JSON.stringify(body), reading(sent));
  const events = eventsOf(pieces);
  for (const event of events) inboundEvent.parse(event);
  return { pieces, events };
};

describe('an event of the X Activity API', () => {
  it('carries a mention with who wrote it', () => {
    const { events } = read(anActivity('post.mention.create', aPost()));
    expect(events).toMatchObject([
      { externalId: '2090000000000000001', displayName: 'سارة العتيبي (@sara_ot)', answerable: true },
    ]);
  });
  it('tells nothing of a summons where X put the handle there by itself', () => {
    const reply = aPost({ in_reply_to_user_id: fahad.id, display_text_range: [12, 30] });
    expect(read(anActivity('post.mention.create', reply)).events).toMatchObject([{ answerable: false }]);
    const bare = aPost({ text: 'صحيح', entities: undefined });
    expect(read(anActivity('post.mention.create', bare)).events).toMatchObject([{ answerable: true }]);
  });
  it('is read bare, in data, in a list in data, and in a list of envelopes', () => {
    const one = anActivity('post.mention.create', aPost());
    for (const body of [one.data, one, { data: [one.data] }, [one], [one.data]])
      expect(read(body).events).toHaveLength(1);
  });
  it('of several loses none because of one that cannot be read', () => {
    const good = anActivity('post.mention.create', aPost());
    const { pieces, events } = read([anActivity('post.mention.create', { id: '1' }), 7, good, { data: [null] }]);
    expect(events).toHaveLength(1);
    expect(pieces.filter(({ is }) => is === 'odd')).toHaveLength(3);
  });
  it('that says that we are quoted needs no more to be answered', () => {
    const quote = aPost({
      text: 'توضيح',
      entities: undefined,
      referenced_tweets: [{ type: 'quoted', id: '2080000000000000001' }],
    });
    expect(read(anActivity('post.quote.create', quote, { includes: {} })).events).toMatchObject([{ answerable: true }]);
    expect(read(anActivity('post.reply.create', quote, { includes: {} })).events).toMatchObject([
      { answerable: false },
    ]);
  });
  it('with the people wrapped once more knows them all the same', () => {
    const includes = { users: [{ data: sara }] };
    expect(read(anActivity('post.mention.create', aPost(), { includes })).events).toMatchObject([
      { displayName: 'سارة العتيبي (@sara_ot)' },
    ]);
  });
  it('without people gives a link that needs no handle', () => {
    expect(read(anActivity('post.mention.create', aPost(), { includes: {} })).events).toMatchObject([
      { link: 'https://x.com/i/status/2090000000000000001' },
    ]);
  });
  it('tells that a person took back a post, and where it stood', () => {
    expect(read(anActivity('post.delete', { id: '2090000000000000001', author_id: sara.id })).events).toMatchObject([
      {
        kind: 'deletion',
        externalId: 'deletion:2090000000000000001',
        refersTo: '2090000000000000001',
        address: sara.id,
        conversationKey: `post:2090000000000000001:${sara.id}`,
        thread: { references: ['2090000000000000001'], provenKey: null, topic: '', isReply: true },
      },
    ]);
  });
  it('tells of a deletion also where it is told as the activity of its author', () => {
    const deletion = anActivity(
      'post.delete',
      { id: '2090000000000000001', author_id: sara.id },
      { filter: { user_id: sara.id } },
    );
    expect(read(deletion).events).toMatchObject([{ kind: 'deletion', address: sara.id }]);
    expect(aboutOf(JSON.stringify(deletion), self)).toEqual({ mine: true, strangers: [] });
  });
  it('of a deletion by the account itself is only counted', () => {
    const { pieces } = read(anActivity('post.delete', { id: '2090000000000000001', author_id: self.id }));
    expect(pieces).toEqual([{ is: 'told', what: 'own-deletion' }]);
  });
  it('carries private messages and who wrote them', () => {
    const users = { [sara.id]: { data: sara }, [self.id]: { data: self } };
    expect(read(anActivity('dm.received', { direct_message_events: [aLegacyDm()], users })).events).toMatchObject([
      {
        externalId: '2091000000000000001',
        visibility: 'private',
        address: sara.id,
        conversationKey: sara.id,
        displayName: 'سارة العتيبي (@sara_ot)',
        text: 'مرحبا',
        sentAt: '2026-11-21T09:05:00.000Z',
      },
    ]);
  });
  it('of an encrypted message shows that it came, without words', () => {
    const chat = {
      id: 'e4f4d3fc-0000-4928-92eb-e5058d6bb6f6',
      sender_id: sara.id,
      conversation_id: `${sara.id}:${self.id}`,
      created_at_msec: '1795251900000',
      encoded_event: 'CwABAAAA',
    };
    expect(read(anActivity('chat.received', chat)).events).toMatchObject([
      {
        kind: 'unsupported',
        detail: 'encrypted',
        visibility: 'private',
        address: sara.id,
        externalId: 'chat:e4f4d3fc-0000-4928-92eb-e5058d6bb6f6',
        text: '',
      },
    ]);
    const ours = read(anActivity('chat.received', { ...chat, sender_id: self.id }));
    expect(ours.pieces).toEqual([{ is: 'told', what: 'encrypted-sent' }]);
    const group = read(anActivity('chat.received', { ...chat, conversation_id: 'g123' }));
    expect(group.pieces).toEqual([{ is: 'odd', why: 'group' }]);
  });
  it('tells up to which message a person has read, in either form', () => {
    const notice = {
      sender_id: sara.id,
      last_read_event_id: '2091000000000000009',
      created_timestamp: '1795251900000',
    };
    for (const payload of [notice, { direct_message_mark_read_events: [notice] }])
      expect(read(anActivity('dm.read', payload)).events).toEqual([
        {
          event: 'receipt',
          inboxId: 'x',
          externalId: '2091000000000000009',
          status: 'read',
          at: '2026-11-21T09:05:00.000Z',
          address: sara.id,
        },
      ]);
  });
  it('tells that a person is writing, in either form', () => {
    const notice = { sender_id: sara.id, target: { recipient_id: self.id } };
    for (const payload of [notice, { direct_message_indicate_typing_events: [notice] }])
      expect(read(anActivity('dm.indicate_typing', payload)).pieces).toEqual([{ is: 'typing', address: sara.id }]);
  });
  it('tells that the account took back what it had allowed', () => {
    expect(read(anActivity('oauth.revoke', { user_id: self.id }, { filter: {} })).pieces).toEqual([{ is: 'revoked' }]);
    expect(read(anActivity('oauth.revoke', { user_id: fahad.id }, { filter: {} })).pieces).toEqual([
      { is: 'told', what: 'other-account' },
    ]);
  });
  it('of a kind that says nothing to us is counted, of an unknown kind odd', () => {
    expect(read(anActivity('like.create', {})).pieces).toEqual([{ is: 'told', what: 'like' }]);
    expect(read(anActivity('profile.update.bio', {})).pieces).toEqual([{ is: 'told', what: 'profile' }]);
    expect(read(anActivity('poll.vote', {})).pieces).toEqual([{ is: 'odd', why: 'unknown-event' }]);
  });
});

describe('a body of the Account Activity API', () => {
  const body = (over: Record<string, unknown>) => ({ for_user_id: self.id, ...over });

  it('carries a mention, its id never rounded', () => {
    expect(read(body({ tweet_create_events: [aStatus()] })).events).toMatchObject([
      {
        externalId: '2090000000000000001',
        address: sara.id,
        conversationKey: `post:2090000000000000001:${sara.id}`,
        text: 'الشارع مظلم',
        sentAt: '2026-11-21T09:00:00.000Z',
        answerable: true,
      },
    ]);
  });
  it('carries the whole of a long post and what is named at its end', () => {
    const long = `${'وصف طويل '.repeat(40)}@Amana_Care`;
    const status = aStatus({
      text: `${long.slice(0, 120)}… https://t.co/zz`,
      truncated: true,
      entities: {
        user_mentions: [],
        urls: [{ url: 'https://t.co/zz', expanded_url: 'https://twitter.com/i/web/status/1' }],
      },
      extended_tweet: {
        full_text: long,
        entities: { user_mentions: [{ id_str: self.id, screen_name: self.username }], urls: [] },
      },
    });
    expect(read(body({ tweet_create_events: [status] })).events).toMatchObject([{ text: long, answerable: true }]);
  });
  it('carries each file once, however often it is named', () => {
    const photo = {
      id_str: '77',
      type: 'photo',
      url: 'https://t.co/p',
      media_url_https: 'https://pbs.twimg.com/media/b.jpg',
    };
    const status = aStatus({
      text: '@Amana_Care صورة https://t.co/p',
      entities: { user_mentions: [{ id_str: self.id }], urls: [], media: [photo] },
      extended_entities: {
        media: [photo, { ...photo, id_str: '78', media_url_https: 'https://pbs.twimg.com/media/c.jpg' }],
      },
    });
    const [event] = read(body({ tweet_create_events: [status] })).events;
    expect(event).toMatchObject({
      text: 'صورة',
      kind: 'image',
      attachments: [
        { reference: '{"key":"77","url":"https://pbs.twimg.com/media/b.jpg"}' },
        { reference: '{"key":"78","url":"https://pbs.twimg.com/media/c.jpg"}' },
      ],
    });
  });
  it('does not take the handle before a reply for a summons, in its short form or its long one', () => {
    const entities = aStatus().entities;
    const reply = { in_reply_to_user_id_str: fahad.id, display_text_range: [12, 22] };
    const long = { full_text: '@Amana_Care الشارع مظلم منذ أيام', display_text_range: [12, 32], entities };
    const posts = [
      aStatus(reply),
      aStatus({ ...reply, id_str: '2090000000000000002', display_text_range: undefined, extended_tweet: long }),
      aStatus({ id_str: '2090000000000000003', text: 'RT @fahad_88: @Amana_Care', in_reply_to_user_id_str: null }),
    ];
    expect(read(body({ tweet_create_events: posts })).events).toMatchObject([
      { answerable: false },
      { answerable: false },
      { answerable: false, automated: 'bulk' },
    ]);
  });
  it('of a reply says that its exchange is not told', () => {
    const reply = aStatus({ in_reply_to_status_id_str: '2089000000000000001' });
    const { pieces } = read(body({ tweet_create_events: [reply] }));
    expect(pieces).toMatchObject([{ is: 'unplaced', id: '2090000000000000001' }]);
  });
  it('of a repost is automatic, of a quote shows what is quoted', () => {
    const repost = aStatus({ retweeted_status: aStatus({ id_str: '5' }) });
    const quoted = aStatus({ id_str: '2080000000000000001', text: 'إعلان', user: { id_str: self.id } });
    const quote = aStatus({ entities: {}, text: 'لماذا؟', quoted_status: quoted });
    expect(read(body({ tweet_create_events: [repost, quote] })).events).toMatchObject([
      { automated: 'bulk', answerable: false },
      {
        automated: 'none',
        answerable: true,
        fields: [{ name: 'post', value: 'إعلان' }],
        refersTo: '2080000000000000001',
      },
    ]);
  });
  it('of an edit is known by the first id', () => {
    const edited = aStatus({
      id_str: '2090000000000000008',
      edit_history: { initial_tweet_id: '2090000000000000001' },
    });
    expect(read(body({ tweet_create_events: [edited] })).pieces).toMatchObject([
      { event: { externalId: '2090000000000000001' }, edit: { kind: 'edit', externalId: '2090000000000000008' } },
    ]);
  });
  it('of somebody whom the account blocked may not be answered', () => {
    expect(read(body({ user_has_blocked: 'true', tweet_create_events: [aStatus()] })).events).toMatchObject([
      { answerable: false },
    ]);
  });
  it('tells of deletions, private messages, and what is of no use beside them', () => {
    const deletion = { status: { id: '2090000000000000001', user_id: sara.id }, timestamp_ms: '1795251900000' };
    const users = { [sara.id]: { id: sara.id, name: 'سارة', screen_name: 'sara_ot' } };
    const { pieces, events } = read(
      body({
        tweet_delete_events: [deletion],
        direct_message_events: [aLegacyDm()],
        users,
        apps: {},
        favorite_events: [{}],
        odd_events: [{}],
      }),
    );
    expect(events).toMatchObject([
      { kind: 'deletion', sentAt: '2026-11-21T09:05:00.000Z' },
      { kind: 'text', displayName: 'سارة (@sara_ot)' },
    ]);
    expect(pieces.slice(2)).toEqual([
      { is: 'told', what: 'like' },
      { is: 'odd', why: 'unknown-event' },
    ]);
  });
  it('tells that the account took back what it had allowed', () => {
    const revoked = {
      user_event: { revoke: { date_time: '2026-11-21T09:00:00+00:00', source: { user_id: self.id } } },
    };
    expect(read(revoked).pieces).toEqual([{ is: 'revoked' }]);
  });
  it('for another account is left to its inbox', () => {
    expect(read({ for_user_id: fahad.id, tweet_create_events: [aStatus()] }).pieces).toEqual([
      { is: 'told', what: 'other-account' },
    ]);
  });
});

describe('a body that cannot be read', () => {
  it('is odd, and holds no event', () => {
    for (const raw of ['', 'x', '[]', '{}', 'null', '7', '"a"', '{"data":null}', '[[[]]]', '{"for_user_id":"1"}'])
      expect(readBody(raw, reading()).every(({ is }) => is === 'odd' || is === 'told')).toBe(true);
  });
});

describe('whose a body is', () => {
  it('is told by the account that it names', () => {
    const about = (body: unknown) => aboutOf(JSON.stringify(body), self);
    expect(about(anActivity('post.create', {}))).toEqual({ mine: true, strangers: [] });
    expect(about(anActivity('post.create', {}, { filter: { user_id: fahad.id } }))).toEqual({
      mine: false,
      strangers: [`account ${fahad.id}`],
    });
    expect(about({ for_user_id: fahad.id, tweet_create_events: [] })).toEqual({
      mine: false,
      strangers: [`account ${fahad.id}`],
    });
    expect(about([anActivity('like.create', {}), { for_user_id: fahad.id, tweet_create_events: [] }])).toEqual({
      mine: true,
      strangers: [`account ${fahad.id}`],
    });
  });
  it('is ours where it names nobody, cannot be read, or we do not know ourselves yet', () => {
    expect(aboutOf('garbled', self)).toEqual({ mine: true, strangers: [] });
    expect(aboutOf(JSON.stringify(anActivity('oauth.revoke', {}, { filter: {} })), self).mine).toBe(true);
    expect(aboutOf(JSON.stringify({ for_user_id: fahad.id, users: {} }), null)).toEqual({ mine: true, strangers: [] });
  });
});
