import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryStatus } from '../../../src/channel/inbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { earlyReceipts } from '../../../src/message/arrival.ts';
import { deliveries } from '../../../src/message/message.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';

let test: TestFlow;
let deliveryId = '';
const agent = { id: 'agent-1', name: 'نورة' };
beforeEach(async () => {
  test = await openFlow();
  await test.say('السلام عليكم');
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

describe('a receipt before our note of the sending', () => {
  const early = (status: DeliveryStatus, externalId: string, more: object = {}) =>
    test.flow.receive({
      event: 'receipt',
      inboxId: 'fake',
      externalId,
      status,
      at: '2026-11-22T07:00:01.000Z',
      ...more,
    });

  it('is kept for a day, and taken up when the sending’s id is noted', async () => {
    const taken = test.channel.answer;
    test.channel.answer = async (message) => {
      deliveryId = message.id;
      await early('delivered', `ext-${message.id}`);
      expect(await test.store.count(earlyReceipts, { index: 'by-expiry', where: {} })).toBe(1);
      return taken(message);
    };
    await test.flow.staff.reply(conversationIdOf('fake', 'visitor'), agent, { text: 'ثانية' }, 'second');
    await test.flow.idle();
    expect(await kept()).toMatchObject({ status: 'delivered', externalId: `ext-${deliveryId}` });
    expect(await test.store.count(earlyReceipts, { index: 'by-expiry', where: {} })).toBe(0);
  });

  it('gives the same end in every order of receipts and note', async () => {
    const statuses = ['accepted', 'sent', 'delivered', 'read', 'failed'] as const;
    const codes = ['rejected', 'window-closed'] as const;
    const heard = fc.record({
      status: fc.constantFrom(...statuses),
      byOwnId: fc.boolean(),
      code: fc.constantFrom(...codes),
      before: fc.boolean(),
    });
    const taken = test.channel.answer;
    let round = 0;
    const sendWith = async (
      all: readonly { status: DeliveryStatus; byOwnId: boolean; code: string; before: boolean }[],
    ) => {
      const tell = (id: string, { status, byOwnId, code }: (typeof all)[number]) =>
        early(status, `ext-${id}`, {
          ...(byOwnId ? { deliveryId: id } : {}),
          ...(status === 'failed' ? { code } : {}),
        });
      test.channel.answer = async (message) => {
        deliveryId = message.id;
        for (const one of all.filter(({ before }) => before)) await tell(message.id, one);
        return taken(message);
      };
      const key = `round-${++round}`;
      await test.flow.staff.reply(conversationIdOf('fake', 'visitor'), agent, { text: key }, key);
      await test.flow.idle();
      await Promise.all(all.filter(({ before }) => !before).map((one) => tell(deliveryId, one)));
      const { status, error, externalId, open } = (await kept()) ?? {};
      return { status, error, open, isNamed: externalId === `ext-${deliveryId}` };
    };
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(heard, { maxLength: 5 })
          .chain((all) =>
            fc.tuple(
              fc.constant(all),
              fc.shuffledSubarray(all, { minLength: all.length }),
              fc.infiniteStream(fc.boolean()),
            ),
          ),
        async ([one, other, times]) => {
          const end = await sendWith(one);
          expect(end).toMatchObject({ open: false, isNamed: true });
          expect(await sendWith(other.map((told) => ({ ...told, before: times.next().value ?? true })))).toEqual(end);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('ends a sending whose answer was lost: it is not sent again', async () => {
    let tries = 0;
    test.channel.answer = async (message) => {
      tries += 1;
      deliveryId = message.id;
      throw new SendError('timed-out', 'No answer.');
    };
    await test.flow.staff.reply(conversationIdOf('fake', 'visitor'), agent, { text: 'ثانية' }, 'second');
    await test.flow.idle();
    expect(await kept()).toMatchObject({ status: 'queued', open: true });
    await early('sent', 'ext-lost', { deliveryId });
    test.clock.advance(600_000);
    await test.flow.idle();
    expect(tries).toBe(1);
    expect(await kept()).toMatchObject({ status: 'sent', open: false, externalId: 'ext-lost', error: null });
  });
});

it('leaves a sending ours as long as the provider has not taken it', async () => {
  const taken = test.channel.answer;
  test.channel.answer = async (message) => {
    deliveryId = message.id;
    throw new SendError('timed-out', 'No answer.');
  };
  await test.flow.staff.reply(conversationIdOf('fake', 'visitor'), agent, { text: 'ثانية' }, 'second');
  await test.flow.idle();
  await receipt('queued', deliveryId);
  expect(await kept()).toMatchObject({ status: 'queued', open: true });
  test.channel.answer = taken;
  test.clock.advance(10_000);
  await test.flow.idle();
  expect(await kept()).toMatchObject({ status: 'accepted', open: false });
});

it('tells why the provider could not deliver, by its code', async () => {
  await test.flow.receive({
    event: 'receipt',
    inboxId: 'fake',
    externalId: `ext-${deliveryId}`,
    status: 'failed',
    code: 'opted-out',
    reason: 'The person does not want it.',
    at: '2026-11-22T07:00:01.000Z',
  });
  expect(await kept()).toMatchObject({ error: { code: 'opted-out', message: 'The person does not want it.' } });
});
