import { createHmac } from 'node:crypto';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createReceiver } from '../../fakes/x/receiver.ts';
import type { XOptions } from '../../fakes/x/simulator.ts';
import { openX, refusalOf } from './open-x.ts';

const openWithReceiver = async (options: XOptions = {}) => {
  const all = await openX(options);
  const receiver = await createReceiver(all.simulator.settings().X_APP_SECRET ?? '');
  onTestFinished(receiver.stop);
  return { ...all, receiver };
};

const connected = async (options: XOptions = {}) => {
  const all = await openWithReceiver(options);
  const hook = await all.simulator.connect(all.receiver.url);
  // biome-ignore lint/suspicious/noExplicitAny: payloads are looked into by path
  const bodies = (): any[] => all.receiver.posts.map(({ body }) => body);
  const quiet = (posts: number) =>
    vi.waitFor(() => {
      expect(all.receiver.posts.length).toBe(posts);
      expect(all.simulator.isQuiet()).toBe(true);
    });
  return { ...all, hook, bodies, quiet };
};

describe('a webhook', () => {
  it('is taken where it proves that it knows the secret', async () => {
    const { app, receiver } = await openWithReceiver();
    const made = await app.post<{ data: { id: string; valid: boolean } }>('webhooks', { url: receiver.url });
    expect(made.data.valid).toBe(true);
    receiver.setSecret('another');
    expect(await app.put(`webhooks/${made.data.id}`)).toEqual({ data: { valid: false } });
    expect(await app.get('webhooks')).toMatchObject({ data: [{ valid: false }], meta: { result_count: 1 } });
    expect(await app.delete(`webhooks/${made.data.id}`)).toEqual({ data: { deleted: true } });
  });

  it.each(['http://example.org/x', 'https://example.org:5000/x', 'not an address'])('is refused at %s', async (url) => {
    const { app } = await openX();
    expect((await refusalOf(app.post('webhooks', { url }))).code).toBe(400);
  });

  it('is refused with a wrong answer to the challenge', async () => {
    const { app, receiver, simulator } = await openWithReceiver();
    receiver.setSecret('another');
    expect((await refusalOf(app.post('webhooks', { url: receiver.url }))).code).toBe(400);
    expect(simulator.webhooks.all()).toEqual([]);
  });

  it('gets nothing while it is invalid, and what it missed by a replay', async () => {
    const { simulator, receiver, app, sara, hook, quiet, bodies, clock } = await connected();
    receiver.setSecret('another');
    expect(await simulator.challengeAll()).toEqual([false]);
    const missed = sara.mention('ضاع');
    await quiet(0);
    receiver.setSecret(simulator.settings().X_APP_SECRET ?? '');
    await app.put(`webhooks/${hook.id}`);
    const minute = (ms: number): string => new Date(ms).toISOString().replace(/\D/g, '').slice(0, 12);
    await app.post('webhooks/replay', {
      webhook_id: hook.id,
      from_date: minute(clock.now() - 60_000),
      to_date: minute(clock.now() + 60_000),
    });
    await quiet(1);
    expect(bodies()[0].data.payload.id).toBe(missed.id);
  });

  it('gets bytes that are signed', async () => {
    const { simulator, receiver, sara, quiet } = await connected();
    sara.mention('مرحبا');
    await quiet(1);
    const [post] = receiver.posts;
    const secret = simulator.settings().X_APP_SECRET ?? '';
    const hmac = createHmac('sha256', secret)
      .update(post?.raw ?? '')
      .digest('base64');
    expect(post?.signature).toBe(`sha256=${hmac}`);
    await simulator.deliver(sara.typing(), { signature: 'wrong' });
    expect(receiver.posts.at(-1)?.signature).not.toBe(post?.signature);
  });

  it('gets a post again until it answers with 200', async () => {
    const { receiver, sara, clock, simulator } = await connected({ retryDelaysMs: [1000, 2000] });
    receiver.answerNext(500, 503, 200);
    sara.mention('مرحبا');
    await vi.waitFor(() => expect(receiver.posts).toHaveLength(1));
    for (const [ms, posts] of [
      [1000, 2],
      [2000, 3],
    ] as const) {
      await vi.waitFor(() => expect(simulator.webhooks.answers).toHaveLength(posts - 1));
      clock.advance(ms);
      await vi.waitFor(() => expect(receiver.posts).toHaveLength(posts));
    }
    await vi.waitFor(() => expect(simulator.isQuiet()).toBe(true));
    expect(new Set(receiver.posts.map(({ raw }) => raw.toString())).size).toBe(1);
  });
});

