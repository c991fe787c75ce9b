import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareIds, firstIdAt, timeOf } from '../../fakes/x/ids.ts';
import { openX, refusalOf } from './open-x.ts';

const day = 24 * 60 * 60 * 1000;

describe('who asks', () => {
  it('is known by a signature over the address that was asked, values with signs and Arabic among them', async () => {
    const { user, simulator, sara } = await openX();
    sara.mention('صباح الخير (كيف الحال)!*');
    const found = await user.search('@wasl_care "(كيف الحال)!*"', { max_results: 10 });
    expect((await user.me()).data.id).toBe(simulator.account.id);
    expect(found.tweets).toHaveLength(1);
  });

  it.each([{ appSecret: 'x' }, { accessSecret: 'x' }, { appKey: 'x' }, { accessToken: 'x' }])(
    'is refused with another key: %o',
    async (changed) => {
      const { clientWith } = await openX();
      expect(await refusalOf(clientWith(changed).me())).toMatchObject({ code: 401, data: { title: 'Unauthorized' } });
    },
  );

  it('may not read messages as the application alone', async () => {
    const { app, bearer } = await openX();
    const refused = await refusalOf(app.listDmEvents());
    expect(refused).toMatchObject({ code: 403, data: { title: 'Unsupported Authentication' } });
    expect((await refusalOf(bearer('another').search('@wasl_care'))).code).toBe(401);
  });

  it('gets a new token of OAuth 2.0 for each refresh token, which is good only once', async () => {
    const { baseUrl, simulator, bearer } = await openX();
    const refresh_token = simulator.refreshToken();
    const change = (headers: Record<string, string>, body: string) =>
      fetch(`${baseUrl}/2/oauth2/token`, { method: 'POST', headers, body });
    const asked = { grant_type: 'refresh_token', refresh_token, client_id: 'c' };
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const given = await (await change(form, String(new URLSearchParams(asked)))).json();
    expect((await bearer(given.access_token).me()).data.username).toBe('wasl_care');
    expect((await change({ 'content-type': 'application/json' }, JSON.stringify(asked))).status).toBe(400);
  });
});

