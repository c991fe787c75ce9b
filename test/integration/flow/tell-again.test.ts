import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SendError, type SendErrorCode } from '../../../src/channel/send-error.ts';
import { addresses, type Contact, contacts } from '../../../src/contact/contact.ts';
import { conversations } from '../../../src/conversation/conversation.ts';
import { addressIdOf } from '../../../src/flow/identity.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { approvedTemplates } from '../../../src/inbox/approved-templates.ts';
import { deliveries } from '../../../src/message/message.ts';
import { type Notice, notices } from '../../../src/notice/notice.ts';
import { ticketEvents } from '../../../src/ticket/events.ts';
import { createFakeChannel, type FakeChannel } from '../../fakes/channel.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { createPaidChannel } from '../../fakes/paid-channel.ts';
import { aTemplate, createWindowedChannel, type WindowedChannel } from '../../fakes/windowed-channel.ts';

const agent = { id: 'agent', name: 'نورة' };
const hourMs = 3_600_000;
const mobile = '+966500000001';
const visitorsId = conversationIdOf('fake', 'visitor');

let test: TestFlow;
let numbers: WindowedChannel;
let paid: FakeChannel;
let mail: FakeChannel;
let contactId = '';
const channels = () => {
  numbers = createWindowedChannel();
  numbers.provided = [aTemplate('received', 'سجلنا طلبكم {{1}}.')];
  paid = createPaidChannel();
  mail = createFakeChannel('mail', { form: 'letter', canStart: true });
  return { channel: createFakeChannel(), more: [numbers, paid, mail] };
};
beforeEach(async () => {
  test = await openFlow(channels());
  await test.flow.syncTemplates('numbers');
  await standFor('notice-ticket-received');
  await test.say('السلام عليكم');
  contactId = (await test.store.get(conversations, visitorsId))?.contactId ?? '';
  await know({ phone: mobile, email: 'sara@example.net' });
  test.clock.advance(hourMs);
});
afterEach(() => test.cleanUp());

/** The templates of the provider stand for this notice. */
async function standFor(notice: string | null): Promise<void> {
  for (const { id } of (await test.store.find(approvedTemplates, { index: 'by-inbox' })).items)
    await test.store.write([{ op: 'update', in: approvedTemplates, id, set: { notice } }]);
}

const know = (set: Partial<Contact>) => test.store.write([{ op: 'update', in: contacts, id: contactId, set }]);

const open = async (key = 'ticket'): Promise<string> => {
  const about = { contactId, type: 'inquiry' as const, subject: 'تعديل الشعبة', channel: 'phone' };
  const { number } = await test.flow.staff.openTicket(agent, about, key);
  await test.flow.idle();
  return number;
};

const received = async (ticketNumber: string): Promise<Notice | undefined> =>
  (await test.store.find(notices, { index: 'by-ticket', where: { ticketNumber } })).items.find(
    ({ kind }) => kind === 'received',
  );

const refuse = (channel: FakeChannel, code: SendErrorCode = 'rejected'): void => {
  channel.answer = () => {
    throw new SendError(code, 'It was refused.');
  };
};

const fail = (channel: FakeChannel, code: SendErrorCode = 'rejected') =>
  test.flow
    .receive({
      event: 'receipt',
      inboxId: channel.inboxId,
      externalId: `ext-${channel.sent.at(-1)?.id}`,
      status: 'failed',
      code,
      at: new Date(test.clock.now()).toISOString(),
    })
    .then(() => test.flow.idle());

const notes = async (ticketNumber: string): Promise<string[]> =>
  (await test.store.find(ticketEvents, { index: 'by-ticket', where: { ticketNumber } })).items.flatMap(({ change }) =>
    change.kind === 'noted' ? [change.text] : [],
  );

