import { describe, expect, it } from 'vitest';
import { mediaTypes } from '../../fakes/x/names.ts';
import { problems } from '../../fakes/x/problems.ts';
import { openX, refusalOf } from './open-x.ts';

describe('a reply', () => {
  it('goes to whoever named or quoted the account in that post, and to nobody else', async () => {
    const { user, simulator, sara } = await openX();
    const own = simulator.ownPost('إعلان');
    await user.reply('جواب أول', sara.mention('سؤال').id);
    await user.reply('جواب ثان', sara.quote(own, 'ما هذا؟').id);
    const carried = sara.reply(own, 'شكرا');
    expect(carried.text).toBe('@wasl_care شكرا');
    const cold = await refusalOf(user.reply('جواب ثالث', carried.id));
    expect(cold).toMatchObject({ code: 403, data: problems.notSummoned });
    expect((await refusalOf(user.reply('جواب رابع', sara.post('كلام').id))).code).toBe(403);
    expect(simulator.posts.map(({ typed }) => typed)).toEqual(['جواب أول', 'جواب ثان']);
    simulator.rules.carriedHandleSummons = true;
    await user.reply('جواب خامس', carried.id);
  });

  it('goes below an own post, so that a long answer can be a thread', async () => {
    const { user, simulator, sara } = await openX();
    const question = sara.mention('سؤال');
    const first = await user.reply('١/٢', question.id);
    await user.reply('٢/٢', first.data.id);
    const [one, two] = simulator.posts;
    expect(two?.references).toEqual([{ type: 'replied_to', id: one?.id }]);
    expect(two?.conversationId).toBe(question.conversationId);
  });

  it('cannot go to what is gone', async () => {
    const { user, sara } = await openX();
    const post = sara.mention('سؤال');
    sara.delete(post);
    expect((await refusalOf(user.reply('جواب', post.id))).data).toMatchObject(problems.repliedToAbsent);
  });
});

describe('a post', () => {
  it('is not taken twice', async () => {
    const { user, simulator } = await openX();
    const { data } = await user.tweet('إعلان');
    expect((await refusalOf(user.tweet('إعلان'))).data.detail).toContain('duplicate content');
    await user.deleteTweet(data.id);
    await user.tweet('إعلان');
    simulator.rules.duplicates = 'allowed';
    await user.tweet('إعلان');
  });

  it.each([
    ['ا'.repeat(280), true],
    ['ا'.repeat(281), false],
    ['ﷺ'.repeat(140), true],
    ['ﷺ'.repeat(141), false],
    [`${'ا'.repeat(256)} https://example.org/${'a'.repeat(100)}`, true],
    [`${'ا'.repeat(257)} https://example.org/${'a'.repeat(100)}`, false],
  ])('may weigh 280: %s', async (text, isTaken) => {
    const { user } = await openX();
    const outcome = await user.tweet(text).then(
      () => true,
      (error) => error.data.detail.includes('too long') === false,
    );
    expect(outcome).toBe(isTaken);
  });

  it('may be longer for those who pay', async () => {
    const { user, simulator } = await openX({ rules: { premium: true } });
    await user.tweet('كلمة '.repeat(200).trim());
    expect(simulator.posts[0]?.note?.text).toContain('كلمة كلمة');
  });

  it('quotes only on Enterprise', async () => {
    const { user, simulator, sara } = await openX();
    const post = sara.post('كلام');
    expect((await refusalOf(user.quote('انظروا', post.id))).code).toBe(403);
    simulator.rules.quotes = true;
    await user.quote('انظروا', post.id);
    expect(simulator.posts[0]?.references).toEqual([{ type: 'quoted', id: post.id }]);
  });

  it.each([{}, { text: 'x', foo: 1 }, { text: 'x', reply: { in_reply_to_tweet_id: 5 } }, { text: 'x', media: {} }])(
    'is refused with the body %o',
    async (body) => {
      const { user, simulator } = await openX();
      expect((await refusalOf(user.post('tweets', body))).code).toBe(400);
      expect(simulator.posts).toEqual([]);
    },
  );

  it('of somebody else cannot be deleted', async () => {
    const { user, sara } = await openX();
    expect((await refusalOf(user.deleteTweet(sara.post('كلام').id))).code).toBe(403);
  });
});

describe('a message', () => {
  it('goes to whoever takes messages from everybody, or wrote first', async () => {
    const { user, simulator, sara } = await openX();
    await user.sendDmToParticipant(sara.id, { text: 'أهلا' });
    sara.closeDms();
    const omar = simulator.person({ username: 'omar', closedDms: true });
    expect((await refusalOf(user.sendDmToParticipant(omar.id, { text: 'أهلا' }))).data).toMatchObject(
      problems.closedMessages,
    );
    omar.dm('سؤال');
    await user.sendDmToParticipant(omar.id, { text: 'أهلا' });
    expect(simulator.dms.map(({ recipientId }) => recipientId)).toEqual([sara.id, omar.id]);
  });

  it('is one of 15 in a quarter of an hour and of 1440 in a day', async () => {
    const { user, simulator, sara, clock } = await openX();
    const send = () => user.sendDmToParticipant(sara.id, { text: 'أهلا' });
    for (let count = 0; count < 15; count += 1) await send();
    expect((await refusalOf(send())).rateLimit).toMatchObject({
      remaining: 0,
      userDay: { limit: 1440, remaining: 1425 },
    });
    clock.advance(15 * 60_000);
    await send();
    expect(simulator.dms).toHaveLength(16);
  });
});