describe('the timeline of mentions', () => {
  it('gives what was asked for and nothing else', async () => {
    const { user, simulator, sara } = await openX();
    const post = sara.mention('متى يفتح المكتب؟', { media: [{ bytes: Buffer.from('picture') }] });
    const bare = await user.userMentionTimeline(simulator.account.id);
    expect(bare.data.data).toEqual([{ id: post.id, text: post.text, edit_history_tweet_ids: [post.id] }]);
    expect(bare.data.includes).toBeUndefined();
    const rich = await user.userMentionTimeline(simulator.account.id, {
      'tweet.fields': ['created_at', 'entities'],
      expansions: ['author_id', 'attachments.media_keys'],
      'media.fields': ['url'],
    });
    expect(Object.keys(rich.data.data[0] ?? {}).sort()).toEqual(
      ['attachments', 'author_id', 'created_at', 'edit_history_tweet_ids', 'entities', 'id', 'text'].sort(),
    );
    expect(rich.data.includes?.users).toEqual([{ id: sara.id, name: 'سارة', username: 'sara_a' }]);
    const [picture] = rich.data.includes?.media ?? [];
    expect(await (await fetch(picture?.url ?? '')).text()).toBe('picture');
  });

  it('speaks the language of the document where it is asked in it', async () => {
    const { user, simulator, sara } = await openX();
    const own = simulator.ownPost('إعلان');
    sara.quote(own, 'سؤال @wasl_care');
    const answer = await user.get<{ data: object[]; includes: object }>(`users/${simulator.account.id}/mentions`, {
      'post.fields': 'note_post,public_metrics',
      expansions: 'referenced_posts',
    });
    expect(answer.data[0]).toHaveProperty('referenced_posts');
    expect(answer.data[0]).toHaveProperty('edit_history_post_ids');
    expect(answer.includes).toHaveProperty('posts');
  });

  it.each([
    [{ foo: '1' }, 'foo'],
    [{ 'tweet.fields': 'id,favourites' }, 'favourites'],
    [{ expansions: 'author' }, 'author'],
    [{ max_results: '4' }, 'max_results'],
    [{ max_results: '101' }, 'max_results'],
    [{ since_id: 'abc' }, 'since_id'],
    [{ pagination_token: 'not-a-token' }, 'pagination_token'],
  ])('refuses %o and names it', async (query, name) => {
    const { user, simulator } = await openX();
    const refused = await refusalOf(user.get(`users/${simulator.account.id}/mentions`, query));
    expect(refused).toMatchObject({ code: 400, data: { title: 'Invalid Request', status: 400 } });
    expect(JSON.stringify(refused.data)).toContain(name);
  });

  it('gives each mention once, newest first, whatever the pages and the place to begin', async () => {
    const { user, simulator, clock, sara } = await openX();
    const all = Array.from({ length: 57 }, (_, count) => {
      clock.advance(count % 3);
      return sara.mention(`سؤال ${count}`).id;
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 5, max: 60 }), fc.integer({ min: 0, max: 56 }), async (size, from) => {
        const since = all[from] ?? '';
        const timeline = await user.userMentionTimeline(simulator.account.id, { max_results: size, since_id: since });
        while (!timeline.done) await timeline.fetchNext();
        expect(timeline.tweets.map(({ id }) => id)).toEqual(all.slice(from + 1).reverse());
      }),
      { numRuns: 15 },
    );
  });

  it('keeps the last 800', async () => {
    const { user, simulator, sara } = await openX();
    const all = Array.from({ length: 805 }, (_, count) => sara.mention(`سؤال ${count}`).id);
    const timeline = await user.userMentionTimeline(simulator.account.id, { max_results: 100 });
    await timeline.fetchLast(2000);
    expect(timeline.tweets.map(({ id }) => id)).toEqual(all.slice(5).reverse());
  });

  it('shows a late mention with its old id, and the search shows it before', async () => {
    const { user, simulator, clock, sara } = await openX();
    const late = sara.mention('متأخر', { lateMs: 60_000 });
    clock.advance(1000);
    const next = sara.mention('لاحق');
    const ids = async () => (await user.userMentionTimeline(simulator.account.id)).tweets.map(({ id }) => id);
    expect(await ids()).toEqual([next.id]);
    expect((await user.search('@wasl_care')).tweets.map(({ id }) => id)).toEqual([next.id, late.id]);
    clock.advance(60_000);
    expect(await ids()).toEqual([next.id, late.id]);
    expect(compareIds(late.id, next.id)).toBeLessThan(0);
  });

  it('leaves out what was deleted, and has an edit in the place of what it replaces', async () => {
    const { user, simulator, sara } = await openX();
    const gone = sara.mention('يحذف');
    const first = sara.mention('قبل التعديل');
    sara.delete(gone);
    const edited = sara.edit(first, '@wasl_care بعد التعديل');
    const { tweets } = await user.userMentionTimeline(simulator.account.id);
    expect(tweets.map(({ id, edit_history_tweet_ids }) => [id, edit_history_tweet_ids])).toEqual([
      [edited.id, [first.id, edited.id]],
    ]);
    const found = await user.tweets([gone.id, edited.id]);
    expect(found.data.map(({ id }) => id)).toEqual([edited.id]);
    expect(found.errors?.[0]).toMatchObject({ resource_id: gone.id, title: 'Not Found Error' });
  });

  it('cuts a long post and has the whole of it beside', async () => {
    const { user, simulator, sara } = await openX();
    const words = `${'كلمة '.repeat(200)}النهاية`;
    sara.mention(words);
    const { tweets } = await user.userMentionTimeline(simulator.account.id, { 'tweet.fields': ['note_tweet'] });
    expect(tweets[0]?.text).not.toContain('النهاية');
    expect(tweets[0]?.note_tweet?.text).toBe(`@wasl_care ${words}`);
  });

  it('holds reposts of what names the account, with the places of what they name', async () => {
    const { user, simulator, sara } = await openX();
    const omar = simulator.person({ username: 'omar' });
    const post = sara.mention('<أ> example.org #خدمة');
    const repost = omar.retweet(post);
    const { tweets } = await user.userMentionTimeline(simulator.account.id, {
      'tweet.fields': ['entities', 'referenced_tweets'],
    });
    expect(tweets[0]).toMatchObject({
      id: repost.id,
      text: `RT @sara_a: ${post.text}`,
      referenced_tweets: [{ type: 'retweeted', id: post.id }],
    });
    const { mentions = [], urls = [], hashtags = [] } = tweets[0]?.entities ?? {};
    const standsAt = (one?: { start: number; end: number }) =>
      [...(tweets[0]?.text ?? '')].slice(one?.start, one?.end).join('');
    expect(mentions.map(standsAt)).toEqual(['@sara_a', '@wasl_care']);
    expect(urls.map(standsAt)).toEqual([urls[0]?.url]);
    expect(hashtags.map(standsAt)).toEqual(['#خدمة']);
    expect((await user.search('@wasl_care -is:retweet')).tweets).toHaveLength(1);
  });

  it('gives the mentions of nobody else', async () => {
    const { user, sara } = await openX();
    sara.mention('سؤال');
    expect((await user.userMentionTimeline(sara.id)).meta.result_count).toBe(0);
  });
});

