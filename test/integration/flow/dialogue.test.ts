import { afterEach, beforeEach, expect, it } from 'vitest';
import { conversations } from '../../../src/conversation/conversation.ts';
import { findTicketNumbers } from '../../../src/ticket/number.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';

const bank = {
  'جهاز العرض': { outcome: 'answer' as const, articles: [{ id: 'projector', title: 'جهاز العرض', confidence: 0.9 }] },
  projector: { outcome: 'answer' as const, articles: [{ id: 'projector', title: 'Projector', confidence: 0.9 }] },
  إعارة: {
    outcome: 'choose' as const,
    articles: [
      { id: 'borrow-a', title: 'إعارة كاميرا', confidence: 0.5 },
      { id: 'borrow-b', title: 'إعارة ميكروفون', confidence: 0.45 },
    ],
  },
};

let test: TestFlow;
beforeEach(async () => {
  test = await openFlow({ bank });
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

const texts = (sent: { text: string }[]): string => sent.map((one) => one.text).join('\n---\n');

const introduce = async (): Promise<void> => {
  await test.say('السلام عليكم');
  await test.say('سارة أحمد الغامدي');
  await test.say('كلية العلوم');
  await test.tap('category:student');
};

it('returns the salam, tells the working hours and asks one question at a time', async () => {
  const hello = await test.say('السلام عليكم');
  expect(hello[0]?.text).toContain('وعليكم السلام');
  expect(hello[0]?.text).toContain('من الأحد إلى الخميس');
  expect(hello[0]?.text).toContain('7:30');
  expect(hello[1]?.text).toContain('اسمك');
  const name = await test.say('سارة أحمد الغامدي');
  expect(name).toHaveLength(1);
  expect(name[0]?.text).toContain('سارة أحمد الغامدي');
  expect(name[0]?.text).toContain('الجهة');
  const entity = await test.say('كلية العلوم');
  expect(entity[0]?.quickReplies.map((one) => one.id)).toContain('category:student');
  const category = await test.tap('category:student');
  expect(category[0]?.text).toContain('استفسارك');
});

it('answers from the bank and asks whether it helped', async () => {
  await introduce();
  const answer = await test.say('جهاز العرض لا يعمل في القاعة');
  expect(answer[0]?.text).toBe('article projector ar');
  expect(answer[0]?.html).toBe('<p>article projector ar</p>');
  expect(answer[1]?.quickReplies.map((one) => one.id)).toEqual(['helped:yes', 'helped:no', 'agent']);
  expect(texts(await test.tap('helped:yes'))).toContain('يسعدنا');
});

it('keeps the matter of the first message through the whole intake', async () => {
  const first = await test.say('جهاز العرض لا يعمل في القاعة');
  expect(first[1]?.text).toContain('اسمك');
  await test.say('اسمي خالد الحربي');
  await test.say('عمادة شؤون الطلاب');
  const last = await test.say('موظف');
  expect(last[0]?.text).toBe('article projector ar');
});

it('opens a ticket with number, type and promise where the bank knows nothing', async () => {
  await introduce();
  const opened = await test.say('أرغب في ترجمة عقد لفعالية الأسبوع القادم');
  const [number] = findTicketNumbers(opened[0]?.text ?? '');
  expect(number).toMatch(/^26\d{6}$/);
  expect(opened[0]?.text).toContain('تم تسجيل طلبكم بنجاح');
  expect(opened[0]?.text).toContain('قبل');
  const status = await test.say('وش صار على طلبي؟');
  expect(status[0]?.text).toContain(number);
  const arabicDigits = (number ?? '').replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? '');
  expect((await test.say(arabicDigits))[0]?.text).toContain('الحالة');
});

it('shows a ticket to nobody but its owner', async () => {
  await introduce();
  const opened = await test.say('أرغب في ترجمة عقد لفعالية الأسبوع القادم');
  const [number = ''] = findTicketNumbers(opened[0]?.text ?? '');
  const other = { address: 'other', conversationKey: 'other' };
  await test.say('السلام عليكم', other);
  const told = await test.say(number, other);
  expect(told[0]?.text).toContain('لا أجد');
  expect(told[0]?.text).not.toContain('ترجمة');
});

it('puts more words on the open ticket, and another matter on one of its own', async () => {
  await introduce();
  const opened = await test.say('أرغب في ترجمة عقد لفعالية الأسبوع القادم');
  const [number = ''] = findTicketNumbers(opened[0]?.text ?? '');
  const added = await test.say('والعقد من عشر صفحات');
  expect(added[0]?.text).toContain(number);
  const separate = added[0]?.quickReplies.find((one) => one.id.startsWith('separate:'))?.id ?? '';
  const second = findTicketNumbers(texts(await test.tap(separate)))[0];
  expect(second).toBeDefined();
  expect(second).not.toBe(number);
});

it('asks a mistyped answer once more and then goes on', async () => {
  await test.say('السلام عليكم');
  const again = await test.say('123');
  expect(again[0]?.text).toContain('عذراً');
  const goneOn = await test.say('؟؟؟');
  expect(goneOn[0]?.text).toContain('الجهة');
});

it('offers what it is unsure between, and opens a ticket for none of these', async () => {
  await introduce();
  const offered = await test.say('أريد إعارة شيء');
  expect(offered[0]?.quickReplies.map((one) => one.id)).toEqual([
    'article:borrow-a',
    'article:borrow-b',
    'none-of-these',
  ]);
  const typed = await test.say('٢');
  expect(typed[0]?.text).toBe('article borrow-b ar');
});

it('hands over to people when asked, is silent then, and comes back when asked', async () => {
  await test.say('السلام عليكم');
  const told = await test.say('أبي أكلم موظف');
  expect(told[0]?.text).toContain('أحد الموظفين');
  expect(texts(await test.say('المشكلة في القاعة الثانية'))).toContain('قائمة الانتظار');
  expect(await test.say('بجانب المختبر')).toEqual([]);
  const back = await test.tap('assistant');
  expect(back[0]?.text).toContain('عاد المساعد');
});

it('speaks the language of the person and switches when asked', async () => {
  const hello = await test.say('Hello, the projector in my lecture hall is broken');
  expect(hello[0]?.text).toContain('Welcome');
  expect(hello[0]?.language).toBe('en');
  const switched = await test.say('عربي لو سمحت');
  expect(texts(switched)).toContain('بالعربية');
  expect(texts(switched)).toContain('اسمك');
});

it('takes a picture without words as something for a person', async () => {
  await introduce();
  await test.flow.receive(test.event('', { kind: 'image' } as never));
  test.clock.advance(3_000);
  await test.flow.idle();
  expect(findTicketNumbers(texts(test.channel.sent.slice(-1)))).toHaveLength(1);
});

it('asks for words where there are none, and never says that it did not understand a person', async () => {
  await introduce();
  const told = await test.say('😀😀😀');
  expect(told[0]?.text).toContain('اكتب استفسارك');
});

it('says out of hours when people are back', async () => {
  const closed = await openFlow({ bank, at: '2026-11-20T18:00:00.000Z' });
  const hello = await closed.say('hello');
  expect(hello[0]?.text).toContain('Sunday 22 November');
  await closed.cleanUp();
});

it('answers no robot and no blocked sender', async () => {
  expect(await test.say('out of office', { automated: 'auto-reply' } as never)).toEqual([]);
});

it('decides a burst as one turn', async () => {
  await introduce();
  const before = test.channel.sent.length;
  await Promise.all(
    ['عندي طلب', 'ترجمة عقد', 'لفعالية الأسبوع القادم'].map((text) => test.flow.receive(test.event(text))),
  );
  await test.flow.idle();
  const sent = test.channel.sent.slice(before);
  expect(findTicketNumbers(texts(sent)).length).toBe(1);
  const [conversation] = (await test.store.find(conversations, { index: 'by-last-message' })).items;
  expect(conversation?.ticketNumbers).toHaveLength(1);
  expect(conversation?.turnDueAt).toBeNull();
});

it('asks nothing of somebody who tells of harassment, and sends it to nobody but the care unit, restricted', async () => {
  const told = await test.say('زميلي يتحرش بي في المعمل وأريد الإبلاغ');
  expect(texts(told)).toContain('بسرية');
  const [ticket] = (await test.store.find(tickets, { index: 'by-opened' })).items;
  expect(ticket).toMatchObject({ restricted: true, departmentId: 'care', service: null });
});

it('names the emergency number at once where somebody may come to harm, and calls people', async () => {
  const told = await test.say('حريق في القاعة 12');
  expect(told[0]?.text).toContain('911');
  const [ticket] = (await test.store.find(tickets, { index: 'by-opened' })).items;
  expect(ticket?.importance).toBe('high');
  const [conversation] = (await test.store.find(conversations, { index: 'by-last-message' })).items;
  expect(conversation?.handledBy).toBe('nobody');
});

it('makes no request of an answer that it could not read', async () => {
  await test.say('السلام عليكم');
  await test.say('asdkjh 99');
  await test.say('كلية الطب');
  await test.tap('skip');
  const last = await test.tap('category:student');
  expect(findTicketNumbers(texts(last))).toEqual([]);
  expect(texts(last)).toContain('استفسارك');
});

it('notes a question that is put at a question of ours, says so, and answers it afterwards', async () => {
  await test.say('السلام عليكم');
  const noted = await test.say('جهاز العرض لا يعمل في قاعتي اليوم');
  expect(texts(noted)).toContain('سجّلت ما كتبته');
  await test.say('سارة أحمد الغامدي');
  await test.say('كلية العلوم');
  expect(texts(await test.tap('category:student'))).toContain('article projector ar');
});

it('says that a number is none of ours', async () => {
  await introduce();
  expect(texts(await test.say('رقم الطلب 12345'))).toContain('12345');
});

it('takes no telephone or identity number for that of a request', async () => {
  const phone = await test.say('السلام عليكم، رقم جوالي 0551234567');
  expect(texts(phone)).not.toContain('لا أجد');
  const identity = await test.say('رقم الهوية 1012345678');
  expect(texts(identity)).not.toContain('لا أجد');
});

it('obeys an order that is given twice in one go', async () => {
  await test.say('السلام عليكم');
  const before = test.channel.sent.length;
  await test.flow.receive(test.event('توقف', { kind: 'image' } as never));
  await test.flow.receive(test.event('توقف'));
  await test.flow.idle();
  const conversation = (await test.store.find(conversations, { index: 'by-last-message', limit: 1 })).items[0];
  expect(texts(test.channel.sent.slice(before))).not.toContain('شكراً توقف');
  expect(conversation?.dialogue.awaiting).toBeNull();
});