describe('a file', () => {
  it('goes up in parts and arrives as it was', async () => {
    const { user, simulator, sara } = await openX();
    const bytes = Buffer.from(Array.from({ length: 5000 }, (_, at) => at % 256));
    const options = { media_type: 'image/png', media_category: 'dm_image' } as const;
    const id = await user.uploadMedia(bytes, options, 1999);
    await user.sendDmToParticipant(sara.id, { attachments: [{ media_id: id }] });
    expect(simulator.media.byId(id)?.bytes.equals(bytes)).toBe(true);
    expect(simulator.dms[0]?.mediaKeys).toEqual([`3_${id}`]);
  });

  it('of a post is no file of a message', async () => {
    const { user, sara } = await openX();
    const id = await user.uploadMedia(Buffer.from('x'), { media_type: 'image/png' });
    const refused = await refusalOf(user.sendDmToParticipant(sara.id, { attachments: [{ media_id: id }] }));
    expect(JSON.stringify(refused.data)).toContain('Your media IDs are invalid');
    await user.tweet('صورة', { media: { media_ids: [id] } });
  });

  it('may not be too big, and its parts must be whole', async () => {
    const { user } = await openX();
    const begin = (total_bytes: number) =>
      user.post<{ data: { id: string } }>('media/upload/initialize', { media_type: mediaTypes[6], total_bytes });
    expect((await refusalOf(begin(5 * 1024 * 1024 + 1))).code).toBe(400);
    const { data } = await begin(10);
    expect((await refusalOf(user.post(`media/upload/${data.id}/finalize`))).code).toBe(400);
  });
});

describe('the bill', () => {
  it('has a line for each kind, and a thing read twice in a day only once', async () => {
    const { user, simulator, sara, clock } = await openX();
    const mention = sara.mention('سؤال');
    sara.dm('رسالة');
    await user.userMentionTimeline(simulator.account.id);
    await user.userMentionTimeline(simulator.account.id);
    await user.listDmEvents();
    await user.reply('جواب', mention.id);
    await user.tweet('إعلان');
    await user.tweet('إعلان example.com');
    await user.sendDmToParticipant(sara.id, { text: 'أهلا' });
    const usd = Object.fromEntries(simulator.spent().lines.map(({ kind, count, usd }) => [kind, [count, usd]]));
    expect(usd).toEqual({
      'owned read': [1, 0.001],
      'dm read': [1, 0.01],
      'reply to a summons': [1, 0.01],
      'post create': [1, 0.015],
      'post create with url': [1, 0.2],
      'dm create': [1, 0.015],
    });
    expect(simulator.spent().usd).toBe(0.251);
    clock.advance(24 * 60 * 60 * 1000);
    await user.userMentionTimeline(simulator.account.id);
    expect(simulator.spent().lines[0]?.count).toBe(2);
  });

  it.each([
    ['usageCapped', undefined, 403, 'usage-capped'],
    ['usageCapped', 429, 429, 'usage-capped'],
    ['creditsDepleted', undefined, 402, 'credits'],
    ['notEnrolled', undefined, 403, 'client-forbidden'],
  ] as const)('stops everything: %s', async (cap, status, code, type) => {
    const { user, simulator } = await openX();
    simulator.setCap(cap, status);
    expect(await refusalOf(user.me())).toMatchObject({ code, data: { type: expect.stringContaining(type) } });
    simulator.setCap(null);
    await user.me();
  });

  it('is told by the endpoint of usage', async () => {
    const { user, app, simulator, sara } = await openX();
    sara.mention('سؤال');
    await user.userMentionTimeline(simulator.account.id);
    expect(await app.get('usage/tweets')).toMatchObject({ data: { project_usage: '1' } });
  });
});

describe('what goes wrong', () => {
  it.each([500, 503, 401, 403, 429])('is a status of %i, once', async (status) => {
    const { user, simulator } = await openX();
    simulator.failNext(status, 1, { on: 'me' });
    expect((await refusalOf(user.me())).code).toBe(status);
    await user.me();
  });

  it('is a cut after the post was taken, so that it is there twice refused', async () => {
    const { user, simulator } = await openX();
    simulator.failNext('reset', 1, { on: 'write', taken: true });
    await expect(user.tweet('إعلان')).rejects.toMatchObject({ error: true, type: 'request' });
    expect(simulator.posts).toHaveLength(1);
    expect((await refusalOf(user.tweet('إعلان'))).data.detail).toContain('duplicate');
    expect(simulator.requests.map(({ status }) => status)).toEqual([0, 403]);
  });

  it('is an answer that is no JSON, the words of X, or nobody there', async () => {
    const { user, simulator, sara } = await openX();
    simulator.failNext('garbled', 1, { on: 'me' });
    await expect(user.me()).rejects.toMatchObject({ type: 'partial-response' });
    simulator.failNext({ ...problems.notSummoned, detail: 'Another sentence.' }, 1, { on: 'write' });
    expect((await refusalOf(user.reply('جواب', sara.mention('سؤال').id))).data.detail).toBe('Another sentence.');
    simulator.setDown(true);
    expect((await refusalOf(user.me())).code).toBe(503);
    simulator.heal();
    await user.me();
  });

  it('leaves a request without an answer', async () => {
    const { baseUrl, simulator } = await openX();
    simulator.failNext('timeout', 1, { on: 'search' });
    const headers = { authorization: `Bearer ${simulator.settings().X_BEARER_TOKEN}` };
    const signal = AbortSignal.timeout(50);
    await expect(fetch(`${baseUrl}/2/tweets/search/recent?query=hello`, { headers, signal })).rejects.toThrow();
  });
});
