import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settleBy } from '../../../src/casework/settle.ts';
import { addresses, contacts } from '../../../src/contact/contact.ts';
import { conversations } from '../../../src/conversation/conversation.ts';
import { WaslError } from '../../../src/errors.ts';
import type { FirstWords } from '../../../src/flow/flow.ts';
import { addressIdOf } from '../../../src/flow/identity.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { messages } from '../../../src/message/message.ts';
import { ticketEvents } from '../../../src/ticket/events.ts';
import { foldTicket } from '../../../src/ticket/fold.ts';
import { type Ticket, tickets } from '../../../src/ticket/ticket.ts';
import { createFakeChannel } from '../../fakes/channel.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { aTemplate, createWindowedChannel, type WindowedChannel } from '../../fakes/windowed-channel.ts';

const agent = { id: 'agent', name: 'نورة' };
const phone = '+966500000001';
const address = '966500000001';
const hello = { name: 'hello', language: 'ar', parameters: [] };

let test: TestFlow;
let channel: WindowedChannel;
beforeEach(async () => {
  channel = createWindowedChannel();
  channel.provided = [aTemplate('hello', 'نود التواصل معكم بشأن طلبكم.')];
  const free = createWindowedChannel('free', { replyWindowHours: null, templates: false });
  test = await openFlow({ channel: createFakeChannel(), more: [channel, free] });
  await test.flow.syncTemplates('numbers');
});
afterEach(() => test.cleanUp());

let keys = 0;
const start = async (words: Partial<FirstWords>, key = `key-${++keys}`) => {
  const conversation = await test.flow.staff.start(agent, { inboxId: 'numbers', ...words }, key);
  await test.flow.idle();
  return conversation;
};
const refusal = async (words: Partial<FirstWords>): Promise<WaslError> => {
  const error = await start(words).catch((thrown: unknown) => thrown);
  if (error instanceof WaslError) return error;
  throw new Error('it was allowed');
};
const answer = (text: string, fields = {}) =>
  test.say(text, { inboxId: 'numbers', address, conversationKey: address, ...fields });

/** Somebody who wrote over the web chat, with a ticket. */
const visitorWithTicket = async () => {
  await test.say('السلام عليكم');
  const { contactId } = (await test.store.get(conversations, conversationIdOf('fake', 'visitor'))) ?? { contactId: '' };
  const facts = { contactId, type: 'inquiry' as const, subject: 'تعديل الشعبة', channel: 'web-chat' };
  const { number } = await test.flow.staff.openTicket(agent, facts, 'ticket');
  await test.flow.idle();
  channel.sent.length = 0;
  return { contactId, number };
};