describe('ids', () => {
  it('grow with the clock and tell their time', async () => {
    const { clock, sara } = await openX();
    const first = sara.mention('أولا');
    clock.advance(5);
    const second = sara.mention('ثانيا');
    expect(compareIds(first.id, second.id)).toBeLessThan(0);
    expect(timeOf(second.id)).toBe(clock.now());
    expect(BigInt(first.id)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
    expect(timeOf(sara.mention('قديم', { at: clock.now() - day }).id)).toBe(clock.now() - day);
  });
});

describe('recent search', () => {
  it.each([
    ['@wasl_care', ['reply', 'mention']],
    ['@wasl_care -is:reply', ['mention']],
    ['from:sara_a -@wasl_care', ['other']],
    ['from:wasl_care', ['own']],
    ['to:wasl_care', ['reply']],
  ])('finds by %s', async (query, expected) => {
    const { user, simulator, sara } = await openX();
    const posts = { mention: sara.mention('سؤال'), other: sara.post('كلام'), own: simulator.ownPost('إعلان') };
    const named = new Map(
      Object.entries({ ...posts, reply: sara.reply(posts.own, 'جواب') }).map(([k, v]) => [v.id, k]),
    );
    expect((await user.search(query)).tweets.map(({ id }) => named.get(id))).toEqual(expected);
  });

  it('finds a conversation, and nothing older than seven days', async () => {
    const { user, simulator, clock, sara } = await openX();
    const own = simulator.ownPost('إعلان');
    const reply = sara.reply(own, 'سؤال');
    const found = await user.search(`conversation_id:${own.conversationId} -from:wasl_care`);
    expect(found.tweets.map(({ id }) => id)).toEqual([reply.id]);
    clock.advance(7 * day + 1);
    expect((await user.search('@wasl_care')).meta.result_count).toBe(0);
    expect((await refusalOf(user.search('@wasl_care', { since_id: firstIdAt(clock.now() - 8 * day) }))).code).toBe(400);
  });

  it.each(['is:reply', 'near:riyadh @a', '@a OR @b'])('refuses %s', async (query) => {
    const { user } = await openX();
    expect((await refusalOf(user.search(query))).code).toBe(400);
  });
});

describe('messages', () => {
  it('come newest first, of the last 30 days, page by page', async () => {
    const { user, simulator, clock, sara } = await openX();
    sara.dm('قديم', { at: clock.now() - 31 * day });
    const ids = Array.from({ length: 7 }, (_, count) => sara.dm(`رسالة ${count}`).id);
    ids.push(simulator.ownDm(sara, 'جواب من موظف').id);
    const list = await user.listDmEvents({ event_types: ['MessageCreate'], max_results: 3 });
    while (!list.done) await list.fetchNext();
    expect(list.events.map(({ id }) => id)).toEqual([...ids].reverse());
    expect(list.events[0]).toEqual({ id: ids.at(-1), event_type: 'MessageCreate', text: 'جواب من موظف' });
    const omar = simulator.person({ username: 'omar' });
    expect((await user.listDmEventsWithParticipant(omar.id)).meta.result_count).toBe(0);
  });

  it('carry files that only the account can fetch', async () => {
    const { user, sara } = await openX();
    const dm = sara.dm('صورة', { media: { bytes: Buffer.from('private') } });
    const list = await user.listDmEvents({
      'dm_event.fields': ['dm_conversation_id', 'sender_id', 'attachments'],
      expansions: ['attachments.media_keys'],
      'media.fields': ['url'],
    });
    const url = list.includes.media[0]?.url ?? '';
    expect(list.events[0]).toMatchObject({ dm_conversation_id: dm.conversationId, sender_id: sara.id });
    expect((await fetch(url)).status).toBe(401);
    const file = await user.get<Buffer>(url, undefined, { prefix: '', forceParseMode: 'buffer' });
    expect(file.toString()).toBe('private');
  });

  it('do not hold encrypted ones', async () => {
    const { user, sara } = await openX();
    sara.encrypted();
    expect((await user.listDmEvents()).meta.result_count).toBe(0);
  });
});

describe('limits', () => {
  it('are told with each answer, and refuse without a time to wait', async () => {
    const { user, clock } = await openX();
    for (let count = 0; count < 15; count += 1)
      expect((await user.listDmEvents()).rateLimit.remaining).toBe(14 - count);
    const refused = await refusalOf(user.listDmEvents());
    expect(refused).toMatchObject({ code: 429, rateLimitError: true, rateLimit: { limit: 15, remaining: 0 } });
    expect(refused.headers['retry-after']).toBeUndefined();
    clock.set((refused.rateLimit?.reset ?? 0) * 1000);
    expect((await user.listDmEvents()).rateLimit.remaining).toBe(14);
  });

  it('can be set', async () => {
    const { user, simulator } = await openX();
    simulator.limits.me = { user: [{ most: 1, inMs: 1000 }], app: [] };
    await user.me();
    expect((await refusalOf(user.me())).code).toBe(429);
  });
});
