import { describe, expect, it } from 'vitest';
import { readPosts } from '../../../channels/x/payload/page.ts';
import { inboundEvent } from '../../../src/channel/inbound.ts';
import { aPage, aPost, eventsOf, fahad, mention, reading, sara, self } from './bodies.ts';

const readAll = (posts: readonly unknown[], includes?: Record<string, unknown>, sent: string[] = []) => {
  const page = readPosts(aPage(posts, includes), reading(sent));
  const events = eventsOf(page?.pieces);
  for (const event of events) inboundEvent.parse(event);
  return { pieces: page?.pieces ?? [], events };
};

const readOne = (post: unknown, includes?: Record<string, unknown>) => readAll([post], includes).events[0];

describe('a post that names the account', () => {
  it('is a public message of its author, in a conversation of that person and thread', () => {
    expect(readOne(aPost())).toMatchObject({
      event: 'message',
      externalId: '2090000000000000001',
      address: sara.id,
      conversationKey: `post:2090000000000000001:${sara.id}`,
      visibility: 'public',
      displayName: 'سارة العتيبي (@sara_ot)',
      text: 'متى موعد النظافة في حي النرجس؟',
      sentAt: '2026-11-21T09:00:00.000Z',
      language: 'ar',
      answerable: true,
      automated: 'none',
      link: 'https://x.com/sara_ot/status/2090000000000000001',
    });
  });
  it('has the whole of a long post', () => {
    const long = `@Amana_Care ${'كلام طويل '.repeat(60)}`.trim();
    const post = aPost({ text: `${long.slice(0, 270)}… https://t.co/abc`, note_tweet: { text: long } });
    expect(readOne(post)).toMatchObject({ text: long.replace('@Amana_Care ', '') });
  });
  it('has the whole of a long post under its newer name too', () => {
    expect(readOne(aPost({ note_post: { text: 'الكلام كله هنا' } }))).toMatchObject({ text: 'الكلام كله هنا' });
  });
  it('shows links as they lead and no link of its own picture', () => {
    const post = aPost({
      text: '@Amana_Care حفرة هنا https://t.co/map1 &amp; خطر https://t.co/pic1',
      entities: {
        mentions: [mention],
        urls: [
          { url: 'https://t.co/map1', expanded_url: 'https://maps.example.sa/?q=24.7&z=15' },
          {
            url: 'https://t.co/pic1',
            expanded_url: `https://x.com/sara_ot/status/2090000000000000001/photo/1`,
            media_key: '3_1',
          },
        ],
      },
      attachments: { media_keys: ['3_1', '7_2'] },
    });
    const includes = {
      users: [sara],
      media: [
        { media_key: '3_1', type: 'photo', url: 'https://pbs.twimg.com/media/a.png' },
        {
          media_key: '7_2',
          type: 'video',
          variants: [
            { content_type: 'application/x-mpegURL', url: 'https://video.twimg.com/a.m3u8' },
            { content_type: 'video/mp4', bit_rate: 256000, url: 'https://video.twimg.com/low.mp4' },
            { content_type: 'video/mp4', bit_rate: 2176000, url: 'https://video.twimg.com/high.mp4' },
          ],
        },
      ],
    };
    const event = readOne(post, includes);
    expect(event).toMatchObject({ text: 'حفرة هنا https://maps.example.sa/?q=24.7&z=15 & خطر', kind: 'image' });
    expect(event).toMatchObject({
      attachments: [
        { type: 'image/png', reference: '{"key":"3_1","url":"https://pbs.twimg.com/media/a.png"}' },
        { type: 'video/mp4', reference: '{"key":"7_2","url":"https://video.twimg.com/high.mp4"}' },
      ],
    });
  });
  it('keeps a file of which only the key is told', () => {
    const event = readOne(aPost({ attachments: { media_keys: ['3_9'] } }));
    expect(event).toMatchObject({ kind: 'file', attachments: [{ reference: '{"key":"3_9"}' }] });
  });
  it('keeps words that are nothing but the handle', () => {
    expect(readOne(aPost({ text: '@Amana_Care' }))).toMatchObject({ text: '@Amana_Care' });
  });
});

