import { afterEach, beforeEach, expect, it } from 'vitest';
import type { GivenEvent } from '../../../src/channel/inbound.ts';
import { conversations, decisions } from '../../../src/conversation/conversation.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { arrivals } from '../../../src/message/arrival.ts';
import { type Message, messages } from '../../../src/message/message.ts';
import type { Op } from '../../../src/store/port.ts';
import { createFakeChannel, type FakeChannel } from '../../fakes/channel.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';

let test: TestFlow;

interface Said {
  by: string;
  texts: string[];
}

/** A channel whose posts hold what one person says. */
const posting = (): FakeChannel => {
  const channel = createFakeChannel();
  const take = async (raw: string): Promise<'taken'> => {
    const { by, texts } = JSON.parse(raw) as Said;
    const fields = { address: by, conversationKey: by, identity: `id of ${by}` } as Partial<GivenEvent>;
    const events = texts.map((text) => test.event(text, { ...fields, externalId: `${by} ${text}` }));
    const handed = await Promise.allSettled(events.map((event) => channel.sink?.receive(event)));
    const failure = handed.find(({ status }) => status === 'rejected');
    if (failure?.status === 'rejected') throw failure.reason;
    return 'taken';
  };
  channel.webhook = {
    path: '/x',
    maxBytes: 1_000_000,
    challenge: () => null,
    recognise: () => ({ mine: true, strangers: [] }),
    take,
  };
  return channel;
};

/** The addresses of those whose messages were stored, in the order in which they were. */
let stored: string[];
const watch = (): void => {
  const write = test.store.write.bind(test.store);
  test.store.write = async (unit: readonly Op[]) => {
    for (const op of unit)
      if (op.op === 'insert' && op.in === messages && (op.document as Message).direction === 'inbound')
        stored.push((op.document as Message).externalId?.split(' ')[0] ?? '');
    return write(unit);
  };
};

beforeEach(async () => {
  stored = [];
  test = await openFlow({ channel: posting() });
  watch();
});
afterEach(() => test.cleanUp());

const post = (by: string, texts: string[]): Promise<unknown> =>
  test.flow.arrive('fake', JSON.stringify({ by, texts } satisfies Said));

/** Posts of one person that say more than can be read soon; gives all that was said. */
const flood = async (posts: number, each: number): Promise<string[]> => {
  const texts = Array.from({ length: posts * each }, (_, at) => `رسالتي ذات الرقم ${at}`);
  for (let at = 0; at < posts; at++) await post('loud', texts.slice(at * each, (at + 1) * each));
  return texts;
};

const saidBy = async (person: string): Promise<string[]> => {
  const where = { conversationId: conversationIdOf('fake', person), direction: 'inbound' };
  const texts: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = { index: 'by-conversation', where, order: 'asc', limit: 1000, cursor } as const;
    const page = await test.store.find(messages, query);
    texts.push(...page.items.map(({ text }) => text));
    if (!page.nextCursor) return texts;
    cursor = page.nextCursor;
  }
};

it('of one person holds up nobody else, whether its posts are long or short', async () => {
  const texts = await flood(60, 20);
  await post('calm', ['السلام عليكم']);
  await test.flow.idle();
  expect(stored).toHaveLength(1_201);
  // behind what was stored before it came, and hardly more
  expect(stored.slice(0, 600)).toContain('calm');
  expect(await saidBy('loud')).toEqual(texts);
  const short = Array.from({ length: 200 }, (_, at) => `short ${at}`);
  test.clock.advance(1_000);
  stored = [];
  await Promise.all(short.map((text) => post('loud', [text])));
  await post('quiet', ['السلام عليكم']);
  await test.flow.idle();
  expect(stored).toHaveLength(201);
  expect(stored.slice(0, 150)).toContain('quiet');
  expect((await saidBy('loud')).slice(1_200)).toEqual(short);
});

it('of one person is decided on in few turns, to the end', async () => {
  await flood(5, 100);
  await test.flow.idle();
  const conversationId = conversationIdOf('fake', 'loud');
  const { lastSeq, decidedSeq, turnDueAt } = (await test.store.get(conversations, conversationId)) ?? {};
  expect(turnDueAt).toBeNull();
  expect(lastSeq).toBeGreaterThan(500);
  const last = (await test.all(conversationId)).findLast(({ direction }) => direction === 'inbound');
  expect(decidedSeq).toBe(last?.seq);
  const made = await test.store.count(decisions, { index: 'by-conversation', where: { conversationId } });
  expect(made).toBeLessThan(60);
});

it('that the end of the process breaks off is gone on with at the next start, in its order', async () => {
  const texts = await flood(10, 100);
  const stopping = test.close();
  const { directory } = test;
  await stopping;
  test = await openFlow({ channel: posting(), directory });
  const first = (await saidBy('loud')).length;
  await test.flow.idle();
  expect(first).toBeLessThan(texts.length);
  expect(await saidBy('loud')).toEqual(texts);
  const left = await test.store.find(arrivals, { index: 'by-due', where: {} });
  expect(left.items).toEqual([]);
});