describe('the X Activity API', () => {
  it('tells of a mention with the post, its author and its conversation', async () => {
    const { simulator, sara, quiet, bodies } = await connected();
    const post = sara.mention('مرحبا');
    await quiet(1);
    const { data } = bodies()[0];
    expect(data).toMatchObject({
      filter: { user_id: simulator.account.id },
      event_type: 'post.mention.create',
      tag: 'post.mention.create',
      payload: {
        id: post.id,
        text: '@wasl_care مرحبا',
        author_id: sara.id,
        conversation_id: post.id,
        edit_history_tweet_ids: [post.id],
        entities: { mentions: [{ start: 0, start_str: '0', username: 'wasl_care' }] },
      },
    });
    expect(data.includes.users.map(({ id }: { id: string }) => id)).toEqual([sara.id, simulator.account.id]);
    expect(data.event_uuid).toMatch(/^-?\d{15,19}$/);
  });

  it('tells of a reply that names the account twice, as both', async () => {
    const { simulator, sara, quiet, bodies } = await connected();
    const own = simulator.ownPost('إعلان');
    const reply = sara.reply(own, 'سؤال');
    await quiet(3);
    const told = bodies().map(({ data }) => [data.event_type, data.payload.id]);
    expect(told.sort(([one], [other]) => one.localeCompare(other))).toEqual([
      ['post.create', own.id],
      ['post.mention.create', reply.id],
      ['post.reply.create', reply.id],
    ]);
  });

  it('tells of a message, of the own answer, and that it was read', async () => {
    const { user, simulator, sara, quiet, bodies } = await connected();
    const dm = sara.dm('رسالة', { media: { bytes: Buffer.from('x') } });
    await user.sendDmToParticipant(sara.id, { text: 'جواب' });
    const [own] = simulator.dms;
    sara.readDm();
    sara.typing();
    sara.encrypted();
    await quiet(5);
    const byType = new Map(bodies().map(({ data }) => [data.event_type, data]));
    expect(byType.get('dm.received').payload.direct_message_events[0]).toMatchObject({
      type: 'message_create',
      id: dm.id,
      created_timestamp: String(dm.at),
      message_create: { sender_id: sara.id, target: { recipient_id: simulator.account.id } },
    });
    expect(byType.get('dm.received').payload.users[sara.id].data.username).toBe('sara_a');
    expect(byType.get('dm.sent').payload.direct_message_events[0].id).toBe(own?.id);
    expect(byType.get('dm.read').payload.direct_message_mark_read_events[0].last_read_event_id).toBe(own?.id);
    expect(byType.get('chat.received').payload).toMatchObject({ sender_id: sara.id });
    expect(byType.get('chat.received').payload).not.toHaveProperty('text');
  });

  it('tells of a deletion to whoever subscribed to its author', async () => {
    const { app, sara, quiet, bodies, hook } = await connected();
    await app.post('activity/subscriptions', {
      event_type: 'post.delete',
      filter: { user_id: sara.id },
      webhook_id: hook.id,
    });
    const post = sara.post('كلام');
    sara.delete(post);
    await quiet(1);
    expect(bodies()[0].data).toMatchObject({
      event_type: 'post.delete',
      filter: { user_id: sara.id },
      payload: { id: post.id, author_id: sara.id },
    });
  });

  it('tells only of what is subscribed to', async () => {
    const { app, receiver, simulator, sara } = await openWithReceiver();
    const { data } = await app.post<{ data: { id: string } }>('webhooks', { url: receiver.url });
    const made = await app.post<{ data: { subscription: { subscription_id: string } } }>('activity/subscriptions', {
      event_type: 'dm.received',
      filter: { user_id: simulator.account.id },
      tag: 'messages',
      webhook_id: data.id,
    });
    sara.mention('لا تصل');
    sara.dm('تصل');
    await vi.waitFor(() => expect(receiver.posts).toHaveLength(1));
    expect(receiver.posts[0]?.body).toMatchObject({ data: { event_type: 'dm.received', tag: 'messages' } });
    expect(await app.get('activity/subscriptions')).toMatchObject({ data: [{ event_type: 'dm.received' }] });
    await app.delete(`activity/subscriptions/${made.data.subscription.subscription_id}`);
    sara.dm('لا تصل');
    expect(simulator.isQuiet()).toBe(true);
    expect((await refusalOf(app.post('activity/subscriptions', { event_type: 'x', filter: {} }))).code).toBe(400);
  });

  it('tells once, however often the address is given, and keeps nothing where it is measured', async () => {
    const { simulator, receiver, sara, quiet } = await connected({ keep: false });
    await simulator.connect(receiver.url);
    sara.mention('مرحبا');
    await quiet(1);
    expect(simulator.webhooks.answers).toEqual([]);
    expect(simulator.requests).toEqual([]);
  });

  it('tells that the rights were taken back', async () => {
    const { simulator, quiet, bodies } = await connected();
    simulator.revoke();
    await quiet(1);
    expect(bodies()[0].data).toMatchObject({
      event_type: 'oauth.revoke',
      filter: {},
      payload: { user_id: simulator.account.id },
    });
  });
});

