import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SendError } from '../../../src/channel/send-error.ts';
import { type Conversation, conversations } from '../../../src/conversation/conversation.ts';
import { createFlow } from '../../../src/flow/create-flow.ts';
import { attachments, deliveries } from '../../../src/message/message.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { aPost, aPrivate, createPublicChannel } from '../../fakes/public-channel.ts';

let test: TestFlow;
beforeEach(async () => {
  test = await openFlow({ channel: createPublicChannel() });
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

const agent = { id: 'a1', name: 'منى' };
const complaint = '@AlGhada أبغى أشتكي على تأخر صيانة المعمل';

const withKey = async (key: string): Promise<Conversation> => {
  const { items } = await test.store.find(conversations, { index: 'by-last-message', limit: 100 });
  const found = items.find((one) => one.key === key);
  if (!found) throw new Error(`no conversation ${key}`);
  return found;
};
const inPublic = () => withKey('post:1:visitor');

const answer = async (words: Parameters<TestFlow['flow']['staff']['reply']>[2], key = 'k1') => {
  const before = test.channel.sent.length;
  const message = await test.flow.staff.reply((await inPublic()).id, agent, words, key);
  await test.flow.idle();
  return { message, sent: test.channel.sent.slice(before) };
};

const long = (sentences: number): string =>
  'نشكر لكم تواصلكم ونفيدكم بأن الصيانة قائمة الآن. '.repeat(sentences).trim();

describe('an agent in a public conversation', () => {
  it('answers the last post of the person, or the one that was chosen', async () => {
    await test.say(complaint, aPost('1', 'visitor', { externalId: 'p1' }));
    await test.say('@AlGhada ومعمل 5 كذلك، أبغى أشتكي', aPost('1', 'visitor', { externalId: 'p2' }));
    expect((await answer({ text: 'نتابع الأمر' })).sent).toMatchObject([
      { visibility: 'public', quotes: 'p2', text: 'نتابع الأمر', author: 'agent' },
    ]);
    const [first] = await test.all((await inPublic()).id);
    expect((await answer({ text: 'وهذا أيضًا', replyTo: first?.id }, 'k2')).sent).toMatchObject([{ quotes: 'p1' }]);
    expect(await inPublic()).toMatchObject({ handledBy: 'agent', assigneeId: 'a1', waitingSince: null });
  });

  it('says a long answer as a thread of numbered posts, each a reply to the one before', async () => {
    await test.say(complaint, aPost('1', 'visitor', { externalId: 'p1' }));
    const { sent } = await answer({ text: long(12) });
    expect(sent).toHaveLength(3);
    expect(sent.map(({ text }) => text.slice(-5))).toEqual(['(1/3)', '(2/3)', '(3/3)']);
    expect(sent.every(({ text }) => text.length <= 280)).toBe(true);
    expect(sent.map(({ quotes }) => quotes)).toEqual(['p1', `ext-${sent[0]?.id}`, `ext-${sent[1]?.id}`]);
  });

  it('goes on with the thread where it stopped, also after a restart', async () => {
    await test.say(complaint, aPost('1', 'visitor', { externalId: 'p1' }));
    let taken = 0;
    test.channel.answer = (message) => {
      if (taken++ > 0) throw new SendError('unreachable', 'The medium does not answer.');
      return { externalId: `ext-${message.id}`, status: 'sent' };
    };
    const { sent } = await answer({ text: long(12) });
    expect(sent).toHaveLength(1);
    await test.flow.stop();
    test.channel.answer = (message) => ({ externalId: `ext-${message.id}`, status: 'sent' });
    test.clock.advance(60_000);
    const again = createFlow(test.deps);
    await again.start();
    await again.idle();
    await again.stop();
    const parts = test.channel.sent.slice(-3);
    expect(parts.map(({ quotes }) => quotes)).toEqual(['p1', `ext-${parts[0]?.id}`, `ext-${parts[1]?.id}`]);
  });

  it('does not say what follows a part that was refused', async () => {
    await test.say(complaint, aPost('1'));
    test.channel.answer = () => {
      throw new SendError('rejected', 'The medium refuses this post.');
    };
    const { message } = await answer({ text: long(12) });
    const where = { messageId: message.id };
    const parts = (await test.store.find(deliveries, { index: 'by-message', where, limit: 10 })).items;
    expect(parts.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed']);
    expect(parts[2]?.error?.message).toContain('part before');
  });

  it('is told how long the answer is and may be where even a thread is too short', async () => {
    await test.say(complaint, aPost('1'));
    const text = long(60);
    await expect(answer({ text })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(new RegExp(`${text.length} characters.*280.*privately`)),
    });
  });

  it('attaches only what may stand in public', async () => {
    await test.say(complaint, aPost('1'));
    const file = await test.channel.sink?.saveAttachment({
      inboxId: 'square',
      address: 'visitor',
      name: 'a.pdf',
      type: 'application/pdf',
      maxBytes: 1000,
      from: (async function* () {
        yield new Uint8Array(4);
      })(),
    });
    const words = { text: 'مرفق', attachmentIds: [file?.id ?? ''] };
    await expect(answer(words)).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('public'),
    });
    expect(await test.store.get(attachments, file?.id ?? '')).toMatchObject({ messageId: null });
    expect((await answer({ ...words, visibility: 'private' }, 'k2')).sent).toHaveLength(1);
  });

  it('cannot reply to a post that was deleted', async () => {
    await test.say(complaint, aPost('1', 'visitor', { externalId: 'p1' }));
    const thread = { references: ['p1'], provenKey: null, topic: '', isReply: true };
    const gone = { externalId: 'gone', kind: 'deletion', refersTo: 'p1', thread } as never;
    await test.say('', aPost('1', 'visitor', gone));
    await expect(answer({ text: 'نتابع' })).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('takes, gives back, queues and closes without a word of ours where everybody reads it', async () => {
    await test.say('@AlGhada كيف أحجز قاعة؟', aPost('1'));
    const before = test.channel.sent.length;
    const { id } = await inPublic();
    const { staff } = test.flow;
    for (const act of [
      staff.assign(id, agent, agent),
      staff.handoff(id, agent),
      staff.resume(id, agent),
      staff.close(id, agent),
    ])
      await act.catch(() => undefined);
    await staff.assign(id, agent, agent);
    await staff.close(id, agent);
    await test.flow.idle();
    expect(test.channel.sent.length).toBe(before);
    expect((await test.all(id)).filter(({ direction }) => direction === 'outbound')).toHaveLength(1);
    expect((await inPublic()).status).toBe('closed');
  });
});

describe('an agent who answers a public post in private', () => {
  it('writes in the private conversation, which is begun and tied', async () => {
    await test.say(complaint, aPost('1'));
    const { message, sent } = await answer({ text: 'نحتاج رقم المعمل', visibility: 'private' });
    expect(sent).toMatchObject([{ visibility: 'private', address: 'visitor', conversationKey: 'visitor' }]);
    const here = await withKey('visitor');
    const [ticket] = (await test.store.find(tickets, { index: 'by-opened', limit: 10 })).items;
    expect(message.conversationId).toBe(here.id);
    expect(here).toMatchObject({
      cameFrom: (await inPublic()).id,
      handledBy: 'agent',
      openTicket: ticket?.number,
      ticketNumbers: [ticket?.number],
    });
    expect(ticket?.respondedAt).not.toBeNull();
    expect(await inPublic()).toMatchObject({ handledBy: 'agent', waitingSince: null });
  });

  it('writes once, however often the same is asked for', async () => {
    await test.say(complaint, aPost('1'));
    const first = await answer({ text: 'نحتاج رقم المعمل', visibility: 'private' });
    const again = await answer({ text: 'نحتاج رقم المعمل', visibility: 'private' });
    expect(again.message.id).toBe(first.message.id);
    expect(again.sent).toEqual([]);
  });

  it('goes on where the person writes already', async () => {
    await test.say('السلام عليكم', aPrivate());
    await test.say(complaint, aPost('1'));
    const { message } = await answer({ text: 'تفضل', visibility: 'private' });
    expect(message.conversationId).toBe((await withKey('visitor')).id);
    expect((await withKey('visitor')).cameFrom).toBe((await inPublic()).id);
  });

  it('is refused where only the person may begin, or wants nothing', async () => {
    await test.cleanUp();
    test = await openFlow({ channel: createPublicChannel('square', { canStart: false }) });
    await test.say(complaint, aPost('1'));
    await expect(answer({ text: 'تفضل', visibility: 'private' })).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('cannot answer in public what was said in private', async () => {
    await test.say('السلام عليكم', aPrivate());
    const { id } = await withKey('visitor');
    const words = { text: 'نتابع', visibility: 'public' } as const;
    await expect(test.flow.staff.reply(id, agent, words, 'k')).rejects.toMatchObject({ code: 'not-allowed' });
  });
});