describe('a notice that does not arrive', () => {
  it('goes by the next way at once where the sending is refused', async () => {
    refuse(numbers);
    const number = await open();
    expect(paid.sent.map(({ text }) => text)).toEqual([expect.stringContaining(number)]);
    expect(await received(number)).toMatchObject({
      state: 'told',
      tried: [{ inboxId: 'numbers', by: 'template', failure: 'rejected' }, { by: 'letter' }],
    });
    expect(mail.sent).toHaveLength(1);
  });

  it('goes by the next way where a receipt tells it afterwards, once, however often the receipt comes', async () => {
    const number = await open();
    expect(mail.sent).toEqual([]);
    await Promise.all([fail(numbers), fail(numbers)]);
    await fail(numbers);
    await fail(numbers, 'opted-out');
    expect(mail.sent).toHaveLength(1);
    expect((await received(number))?.tried).toMatchObject([{ failure: 'rejected' }, { by: 'letter' }]);
    expect(await notes(number)).toEqual([]);
  });

  it('is noted in the ledger for staff once no way is left, each way tried once', async () => {
    for (const one of [numbers, paid, mail]) refuse(one);
    const number = await open();
    expect(await received(number)).toMatchObject({ state: 'failed', dueAt: null, tried: [{}, {}] });
    expect(await notes(number)).toEqual([expect.stringContaining('تعذر إبلاغ المستفيد بتسجيل الطلب')]);
    test.clock.advance(hourMs);
    await test.flow.idle();
    expect(await notes(number)).toHaveLength(1);
  });

  it('is told to the phone where there is no template and the number was not sent by itself', async () => {
    await standFor(null);
    const number = await open();
    expect(await received(number)).toMatchObject({ state: 'told', tried: [{ by: 'phone' }] });
    await fail(paid);
    expect(await received(number)).toMatchObject({ state: 'told', tried: [{ failure: 'rejected' }, { by: 'letter' }] });
    expect(mail.sent).toMatchObject([{ address: 'sara@example.net' }]);
  });

  it('goes on by the next way where the process ended between the failure and what follows', async () => {
    const number = await open();
    const { directory } = test;
    const [message = ''] = (await received(number))?.messageIds ?? [];
    const [sent] = (await test.store.find(deliveries, { index: 'by-message', where: { messageId: message } })).items;
    const error = { code: 'rejected', message: 'It was refused.' };
    await test.store.write([
      { op: 'update', in: deliveries, id: sent?.id ?? '', set: { status: 'failed', open: false, error } },
    ]);
    await test.close();
    test = await openFlow({ ...channels(), directory, at: '2026-11-22T09:00:00.000Z' });
    await test.flow.idle();
    expect(mail.sent).toHaveLength(1);
    expect(await received(number)).toMatchObject({ tried: [{ failure: 'rejected' }, { by: 'letter' }] });
  });
});

describe('a provider that says that the person wants to hear nothing', () => {
  it('is believed for all that is begun there', async () => {
    await open();
    await fail(numbers, 'opted-out');
    const address = await test.store.get(addresses, addressIdOf('numbers', mobile.slice(1)));
    expect(address?.optedOutAt).toBe('2026-11-22T08:00:00.000Z');
    numbers.sent.length = 0;
    const other = await open('other');
    expect(numbers.sent).toEqual([]);
    expect((await received(other))?.tried).toMatchObject([{ by: 'phone' }]);
  });
});

describe('what a notice costs', () => {
  const cost = { units: 1, amount: 0.05, currency: 'SAR' };

  it('is the sum of its sendings, told with the sending or by receipts, in any order and number', async () => {
    paid.answer = ({ id }) => ({ externalId: `ext-${id}`, status: 'accepted', cost: { ...cost, amount: null } });
    await standFor(null);
    const number = await open();
    expect((await received(number))?.cost).toEqual({ units: 1, amount: null, currency: null });
    const receipt = {
      event: 'receipt',
      inboxId: 'paid',
      externalId: `ext-${paid.sent.at(-1)?.id}`,
      at: '2026-11-22T08:00:01.000Z',
    } as const;
    await test.flow.receive({ ...receipt, status: 'delivered', cost });
    await test.flow.receive({ ...receipt, status: 'sent', cost });
    await test.flow.receive({ ...receipt, status: 'delivered' });
    expect((await received(number))?.cost).toEqual(cost);
  });
});
