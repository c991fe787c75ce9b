import { afterEach, expect, it } from 'vitest';
import type { Capabilities } from '../../../src/channel/capabilities.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { sendTimeoutMs } from '../../../src/flow/deliver.ts';
import { backOffMs, maxAttempts } from '../../../src/flow/failure.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { type Delivery, deliveries } from '../../../src/message/message.ts';
import { createFakeChannel } from '../../fakes/channel.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';

let test: TestFlow;
afterEach(() => test.cleanUp());

const agent = { id: 'agent-1', name: 'نورة' };
const conversationId = conversationIdOf('fake', 'visitor');

/** A visitor whom an agent answers, so that each sending of a test is one that it asked for. */
const begin = async (can: Partial<Capabilities> = {}): Promise<void> => {
  test = await openFlow({ channel: createFakeChannel('fake', can) });
  await test.say('السلام عليكم');
  test.channel.sent.length = 0;
};

const reply = async (text: string) => {
  const message = await test.flow.staff.reply(conversationId, agent, { text }, text);
  await test.flow.idle();
  return message;
};

const pass = async (ms: number): Promise<void> => {
  test.clock.advance(ms);
  await test.flow.idle();
};

const sendingsOf = async (messageId: string): Promise<Delivery[]> =>
  (await test.store.find(deliveries, { index: 'by-message', where: { messageId } })).items;

const fails = (error: Error) => () => {
  throw error;
};
const texts = (): string[] => test.channel.sent.map((one) => one.text);

it('tries a sending again, each time after a longer wait, and notes what went wrong meanwhile', async () => {
  await begin();
  const taken = test.channel.answer;
  let tries = 0;
  test.channel.answer = (message) => {
    tries += 1;
    if (tries <= 3) throw new SendError('unreachable', 'The provider does not answer.');
    return taken(message);
  };
  const { id } = await reply('سنعود إليك');
  const [sending] = await sendingsOf(id);
  for (let attempt = 1; attempt <= 3; attempt++) {
    expect(tries).toBe(attempt);
    const waits = backOffMs(attempt, sending?.id ?? '');
    expect((await sendingsOf(id))[0]).toMatchObject({ status: 'queued', open: true, error: { code: 'unreachable' } });
    await pass(waits - 1);
    expect(tries).toBe(attempt);
    await pass(2_001);
  }
  expect(texts()).toEqual(['سنعود إليك']);
  expect((await sendingsOf(id))[0]).toMatchObject({ status: 'accepted', open: false, attempts: 4, error: null });
  expect(test.errors).toEqual([]);
});

it('waits as long as the provider asks for', async () => {
  await begin();
  const taken = test.channel.answer;
  test.channel.answer = fails(new SendError('throttled', 'Too many.', { retryAfterMs: 600_000 }));
  await reply('مرحباً');
  test.channel.answer = taken;
  await pass(599_000);
  expect(texts()).toEqual([]);
  await pass(4_000);
  expect(texts()).toEqual(['مرحباً']);
});

it('keeps the order: nothing passes a message that waits to be sent again', async () => {
  await begin();
  const taken = test.channel.answer;
  test.channel.answer = fails(new SendError('timed-out', 'No answer.'));
  await reply('الأولى');
  test.channel.answer = taken;
  await reply('الثانية');
  await reply('الثالثة');
  expect(texts()).toEqual([]);
  await pass(10_000);
  expect(texts()).toEqual(['الأولى', 'الثانية', 'الثالثة']);
});

it('sends nothing of what was decided together past a message that must wait', async () => {
  await begin();
  const taken = test.channel.answer;
  let fails = 1;
  test.channel.answer = (message) => {
    if (fails-- > 0) throw new SendError('throttled', 'Too many.');
    return taken(message);
  };
  expect(await test.say('السلام عليكم', { address: 'other', conversationKey: 'other' })).toEqual([]);
  await pass(10_000);
  expect(test.channel.sent.map((one) => one.seq)).toEqual([2, 3]);
});

it('keeps a message as a dead letter after the last attempt, and the next one still goes', async () => {
  await begin();
  const taken = test.channel.answer;
  let tries = 0;
  test.channel.answer = (message) => {
    if (message.text !== 'لا تصل') return taken(message);
    tries += 1;
    throw new SendError('throttled', 'The provider takes no more.');
  };
  const { id } = await reply('لا تصل');
  await reply('تصل');
  for (let attempt = 1; attempt < maxAttempts; attempt++) await pass(1_200_000);
  expect(tries).toBe(maxAttempts);
  const dead = { status: 'failed', open: false, dueAt: null, attempts: maxAttempts, error: { code: 'throttled' } };
  expect((await sendingsOf(id))[0]).toMatchObject(dead);
  expect(texts()).toEqual(['تصل']);
  expect(await test.flow.figures()).toMatchObject({ outboxOpen: 0, deadLetters: 1 });
});

it('gives a message up at once at a permanent error, and the next one still goes', async () => {
  await begin();
  const taken = test.channel.answer;
  test.channel.answer = fails(new SendError('rejected', 'The number does not exist.'));
  const { id } = await reply('مرفوضة');
  test.channel.answer = taken;
  await reply('مقبولة');
  const error = { code: 'rejected', message: 'The number does not exist.' };
  expect((await sendingsOf(id))[0]).toMatchObject({ status: 'failed', open: false, attempts: 1, error });
  expect(texts()).toEqual(['مقبولة']);
});

