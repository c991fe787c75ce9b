import { afterEach, beforeEach, expect, it } from 'vitest';
import { alone, type Members } from '../../../src/cluster/members.ts';
import { conversations, decisions } from '../../../src/conversation/conversation.ts';
import { createFlow } from '../../../src/flow/create-flow.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { deliveries, messages } from '../../../src/message/message.ts';
import { ticketEvents } from '../../../src/ticket/events.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { isSlowStore } from '../../support/store-env.ts';

let test: TestFlow;
beforeEach(async () => {
  test = await openFlow();
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

const conversationId = conversationIdOf('fake', 'visitor');

const decisionsOf = async (id = conversationId) =>
  (await test.store.find(decisions, { index: 'by-conversation', where: { conversationId: id }, limit: 1000 })).items;

const introduce = async (): Promise<void> => {
  await test.say('السلام عليكم');
  await test.say('سارة أحمد الغامدي');
  await test.say('كلية العلوم');
  await test.tap('category:student');
};

const matter = 'أرغب في ترجمة عقد لفعالية الأسبوع القادم';

it('makes one message, one decision and one answer of the same message that comes many times at once', async () => {
  const event = test.event('السلام عليكم');
  const taken = await Promise.all(Array.from({ length: 40 }, () => test.flow.receive(event)));
  await test.flow.idle();
  expect(new Set(taken.map((one) => one.messageId)).size).toBe(1);
  expect(taken.filter((one) => !one.duplicate)).toHaveLength(1);
  const all = await test.all(conversationId);
  expect(all.filter((one) => one.direction === 'inbound')).toHaveLength(1);
  expect(await decisionsOf()).toHaveLength(1);
  expect(test.channel.sent.map((one) => one.messageId)).toEqual(
    all.filter((one) => one.direction === 'outbound').map((one) => one.id),
  );
});

it('makes one message of one that comes again after it was answered', async () => {
  const event = test.event('السلام عليكم');
  await test.flow.receive(event);
  await test.flow.idle();
  const answered = test.channel.sent.length;
  expect(await test.flow.receive(event)).toMatchObject({ duplicate: true });
  await test.flow.idle();
  expect(test.channel.sent).toHaveLength(answered);
});

it.skipIf(isSlowStore)(
  'stores 500 messages of one conversation that come at once, each in a place of its own, and decides all',
  async () => {
    const all = Array.from({ length: 500 }, (_, at) => test.event(`رسالة رقم ${at + 1} عن القاعة`));
    const taken = await Promise.all(all.map((event) => test.flow.receive(event)));
    await test.flow.idle();
    expect(new Set(taken.map((one) => one.messageId)).size).toBe(500);
    const stored = await test.all(conversationId);
    expect(stored.map((one) => one.seq)).toEqual(stored.map((_, at) => at + 1));
    const inbound = stored.filter((one) => one.direction === 'inbound').map((one) => one.id);
    expect(inbound).toEqual(taken.map((one) => one.messageId));
    const decided = (await decisionsOf()).flatMap((one) => one.messageIds);
    expect(decided.toSorted()).toEqual(inbound.toSorted());
    expect(await test.store.get(conversations, conversationId)).toMatchObject({ turnDueAt: null });
  },
);

it.skipIf(isSlowStore)('does not let a conversation whose sending hangs hold up a hundred others', async () => {
  const taken = test.channel.answer;
  test.channel.answer = (message) => (message.address === 'stuck' ? new Promise(() => undefined) : taken(message));
  await test.flow.receive(test.event('السلام عليكم', { address: 'stuck', conversationKey: 'stuck' }));
  const people = Array.from({ length: 100 }, (_, at) => `person-${at}`);
  await Promise.all(
    people.map((address) => test.flow.receive(test.event('السلام عليكم', { address, conversationKey: address }))),
  );
  const answered = () => new Set(test.channel.sent.map((one) => one.address)).size;
  await expect.poll(answered, { interval: 5, timeout: 10_000 }).toBe(100);
  await test.flow.receive(test.event('هل من أحد؟', { address: 'stuck', conversationKey: 'stuck' }));
  test.clock.advance(30_000);
});

it.skipIf(isSlowStore)('answers all conversations that begin at the same moment, each once', async () => {
  const people = Array.from({ length: 100 }, (_, at) => `person-${at}`);
  await Promise.all(
    people.map((address) => test.flow.receive(test.event('السلام عليكم', { address, conversationKey: address }))),
  );
  await test.flow.idle();
  for (const address of people) expect(await decisionsOf(conversationIdOf('fake', address))).toHaveLength(1);
  expect(new Set(test.channel.sent.map((one) => one.id)).size).toBe(test.channel.sent.length);
  expect(test.channel.sent).toHaveLength(200);
});

it('gives two conversations of one new address one contact', async () => {
  const keys = ['a', 'b', 'c'];
  await Promise.all(keys.map((key) => test.flow.receive(test.event('السلام عليكم', { conversationKey: key }))));
  await test.flow.idle();
  const all = await test.store.getMany(
    conversations,
    keys.map((key) => conversationIdOf('fake', key)),
  );
  expect(new Set(all.map((one) => one.contactId)).size).toBe(1);
});

/** Two processes that share a store, in place of the one that has it alone. */
const twoProcesses = async () => {
  await test.flow.stop();
  const living = (owner: string): Members => ({ ...alone(owner), isGone: async () => false, count: () => 2 });
  const flows = ['one', 'two'].map((owner) => createFlow({ ...test.deps, members: living(owner) }));
  return {
    flows,
    idle: () => Promise.all(flows.map((flow) => flow.idle())),
    stop: () => Promise.all(flows.map((flow) => flow.stop())),
  };
};

it('makes one decision, one ticket and one answer where two processes decide the same turn', async () => {
  await introduce();
  const before = test.channel.sent.length;
  const { flows, idle, stop } = await twoProcesses();
  const event = test.event(matter);
  await Promise.all(flows.map((flow) => flow.receive(event)));
  test.clock.advance(2_500);
  await Promise.all(flows.map((flow) => flow.start()));
  await idle();
  await stop();
  expect((await test.store.find(tickets, { index: 'by-opened' })).items).toHaveLength(1);
  const opening = (await decisionsOf()).filter((one) => one.actions.some((action) => action.do === 'open-ticket'));
  expect(opening).toHaveLength(1);
  expect(test.channel.sent).toHaveLength(before + 1);
});

it('stores every message, and sends each answer once, where two processes take those of one conversation', async () => {
  const { flows, idle, stop } = await twoProcesses();
  const events = Array.from({ length: 30 }, (_, at) => test.event(`رسالة رقم ${at + 1}`));
  await Promise.all(events.map((event, at) => flows[at % 2]?.receive(event)));
  await idle();
  await stop();
  const stored = await test.all(conversationId);
  expect(stored.map((one) => one.seq)).toEqual(stored.map((_, at) => at + 1));
  const inbound = stored.filter((one) => one.direction === 'inbound').map((one) => one.id);
  expect(inbound).toHaveLength(30);
  expect((await decisionsOf()).flatMap((one) => one.messageIds).toSorted()).toEqual(inbound.toSorted());
  const sent = test.channel.sent.map((one) => one.id);
  expect(new Set(sent).size).toBe(sent.length);
  expect(sent).toHaveLength(stored.length - inbound.length);
});

/** As a store without transactions leaves it when it dies before the last write of a unit: all effects, the old conversation. */
const forgetTheEnd = async (before: { decidedSeq: number; dialogue: object; lastSeq: number }): Promise<void> => {
  const { decidedSeq, dialogue, lastSeq } = before;
  const set = { decidedSeq, dialogue, lastSeq, turnDueAt: new Date(test.clock.now()).toISOString() };
  await test.store.write([{ op: 'update', in: conversations, id: conversationId, set } as never]);
};

const everything = async () => ({
  messages: (await test.all(conversationId)).map((one) => [one.id, one.ticketNumber]),
  decisions: (await decisionsOf()).map((one) => one.id),
  tickets: (await test.store.find(tickets, { index: 'by-opened' })).items.map((one) => one.number),
  events: (await test.store.find(ticketEvents, { index: 'by-ticket' })).items.map((one) => one.id),
  deliveries: (await test.store.find(deliveries, { index: 'by-message' })).items.map((one) => one.id),
});

it('changes nothing when a stored decision is performed again', async () => {
  await introduce();
  await test.flow.receive(test.event(matter, { externalId: 'the matter' }));
  const { items } = await test.store.find(messages, {
    index: 'by-external-id',
    where: { inboxId: 'fake', externalId: 'the matter' },
  });
  const asked = await test.store.get(conversations, conversationId);
  await test.flow.idle();
  const done = await everything();
  const sent = test.channel.sent.length;
  const seq = items[0]?.seq ?? 0;
  await forgetTheEnd({ decidedSeq: asked?.decidedSeq ?? 0, dialogue: asked?.dialogue ?? {}, lastSeq: seq });
  test.clock.advance(5_000);
  await test.flow.idle();
  expect(await everything()).toEqual(done);
  expect(test.channel.sent).toHaveLength(sent);
  expect(await test.store.get(conversations, conversationId)).toMatchObject({
    decidedSeq: seq,
    turnDueAt: null,
    openTicket: done.tickets[0],
  });
});

it('decides what came between a stored decision and the end of its performance', async () => {
  await introduce();
  const { decidedSeq = 0, dialogue = {} } = (await test.store.get(conversations, conversationId)) ?? {};
  const rewound = { decidedSeq, dialogue };
  await test.say(matter);
  const made = (await decisionsOf()).length;
  const conversation = await test.store.get(conversations, conversationId);
  await forgetTheEnd({ ...rewound, lastSeq: conversation?.lastSeq ?? 0 });
  await test.flow.receive(test.event('والعقد من عشر صفحات', { externalId: 'later' }));
  await test.flow.idle();
  const stored = await test.all(conversationId);
  const later = stored.find((one) => one.externalId === 'later');
  const after = await decisionsOf();
  expect(after).toHaveLength(made + 1);
  expect(after.filter((one) => one.messageIds.includes(later?.id ?? ''))).toHaveLength(1);
  expect((await test.store.find(tickets, { index: 'by-opened' })).items).toHaveLength(1);
});
