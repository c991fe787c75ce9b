import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { conversations } from '../../../src/conversation/conversation.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { attachments, deliveries } from '../../../src/message/message.ts';
import { StoreError } from '../../../src/store/port.ts';
import { aGate, openProcesses, type Process, type Processes } from './open-processes.ts';

const conversationId = conversationIdOf('fake', 'visitor');
const reply = { text: 'سنعود إليكم قريبًا' };
const agent = { id: 'agent', name: 'نورة' };

let group: Processes;
let [a, b] = [] as unknown as [Process, Process];
const openAll = async (...given: Parameters<typeof openProcesses>): Promise<void> => {
  group = await openProcesses(...given);
  [a, b] = group.all as [Process, Process];
};
afterEach(() => group.cleanUp());

const outbound = async (): Promise<string[]> => {
  const where = { conversationId };
  const query = { index: 'by-lane', where: { ...where, open: false }, limit: 1000 } as const;
  return (await group.base.store.find(deliveries, query)).items.map(({ id }) => id);
};

const openOnes = async () =>
  (await group.base.store.find(deliveries, { index: 'by-lane', where: { conversationId, open: true } })).items;

const greet = (by: Process, text = 'السلام عليكم') => by.flow.receive(group.base.event(text));

describe('a sending that a living process has', () => {
  it('is waited for by what another process wrote after it, which goes on as soon as it is done', async () => {
    await openAll(['a', 'b']);
    const gate = aGate();
    const taken = a.channel.answer;
    a.channel.answer = async (message) => gate.opened.then(() => taken(message));
    await greet(a);
    await expect.poll(async () => (await openOnes()).length).toBe(2);
    await b.flow.staff.reply(conversationId, agent, reply, 'once');
    await group.turns();
    expect(group.sent).toEqual([]);
    gate.open();
    await expect.poll(() => group.sent.length).toBe(3);
    expect(group.sent.map(({ by }) => by)).toEqual(['a', 'a', 'b']);
    expect(group.sent.at(-1)?.text).toContain(reply.text);
    await expect.poll(outbound).toEqual(group.sent.map(({ id }) => id));
  });

  it('is sent by no other however long the database was away, and its note is kept once it is back', async () => {
    await openAll(['a', 'b']);
    const taken = a.channel.answer;
    a.channel.answer = (message) => {
      a.store.isDown = true;
      return taken(message);
    };
    await greet(a);
    await expect.poll(() => group.sent.length).toBe(1);
    // the other sees the store all the time
    await group.pass(300_000, 1_000);
    expect(a.store.asked).toBeGreaterThan(100);
    expect(group.sent).toHaveLength(1);
    a.channel.answer = taken;
    a.store.isDown = false;
    await group.pass(6_000);
    expect(group.sent.map(({ by }) => by)).toEqual(['a', 'a']);
    await expect.poll(outbound).toEqual(group.sent.map(({ id }) => id));
    expect(a.errors).toHaveLength(1);
  });

  it('is taken over at once when that process is gone', async () => {
    await openAll(['a', 'b']);
    a.channel.answer = () => new Promise(() => undefined);
    await greet(a);
    await expect.poll(async () => (await openOnes()).length).toBe(2);
    await group.pass(10_000);
    expect(group.sent).toEqual([]);
    group.kill(a);
    await expect.poll(() => group.sent.length).toBe(2);
    expect(group.sent.map(({ by }) => by)).toEqual(['b', 'b']);
  });

  it('is not sent by a process that wakes after it was taken for dead', async () => {
    await openAll(['a', 'b']);
    a.members.pause();
    await greet(a);
    await expect.poll(async () => (await openOnes()).length).toBe(2);
    await group.turns();
    a.members.bury();
    await expect.poll(() => group.sent.length).toBe(2);
    a.members.wake();
    await group.pass(5_000);
    expect(group.sent.map(({ by }) => by)).toEqual(['b', 'b']);
    await greet(a, 'سارة أحمد الغامدي');
    await expect.poll(() => group.sent.length).toBeGreaterThan(2);
    expect(group.sent.at(-1)?.by).toBe('a');
  });

  it('is sent once where a paused process wakes before anybody took it over', async () => {
    await openAll(['a', 'b']);
    b.members.pause();
    a.members.pause();
    await greet(a);
    await expect.poll(async () => (await openOnes()).length).toBe(2);
    a.members.bury();
    await group.turns();
    a.members.wake();
    b.members.wake();
    await group.pass(5_000);
    expect(new Set(group.sent.map(({ id }) => id)).size).toBe(2);
    expect(group.sent).toHaveLength(2);
  });

  it('is sent by another in the end where its process lives and has forgotten it', async () => {
    await openAll(['a', 'b']);
    a.channel.answer = () => new Promise(() => undefined);
    await greet(a);
    await expect.poll(async () => (await openOnes()).length).toBe(2);
    a.store.isDown = true;
    await group.pass(600_000, 2_000);
    expect(group.sent).toEqual([]);
    await group.pass(240_000, 2_000);
    expect(group.sent.map(({ by }) => by)).toEqual(['b', 'b']);
  });
});

