import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { capabilities } from '../../../channels/email/capabilities.ts';
import type { GivenEvent } from '../../../src/channel/inbound.ts';
import type { OutboundMessage } from '../../../src/channel/outbound.ts';
import { addresses, contacts } from '../../../src/contact/contact.ts';
import { conversations } from '../../../src/conversation/conversation.ts';
import { addressIdOf } from '../../../src/flow/identity.ts';
import { deliveries, type Message, messages } from '../../../src/message/message.ts';
import { sources } from '../../../src/message/sources.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { createFakeChannel } from '../../fakes/channel.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';

const bank = {
  'السجل الأكاديمي': { outcome: 'answer' as const, articles: [{ id: 'record', title: 'السجل', confidence: 0.95 }] },
  التسجيل: {
    outcome: 'choose' as const,
    articles: [
      { id: 'add', title: 'إضافة مقرر', confidence: 0.5 },
      { id: 'drop', title: 'حذف مقرر', confidence: 0.45 },
    ],
  },
};

interface Mail {
  id?: string;
  from?: string;
  name?: string;
  subject?: string;
  words: string;
  whole?: string;
  references?: string[];
  provenKey?: string;
  automated?: 'none' | 'auto-reply' | 'bulk' | 'bounce';
  settled?: boolean;
  digest?: string;
}

let test: TestFlow;
let count = 0;

const topicOf = (subject: string): string => subject.replace(/^(re|رد)\s*:\s*/i, '').toLowerCase();

const letter = (mail: Mail): Partial<GivenEvent> => {
  const { id = `<mail-${++count}@example.net>`, from = 'sara@example.net', subject = 'سؤال' } = mail;
  return {
    externalId: id,
    address: from,
    conversationKey: `${from} ${id}`,
    text: mail.whole ?? mail.words,
    digest: mail.digest ?? `digest of ${id}`,
    thread: {
      references: mail.references ?? [],
      provenKey: mail.provenKey ?? null,
      topic: topicOf(subject),
      isReply: /^(re|رد)\s*:/i.test(subject),
    },
    letter: {
      subject,
      from: { address: from, name: mail.name ?? '' },
      to: [],
      cc: [],
      newText: mail.words,
      problem: null,
    },
    automated: mail.automated ?? 'none',
    settled: mail.settled ?? false,
    source: { gzip: new Uint8Array([1, 2, 3]), keepDays: 90 },
  } as Partial<GivenEvent>;
};

/** Sends a mail, a minute after the one before, and gives what was answered to it. */
const send = (mail: Mail): Promise<OutboundMessage[]> => {
  test.clock.advance(60_000);
  return test.say('', letter(mail));
};

const stored = async (id: string): Promise<Message> => {
  const where = { inboxId: 'fake', externalId: id };
  const found = (await test.store.find(messages, { index: 'by-external-id', where })).items[0];
  if (!found) throw new Error(`${id} is not stored`);
  return found;
};

const conversationOf = async (id: string) => {
  const { conversationId } = await stored(id);
  const found = await test.store.get(conversations, conversationId);
  if (!found) throw new Error('no conversation');
  return found;
};

const ticketsOf = async () => (await test.store.find(tickets, { index: 'by-opened', limit: 100 })).items;

beforeEach(async () => {
  count = 0;
  test = await openFlow({ bank, channel: createFakeChannel('fake', capabilities) });
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

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
    expect(await test.store.get(contacts, contactId)).toMatchObject({
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
    expect(await test.store.get(contacts, contactId)).toMatchObject({
      name: 'سارة أحمد المحمد',
      entity: 'كلية العلوم',
      category: expect.any(String),
    });
    expect((await stored('<mail-1@example.net>')).ticketNumber).toBe(ticketNumbers[0]);
    const [again] = await send({ subject: 'Re: سؤال', words: 'وأيضاً الشاشة لا تضيء أبداً', references: ['<a@x>'] });
    expect(again?.text).not.toContain('• ');
  });
});