describe('the Account Activity API', () => {
  it('packs what happened into lists', async () => {
    const { simulator, sara, bodies } = await connected({ auto: 'none' });
    const own = simulator.ownPost('إعلان');
    const post = sara.quote(own, 'ما هذا @wasl_care');
    const long = sara.mention('كلمة '.repeat(100));
    const dm = sara.dm('رسالة');
    const deleted = sara.delete(sara.mention('يحذف'));
    await simulator.deliver([post, long, dm, deleted, sara.encrypted()], { as: 'aaa', together: true });
    const [body] = bodies();
    expect(body.for_user_id).toBe(simulator.account.id);
    expect(body.tweet_create_events).toHaveLength(2);
    expect(body.tweet_create_events[0]).toMatchObject({
      id_str: post.id,
      user: { id_str: sara.id, screen_name: 'sara_a' },
      quoted_status: { id_str: own.id },
    });
    expect(body.tweet_create_events[1].extended_tweet.full_text).toContain('كلمة');
    expect(body.direct_message_events[0].message_create.message_data.text).toBe('رسالة');
    expect(body.users[sara.id].screen_name).toBe('sara_a');
    expect(body.tweet_delete_events[0].status.user_id).toBe(sara.id);
  });

  it('is subscribed to by the account and echoes what it wrote', async () => {
    const { user, app, receiver, simulator } = await openWithReceiver({ auto: 'aaa' });
    const { data } = await app.post<{ data: { id: string } }>('webhooks', { url: receiver.url });
    const all = `account_activity/webhooks/${data.id}/subscriptions/all`;
    expect(await user.get(all)).toEqual({ data: { subscribed: false } });
    expect(await user.post(all)).toEqual({ data: { subscribed: true } });
    expect(await app.get(`${all}/list`)).toMatchObject({
      data: { subscriptions: [{ user_id: simulator.account.id }] },
    });
    expect(await app.get('account_activity/subscriptions/count')).toMatchObject({
      data: { subscriptions_count_all: '1' },
    });
    await user.tweet('إعلان');
    await vi.waitFor(() => expect(receiver.posts).toHaveLength(1));
    expect(receiver.posts[0]?.body).toMatchObject({
      tweet_create_events: [{ user: { id_str: simulator.account.id } }],
    });
    await app.delete(`account_activity/webhooks/${data.id}/subscriptions/${simulator.account.id}/all`);
    expect(await user.get(all)).toEqual({ data: { subscribed: false } });
  });
});

describe('a delivery by hand', () => {
  it('can come twice, as two events of one post', async () => {
    const { simulator, sara, bodies } = await connected({ auto: 'none' });
    const post = sara.mention('مرحبا');
    const answers = await simulator.deliver(post, { times: 2 });
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(new Set(bodies().map(({ data }) => data.event_uuid)).size).toBe(2);
    expect(new Set(bodies().map(({ data }) => data.payload.id))).toEqual(new Set([post.id]));
  });

  it('can come in another order, and only at its time', async () => {
    const { simulator, sara, bodies, clock, receiver } = await connected({ auto: 'none' });
    const posts = [sara.mention('واحد'), sara.mention('اثنان')];
    const delivered = simulator.deliver(posts, { order: 'reversed', delayMs: 500, as: 'aaa', together: true });
    expect(receiver.posts).toHaveLength(0);
    clock.advance(500);
    await delivered;
    expect(bodies()[0].tweet_create_events.map(({ id_str }: { id_str: string }) => id_str)).toEqual(
      posts.map(({ id }) => id).reverse(),
    );
  });
});
