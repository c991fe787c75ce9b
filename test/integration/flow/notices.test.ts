import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settleBy } from '../../../src/casework/settle.ts';
import { type Contact, contacts } from '../../../src/contact/contact.ts';
import { conversations } from '../../../src/conversation/conversation.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { approvedTemplates } from '../../../src/inbox/approved-templates.ts';
import { ticketEvents } from '../../../src/ticket/events.ts';
import { foldTicket } from '../../../src/ticket/fold.ts';
import { type Ticket, tickets } from '../../../src/ticket/ticket.ts';
import { createFakeChannel, type FakeChannel } from '../../fakes/channel.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { aTemplate, createWindowedChannel, type WindowedChannel } from '../../fakes/windowed-channel.ts';

const agent = { id: 'agent', name: 'نورة' };
const by = { ...agent, role: 'agent', departments: ['care'] } as const;
const hourMs = 3_600_000;
const visitorsId = conversationIdOf('fake', 'visitor');

let test: TestFlow;
let numbers: WindowedChannel;
let mail: FakeChannel;
let contactId = '';
beforeEach(async () => {
  numbers = createWindowedChannel();
  numbers.provided = [
    aTemplate('received', 'سجلنا طلبكم {{1}}.'),
    aTemplate('working', 'طلبكم {{number}} قيد المعالجة.'),
  ];
  mail = createFakeChannel('mail', { form: 'letter', canStart: true });
  test = await openFlow({ channel: createFakeChannel(), more: [numbers, mail] });
  await test.flow.syncTemplates('numbers');
  for (const one of (await test.store.find(approvedTemplates, { index: 'by-inbox' })).items) {
    const notice = one.name === 'received' ? 'notice-ticket-received' : 'notice-in-progress';
    await test.store.write([{ op: 'update', in: approvedTemplates, id: one.id, set: { notice } }]);
  }
  await test.say('السلام عليكم');
  contactId = (await test.store.get(conversations, visitorsId))?.contactId ?? '';
  test.channel.sent.length = 0;
});
afterEach(() => test.cleanUp());

const know = (set: Partial<Contact>) => test.store.write([{ op: 'update', in: contacts, id: contactId, set }]);

const open = async (facts: { conversationId?: string } = {}, key = 'ticket'): Promise<Ticket> => {
  const about = { contactId, type: 'inquiry' as const, subject: 'تعديل الشعبة', channel: 'phone', ...facts };
  const ticket = await test.flow.staff.openTicket(agent, about, key);
  await test.flow.idle();
  return ticket;
};

const begin = async (number: string): Promise<void> => {
  await test.flow.staff.takeStep(number, by, { name: 'start', given: {}, version: undefined });
  await test.flow.idle();
};

const said = () =>
  [test.channel, numbers, mail].flatMap(({ sent, inboxId }) => sent.map(({ text }) => `${inboxId}: ${text}`));

