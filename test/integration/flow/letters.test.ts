import { describe, expect, it } from 'vitest';
import { addresses, contacts } from '../../../src/contact/contact.ts';
import { addressIdOf } from '../../../src/flow/identity.ts';
import { sources } from '../../../src/message/sources.ts';
import { lettersForEach } from './open-letters.ts';

const { conversationOf, flow, letter, send, stored, ticketsOf } = lettersForEach();

describe('a letter is answered with one letter', () => {
  it('greets with the hours, gives the ticket with its promise, and one list of what is missing', async () => {
    const answers = await send({ id: '<a@x>', subject: 'جهاز العرض', words: 'جهاز العرض في القاعة 12 لا يعمل' });
    expect(answers).toHaveLength(1);
    const [{ text = '', letter: head } = {}] = answers;
    for (const part of ['أوقات عمل الموظفين', 'رقم الطلب', 'موعد الرد: قبل', '• الاسم الكامل', '• الجهة', '• الفئة'])
      expect(text).toContain(part);
    expect(text.indexOf('رقم الطلب')).toBeLessThan(text.indexOf('• الاسم الكامل'));
    expect(head).toEqual({ subject: 'Re: جهاز العرض', inReplyTo: '<a@x>', references: ['<a@x>'] });
  });

  it('gives the answer of the knowledge bank where it is sure, with its HTML', async () => {
    const [answer] = await send({ subject: 'السجل الأكاديمي', words: 'كيف أحصل على السجل الأكاديمي؟' });
    expect(answer?.text).toContain('article record ar');
    expect(answer?.html).toContain('<p>article record ar</p>');
    expect(answer?.text).not.toContain('رقم الطلب');
    expect(await ticketsOf()).toEqual([]);
  });

  it('offers articles by number, and understands the number that comes back', async () => {
    const [offer] = await send({ id: '<a@x>', subject: 'التسجيل', words: 'عندي سؤال عن التسجيل' });
    expect(offer?.text).toContain('1. إضافة مقرر\n2. حذف مقرر');
    const [answer] = await send({ subject: 'Re: التسجيل', words: '٢', references: ['<a@x>'] });
    expect(answer?.text).toContain('article drop ar');
  });

  it('asks for the matter where there is neither a word nor a subject', async () => {
    const [answer] = await send({ subject: '', words: '' });
    expect(answer?.text).toContain('نرجو الرد على هذه الرسالة بالاستفسار');
    expect(await ticketsOf()).toEqual([]);
    expect(answer?.letter?.subject).toContain('بخصوص رسالتكم');
  });

  it('takes a subject alone for the matter', async () => {
    const [answer] = await send({ subject: 'كيف أحصل على السجل الأكاديمي', words: '' });
    expect(answer?.text).toContain('article record ar');
  });

  it('does not ask for a name that the mail program gives in full', async () => {
    const [answer] = await send({ name: 'سارة أحمد المحمد', words: 'جهاز العرض لا يعمل منذ أسبوع' });
    expect(answer?.text).not.toContain('• الاسم الكامل');
    const { contactId } = await stored('<mail-1@example.net>');
    expect(await flow().store.get(contacts, contactId)).toMatchObject({
      name: 'سارة أحمد المحمد',
      email: 'sara@example.net',
    });
  });

  it('answers in English what is written in English', async () => {
    const [answer] = await send({
      subject: 'Projector',
      words: 'The projector in hall 12 does not work since Sunday.',
    });
    expect(answer?.text).toContain('Request number');
    expect(answer?.text).toContain('• Your full name');
    expect(answer?.language).toBe('en');
  });

  it('asks for the missing details once, and understands them in free text', async () => {
    await send({ id: '<a@x>', words: 'جهاز العرض في القاعة 12 لا يعمل' });
    const [noted] = await send({
      subject: 'Re: سؤال',
      words: 'الاسم: سارة أحمد المحمد\nالجهة: كلية العلوم\nالفئة: طالبة',
      references: ['<a@x>'],
    });
    expect(noted?.text).toContain('سجّلنا بياناتكم');
    const { contactId, ticketNumbers } = await conversationOf('<a@x>');
    expect(await flow().store.get(contacts, contactId)).toMatchObject({
      name: 'سارة أحمد المحمد',
      entity: 'كلية العلوم',
      category: expect.any(String),
    });
    expect((await stored('<mail-1@example.net>')).ticketNumber).toBe(ticketNumbers[0]);
    const [again] = await send({ subject: 'Re: سؤال', words: 'وأيضاً الشاشة لا تضيء أبداً', references: ['<a@x>'] });
    expect(again?.text).not.toContain('• ');
  });
});

