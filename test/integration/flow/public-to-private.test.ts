import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Conversation, conversations } from '../../../src/conversation/conversation.ts';
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

const withKey = async (key: string): Promise<Conversation> => {
  const { items } = await test.store.find(conversations, { index: 'by-last-message', limit: 100 });
  const found = items.find((one) => one.key === key);
  if (!found) throw new Error(`no conversation ${key}`);
  return found;
};
const inPublic = (name: string) => withKey(`post:${name}:visitor`);
const inPrivate = () => withKey('visitor');
const allTickets = async () => (await test.store.find(tickets, { index: 'by-opened', limit: 100 })).items;
const write = async (text: string): Promise<string> => {
  const sent = await test.say(text, aPrivate());
  return sent.map((one) => one.text).join('\n---\n');
};
const question = '@AlGhada كيف أستعير كاميرا لمشروع التخرج؟';
const complaint = '@AlGhada أبغى أشتكي على تأخر صيانة المعمل';
const introduce = async (): Promise<string> => {
  await write('سارة أحمد الغامدي');
  await write('كلية العلوم');
  return write('طالبة');
};

describe('the private chat of somebody who was invited', () => {
  it('runs the usual dialogue on what was asked in public, and the ticket holds the post', async () => {
    await test.say(question, aPost('1'));
    expect(await write('السلام عليكم')).toContain('اسمك');
    expect(await inPrivate()).toMatchObject({
      cameFrom: (await inPublic('1')).id,
      dialogue: { inquiry: 'كيف أستعير كاميرا لمشروع التخرج؟' },
    });
    expect(await introduce()).toContain('رقم الطلب');
    const [ticket] = await allTickets();
    const [post] = await test.all((await inPublic('1')).id);
    expect(post?.ticketNumber).toBe(ticket?.number);
    expect(ticket?.subject).toContain('كاميرا');
    expect(await inPublic('1')).toMatchObject({ ticketNumbers: [ticket?.number], openTicket: ticket?.number });
  });

  it('adds what points back to the post to its matter', async () => {
    await test.say(question, aPost('1'));
    await write('طلبتم مني أراسلكم بخصوص التغريدة');
    expect((await inPrivate()).dialogue.inquiry).toContain('كاميرا');
  });

  it('follows a matter that the private words tell by themselves', async () => {
    await test.say(question, aPost('1'));
    await write('متى ساعات العمل في الإدارة؟');
    const { dialogue, cameFrom } = await inPrivate();
    expect(cameFrom).toBe((await inPublic('1')).id);
    expect(dialogue.inquiry).not.toContain('كاميرا');
  });

  it('tells the number of the ticket in private, and what is told then completes it', async () => {
    await test.say(complaint, aPost('1'));
    const [ticket] = await allTickets();
    const told = await write('السلام عليكم');
    expect(told).toContain('وعليكم السلام');
    expect(told).toContain(ticket?.number);
    expect(told).toContain('يمكنك إضافة أي تفاصيل هنا');
    expect(told).not.toContain('اسمك');
    expect(await inPrivate()).toMatchObject({ openTicket: ticket?.number, ticketNumbers: [ticket?.number] });
    expect(await write('المعمل رقم 4 في كلية العلوم ولم يأت أحد منذ شهر')).toContain(ticket?.number);
    expect(await allTickets()).toHaveLength(1);
    const [, , , last] = await test.all((await inPrivate()).id);
    expect(last).toMatchObject({ direction: 'inbound', ticketNumber: ticket?.number });
  });

  it('is tied also where it was there before, and only once', async () => {
    await write('السلام عليكم');
    expect((await inPrivate()).cameFrom).toBeUndefined();
    await test.say(complaint, aPost('1'));
    await write('أرسلت لكم الآن');
    const first = (await inPrivate()).cameFrom;
    expect(first).toBe((await inPublic('1')).id);
    await test.say('@AlGhada البلاك بورد ما يفتح معي وش الحل؟', aPost('2'));
    await write('تفضلوا');
    expect((await inPrivate()).cameFrom).toBe((await inPublic('2')).id);
  });

  it('is tied to the post that its words speak of, where there are two', async () => {
    await test.say('@AlGhada كيف أستعير كتابا من المكتبة؟', aPost('1'));
    await test.say('@AlGhada البلاك بورد ما يفتح معي وش الحل؟', aPost('2'));
    await write('كلمتكم قبل عن استعارة كتاب من المكتبة');
    expect((await inPrivate()).cameFrom).toBe((await inPublic('1')).id);
  });

  it('is not tied to what was said more than a week ago, nor to a post that was not answered', async () => {
    await test.say(question, aPost('1'));
    test.clock.advance(8 * 86_400_000);
    await test.say('@AlGhada جمعة مباركة', aPost('2'));
    await write('السلام عليكم');
    expect((await inPrivate()).cameFrom).toBeUndefined();
  });

  it('is not tied to what somebody else said in public', async () => {
    await test.say(question, aPost('1', 'other'));
    await write('السلام عليكم');
    expect((await inPrivate()).cameFrom).toBeUndefined();
  });

  it('with an agent is tied without a word of the assistant', async () => {
    await write('السلام عليكم');
    const agent = { id: 'a1', name: 'منى' };
    await test.flow.staff.assign((await inPrivate()).id, agent, agent);
    await test.flow.idle();
    await test.say(complaint, aPost('1'));
    expect(await write('أنا من كتب في العام')).toBe('');
    expect(await inPrivate()).toMatchObject({
      cameFrom: (await inPublic('1')).id,
      openTicket: (await allTickets())[0]?.number,
    });
  });
});
