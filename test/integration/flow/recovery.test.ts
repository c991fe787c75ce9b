import { afterEach, expect, it } from 'vitest';
import { SendError } from '../../../src/channel/send-error.ts';
import { conversations, decisions } from '../../../src/conversation/conversation.ts';
import { createFlow } from '../../../src/flow/create-flow.ts';
import { takeMessage } from '../../../src/flow/receive.ts';
import { parseEvent } from '../../../src/flow/sink.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { isSlowStore, removeStore } from '../../support/store-env.ts';

const open: TestFlow[] = [];
afterEach(async () => {
  for (const one of open) await one.close();
  for (const directory of new Set(open.map((one) => one.directory))) await removeStore(directory);
  open.length = 0;
});

const begin = async (options: Parameters<typeof openFlow>[0] = {}): Promise<TestFlow> => {
  const test = await openFlow(options);
  open.push(test);
  return test;
};

/** Another process on the same directory, some time later. */
const restart = async (before: TestFlow): Promise<TestFlow> => {
  await before.close();
  const at = new Date(before.clock.now() + 1_000).toISOString();
  const test = await begin({ directory: before.directory, at });
  await test.flow.idle();
  return test;
};

const conversationId = conversationIdOf('fake', 'visitor');

/** Stores a message as far as the acknowledgement, as a process does that dies right after it. */
const takeAndDie = async (test: TestFlow, text: string): Promise<void> => {
  const event = parseEvent(test.event(text, { externalId: text }));
  if (event.event === 'message') await takeMessage(test.deps, event, { conversationId, claims: null });
};

it('decides and answers at the next start what was acknowledged before the process died', async () => {
  const first = await begin();
  await takeAndDie(first, 'السلام عليكم');
  expect(first.channel.sent).toEqual([]);
  const second = await restart(first);
  expect(second.channel.sent.map((one) => one.text).join()).toContain('وعليكم السلام');
  const third = await restart(second);
  expect(third.channel.sent).toEqual([]);
  const made = await third.store.find(decisions, { index: 'by-conversation', where: { conversationId } });
  expect(made.items).toHaveLength(1);
});

it.skipIf(isSlowStore)('decides all of hundreds of messages of one conversation that wait at the start', async () => {
  const first = await begin();
  for (let at = 0; at < 450; at++) await takeAndDie(first, `رسالة ${at}`);
  const second = await restart(first);
  const all = (await second.all(conversationId)).filter((one) => one.direction === 'inbound');
  const made = await second.store.find(decisions, { index: 'by-conversation', where: { conversationId } });
  expect(made.items.flatMap((one) => one.messageIds).toSorted()).toEqual(all.map((one) => one.id).toSorted());
  expect(await second.store.get(conversations, conversationId)).toMatchObject({ turnDueAt: null });
});

it('waits out the rest of a turn whose window was open when the process died', async () => {
  const first = await begin();
  await first.say('السلام عليكم');
  await first.say('سارة أحمد الغامدي');
  await first.say('كلية العلوم');
  await first.tap('category:student');
  await first.flow.receive(first.event('', { kind: 'image' }));
  const second = await restart(first);
  expect(second.channel.sent).toEqual([]);
  second.clock.advance(2_000);
  await second.flow.idle();
  expect(second.channel.sent).toHaveLength(1);
  expect((await second.store.find(tickets, { index: 'by-opened' })).items).toHaveLength(1);
});

it('sends at the next start what was decided and not sent, once and in order', async () => {
  const first = await begin();
  first.channel.answer = () => {
    throw new SendError('unreachable', 'The provider does not answer.');
  };
  await first.say('السلام عليكم');
  expect(first.channel.sent).toEqual([]);
  const second = await restart(first);
  expect(second.channel.sent).toEqual([]);
  second.clock.advance(5_000);
  await second.flow.idle();
  const answers = (await second.all(conversationId)).filter((one) => one.direction === 'outbound');
  expect(second.channel.sent.map((one) => one.messageId)).toEqual(answers.map((one) => one.id));
  const third = await restart(second);
  third.clock.advance(120_000);
  await third.flow.idle();
  expect(third.channel.sent).toEqual([]);
});

it('takes over at once what a dead process had claimed, since nobody else can have the store', async () => {
  const first = await begin();
  const silent = createFlow({
    ...first.deps,
    channels: new Map([['fake', { ...first.channel, send: () => new Promise(() => undefined) }]]),
  });
  await silent.receive(first.event('السلام عليكم'));
  await expect.poll(async () => (await first.flow.figures()).outboxOpen, { interval: 1 }).toBe(2);
  await first.flow.stop();
  await first.store.close();
  const second = await begin({ directory: first.directory });
  await second.flow.idle();
  expect(second.channel.sent).toHaveLength(2);
});

it('starts again after each stop with the conversation as it was', async () => {
  let test = await begin();
  const story = [
    'السلام عليكم',
    'سارة أحمد الغامدي',
    'كلية العلوم',
    'طالبة',
    'أرغب في ترجمة عقد لفعالية الأسبوع القادم',
  ];
  for (const text of story) {
    await takeAndDie(test, text);
    test = await restart(test);
    expect(test.channel.sent.length).toBeGreaterThan(0);
  }
  expect((await test.store.find(tickets, { index: 'by-opened' })).items).toHaveLength(1);
});
