import { afterEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../../src/channel/channel.ts';
import type { OutboundMessage, SendResult } from '../../../src/channel/outbound.ts';
import { systemClock } from '../../../src/clock.ts';
import { anOutbound, type InboxOptions, type Opened, openX } from './an-inbox.ts';

let inbox: Opened;
const open = async (options: InboxOptions = {}): Promise<Opened> => {
  inbox = await openX(options);
  return inbox;
};
afterEach(() => inbox.close());

const send = (message: OutboundMessage, channel: Channel = inbox.channel): Promise<SendResult> =>
  channel.send(message, AbortSignal.timeout(8_000));

const refused = (message: OutboundMessage, channel?: Channel): Promise<unknown> =>
  send(message, channel).then(
    () => 'sent',
    (error: unknown) => error,
  );

/** A person who mentioned the account, and a message that answers the post. */
const mentioned = (text = 'متى يفتح القبول؟') => {
  const person = inbox.provider.person({ username: 'sara_q', name: 'سارة' });
  const post = person.mention(text);
  const answer = (fields: Partial<OutboundMessage> = {}) =>
    anOutbound({
      address: person.id,
      conversationKey: `post:${post.conversationId}:${person.id}`,
      visibility: 'public',
      quotes: post.id,
      text: 'أهلًا بكم، راسلونا على الخاص ونخدمكم.',
      ...fields,
    });
  return { person, post, answer };
};

describe('a public answer', () => {
  it('is a reply to the post that mentioned us, and its price is that of a summoned one', async () => {
    await open();
    const { post, answer } = mentioned();
    const result = await send(answer());
    const [sent] = inbox.provider.posts;
    expect(sent?.references[0]).toMatchObject({ type: 'replied_to', id: post.id });
    expect(result).toEqual({
      externalId: sent?.id,
      status: 'sent',
      cost: { units: 1, amount: 0.01, currency: 'USD' },
    });
    expect(inbox.provider.spent().usd).toBeCloseTo(0.01);
  });

  it('to somebody who did not mention us needs a person', async () => {
    await open();
    const person = inbox.provider.person({ username: 'stranger' });
    const post = person.post('كلام عام عن القبول');
    const { answer } = mentioned();
    expect(await refused(answer({ address: person.id, quotes: post.id }))).toMatchObject({
      code: 'rejected',
      providerCode: 'not-summoned',
      retryable: false,
      message: expect.stringContaining('a person must answer on X itself'),
    });
    expect(inbox.channel.state().usage?.lines.find(({ what }) => what === 'reply-summoned')).toBeUndefined();
  });
});

describe('the same words to several people', () => {
  it('go to each by name, since X takes no words twice', async () => {
    await open();
    const { answer } = mentioned();
    await send(answer());
    const other = inbox.provider.person({ username: 'khalid_a' });
    const post = other.mention('وأنا أيضًا');
    const result = await send(answer({ address: other.id, quotes: post.id }));
    const [first, second] = inbox.provider.posts;
    expect(second?.typed).toBe(`@khalid_a ${first?.typed}`);
    expect(second?.references[0]).toMatchObject({ type: 'replied_to', id: post.id });
    expect(result).toMatchObject({ externalId: second?.id, cost: { amount: 0.01 } });
    expect(inbox.channel.state().usage?.lines).toContainEqual({ what: 'reply-summoned', count: 2, amount: 0.02 });
  });

  it('are not sent to the same person twice', async () => {
    await open();
    const { answer } = mentioned();
    await send(answer());
    await send(answer());
    expect(await refused(answer())).toMatchObject({ code: 'rejected', providerCode: 'duplicate' });
  });
});

describe('a direct message', () => {
  it('goes to the person and costs what a direct message costs', async () => {
    await open();
    const person = inbox.provider.person({ username: 'sara_q' });
    const result = await send(anOutbound({ address: person.id, text: 'أهلًا بكم' }));
    const [sent] = inbox.provider.dms;
    expect(sent).toMatchObject({ recipientId: person.id, text: 'أهلًا بكم' });
    expect(result).toMatchObject({ externalId: sent?.id, status: 'sent', cost: { amount: 0.015 } });
  });

  it('to somebody who takes none of strangers is refused for good', async () => {
    await open();
    const person = inbox.provider.person({ username: 'closed', closedDms: true });
    expect(await refused(anOutbound({ address: person.id }))).toMatchObject({
      code: 'rejected',
      providerCode: 'dm-closed',
      message: 'The person does not take messages from accounts they do not follow.',
    });
  });
});

describe('a sending of which nobody knows whether X took it', () => {
  it('is found among the own posts and not sent again', async () => {
    await open();
    const { answer } = mentioned();
    const message = answer();
    inbox.provider.failNext('reset', 1, { on: 'write', taken: true });
    expect(await refused(message)).toMatchObject({ code: 'timed-out', retryable: true });
    const result = await send(message);
    expect(inbox.provider.posts).toHaveLength(1);
    expect(result.externalId).toBe(inbox.provider.posts[0]?.id);
  });

  it('is found in the exchange with the person and not sent again', async () => {
    await open();
    const person = inbox.provider.person({ username: 'sara_q' });
    const message = anOutbound({ address: person.id, text: 'رقم طلبكم 26000010 & شكرًا' });
    inbox.provider.failNext(500, 1, { on: 'send', taken: true });
    expect(await refused(message)).toMatchObject({ code: 'unexpected-response', retryable: true });
    expect((await send(message)).externalId).toBe(inbox.provider.dms[0]?.id);
    expect(inbox.provider.dms).toHaveLength(1);
  });

  it('is sent again where X did not take it', async () => {
    await open();
    const { answer } = mentioned();
    const message = answer();
    inbox.provider.failNext('reset', 1, { on: 'write' });
    await refused(message);
    await send(message);
    expect(inbox.provider.posts).toHaveLength(1);
  });

  it('is found too where X never answered and the time was over', async () => {
    await open();
    const { answer } = mentioned();
    const message = answer();
    inbox.provider.failNext('timeout', 1, { on: 'write', taken: true });
    await expect(inbox.channel.send(message, AbortSignal.timeout(300))).rejects.toMatchObject({
      code: 'timed-out',
      retryable: true,
    });
    expect((await send(message)).externalId).toBe(inbox.provider.posts[0]?.id);
    expect(inbox.provider.posts).toHaveLength(1);
  });

  it('is looked for after a crash too, and what was taken before the crash is known', async () => {
    await open();
    const { answer } = mentioned();
    const [lost, taken] = [answer({ text: 'الأول' }), answer({ text: 'الثاني' })];
    inbox.provider.failNext('reset', 1, { on: 'write', taken: true });
    await refused(lost);
    const before = await send(taken);
    const after = await inbox.again();
    expect((await send(lost, after)).externalId).toBe(inbox.provider.posts[0]?.id);
    expect((await send(taken, after)).externalId).toBe(before.externalId);
    expect(inbox.provider.posts).toHaveLength(2);
  });

  it('is not taken for another one with the same words', async () => {
    await open({ x: { rules: { duplicates: 'allowed' } } });
    const person = inbox.provider.person({ username: 'sara_q' });
    const [first, second] = [anOutbound({ address: person.id }), anOutbound({ address: person.id })];
    await send(first);
    inbox.provider.failNext('reset', 1, { on: 'send' });
    await refused(second);
    await send(second);
    expect(inbox.provider.dms).toHaveLength(2);
  });

  it('is not sent while X cannot be asked what became of it', async () => {
    await open();
    const { answer } = mentioned();
    const message = answer();
    inbox.provider.failNext('reset', 1, { on: 'write' });
    await refused(message);
    inbox.provider.setDown(true);
    expect(await refused(message)).toMatchObject({ code: 'unreachable', retryable: true });
    inbox.provider.heal();
    await send(message);
    expect(inbox.provider.posts).toHaveLength(1);
  });

  it('waits where X was asked in vain for want of credits or for wrong tokens', async () => {
    await open();
    const [first, second] = [mentioned().answer(), mentioned().answer({ text: 'تم التحويل.' })];
    inbox.provider.failNext('reset', 2, { on: 'write', taken: true });
    await refused(first);
    await refused(second);
    inbox.provider.failNext(401, 1);
    expect(await refused(first)).toMatchObject({ code: 'unreachable', scope: 'inbox' });
    expect((await send(first)).externalId).toBe(inbox.provider.posts[0]?.id);
    inbox.provider.setCap('creditsDepleted');
    expect(await refused(second)).toMatchObject({ code: 'unreachable', retryAfterMs: 900_000 });
    expect(inbox.provider.posts).toHaveLength(2);
  });
});

describe('what X refuses', () => {
  const dm = () => anOutbound({ address: inbox.provider.person({ username: 'sara_q' }).id });

  it('for wrong tokens makes the inbox say so, until they are good again', async () => {
    await open();
    inbox.provider.failNext(401, 1, { on: 'send' });
    expect(await refused(dm())).toMatchObject({ code: 'unreachable', scope: 'inbox', retryAfterMs: 60_000 });
    expect(inbox.channel.state()).toMatchObject({
      state: 'bad-credentials',
      reason: expect.stringContaining('Make new ones'),
    });
    expect(inbox.counted).toContain('credentials-refused');
    await send(dm());
    expect(inbox.channel.state().state).toBe('connected');
  });

  it.each(['usageCapped', 'creditsDepleted'] as const)(
    'because of its own cap (%s) stops the inbox with an alarm',
    async (cap) => {
      await open();
      inbox.provider.setCap(cap);
      expect(await refused(dm())).toMatchObject({ code: 'config-invalid', scope: 'inbox' });
      expect(inbox.channel.state()).toMatchObject({
        state: 'stopped',
        reason: expect.stringContaining('developer console'),
      });
      expect(inbox.log.filter((line) => line.includes('developer console'))).toHaveLength(1);
      const asked = inbox.provider.requests.length;
      expect(await refused(dm())).toMatchObject({ code: 'config-invalid' });
      expect(inbox.provider.requests).toHaveLength(asked);
    },
  );

  it('for going too fast waits until the window ends, without asking again', async () => {
    await open();
    const person = inbox.provider.person({ username: 'sara_q' });
    for (let at = 0; at < 15; at += 1) await send(anOutbound({ address: person.id, text: `رسالة ${at}` }));
    const asked = inbox.provider.requests.length;
    const error = await refused(anOutbound({ address: person.id }));
    expect(error).toMatchObject({ code: 'throttled', scope: 'inbox', retryable: true });
    expect((error as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(890_000);
    expect(inbox.provider.requests).toHaveLength(asked);
    expect(inbox.channel.state().usage?.limits).toContainEqual(
      expect.objectContaining({ what: 'direct messages (writing), 15 minutes', left: 0, limit: 15 }),
    );
  });

  it('with 429 and no other word is waited for until the reset that it tells', async () => {
    await open();
    inbox.provider.failNext(429, 1, { on: 'send' });
    expect(await refused(dm())).toMatchObject({ code: 'throttled', retryAfterMs: expect.any(Number) });
    expect(inbox.provider.dms).toHaveLength(0);
  });
});

describe('the budget of the month', () => {
  const now = Date.parse('2026-11-21T09:00:00.000Z');
  const clockAt = (start: number) => {
    let at = start;
    return { move: (ms: number) => (at += ms), clock: { now: () => at, after: systemClock.after } };
  };

  it('is never gone beyond: what does not fit into it is refused, and the inbox says so', async () => {
    const { clock } = clockAt(now);
    await open({ settings: { X_MONTHLY_BUDGET_USD: '0.05' }, deps: { clock } });
    const person = inbox.provider.person({ username: 'sara_q' });
    const dm = (text: string) => anOutbound({ address: person.id, text });
    for (const text of ['١', '٢', '٣']) await send(dm(text));
    expect(inbox.channel.state()).toMatchObject({ state: 'connected', reason: expect.stringContaining('92 %') });
    expect(await refused(dm('٤'))).toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('X_MONTHLY_BUDGET_USD'),
    });
    expect(inbox.provider.spent().usd).toBeCloseTo(0.045);
    expect(inbox.channel.state().usage).toMatchObject({
      budget: { currency: 'USD', spent: 0.046, limit: 0.05, resetsAt: '2026-12-01T00:00:00.000Z' },
      lines: [
        { what: 'owned-read', count: 1, amount: 0.001 },
        { what: 'dm-send', count: 3, amount: 0.045 },
      ],
    });
  });

  it('that is used up stops everything with one alarm, over a restart too, until the next month', async () => {
    const { clock, move } = clockAt(now);
    await open({ settings: { X_MONTHLY_BUDGET_USD: '0.031' }, deps: { clock } });
    const person = inbox.provider.person({ username: 'sara_q' });
    const dm = (text: string) => anOutbound({ address: person.id, text });
    await send(dm('١'));
    await send(dm('٢'));
    expect(inbox.channel.state()).toMatchObject({
      state: 'stopped',
      reason: expect.stringContaining('wait until 2026-12-01'),
    });
    expect(inbox.counted.filter((one) => one === 'budget-used-up')).toHaveLength(1);
    const after = await inbox.again();
    expect(await refused(dm('٣'), after)).toMatchObject({ code: 'config-invalid' });
    expect(after.state().state).toBe('stopped');
    move(11 * 86_400_000);
    await send(dm('٤'), after);
    expect(after.state()).toMatchObject({ state: 'connected', usage: { budget: { spent: 0.015 } } });
  });
});

describe('links in public', () => {
  it('are never put there by the assistant, unless allowed; an agent decides, and it is counted', async () => {
    await open();
    const { answer } = mentioned();
    const text = 'التفاصيل في uqu.edu.sa/admission';
    expect(await refused(answer({ text }))).toMatchObject({ code: 'message-invalid' });
    const result = await send(answer({ text, author: 'agent' }));
    expect(result.cost).toMatchObject({ amount: 0.2 });
    expect(inbox.provider.spent().usd).toBeCloseTo(0.2);
  });

  it('are put there by the assistant where the settings allow it', async () => {
    await open({ settings: { X_PUBLIC_LINKS: 'true' } });
    expect(inbox.channel.capabilities.inPublic?.links).toBe(true);
    await send(mentioned().answer({ text: 'https://uqu.edu.sa' }));
    expect(inbox.provider.posts).toHaveLength(1);
  });
});

describe('what an account may', () => {
  it('is what its settings say of long posts and of answering in public', async () => {
    await open();
    expect(inbox.channel.capabilities.inPublic).toMatchObject({ maxLength: 280, assistant: 'once', links: false });
    await inbox.close();
    await open({
      settings: { X_LONG_POSTS: 'true', X_PUBLIC_REPLY: 'never' },
      x: { rules: { premium: true } },
    });
    expect(inbox.channel.capabilities.inPublic).toMatchObject({ maxLength: 25_000, assistant: 'never' });
    await send(mentioned().answer({ text: 'ا'.repeat(3_000), author: 'agent' }));
    expect(inbox.provider.posts[0]?.typed).toHaveLength(3_000);
  });
});
