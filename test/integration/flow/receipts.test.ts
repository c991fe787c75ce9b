import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DeliveryStatus } from '../../../src/channel/inbound.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { deliveries } from '../../../src/message/message.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';

let test: TestFlow;
let deliveryId = '';
beforeEach(async () => {
  test = await openFlow();
  await test.say('السلام عليكم');
  const agent = { id: 'agent-1', name: 'نورة' };
  await test.flow.staff.reply(conversationIdOf('fake', 'visitor'), agent, { text: 'مرحباً' }, 'key');
  await test.flow.idle();
  deliveryId = test.channel.sent.at(-1)?.id ?? '';
});
afterEach(() => test.cleanUp());

const receipt = (status: DeliveryStatus, externalId = `ext-${deliveryId}`, inboxId = 'fake') =>
  test.flow.receive({ event: 'receipt', inboxId, externalId, status, at: '2026-11-22T07:00:01.000Z' });

const kept = () => test.store.get(deliveries, deliveryId);

it('climbs with the receipts of the provider', async () => {
  expect(await kept()).toMatchObject({ status: 'accepted' });
  for (const status of ['sent', 'delivered', 'read'] as const) {
    await receipt(status);
    expect(await kept()).toMatchObject({ status });
  }
});

it('ignores a lower receipt that comes late, and one that comes twice', async () => {
  await receipt('read');
  const { version } = (await kept()) ?? {};
  await receipt('sent');
  await receipt('delivered');
  await receipt('read');
  expect(await kept()).toMatchObject({ status: 'read', version });
});

it('keeps the highest of receipts that come at the same moment in any order', async () => {
  await Promise.all((['delivered', 'sent', 'read', 'sent', 'delivered'] as const).map((status) => receipt(status)));
  expect(await kept()).toMatchObject({ status: 'read' });
});

it('notes a failure before arrival, and none after it', async () => {
  await receipt('failed');
  expect(await kept()).toMatchObject({ status: 'failed', error: { code: 'rejected' } });
  await receipt('delivered');
  expect(await kept()).toMatchObject({ status: 'delivered', error: null });
  await receipt('failed');
  expect(await kept()).toMatchObject({ status: 'delivered', error: null });
});

it('finds a delivery by our own id', async () => {
  const { messageId } = await receipt('delivered', deliveryId);
  expect(messageId).toBe(test.channel.sent.at(-1)?.messageId);
  expect(await kept()).toMatchObject({ status: 'delivered' });
});

it('takes a receipt for a delivery that it does not know, or that is of another inbox, and changes nothing', async () => {
  expect(await receipt('read', 'unheard-of')).toMatchObject({ messageId: '', duplicate: true });
  expect(await receipt('read', deliveryId, 'another')).toMatchObject({ messageId: '', duplicate: true });
  expect(await kept()).toMatchObject({ status: 'accepted', version: 2 });
});

it('keeps the word of a receipt that came before the channel had answered', async () => {
  const taken = test.channel.answer;
  test.channel.answer = async (message) => {
    deliveryId = message.id;
    await receipt('delivered', message.id);
    return taken(message);
  };
  await test.say('هل من أحد؟', { address: 'other', conversationKey: 'other' });
  expect(await kept()).toMatchObject({ status: 'delivered', open: false });
});