describe('somebody whose ticket staff open', () => {
  it('is told in the chat where they are, with the number, once', async () => {
    const { number } = await open({ conversationId: visitorsId });
    expect(said()).toEqual([expect.stringMatching(new RegExp(`^fake: [^]*${number}[^]*تعديل الشعبة`))]);
    expect(test.channel.sent[0]).toMatchObject({ author: 'system' });
    expect((await open({ conversationId: visitorsId })).number).toBe(number);
    expect(said()).toHaveLength(1);
  });

  it('is told by a template on the phone where the chat was left long ago', async () => {
    test.clock.advance(hourMs);
    await know({ phone: '+966500000001' });
    const { number } = await open();
    expect(said()).toEqual([`numbers: سجلنا طلبكم ${number}.`]);
    expect(numbers.sent[0]).toMatchObject({ address: '966500000001', template: { name: 'received' } });
  });

  it('is told by mail where no number is known', async () => {
    test.clock.advance(hourMs);
    await know({ email: 'sara@example.net' });
    const { number } = await open();
    expect(said()).toEqual([expect.stringMatching(new RegExp(`^mail: [^]*${number}`))]);
    expect(mail.sent[0]).toMatchObject({ address: 'sara@example.net', letter: { inReplyTo: null } });
  });

  it('is told nothing where nothing is known, and nothing who is blocked', async () => {
    test.clock.advance(hourMs);
    await open();
    await know({ phone: '+966500000001', blockedAt: '2026-11-22T07:00:00.000Z' });
    await open({}, 'other');
    expect(said()).toEqual([]);
  });

  it('answers to the ticket, and the notice stands in its ledger', async () => {
    test.clock.advance(hourMs);
    await know({ phone: '+966500000001' });
    const { number } = await open();
    const [conversation] = (
      await test.store.find(conversations, { index: 'by-channel', where: { channel: 'numbers' } })
    ).items;
    expect(conversation).toMatchObject({ openTicket: number, handledBy: 'assistant', contactId });
    const ledger = (await test.store.find(ticketEvents, { index: 'by-ticket', where: { ticketNumber: number } })).items;
    expect(ledger.map(({ change }) => change.kind)).toContain('message-added');
    const folded = settleBy(test.deps.content.organisation())(foldTicket(ledger) as Ticket);
    const ticket = await test.store.get(tickets, number);
    expect({ ...folded, version: 0, actedVersion: 0 }).toEqual({ ...ticket, version: 0, actedVersion: 0 });
  });

  it('has a ticket also where telling fails, and is told once it does not', async () => {
    test.clock.advance(hourMs);
    await know({ phone: '+966500000001' });
    const { addressOf } = numbers;
    numbers.addressOf = () => {
      throw new Error('broken');
    };
    const { number } = await open();
    expect(await test.store.get(tickets, number)).not.toBeNull();
    expect(test.errors.at(-1)).toMatchObject({ message: 'a person could not be told of their ticket' });
    numbers.addressOf = addressOf as (phone: string) => string;
    test.clock.advance(62_000);
    await test.flow.idle();
    expect(said()).toEqual([`numbers: سجلنا طلبكم ${number}.`]);
  });
});

describe('somebody whose ticket is in progress', () => {
  it('is told when work begins, not again while it goes on', async () => {
    const { number } = await open({ conversationId: visitorsId });
    test.channel.sent.length = 0;
    await begin(number);
    await expect(begin(number)).rejects.toMatchObject({ code: 'not-allowed' });
    expect(said()).toEqual([expect.stringContaining('قيد المعالجة')]);
  });

  it('is told of a restricted matter the number only', async () => {
    const { number } = await open({ conversationId: visitorsId });
    await test.store.write([{ op: 'update', in: tickets, id: number, set: { restricted: true } }]);
    test.channel.sent.length = 0;
    await begin(number);
    expect(said()).toEqual([expect.stringContaining(number)]);
    expect(said()[0]).not.toContain('تعديل الشعبة');
  });

  it('is told in their open conversation on the phone, in words that need no template', async () => {
    const at = { inboxId: 'numbers', address: '966500000001', conversationKey: '966500000001' };
    await test.say('مرحبا', at);
    const id = conversationIdOf('numbers', '966500000001');
    contactId = (await test.store.get(conversations, id))?.contactId ?? '';
    const first = await open({ conversationId: id });
    const { number } = await open({ conversationId: id }, 'other');
    numbers.sent.length = 0;
    await begin(first.number);
    expect(numbers.sent).toMatchObject([{ text: expect.stringContaining('سنوافيكم') }]);
    expect(numbers.sent[0]?.template).toBeUndefined();
    test.clock.advance(25 * hourMs);
    numbers.sent.length = 0;
    await begin(number);
    expect(numbers.sent).toMatchObject([{ text: `طلبكم ${number} قيد المعالجة.`, template: { name: 'working' } }]);
  });
});
