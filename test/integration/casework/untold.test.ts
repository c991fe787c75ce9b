import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SendError } from '../../../src/channel/send-error.ts';
import { contacts } from '../../../src/contact/contact.ts';
import { deliveries } from '../../../src/message/message.ts';
import { type Notice, notices } from '../../../src/notice/notice.ts';
import { type Casework, openCasework } from '../flow/open-casework.ts';

const dayMs = 86_400_000;
const text = 'نرجو تزويدنا برقم الجهاز.';

let test: Casework;
beforeEach(async () => {
  test = await openCasework();
  await test.settle();
});
afterEach(() => test.cleanUp());

const noticeOf = async (ticketNumber: string): Promise<Notice | undefined> =>
  (await test.store.find(notices, { index: 'by-ticket', where: { ticketNumber } })).items.find(
    ({ kind }) => kind === 'asked',
  );

const untoldAlerts = async () =>
  (await test.alertsOf('sara')).filter(({ kind, values }) => kind === 'no-data' && values.untold === true);

/** A ticket that Sara has, whose person she asked for what is missing. */
async function ask(): Promise<string> {
  const number = await test.open({ type: 'inquiry' });
  await test.step(number, 'sara', 'accept');
  await test.step(number, 'samia', 'assign', { assigneeId: 'sara' });
  await test.step(number, 'sara', 'ask', { text });
  return number;
}

const away = () => {
  test.channel.answer = () => {
    throw new SendError('recipient-away', 'Nobody is connected.');
  };
};

describe('a person whom the question for what is missing does not reach', () => {
  it('has no time running against them; who has the ticket is told to call', async () => {
    const { version } = (await test.store.get(contacts, test.contactId)) ?? { version: 0 };
    const set = { blockedAt: '2026-01-01T00:00:00.000Z' };
    await test.store.write([{ op: 'update', in: contacts, id: test.contactId, expect: version, set }]);
    const number = await ask();
    expect((await noticeOf(number))?.state).toBe('nobody');
    expect((await test.ticket(number)).asked).toMatchObject({ text, told: false });
    expect(await untoldAlerts()).toHaveLength(1);
    test.clock.advance(60 * dayMs);
    await test.flow.idle();
    expect(await test.ticket(number)).toMatchObject({ status: 'pending_customer', asked: { round: 1 }, nextAt: null });
  });

  it('has their time once they were reached by phone', async () => {
    away();
    const number = await ask();
    expect((await test.ticket(number)).asked?.told).toBe(false);
    test.clock.advance(dayMs);
    await test.step(number, 'sara', 'call', { result: 'no-answer' });
    expect((await test.ticket(number)).nextAt).toBeNull();
    await test.step(number, 'sara', 'call', { result: 'reached' });
    const { asked, nextAt } = await test.ticket(number);
    expect(asked).toMatchObject({ told: true, at: new Date(test.clock.now()).toISOString() });
    expect(nextAt).not.toBeNull();
  });

  it('was told once they come back to the chat in which it stands, and has their time from then on', async () => {
    away();
    const number = await ask();
    const notice = await noticeOf(number);
    expect(notice?.state).toBe('failed');
    expect(await untoldAlerts()).toHaveLength(1);
    test.clock.advance(5 * dayMs);
    const at = new Date(test.clock.now()).toISOString();
    const messageId = notice?.messageIds.at(-1) ?? '';
    const [delivery] = (await test.store.find(deliveries, { index: 'by-message', where: { messageId } })).items;
    await test.flow.receive({
      event: 'receipt',
      inboxId: 'fake',
      externalId: delivery?.id ?? '',
      status: 'delivered',
      at,
    });
    await test.flow.idle();
    expect((await noticeOf(number))?.state).toBe('told');
    expect((await test.ticket(number)).asked).toMatchObject({ told: true, at });
    expect((await test.ticket(number)).nextAt).not.toBeNull();
  });
});