describe('threads', () => {
  const reply = { subject: 'Re: سؤال', words: 'هل من جديد في هذا الموضوع؟ ما زال الجهاز معطلاً' };

  beforeEach(async () => {
    await send({ id: '<a@x>', words: 'جهاز العرض في القاعة 12 لا يعمل' });
  });

  const ourDelivery = async () => (await test.store.find(deliveries, { index: 'by-status', where: {} })).items[0];

  it('go on by the ids that a mail names, in either direction', async () => {
    const delivery = await ourDelivery();
    await send({ id: '<b@x>', ...reply, subject: 'شيء آخر', references: ['<unknown@x>', '<a@x>'] });
    await send({ id: '<c@x>', ...reply, subject: 'شيء ثالث', references: [delivery?.externalId ?? ''] });
    await send({ id: '<d@x>', ...reply, subject: 'شيء رابع', references: [delivery?.id ?? ''] });
    const first = await conversationOf('<a@x>');
    for (const id of ['<b@x>', '<c@x>', '<d@x>']) expect((await conversationOf(id)).id).toBe(first.id);
    expect((await stored('<c@x>')).ticketNumber).toBe(first.openTicket);
    expect(await ticketsOf()).toHaveLength(1);
  });

  it('go on by a token, by the number of an own ticket in the subject, and by the subject of a reply', async () => {
    const first = await conversationOf('<a@x>');
    await send({ id: '<b@x>', ...reply, subject: 'جديد', provenKey: first.key });
    await send({ id: '<c@x>', ...reply, subject: `متابعة ${first.openTicket}` });
    await send({ id: '<d@x>', ...reply, subject: 'رد: سؤال' });
    for (const id of ['<b@x>', '<c@x>', '<d@x>']) expect((await conversationOf(id)).id).toBe(first.id);
  });

  it('begin anew under an equal subject that is no reply, and under another subject', async () => {
    const first = await conversationOf('<a@x>');
    await send({ id: '<b@x>', subject: 'سؤال', words: 'أريد شهادة تعريف بالراتب من فضلكم' });
    await send({ id: '<c@x>', subject: 'Re: غيره', words: 'أريد شهادة تعريف بالراتب اليوم' });
    for (const id of ['<b@x>', '<c@x>']) expect((await conversationOf(id)).id).not.toBe(first.id);
  });

  it('let nobody into the conversation of another, whatever they know', async () => {
    const first = await conversationOf('<a@x>');
    const delivery = await ourDelivery();
    const known = { references: ['<a@x>', delivery?.externalId ?? '', delivery?.id ?? ''], provenKey: first.key };
    const [answer] = await send({
      id: '<z@x>',
      from: 'eve@example.net',
      ...reply,
      ...known,
      subject: `Re: ${first.openTicket}`,
    });
    const other = await conversationOf('<z@x>');
    expect(other.id).not.toBe(first.id);
    expect(other.contactId).not.toBe(first.contactId);
    expect(answer?.text).not.toContain(String(first.openTicket));
  });

  it('keep two mails that came under one Message-ID, and one mail that came twice once', async () => {
    const one = { id: '<same@x>', words: 'أول رسالة عن موضوع ما', digest: 'aaaaaaaaaaaa1' };
    await send(one);
    expect(await send(one)).toEqual([]);
    await send({ ...one, words: 'رسالة ثانية عن موضوع آخر', digest: 'bbbbbbbbbbbb2' });
    await send({ ...one, words: 'رسالة ثانية عن موضوع آخر', digest: 'bbbbbbbbbbbb2' });
    const { id } = await conversationOf('<same@x>');
    const inbound = (await test.all(id)).filter(({ direction }) => direction === 'inbound');
    expect(inbound.map(({ text }) => text)).toEqual(['أول رسالة عن موضوع ما', 'رسالة ثانية عن موضوع آخر']);
    expect(test.channel.sent.at(-1)?.letter?.inReplyTo).toBe('<same@x>');
  });
});