describe('an agent who writes a letter', () => {
  const agent = { id: 'agent', name: 'Agent' };

  it('answers the last mail of the person, under its subject', async () => {
    await send({ id: '<a@x>', subject: 'جهاز العرض', words: 'جهاز العرض في القاعة 12 لا يعمل' });
    await send({ id: '<b@x>', automated: 'auto-reply', words: 'خارج المكتب', references: ['<a@x>'] });
    const { id } = await conversationOf('<a@x>');
    await flow().flow.staff.assign(id, agent, agent);
    const before = flow().channel.sent.length;
    await flow().flow.staff.reply(id, agent, { text: 'تم الإصلاح.' }, 'key');
    await flow().flow.idle();
    expect(flow().channel.sent.slice(before)).toHaveLength(1);
    expect(flow().channel.sent.at(-1)).toMatchObject({
      text: 'تم الإصلاح.',
      automated: false,
      letter: { subject: 'Re: جهاز العرض', inReplyTo: '<a@x>', references: ['<a@x>'] },
    });
  });
});

describe('an agent who writes first', () => {
  const agent = { id: 'agent', name: 'Agent' };
  const words = { inboxId: 'fake', subject: 'موعد التدريب', text: 'نذكّرك بموعد التدريب غداً.' };

  const aContact = async (): Promise<string> => {
    await send({ id: '<a@x>', words: 'جهاز العرض في القاعة 12 لا يعمل' });
    return (await stored('<a@x>')).contactId;
  };

  it('begins a conversation of its own, once for one key, and has it', async () => {
    const contactId = await aContact();
    const before = flow().channel.sent.length;
    const [first, again] = [
      await flow().flow.staff.start(agent, { ...words, contactId }, 'key'),
      await flow().flow.staff.start(agent, { ...words, contactId }, 'key'),
    ];
    await flow().flow.idle();
    expect(again.id).toBe(first.id);
    expect(first).toMatchObject({ handledBy: 'agent', assigneeId: 'agent', address: 'sara@example.net' });
    expect(first.key).toMatch(/^[a-z0-9]{10,26}$/);
    const sent = flow().channel.sent.slice(before);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ automated: false, letter: { subject: words.subject, inReplyTo: null } });
    const [answer] = await send({ subject: 'Re: غيره', words: 'شكراً، لن أتمكن من الحضور', provenKey: first.key });
    expect(answer).toBeUndefined();
    expect((await conversationOf('<mail-1@example.net>')).id).toBe(first.id);
  });

  it('reaches somebody of another channel at the address they gave', async () => {
    const contactId = await aContact();
    const known = { op: 'update' as const, in: contacts, id: contactId, set: { email: 'Other@Example.net' } };
    await flow().store.write([known, { op: 'remove', in: addresses, id: addressIdOf('fake', 'sara@example.net') }]);
    const { address } = await flow().flow.staff.start(agent, { ...words, contactId }, 'key');
    expect(address).toBe('other@example.net');
  });

  it('is told where nothing can be sent', async () => {
    const contactId = await aContact();
    const refused = (facts: object) => flow().flow.staff.start(agent, { ...words, contactId, ...facts }, 'key');
    await expect(refused({ inboxId: 'none' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(refused({ contactId: 'none' })).rejects.toMatchObject({ code: 'not-found' });
    const gone = { op: 'remove' as const, in: addresses, id: addressIdOf('fake', 'sara@example.net') };
    await flow().store.write([gone, { op: 'update', in: contacts, id: contactId, set: { email: null } }]);
    await expect(refused({})).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

it('stores a backlog first and answers it then, all of it', async () => {
  const mails = Array.from({ length: 40 }, (_, who) => letter({ from: `p${who}@example.net`, words: 'متى التسجيل؟' }));
  for (const mail of mails) await flow().flow.receive(flow().event('', mail));
  expect(flow().channel.sent.length).toBeLessThan(40);
  flow().clock.advance(1_000);
  await flow().flow.idle();
  expect(new Set(flow().channel.sent.map(({ address }) => address)).size).toBe(40);
});

it('keeps the mail as it came beside what was read of it', async () => {
  await send({ id: '<a@x>', words: 'جهاز العرض لا يعمل' });
  const { id } = await stored('<a@x>');
  expect(await flow().store.get(sources, id)).toMatchObject({ gzip: 'AQID', blobId: null });
});
