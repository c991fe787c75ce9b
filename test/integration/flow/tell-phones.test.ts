import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Contact, contacts } from '../../../src/contact/contact.ts';
import { conversations } from '../../../src/conversation/conversation.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { messages } from '../../../src/message/message.ts';
import { type Notice, notices } from '../../../src/notice/notice.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { createFakeChannel, type FakeChannel } from '../../fakes/channel.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { createPaidChannel } from '../../fakes/paid-channel.ts';

const agent = { id: 'agent', name: 'نورة' };
const hourMs = 3_600_000;
const mobile = '+966500000001';
const visitorsId = conversationIdOf('fake', 'visitor');

let test: TestFlow;
let paid: FakeChannel;
let contactId = '';
beforeEach(async () => {
  paid = createPaidChannel();
  test = await openFlow({ channel: createFakeChannel(), more: [paid] });
  await test.say('السلام عليكم');
  contactId = (await test.store.get(conversations, visitorsId))?.contactId ?? '';
});
afterEach(() => test.cleanUp());

const know = (set: Partial<Contact>, id = contactId) => test.store.write([{ op: 'update', in: contacts, id, set }]);

const open = async (facts: { conversationId?: string; contactId?: string } = {}, key = 'ticket'): Promise<Ticket> => {
  const about = { contactId, type: 'inquiry' as const, subject: 'تعديل الشعبة', channel: 'phone', ...facts };
  const ticket = await test.flow.staff.openTicket(agent, about, key);
  await test.flow.idle();
  return ticket;
};

const kept = async (ticketNumber: string): Promise<Notice[]> =>
  (await test.store.find(notices, { index: 'by-ticket', where: { ticketNumber } })).items;

const texts = () => paid.sent.map(({ text }) => text);

describe('the number of a new ticket', () => {
  it('goes to the mobile with thanks, briefly, once, beside what is said in the chat', async () => {
    await know({ phone: mobile });
    const { number } = await open({ conversationId: visitorsId });
    expect(texts()).toEqual([`تم تسجيل طلبكم بنجاح برقم ${number}. شكرًا لتواصلكم. جامعة الغضا`]);
    expect(paid.sent[0]).toMatchObject({ address: mobile, author: 'system' });
    expect(test.channel.sent.at(-1)?.text).toContain(number);
    await open({ conversationId: visitorsId });
    expect(texts()).toHaveLength(1);
    expect(await kept(number)).toMatchObject([
      { kind: 'received', state: 'told', tried: [{ by: 'conversation' }] },
      { kind: 'number', state: 'told', dueAt: null, tried: [{ inboxId: 'paid', by: 'phone' }] },
    ]);
  });

  it('goes to it once the person tells it, in whatever words, also after the ticket was opened', async () => {
    await know({ name: 'سارة', entity: 'كلية', category: 'student' });
    await test.say('أريد تقديم شكوى على تأخر الرد على طلب صيانة القاعة 12 منذ شهر');
    const number = (await test.store.get(conversations, visitorsId))?.openTicket ?? '';
    expect(await kept(number)).toMatchObject([{ kind: 'number', state: 'nobody', tried: [] }]);
    await test.say('هذا جوالي للتواصل ٠٥٠ ٠٠٠ ٠٠٠١');
    expect(await test.store.get(contacts, contactId)).toMatchObject({ phone: mobile });
    expect(texts()).toEqual([expect.stringContaining(number)]);
    await test.say('شكرا');
    expect(texts()).toHaveLength(1);
  });

  it('goes to it where the assistant opens the ticket, whatever the hour', async () => {
    test.clock.set(Date.parse('2026-11-22T23:30:00.000Z'));
    await know({ phone: mobile, name: 'سارة', entity: 'كلية', category: 'student' });
    await test.say('أريد تقديم شكوى على تأخر الرد على طلب صيانة القاعة 12 منذ شهر');
    for (const answer of ['شكوى', 'نعم', 'تأخر الرد على طلب صيانة القاعة 12 منذ شهر']) {
      if (texts().length === 0) await test.say(answer);
    }
    const [number] = (await test.store.get(conversations, visitorsId))?.ticketNumbers ?? [];
    expect(number).toBeDefined();
    expect(texts()).toEqual([expect.stringContaining(number ?? '')]);
  });

  it('waits while the only way to the person is an inbox that somebody has to set right', async () => {
    await know({ phone: mobile });
    test.clock.advance(hourMs);
    const { state } = paid;
    paid.state = () => ({ state: 'bad-credentials', reason: 'The token is refused.' });
    const { number } = await open();
    expect(texts()).toEqual([]);
    expect((await kept(number)).every((one) => one.state === 'waiting')).toBe(true);
    paid.state = state;
    test.clock.advance(300_000);
    await test.flow.idle();
    expect(texts()).toEqual([expect.stringContaining(number)]);
  });

  it('goes to no landline and to nobody whose mobile is not known', async () => {
    await know({ phone: '+966114567890' });
    const { number } = await open({ conversationId: visitorsId });
    expect(texts()).toEqual([]);
    expect((await kept(number)).find(({ kind }) => kind === 'number')).toMatchObject({ state: 'nobody', tried: [] });
  });

  it('is not sent twice where the notice that has it went to the phone already', async () => {
    test.clock.advance(hourMs);
    await know({ phone: mobile });
    const { number } = await open();
    expect(texts()).toEqual([`سجلنا طلبكم برقم ${number} وسنوافيكم بما يستجد. جامعة الغضا`]);
    expect((await kept(number)).map(({ kind }) => kind)).toEqual(['received']);
  });

  it('is not sent to whoever muted this kind of channel, and not where the organisation does not want it', async () => {
    await know({ phone: mobile, mutedChannels: ['paid'] });
    const { number } = await open({ conversationId: visitorsId });
    expect((await kept(number)).find(({ kind }) => kind === 'number')).toMatchObject({ state: 'nobody' });
    await know({ mutedChannels: [] });
    const { organisation } = test.deps.content;
    test.deps.content.organisation = () => {
      const now = organisation();
      return { ...now, organisation: { ...now.organisation, notices: { number: false } } };
    };
    const other = await open({ conversationId: visitorsId }, 'other');
    expect((await kept(other.number)).map(({ kind }) => kind)).toEqual(['received']);
    expect(texts()).toEqual([]);
  });

  it('is found and sent after a crash between the ticket and the telling', async () => {
    await know({ phone: mobile });
    const { directory } = test;
    const { write } = test.store;
    // the process ends right after the ticket is kept
    test.store.write = async (unit) => {
      if (unit.some((op) => op.op === 'update' && op.in === notices)) throw new Error('gone');
      return write(unit);
    };
    const { number } = await open({ conversationId: visitorsId });
    expect(texts()).toEqual([]);
    expect(test.errors.at(-1)).toMatchObject({ message: 'telling people of their tickets failed' });
    test.store.write = write;
    await test.close();
    const again = createPaidChannel();
    test = await openFlow({ directory, channel: createFakeChannel(), more: [again], at: '2026-11-22T07:00:10.000Z' });
    await test.flow.idle();
    expect(again.sent.map(({ text }) => text)).toEqual([expect.stringContaining(number)]);
  });
});