describe('a reply', () => {
  const reply = aPost({
    id: '2090000000000000005',
    edit_history_tweet_ids: ['2090000000000000005'],
    text: '@fahad_88 @Amana_Care وأنا كذلك يا @fahad_88',
    in_reply_to_user_id: fahad.id,
    referenced_tweets: [{ type: 'replied_to', id: '2090000000000000001' }],
  });
  const before = aPost({ author_id: fahad.id, text: 'انقطع الماء &lt;أمس&gt;' });

  it('goes without the handles at its beginning and shows what it answers', () => {
    expect(readOne(reply, { users: [sara, fahad], tweets: [before] })).toMatchObject({
      text: 'وأنا كذلك يا @fahad_88',
      refersTo: '2090000000000000001',
      fields: [{ name: 'post', value: 'انقطع الماء <أمس>' }],
      conversationKey: `post:2090000000000000001:${sara.id}`,
    });
  });
  it('refers to the first version of what it answers', () => {
    const edited = { ...before, edit_history_tweet_ids: ['2089999999999999999', '2090000000000000001'] };
    expect(readOne(reply, { tweets: [edited] })).toMatchObject({ refersTo: '2089999999999999999' });
  });
  it('may not be answered by a program where its author did not name us', () => {
    const silent = aPost({ text: 'يا جماعة', entities: { mentions: [{ username: 'fahad_88', id: fahad.id }] } });
    expect(readOne(silent)).toMatchObject({ answerable: false });
  });
  it('is known to name us by the handle, however it is written', () => {
    const named = aPost({ entities: { mentions: [{ username: 'amana_care' }] } });
    expect(readOne(named)).toMatchObject({ answerable: true });
  });
  it('is put where the core knows it to belong while the exchange is not told', () => {
    const { pieces } = readAll([{ ...reply, conversation_id: undefined }]);
    expect(pieces[0]).toMatchObject({ is: 'unplaced', id: '2090000000000000005' });
    expect(eventsOf(pieces)[0]).toMatchObject({
      conversationKey: `post:2090000000000000001:${sara.id}`,
      thread: { references: ['2090000000000000001'], isReply: true },
    });
  });
});

describe('a quote', () => {
  const quote = (over = {}) =>
    aPost({
      text: 'هذا كلام غير صحيح https://t.co/q1',
      entities: {
        urls: [{ url: 'https://t.co/q1', expanded_url: 'https://twitter.com/Amana_Care/status/2080000000000000001' }],
      },
      referenced_tweets: [{ type: 'quoted', id: '2080000000000000001' }],
      ...over,
    });
  it('of our post may be answered, and shows our words', () => {
    const ours = aPost({
      id: '2080000000000000001',
      author_id: self.id,
      text: 'انتهت الصيانة',
      edit_history_tweet_ids: [],
    });
    expect(readOne(quote(), { tweets: [ours] })).toMatchObject({
      answerable: true,
      text: 'هذا كلام غير صحيح',
      refersTo: '2080000000000000001',
      fields: [{ name: 'post', value: 'انتهت الصيانة' }],
    });
  });
  it('is known to be of our post by its link alone', () => {
    expect(readOne(quote(), {})).toMatchObject({ answerable: true });
  });
  it("of somebody else's post may not be answered", () => {
    const theirs = aPost({ id: '2080000000000000001', author_id: fahad.id });
    expect(readOne(quote(), { posts: [theirs] })).toMatchObject({ answerable: false });
  });
});