describe('robots', () => {
  it.each(['auto-reply', 'bulk', 'bounce'] as const)('are stored, linked and never answered: %s', async (automated) => {
    await send({ id: '<a@x>', words: 'جهاز العرض في القاعة 12 لا يعمل' });
    const delivery = (await test.store.find(deliveries, { index: 'by-status', where: {} })).items[0];
    const from = automated === 'bounce' ? 'mailer-daemon@example.net' : 'sara@example.net';
    const robot = { id: '<r@x>', from, automated, words: 'أنا خارج المكتب حتى الأحد القادم' };
    expect(await send({ ...robot, references: [delivery?.externalId ?? ''] })).toEqual([]);
    const first = await conversationOf('<a@x>');
    expect(await stored('<r@x>')).toMatchObject({
      conversationId: first.id,
      automated,
      ticketNumber: first.openTicket,
    });
    expect(await ticketsOf()).toHaveLength(1);
  });

  it('reopen nothing, and what they begin is not open', async () => {
    await send({ id: '<a@x>', words: 'جهاز العرض في القاعة 12 لا يعمل' });
    const { id } = await conversationOf('<a@x>');
    await test.flow.staff.close(id, { id: 'agent', name: 'Agent' });
    await send({ automated: 'auto-reply', words: 'خارج المكتب', references: ['<a@x>'] });
    expect((await conversationOf('<a@x>')).status).toBe('closed');
    expect(await send({ id: '<n@x>', from: 'news@example.net', automated: 'bulk', words: 'نشرة' })).toEqual([]);
    expect((await conversationOf('<n@x>')).status).toBe('closed');
    await send({ words: 'ما زال معطلاً حتى اليوم', references: ['<a@x>'] });
    expect((await conversationOf('<a@x>')).status).toBe('open');
  });

  it('do not silence a person whose mail waits beside theirs', async () => {
    const robot = { ...letter({ automated: 'auto-reply', words: 'خارج المكتب' }), conversationKey: 'k' };
    const person = { ...letter({ words: 'جهاز العرض في القاعة لا يعمل' }), conversationKey: 'k' };
    await Promise.all([test.flow.receive(test.event('', robot)), test.flow.receive(test.event('', person))]);
    await test.flow.idle();
    expect(test.channel.sent).toHaveLength(1);
  });

  it('that say nothing of it are answered a few times and no more, then a person looks', async () => {
    let references: string[] = [];
    for (let turn = 0; turn < 20; turn++) {
      const id = `<loop-${turn}@x>`;
      const [answer] = await send({
        id,
        subject: 'Re: سؤال',
        words: `إشعار جديد من النظام رقم ${turn} لكم`,
        references,
      });
      references = [...(answer ? [answer.id] : []), id];
    }
    expect(test.channel.sent.length).toBeLessThanOrEqual(6);
    expect((await conversationOf('<loop-19@x>')).handledBy).toBe('nobody');
  });

  it('that change their address and repeat themselves are answered a few times and no more', async () => {
    const words = 'شكراً على رسالتكم، سيتم الرد عليها من قبل الفريق المختص لدينا خلال يومين';
    for (let turn = 0; turn < 20; turn++) await send({ from: `r${turn}@example.net`, subject: 'Re: سؤال', words });
    expect(test.channel.sent.length).toBeLessThanOrEqual(5);
  });

  it('that answer to a letter of ours from ever new addresses are answered a few times and no more', async () => {
    await send({ id: '<a@x>', words: 'جهاز العرض في القاعة 12 لا يعمل' });
    const { key } = await conversationOf('<a@x>');
    const before = test.channel.sent.length;
    for (let turn = 0; turn < 20; turn++) {
      const words = `رسالة من نوع آخر تماماً عن أمر ${'أبجدهوزحطيكلمنسعفصقرشت'[turn]}${'تشرقصفعسنملكيطحزوهدجبأ'[turn]}`;
      await send({ from: `n${turn}@example.net`, subject: `شيء ${turn}`, words, provenKey: key });
    }
    expect(test.channel.sent.length - before).toBeLessThanOrEqual(4);
  });

  it('that begin a new thread each time are answered a few times and no more', async () => {
    const words = 'تنبيه من نظام المراقبة لديكم: القرص ممتلئ على الخادم الرئيسي';
    for (let turn = 0; turn < 20; turn++) await send({ subject: `تنبيه ${turn}`, words });
    expect(test.channel.sent.length).toBeLessThanOrEqual(10);
  });
});