describe('a notice that cannot be kept as it was told', () => {
  it('holds up no other, and is told later', async () => {
    await know({ phone: mobile });
    const { write } = test.store;
    let refused = '';
    test.store.write = async (unit) => {
      const telling = unit.length > 1 && unit.find((op) => op.op === 'update' && op.in === notices);
      if (telling && telling.op === 'update') refused ||= telling.id;
      if (telling && telling.op === 'update' && telling.id === refused) throw new Error('refused');
      return write(unit);
    };
    const first = await open({ conversationId: visitorsId });
    const second = await open({ conversationId: visitorsId }, 'second');
    expect(texts()).toEqual([expect.stringContaining(second.number)]);
    test.store.write = write;
    test.clock.advance(62_000);
    await test.flow.idle();
    expect(texts().slice(1)).toEqual([expect.stringContaining(first.number)]);
    expect((await kept(first.number)).find(({ kind }) => kind === 'number')).toMatchObject({
      state: 'told',
      faults: 1,
    });
  });
});

describe('a mobile that two contacts have', () => {
  it('is told the numbers of both, each in a conversation of its own', async () => {
    await know({ phone: mobile });
    const first = await open({ conversationId: visitorsId });
    await test.say('السلام عليكم', { address: 'other', conversationKey: 'other' });
    const others = await test.store.get(conversations, conversationIdOf('fake', 'other'));
    const otherId = others?.contactId ?? '';
    await know({ phone: mobile }, otherId);
    const second = await open({ conversationId: others?.id ?? '', contactId: otherId }, 'second');
    expect(texts()).toEqual([expect.stringContaining(first.number), expect.stringContaining(second.number)]);
    expect(paid.sent.map(({ address }) => address)).toEqual([mobile, mobile]);
    const told = (await Promise.all([kept(first.number), kept(second.number)])).flat();
    const ids = told.filter(({ kind }) => kind === 'number').flatMap(({ messageIds }) => messageIds);
    expect((await test.store.getMany(messages, ids)).map((one) => one.contactId)).toEqual([contactId, otherId]);
  });
});

describe('a mobile that is known only by where its holder writes from', () => {
  it('is told the number', async () => {
    const from = { inboxId: 'paid', address: mobile, conversationKey: mobile };
    await test.say('السلام عليكم', from);
    const writer = (await test.store.get(conversations, conversationIdOf('paid', mobile)))?.contactId ?? '';
    await know({ phone: null }, writer);
    paid.sent.length = 0;
    test.clock.advance(hourMs);
    const { number } = await open({ contactId: writer });
    expect(texts()).toEqual([expect.stringContaining(number)]);
  });
});
