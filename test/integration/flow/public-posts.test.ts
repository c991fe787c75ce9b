import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Conversation, conversations, decisions } from '../../../src/conversation/conversation.ts';
import { messages } from '../../../src/message/message.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { aPost, aPrivate, createPublicChannel } from '../../fakes/public-channel.ts';

const bank = {
  'ساعات العمل': { outcome: 'answer' as const, articles: [{ id: 'hours', title: 'ساعات العمل', confidence: 0.9 }] },
};

let test: TestFlow;
beforeEach(async () => {
  test = await openFlow({ bank, channel: createPublicChannel() });
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

const all = async (): Promise<Conversation[]> =>
  (await test.store.find(conversations, { index: 'by-last-message', limit: 100 })).items;
const inPublic = async (thread: string, author = 'visitor'): Promise<Conversation> => {
  const found = (await all()).find(({ key }) => key === `post:${thread}:${author}`);
  if (!found) throw new Error(`no conversation of ${thread}`);
  return found;
};
const inPrivate = async (author = 'visitor'): Promise<Conversation> => {
  const found = (await all()).find(({ key }) => key === author);
  if (!found) throw new Error(`no private conversation of ${author}`);
  return found;
};
const openTickets = async () => (await test.store.find(tickets, { index: 'by-opened', limit: 100 })).items;

it('invites whoever asks in public, once, and quotes the post', async () => {
  const sent = await test.say('@AlGhada كيف أقدم على السكن الجامعي؟', aPost('1', 'visitor', { externalId: 'p1' }));
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ visibility: 'public', quotes: 'p1', quickReplies: [] });
  expect(sent[0]?.text).toContain('الرسائل الخاصة');
  expect(await test.say('@AlGhada وكم الرسوم؟', aPost('1'))).toEqual([]);
  expect((await inPublic('1')).waitingSince).not.toBeNull();
});

it('goes on in private with what was asked in public', async () => {
  await test.say('@AlGhada أحتاج إعادة ضبط كلمة مرور المنصة؟', aPost('1', 'visitor', { externalId: 'p1' }));
  const hello = await test.say('السلام عليكم', aPrivate());
  expect(hello.map(({ text }) => text).join('\n')).toContain('اسمك');
  const here = await inPrivate();
  expect(here.cameFrom).toBe((await inPublic('1')).id);
  expect(here.dialogue.inquiry).toContain('كلمة مرور المنصة');
  await test.say('سارة أحمد الغامدي', aPrivate());
  await test.say('كلية العلوم', aPrivate());
  const end = await test.say('طالبة', aPrivate());
  expect(end.map(({ text }) => text).join('\n')).toContain('رقم الطلب');
  const [ticket] = await openTickets();
  const [post] = await test.all((await inPublic('1')).id);
  expect(post?.ticketNumber).toBe(ticket?.number);
  expect((await inPublic('1')).ticketNumbers).toEqual([ticket?.number]);
});