describe('what nobody may answer', () => {
  it('is a repost, which is taken for automatic', () => {
    const repost = aPost({
      text: 'RT @fahad_88: @Amana_Care شكرا',
      referenced_tweets: [{ type: 'retweeted', id: '2080000000000000009' }],
    });
    expect(readOne(repost)).toMatchObject({
      automated: 'bulk',
      answerable: false,
      text: 'RT @fahad_88: @Amana_Care شكرا',
    });
  });
  it('is a post of a protected account', () => {
    expect(readOne(aPost(), { users: [{ ...sara, protected: true }] })).toMatchObject({ answerable: false });
  });
  it('is a withheld post', () => {
    const withheld = { copyright: false, country_codes: ['SA'] };
    expect(readOne(aPost({ withheld }))).toMatchObject({ answerable: false });
  });
});

describe('an edited post', () => {
  const edited = aPost({
    id: '2090000000000000007',
    text: '@Amana_Care حي الياسمين لا النرجس',
    edit_history_tweet_ids: ['2090000000000000001', '2090000000000000007'],
  });
  it('is known by its first id and carries the edit for those who know it already', () => {
    const { pieces } = readAll([edited]);
    expect(pieces[0]).toMatchObject({
      is: 'event',
      id: '2090000000000000007',
      event: { kind: 'text', externalId: '2090000000000000001', text: 'حي الياسمين لا النرجس' },
      edit: {
        kind: 'edit',
        externalId: '2090000000000000007',
        refersTo: '2090000000000000001',
        text: 'حي الياسمين لا النرجس',
      },
    });
  });
  it('is known by its first id in whatever order the versions are named', () => {
    const turned = {
      ...edited,
      edit_history_tweet_ids: undefined,
      edit_history_post_ids: ['2090000000000000007', '2090000000000000001'],
    };
    expect(readOne(turned)).toMatchObject({ externalId: '2090000000000000001' });
  });
});

describe('posts of the account itself', () => {
  const answer = (over = {}) =>
    aPost({
      id: '2090000000000000003',
      edit_history_tweet_ids: ['2090000000000000003'],
      author_id: self.id,
      text: '@sara_ot أهلا بك',
      in_reply_to_user_id: sara.id,
      referenced_tweets: [{ type: 'replied_to', id: '2090000000000000001' }],
      ...over,
    });
  it('that answer a person are words of ours in that conversation', () => {
    expect(readOne(answer())).toMatchObject({
      event: 'own-message',
      externalId: '2090000000000000003',
      address: sara.id,
      conversationKey: `post:2090000000000000001:${sara.id}`,
      text: 'أهلا بك',
    });
  });
  it('that Wasl sent do not come back', () => {
    const { pieces, events } = readAll([answer()], undefined, ['2090000000000000003']);
    expect(events).toEqual([]);
    expect(pieces).toEqual([{ is: 'told', what: 'own-sent' }]);
  });
  it('that speak to nobody are only counted', () => {
    const { pieces } = readAll([
      answer({ in_reply_to_user_id: undefined, referenced_tweets: [] }),
      answer({ in_reply_to_user_id: self.id }),
      answer({ referenced_tweets: [{ type: 'retweeted', id: '1' }] }),
    ]);
    expect(pieces).toEqual(Array(3).fill({ is: 'told', what: 'own-post' }));
  });
});

describe('a page', () => {
  it('loses no post because its neighbour cannot be read', () => {
    const page = readPosts(aPage([null, { id: '5' }, aPost(), 'x']), reading());
    expect(page?.pieces.map((piece) => piece.is)).toEqual(['odd', 'odd', 'event', 'odd']);
    expect(page?.ids).toEqual([null, '5', '2090000000000000001', null]);
  });
  it('without posts is a page at its end', () => {
    expect(readPosts({ meta: { result_count: 0 } }, reading())).toEqual({ pieces: [], ids: [], next: null });
  });
  it('tells what the next one is asked for by', () => {
    expect(readPosts({ data: [], meta: { next_token: 'b26v' } }, reading())?.next).toBe('b26v');
  });
  it('that is none is told from an empty one', () => {
    for (const body of [null, undefined, 'x', 5, []]) expect(readPosts(body, reading())).toBeNull();
  });
  it('gives a post without time the time of its id', () => {
    expect(
      readOne(aPost({ created_at: undefined, id: '1541815603606036480', edit_history_tweet_ids: [] })),
    ).toMatchObject({
      sentAt: '2022-06-28T16:07:40.105Z',
    });
  });
});

