import { afterEach, describe, expect, it } from 'vitest';
import type { Pace } from '../../../src/channel/capabilities.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { deliveries } from '../../../src/message/message.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { aTemplate, createWindowedChannel, type WindowedChannel } from '../../fakes/windowed-channel.ts';

const agent = { id: 'agent', name: 'نورة' };
const slow: Pace = { perSecond: 1, jitterMs: 0, person: null, startsPerDay: null };
const hello = { name: 'hello', language: 'ar', parameters: [] };
const opened = Date.parse('2026-11-22T07:00:00.000Z');

let test: TestFlow;
let channel: WindowedChannel;
/** When each sending went, in ms since the test began to watch. */
let times: { address: string; text: string; at: number }[];
let from = opened;
afterEach(() => test.cleanUp());

/** People who wrote and were answered by an agent's silence, so that each sending is one that the test asked for. */
const begin = async (pace: Pace, people: readonly string[]): Promise<void> => {
  channel = createWindowedChannel('numbers', { pace });
  channel.provided = [aTemplate('hello', 'مرحبًا')];
  test = await openFlow({ channel });
  await test.flow.syncTemplates('numbers');
  for (const address of people) {
    await test.flow.receive(test.event('مرحبا', { address, conversationKey: address }));
    await test.flow.idle();
    await test.flow.staff.assign(conversationIdOf('numbers', address), agent, agent);
  }
  // what the assistant and the assignment said goes first, and its time is made up for
  while ((await test.flow.figures()).outboxOpen > 0) await pass(30_000, 30_000);
  await pass(600_000, 600_000);
  channel.sent.length = 0;
  times = [];
  from = test.clock.now();
  const taken = channel.answer;
  channel.answer = (message) => {
    times.push({ address: message.address, text: message.text, at: test.clock.now() - from });
    return taken(message);
  };
};

const reply = async (address: string, text: string) => {
  const message = await test.flow.staff.reply(conversationIdOf('numbers', address), agent, { text }, text);
  await test.flow.idle();
  return message;
};

/** Lets time pass in steps, so that each waking is seen at its own time. */
const pass = async (ms: number, step = 100): Promise<void> => {
  for (let gone = 0; gone < ms; gone += step) {
    test.clock.advance(Math.min(step, ms - gone));
    await test.flow.idle();
  }
};

const sendingOf = async (messageId: string) =>
  (await test.store.find(deliveries, { index: 'by-message', where: { messageId } })).items[0];

describe('an inbox with a pace', () => {
  it('sends the first at once and each further one exactly in its time', async () => {
    await begin(slow, ['a', 'b', 'c']);
    await reply('a', 'أولى');
    await reply('b', 'ثانية');
    await reply('c', 'ثالثة');
    await reply('a', 'رابعة');
    await pass(5_000);
    expect(times.map(({ text, at }) => [text, at])).toEqual([
      ['أولى', 0],
      ['ثانية', 1_000],
      ['ثالثة', 2_000],
      ['رابعة', 3_000],
    ]);
  });

  it('keeps what waits for longer than a claim lasts, and sends it in its time', async () => {
    await begin({ ...slow, perSecond: 1 / 90 }, ['a', 'b']);
    await reply('a', 'أولى');
    const late = await reply('b', 'ثانية');
    expect(Date.parse((await sendingOf(late.id))?.dueAt ?? '')).toBeGreaterThan(from + 90_000);
    await pass(89_900, 100);
    expect(times.map(({ text }) => text)).toEqual(['أولى']);
    await pass(200);
    expect(times.at(-1)).toMatchObject({ text: 'ثانية', at: 90_000 });
  });

  it('is found in the store by the next process, where this one ends while it waits', async () => {
    await begin({ ...slow, perSecond: 1 / 60 }, ['a', 'b']);
    await reply('a', 'أولى');
    await reply('b', 'ثانية');
    await test.close();
    const again = createWindowedChannel('numbers', { pace: slow });
    const { directory } = test;
    test = await openFlow({ channel: again, directory, at: new Date(test.clock.now()).toISOString() });
    await test.flow.idle();
    expect(again.sent.map(({ text }) => text)).toContain('ثانية');
  });
});