describe('a first message to a number', () => {
  it('makes the person known, once, and goes to that number', async () => {
    const conversation = await start({ phone, template: hello }, 'same');
    expect(conversation).toMatchObject({ inboxId: 'numbers', address, handledBy: 'agent', assigneeId: 'agent' });
    expect(channel.sent).toMatchObject([{ address, template: hello, text: 'نود التواصل معكم بشأن طلبكم.' }]);
    expect(await test.store.get(contacts, conversation.contactId)).toMatchObject({ phone });
    expect(await start({ phone, template: hello }, 'same')).toEqual(conversation);
    expect(channel.sent).toHaveLength(1);
    expect(await test.store.count(contacts, { index: 'by-phone', where: { phone } })).toBe(1);
  });

  it('goes on in the conversation that there is, also when the same is asked at one moment twice', async () => {
    const both = await Promise.all([start({ phone, template: hello }), start({ phone, template: hello })]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
    expect(channel.sent).toHaveLength(2);
    expect(await test.store.count(contacts, { index: 'by-phone', where: { phone } })).toBe(1);
  });

  it('leads to the same conversation when the person answers, also by another of their ids', async () => {
    const { id, contactId } = await start({ phone, template: hello });
    await answer('نعم، تفضل', { identity: 'SA.1349', phone });
    expect(await test.store.get(conversations, id)).toMatchObject({ lastSeq: 2, handledBy: 'agent', contactId });
    expect(await test.store.get(addresses, addressIdOf('numbers', 'SA.1349'))).toMatchObject({ contactId });
  });

  it('must be a template before the person has written, and may be free words in an open window', async () => {
    const { details } = await refusal({ phone, text: 'السلام عليكم' });
    expect(details).toMatchObject({ reason: 'window-closed', until: null, ways: [{ way: 'template', templates: 1 }] });
    await answer('مرحبًا', { phone });
    channel.sent.length = 0;
    await start({ phone, text: 'وعليكم السلام' });
    expect(channel.sent).toMatchObject([{ text: 'وعليكم السلام', address }]);
  });

  it('is in free words where the medium has no window', async () => {
    const { channel: kind } = await start({ inboxId: 'free', phone, text: 'السلام عليكم' });
    expect(kind).toBe('numbers');
  });

  it('finds whoever told this number of themselves before', async () => {
    await test.say('السلام عليكم');
    const { contactId } = (await test.store.get(conversations, conversationIdOf('fake', 'visitor'))) ?? {};
    await test.store.write([{ op: 'update', in: contacts, id: contactId ?? '', set: { phone } }]);
    expect((await start({ phone, template: hello })).contactId).toBe(contactId);
    expect((await start({ contactId, template: hello })).address).toBe(address);
  });
});

describe('a first message is refused', () => {
  it('to whoever asked for silence, and to whoever is blocked', async () => {
    await answer('مرحبًا', { phone });
    const id = addressIdOf('numbers', address);
    const optedOutAt = '2026-11-22T07:00:00.000Z';
    await test.store.write([{ op: 'update', in: addresses, id, set: { optedOutAt } }]);
    for (const words of [{ template: hello }, { text: 'x' }])
      expect((await refusal({ phone, ...words })).details).toEqual({ reason: 'opted-out' });
    const contactId = (await test.store.get(addresses, id))?.contactId ?? '';
    await test.store.write([{ op: 'update', in: contacts, id: contactId, set: { blockedAt: optedOutAt } }]);
    expect((await refusal({ phone, template: hello })).message).toContain('blocked');
  });

  it('where the channel does not begin, has no numbers, or the person has none', async () => {
    expect((await refusal({ inboxId: 'fake', phone, text: 'x' })).code).toBe('not-allowed');
    expect((await refusal({ inboxId: 'gone', phone, text: 'x' })).code).toBe('not-found');
    const { contactId } = await visitorWithTicket();
    expect((await refusal({ contactId, template: hello })).details).toEqual({ reason: 'no-address' });
    expect((await refusal({ template: hello })).code).toBe('invalid');
  });

  it('to a number that belongs to somebody else than the contact that is named', async () => {
    const other = await start({ phone, template: hello });
    const { contactId } = await visitorWithTicket();
    const { details } = await refusal({ contactId, phone, template: hello });
    expect(details).toEqual({ reason: 'other-contact', contactId: other.contactId });
  });
});

describe('a first message about a ticket', () => {
  it('belongs to it, as does what the person answers, and stops the clock of the first answer', async () => {
    const { number, contactId } = await visitorWithTicket();
    const conversation = await start({ ticketNumber: number, phone, template: hello });
    expect(conversation).toMatchObject({ contactId, openTicket: number, ticketNumbers: [number] });
    const [said] = await test.all(conversation.id);
    expect(said).toMatchObject({ ticketNumber: number });
    const ledger = (await test.store.find(ticketEvents, { index: 'by-ticket', where: { ticketNumber: number } })).items;
    expect(ledger.map(({ change }) => change.kind)).toEqual(expect.arrayContaining(['message-added', 'responded']));
    const ticket = await test.store.get(tickets, number);
    const folded = settleBy(test.deps.content.organisation())(foldTicket(ledger) as Ticket);
    expect({ ...folded, version: 0, actedVersion: 0 }).toEqual({ ...ticket, version: 0, actedVersion: 0 });
    await answer('هذه الوثيقة المطلوبة لاستكمال الطلب', { phone });
    await test.flow.staff.resume(conversation.id, agent);
    await answer('متى ينتهي الطلب؟ أرجو تزويدي بالموعد', { phone });
    const mine = await test.store.find(messages, { index: 'by-ticket', where: { ticketNumber: number } });
    expect(mine.items.map(({ direction }) => direction)).toContain('inbound');
  });

  it('is refused for a ticket of somebody else', async () => {
    const { number } = await visitorWithTicket();
    const { contactId } = await start({ phone, template: hello });
    expect((await refusal({ contactId, ticketNumber: number, template: hello })).message).toContain('another contact');
  });
});