describe('a mention', () => {
  const answered = {
    in_reply_to_user_id: fahad.id,
    referenced_tweets: [{ type: 'replied_to', id: '2089999999999999990' }],
  };
  const carried = aPost({
    ...answered,
    text: '@Amana_Care @fahad_88 صحيح',
    display_text_range: [22, 26],
    entities: { mentions: [mention, { start: 12, end: 21, username: fahad.username, id: fahad.id }] },
  });
  const typed = { ...mention, start: 27, end: 38 };

  it('that X put before a reply by itself does not let a program answer', () => {
    expect(readOne(carried)).toMatchObject({ answerable: false });
  });
  it('that stands in the words of a reply lets a program answer', () => {
    const post = { ...carried, text: `${carried.text} @Amana_Care`, display_text_range: [22, 38] };
    expect(readOne({ ...post, entities: { mentions: [mention, typed] } })).toMatchObject({ answerable: true });
    expect(readOne({ ...post, display_text_range: [0, 38] })).toMatchObject({ answerable: true });
  });
  it('counts where X does not tell what was typed, and where nothing is answered', () => {
    expect(readOne({ ...carried, display_text_range: undefined })).toMatchObject({ answerable: true });
    expect(readOne({ ...carried, display_text_range: 'x' })).toMatchObject({ answerable: true });
    const alone = { ...carried, in_reply_to_user_id: undefined, referenced_tweets: undefined };
    expect(readOne(alone)).toMatchObject({ answerable: true });
  });
  it('that X put there by itself counts beside a quote of one of our posts', () => {
    const id = '2089999999999999995';
    const post = { ...carried, referenced_tweets: [...answered.referenced_tweets, { type: 'quoted', id }] };
    expect(readOne(post, { tweets: [aPost({ id, author_id: self.id })] })).toMatchObject({ answerable: true });
  });
  it('in a long reply is found beyond what its short form shows', () => {
    const long = `${carried.text} ${'كلام '.repeat(60)}@Amana_Care`;
    const start = [...long].length - 11;
    const note = (text: string, at: number) => ({
      text,
      entities: { mentions: [mention, { ...mention, start: at, end: at + 11 }] },
    });
    const brief = { ...carried, display_text_range: [22, 280] };
    expect(readOne({ ...brief, note_tweet: note(long, start) })).toMatchObject({ answerable: true });
    expect(readOne({ ...brief, note_tweet: { text: long, entities: { mentions: [mention] } } })).toMatchObject({
      answerable: false,
    });
    expect(readOne({ ...brief, note_tweet: note('@Amana_Care صحيح', 0) })).toMatchObject({ answerable: true });
  });
});

describe('an old way to repost', () => {
  const old = aPost({ text: 'RT @fahad_88: @Amana_Care انقطع الماء' });

  it('is a repost', () => {
    expect(readOne(old)).toMatchObject({ automated: 'bulk', answerable: false });
    expect(readOne(aPost({ ...old, text: '\u200fRT @fahad_88: @Amana_Care انقطع' }))).toMatchObject({
      automated: 'bulk',
    });
  });
  it('is none within other words, or where the post says what it refers to', () => {
    expect(readOne({ ...old, text: '@Amana_Care رد RT @fahad_88: انقطع' })).toMatchObject({ automated: 'none' });
    const quote = { ...old, referenced_tweets: [{ type: 'quoted', id: '2089999999999999995' }] };
    expect(readOne(quote)).toMatchObject({ automated: 'none', answerable: true });
  });
});