describe('what a process begins and does not end', () => {
  it('is decided by another: a turn whose window it kept', async () => {
    await openAll(['a', 'b']);
    await greet(a);
    for (const text of ['سارة أحمد الغامدي', 'كلية العلوم', 'طالبة']) await greet(a, text);
    await group.pass(10_000);
    const before = group.sent.length;
    await a.flow.receive(group.base.event('', { kind: 'image' }));
    const { turnDueAt } = (await group.base.store.get(conversations, conversationId)) ?? {};
    expect(turnDueAt).not.toBeNull();
    group.kill(a);
    await group.pass(10_000);
    expect(await group.base.store.get(conversations, conversationId)).toMatchObject({ turnDueAt: null });
    expect(group.sent.slice(before).map(({ by }) => by)).toEqual(['b']);
  });

  it('is fetched by another: a file, which two never fetch side by side', async () => {
    const fetching: string[] = [];
    const fetchBy = (name: string) => async () => {
      fetching.push(name);
      if (name === 'a') await new Promise(() => undefined);
      return { from: Readable.from([Buffer.from('the file')]), type: 'text/plain' };
    };
    await openAll(['a', 'b'], { more: (name) => ({ fetchAttachment: fetchBy(name) }) });
    const named = { reference: 'there', name: 'file.txt', type: 'text/plain', bytes: 8 };
    const event = group.base.event('ملف', { attachments: [named] } as never);
    await a.flow.receive(event);
    await group.pass(120_000, 1_000);
    expect(fetching).toEqual(['a']);
    group.kill(a);
    await group.pass(70_000, 1_000);
    const waiting = () => group.base.store.count(attachments, { index: 'by-due', where: {} });
    await expect.poll(waiting).toBe(0);
    expect(fetching).toEqual(['a', 'b']);
  });
});

describe('an inbox that one process serves', () => {
  const onlyA = { more: () => ({ runsAlone: true as const }), serves: (name: string) => name === 'a' };

  it('is sent by it at once what another process says', async () => {
    await openAll(['a', 'b'], onlyA);
    await greet(b);
    await expect.poll(async () => (await openOnes()).length).toBe(2);
    expect((await openOnes()).map(({ claimedBy }) => claimedBy)).toEqual([null, null]);
    await group.pass(20, 20);
    await expect.poll(() => group.sent.map(({ by }) => by)).toEqual(['a', 'a']);
    expect(b.channel.sent).toEqual([]);
  });

  it('is given what the process before it had not sent', async () => {
    let server = 'a';
    await openAll(['a', 'b'], { ...onlyA, serves: (name) => name === server });
    const gate = aGate();
    const taken = a.channel.answer;
    a.channel.answer = (message) => gate.opened.then(() => taken(message));
    await greet(a);
    await expect.poll(async () => (await openOnes()).length).toBe(2);
    await group.pass(4_000);
    server = 'b';
    gate.open();
    await group.pass(8_000);
    expect(group.sent.map(({ by }) => by)).toEqual(['a', 'b']);
    await expect.poll(outbound).toEqual(group.sent.map(({ id }) => id));
  });
});

describe('the pace of an inbox that every process serves', () => {
  it('is shared, so that all together keep to it', async () => {
    await openAll(['a', 'b'], { can: { pace: { perSecond: 1, jitterMs: 0, person: null, startsPerDay: null } } });
    const times: number[] = [];
    for (const one of [a, b]) {
      const taken = one.channel.answer;
      one.channel.answer = (message) => {
        times.push(group.base.clock.now());
        return taken(message);
      };
    }
    const people = Array.from({ length: 6 }, (_, at) => `person-${at}`);
    for (const [at, address] of people.entries())
      await [a, b][at % 2]?.flow.receive(group.base.event('السلام عليكم', { address, conversationKey: address }));
    await group.pass(60_000, 100);
    expect(times).toHaveLength(12);
    // each process sends one in two seconds
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(10_000);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(13_000);
  });

  it('lets fewer be on their way at once, and at least one', async () => {
    await openAll(['a', 'b'], { can: { sendsAtOnce: 3 } });
    const onTheirWay = { now: 0, most: 0 };
    const gate = aGate();
    a.channel.answer = async ({ id }) => {
      onTheirWay.now += 1;
      onTheirWay.most = Math.max(onTheirWay.most, onTheirWay.now);
      await gate.opened;
      onTheirWay.now -= 1;
      return { externalId: `ext-${id}`, status: 'accepted' };
    };
    for (let at = 0; at < 4; at++)
      await a.flow.receive(group.base.event('السلام عليكم', { address: `p${at}`, conversationKey: `p${at}` }));
    await group.turns();
    expect(onTheirWay.now).toBe(1);
    gate.open();
    await expect.poll(() => group.sent.length).toBe(8);
    expect(onTheirWay.most).toBe(1);
  });
});

describe('a store that goes away', () => {
  it('has everything that comes refused, told once, and everything go on by itself when it is back', async () => {
    await openAll(['a', 'b']);
    a.channel.answer = () => new Promise(() => undefined);
    await greet(a, 'مرحبا');
    await group.turns();
    a.store.isDown = true;
    const refused = await Promise.allSettled([1, 2, 3].map((at) => greet(a, `رسالة ${at}`)));
    for (const one of refused) expect(one).toMatchObject({ status: 'rejected', reason: expect.any(StoreError) });
    await expect(a.flow.arrive('fake', 'post')).rejects.toMatchObject({ code: 'unavailable' });
    await group.pass(60_000, 1_000);
    expect(a.errors).toEqual(['the store cannot be reached: what waits goes on once it is back']);
    expect(group.sent).toEqual([]);
    a.store.isDown = false;
    a.channel.answer = ({ id }) => ({ externalId: `ext-${id}`, status: 'accepted' });
    await group.pass(60_000, 1_000);
    expect(await openOnes()).toEqual([]);
    expect(group.sent.map(({ by }) => by)).toEqual(['a', 'a']);
    await greet(a, 'شكرا');
    await group.pass(6_000);
    expect(group.sent.length).toBeGreaterThan(2);
  });
});