describe('people', () => {
  it('who send the same mail again and again while they wait are answered', async () => {
    const words = 'جهاز العرض في القاعة 12 لا يعمل منذ أسبوع كامل';
    for (let turn = 0; turn < 8; turn++) expect(await send({ subject: 'عطل', words })).toHaveLength(1);
  });

  it('are all answered, many of them with the same short words', async () => {
    for (let who = 0; who < 30; who++) {
      const answers = await send({ from: `p${who}@example.net`, subject: 'استفسار', words: 'متى يبدأ الفصل القادم؟' });
      expect(answers).toHaveLength(1);
    }
  });

  it('are all answered for as many matters as one has in a morning', async () => {
    for (let turn = 0; turn < 15; turn++) {
      const words = `السؤال ${'أبجدهوزحطيكلمنس'[turn]} عن خدمة لا أعرفها في كلية ${'أبجدهوزحطيكلمنس'[turn]}`;
      expect(await send({ subject: `موضوع ${turn}`, words })).toHaveLength(1);
    }
  });

  it('whose mail was answered elsewhere are not answered again', async () => {
    expect(await send({ id: '<old@x>', words: 'جهاز العرض لا يعمل', settled: true })).toEqual([]);
    expect((await conversationOf('<old@x>')).status).toBe('closed');
  });
});

describe('an agent who writes a letter', () => {
  const agent = { id: 'agent', name: 'Agent' };

  it('answers the last mail of the person, under its subject', async () => {
    await send({ id: '<a@x>', subject: 'جهاز العرض', words: 'جهاز العرض في القاعة 12 لا يعمل' });
    await send({ id: '<b@x>', automated: 'auto-reply', words: 'خارج المكتب', references: ['<a@x>'] });
    const { id } = await conversationOf('<a@x>');
    await test.flow.staff.assign(id, agent, agent);
    const before = test.channel.sent.length;
    await test.flow.staff.reply(id, agent, { text: 'تم الإصلاح.' }, 'key');
    await test.flow.idle();
    expect(test.channel.sent.slice(before)).toHaveLength(1);
    expect(test.channel.sent.at(-1)).toMatchObject({
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
    const before = test.channel.sent.length;
    const [first, again] = [
      await test.flow.staff.start(agent, { ...words, contactId }, 'key'),
      await test.flow.staff.start(agent, { ...words, contactId }, 'key'),
    ];
    await test.flow.idle();
    expect(again.id).toBe(first.id);
    expect(first).toMatchObject({ handledBy: 'agent', assigneeId: 'agent', address: 'sara@example.net' });
    expect(first.key).toMatch(/^[a-z0-9]{10,26}$/);
    const sent = test.channel.sent.slice(before);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ automated: false, letter: { subject: words.subject, inReplyTo: null } });
    const [answer] = await send({ subject: 'Re: غيره', words: 'شكراً، لن أتمكن من الحضور', provenKey: first.key });
    expect(answer).toBeUndefined();
    expect((await conversationOf('<mail-1@example.net>')).id).toBe(first.id);
  });

  it('reaches somebody of another channel at the address they gave', async () => {
    const contactId = await aContact();
    const known = { op: 'update' as const, in: contacts, id: contactId, set: { email: 'Other@Example.net' } };
    await test.store.write([known, { op: 'remove', in: addresses, id: addressIdOf('fake', 'sara@example.net') }]);
    const { address } = await test.flow.staff.start(agent, { ...words, contactId }, 'key');
    expect(address).toBe('other@example.net');
  });

  it('is told where nothing can be sent', async () => {
    const contactId = await aContact();
    const refused = (facts: object) => test.flow.staff.start(agent, { ...words, contactId, ...facts }, 'key');
    await expect(refused({ inboxId: 'none' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(refused({ contactId: 'none' })).rejects.toMatchObject({ code: 'not-found' });
    const gone = { op: 'remove' as const, in: addresses, id: addressIdOf('fake', 'sara@example.net') };
    await test.store.write([gone, { op: 'update', in: contacts, id: contactId, set: { email: null } }]);
    await expect(refused({})).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

it('stores a backlog first and answers it then, all of it', async () => {
  const mails = Array.from({ length: 40 }, (_, who) => letter({ from: `p${who}@example.net`, words: 'متى التسجيل؟' }));
  for (const mail of mails) await test.flow.receive(test.event('', mail));
  expect(test.channel.sent.length).toBeLessThan(40);
  test.clock.advance(1_000);
  await test.flow.idle();
  expect(new Set(test.channel.sent.map(({ address }) => address)).size).toBe(40);
});

it('keeps the mail as it came beside what was read of it', async () => {
  await send({ id: '<a@x>', words: 'جهاز العرض لا يعمل' });
  const { id } = await stored('<a@x>');
  expect(await test.store.get(sources, id)).toMatchObject({ gzip: 'AQID', blobId: null });
});