describe('one person who is written to much', () => {
  it('waits alone: a burst goes, the rest in its time, others at once', async () => {
    await begin({ ...slow, perSecond: 1_000, person: { everyMs: 6_000, burst: 2 } }, ['a', 'b']);
    for (const text of ['١', '٢', '٣', '٤']) await reply('a', text);
    await reply('b', 'أخرى');
    await pass(13_000);
    const at = (address: string) => times.filter((one) => one.address === address).map((one) => one.at);
    expect(at('a').map((ms) => Math.round(ms / 1_000))).toEqual([0, 0, 6, 12]);
    expect(Math.max(...at('b'))).toBeLessThanOrEqual(100);
  });

  it('waits alone where the provider asks to go slower: 4 s, then 16 s', async () => {
    await begin({ ...slow, perSecond: 1_000 }, ['a', 'b']);
    const taken = channel.answer;
    const tries: number[] = [];
    channel.answer = (message) => {
      if (message.address !== 'a') return taken(message);
      tries.push(test.clock.now() - from);
      if (tries.length < 3) throw new SendError('throttled', 'Too fast for this person.');
      return taken(message);
    };
    await reply('a', 'بطيئة');
    await reply('b', 'سريعة');
    await pass(100);
    expect(times.map(({ text }) => text)).toEqual(['سريعة']);
    await pass(30_000);
    const [first = 0, second = 0, third = 0] = tries;
    expect(second - first).toBeGreaterThanOrEqual(4_000);
    expect(second - first).toBeLessThanOrEqual(4_800);
    expect(third - second).toBeGreaterThanOrEqual(16_000);
    expect(third - second).toBeLessThanOrEqual(19_200);
  });
});

it('pauses the whole inbox where the provider says that all of it goes too fast', async () => {
  await begin({ ...slow, perSecond: 1_000 }, ['a', 'b']);
  const taken = channel.answer;
  let refusals = 1;
  channel.answer = (message) => {
    if (refusals-- > 0) throw new SendError('throttled', 'Too fast.', { scope: 'inbox', retryAfterMs: 10_000 });
    return taken(message);
  };
  await reply('a', 'أولى');
  await reply('b', 'ثانية');
  await pass(9_900);
  expect(times).toEqual([]);
  await pass(2_100);
  expect(times.map(({ text, at }) => [text, Math.floor(at / 1_000)]).sort()).toEqual([
    ['أولى', 10],
    ['ثانية', 10],
  ]);
});

describe('a limit of people to whom we write first in a day', () => {
  const start = async (phone: string, key = phone) => {
    const conversation = await test.flow.staff.start(agent, { inboxId: 'numbers', phone, template: hello }, key);
    await test.flow.idle();
    return conversation;
  };
  const limited = { ...slow, perSecond: 1_000, startsPerDay: 2 };

  it('lets so many through, keeps the others for the next working morning, and says why', async () => {
    await begin(limited, []);
    for (const end of ['1', '2', '3']) await start(`+96650000000${end}`);
    await start('+966500000001', 'again');
    await pass(1_000);
    expect(times.map(({ address }) => address)).toEqual(['966500000001', '966500000002', '966500000001']);
    const waiting = (await test.store.find(deliveries, { index: 'by-due', where: {} })).items;
    expect(waiting).toMatchObject([{ status: 'queued', open: true, attempts: 0, error: { code: 'throttled' } }]);
    const dueAt = waiting[0]?.dueAt ?? '';
    expect(dueAt).toBe('2026-11-23T04:30:00.000Z');
    test.clock.set(Date.parse(dueAt) - 1);
    await test.flow.idle();
    expect(times).toHaveLength(3);
    test.clock.set(Date.parse(dueAt));
    await test.flow.idle();
    expect(times.at(-1)?.address).toBe('966500000003');
  });

  it('holds back nothing from somebody who writes meanwhile', async () => {
    await begin({ ...limited, startsPerDay: 0 }, []);
    await start('+966500000001');
    expect(times).toEqual([]);
    await test.flow.receive(test.event('من معي؟', { address: '966500000001', conversationKey: '966500000001' }));
    await reply('966500000001', 'وحدة العناية');
    await pass(100);
    expect(times.map(({ text }) => text)).toEqual(['مرحبًا', 'وحدة العناية']);
  });

  it('does not count who has written within a day', async () => {
    await begin(limited, ['a', 'b', 'c']);
    for (const address of ['a', 'b', 'c']) await reply(address, `إلى ${address}`);
    await pass(100);
    expect(times).toHaveLength(3);
  });
});