it('keeps a message for a person who is away, outside the outbox and without counting it as a failure', async () => {
  await begin();
  test.channel.answer = fails(new SendError('recipient-away', 'Nobody is connected.'));
  const { id } = await reply('بانتظارك');
  expect((await sendingsOf(id))[0]).toMatchObject({
    status: 'queued',
    open: false,
    dueAt: null,
    attempts: 0,
    error: null,
  });
  expect(await test.flow.figures()).toMatchObject({ outboxOpen: 0, outboxOldestAt: null, deadLetters: 0 });
  const missed = await test.channel.sink?.history({ inboxId: 'fake', address: 'visitor', limit: 50 });
  expect(missed?.messages.find((one) => one.id === id)?.deliveryId).toBe((await sendingsOf(id))[0]?.id);
});

it('counts an error that no channel should throw as a strange answer, with the alarm on, and tries again', async () => {
  await begin();
  const taken = test.channel.answer;
  test.channel.answer = fails(new TypeError('undefined is not a function'));
  const { id } = await reply('مرحباً');
  expect((await sendingsOf(id))[0]).toMatchObject({ status: 'queued', error: { code: 'unexpected-response' } });
  expect(test.errors).toMatchObject([{ message: 'sending threw an unknown error' }]);
  test.channel.answer = taken;
  await pass(10_000);
  expect(texts()).toEqual(['مرحباً']);
});

it('takes a channel that never answers for timed out, so that its lane goes on', async () => {
  await begin();
  const taken = test.channel.answer;
  const signals: AbortSignal[] = [];
  const send = test.channel.send;
  test.channel.send = (message, signal) => {
    signals.push(signal);
    return send(message, signal);
  };
  test.channel.answer = () => new Promise(() => undefined);
  const { id } = await test.flow.staff.reply(conversationId, agent, { text: 'معلقة' }, 'key');
  await expect.poll(() => signals.length, { interval: 1 }).toBe(1);
  test.channel.answer = taken;
  await pass(sendTimeoutMs);
  expect(signals[0]?.aborted).toBe(true);
  expect((await sendingsOf(id))[0]).toMatchObject({ status: 'queued', error: { code: 'timed-out' } });
  await pass(10_000);
  expect(texts()).toEqual(['معلقة']);
  expect(test.errors).toEqual([]);
});

it('does not send again what the provider took under an id that it had given before', async () => {
  await begin();
  test.channel.answer = () => ({ externalId: 'always the same', status: 'accepted' });
  await reply('الأولى');
  const { id } = await reply('الثانية');
  await pass(120_000);
  expect(texts()).toEqual(['الأولى', 'الثانية']);
  expect((await sendingsOf(id))[0]).toMatchObject({ status: 'accepted', open: false, externalId: null });
  expect(test.errors).toMatchObject([{ message: 'the provider gave an external id twice' }]);
});

it('sends a long text in parts, in order, with the buttons under the last', async () => {
  await begin({ text: { maxLength: 60, format: 'plain' } });
  const sentences = Array.from({ length: 8 }, (_, at) => `هذه جملة رقم ${at + 1} من نص طويل.`);
  const { id } = await reply(sentences.join(' '));
  expect(test.channel.sent.length).toBeGreaterThan(2);
  expect(test.channel.sent.every((one) => one.text.length <= 60 && one.messageId === id)).toBe(true);
  expect(texts().join(' ')).toBe(sentences.join(' '));
  expect((await sendingsOf(id)).map((one) => one.part)).toEqual(test.channel.sent.map((_, at) => at));
});

it('shows buttons under the last part only', async () => {
  test = await openFlow({ channel: createFakeChannel('fake', { text: { maxLength: 40, format: 'plain' } }) });
  await test.say('السلام عليكم');
  const told = await test.say('أبي أكلم موظف');
  expect(told.length).toBeGreaterThan(1);
  expect(told.slice(0, -1).flatMap((one) => one.quickReplies)).toEqual([]);
  expect(told.at(-1)?.quickReplies.map((one) => one.id)).toEqual(['assistant']);
});

it('lists choices with numbers where the medium has no buttons, and understands the number that is typed', async () => {
  test = await openFlow({ channel: createFakeChannel('fake', { quickReplies: { as: 'numbered-list' } }) });
  await test.say('السلام عليكم');
  await test.say('سارة أحمد الغامدي');
  const [asked] = await test.say('كلية العلوم');
  const line = asked?.text.split('\n').find((one) => one.includes('الطلبة')) ?? '';
  expect(line).toMatch(/^\d\. /);
  expect(asked?.quickReplies).toEqual([]);
  const arabicDigit = '٠١٢٣٤٥٦٧٨٩'[Number(line[0])] ?? '';
  expect((await test.say(arabicDigit))[0]?.text).toContain('استفسارك');
});

it('sends nothing by itself before the conversation has something to send', async () => {
  await begin();
  await pass(600_000);
  expect(texts()).toEqual([]);
});
