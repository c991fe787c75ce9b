import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { apiToken, type OpenGateway, type Tab } from './open-gateway.ts';
import { openTwo } from './two-gateways.ts';

vi.mock('../../../src/store/open.ts', async () => {
  const { storeForBoth } = await import('./two-gateways.ts');
  return { openStore: () => storeForBoth.open() };
});

let two: Awaited<ReturnType<typeof openTwo>>;
beforeAll(async () => {
  two = await openTwo();
});
afterAll(async () => {
  await two.close();
  expect([...two.a.faults, ...two.b.faults]).toEqual([]);
});

const conversationOf = async (wasl: OpenGateway, messageId: string | undefined): Promise<string> => {
  const [message] = await wasl.inboundBeside(messageId ?? '');
  return message?.conversationId ?? '';
};

const consoles: Socket[] = [];
const consoleAt = async ({ url }: OpenGateway) => {
  const socket = io(`${url}/console`, { transports: ['websocket'], forceNew: true, auth: { token: apiToken } });
  const [hints, typing]: { id?: string; conversationId?: string }[][] = [[], []];
  socket.on('changed', (changed: { id: string }[]) => hints?.push(...changed));
  socket.on('typing', (event: { conversationId: string }) => typing?.push(event));
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  consoles.push(socket);
  return { socket, hints: hints ?? [], typing: typing ?? [] };
};
afterAll(() => {
  for (const one of consoles) one.disconnect();
});

const deliveriesOf = async (wasl: OpenGateway, conversationId: string): Promise<string[]> => {
  const page = (await (await wasl.api(`/conversations/${conversationId}/messages`)).json()) as {
    items: { direction: string; deliveries: { status: string }[] }[];
  };
  return page.items.flatMap((one) => (one.direction === 'outbound' ? one.deliveries.map(({ status }) => status) : []));
};

const begin = async (wasl: OpenGateway): Promise<{ tab: Tab; conversationId: string }> => {
  const tab = await wasl.visit();
  const { id } = await tab.say('السلام عليكم');
  await tab.answers(2);
  return { tab, conversationId: await conversationOf(wasl, id) };
};

describe.each([
  ['one', 'the other', () => [two.a, two.b] as const],
  ['the other', 'one', () => [two.b, two.a] as const],
])('a visitor at %s process and an agent at %s', (_visitor, _agent, places) => {
  it('see each other: words, who writes, and what became of a message', async () => {
    const [theirs, ours] = places();
    const agent = await consoleAt(ours);
    const { tab, conversationId } = await begin(theirs);
    await vi.waitFor(() => expect(agent.hints.map((hint) => hint.conversationId)).toContain(conversationId));
    tab.socket.emit('typing', { on: true });
    await vi.waitFor(() => expect(agent.typing).toContainEqual({ conversationId, on: true }));
    const hints: unknown[] = [];
    for (const name of ['typing', 'conversation']) tab.socket.on(name, (hint) => hints.push(hint));
    agent.socket.emit('typing', { conversationId, on: true });
    await vi.waitFor(() => expect(hints).toContainEqual({ on: true }));
    const answered = await ours.apiPost(`/conversations/${conversationId}/messages`, { text: 'معكم أحد الموظفين' });
    expect(answered.status).toBe(201);
    await vi.waitFor(() => expect(tab.got.filter(({ author }) => author === 'agent')).toHaveLength(1));
    await expect.poll(() => deliveriesOf(ours, conversationId)).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('keep the conversation whole while the visitor moves and both talk', async () => {
    const [theirs, ours] = places();
    const { tab: first, conversationId } = await begin(theirs);
    let tab = first;
    const ids = tab.got.map(({ id }) => id);
    for (let round = 1; round <= 6; round++) {
      const place = round % 2 ? ours : theirs;
      const saying = ours.apiPost(`/conversations/${conversationId}/messages`, { text: `جواب ${round}` });
      const next = await place.visit({ auth: { token: tab.session.token, after: ids.at(-1) } });
      tab.close();
      await saying;
      await vi.waitFor(() => {
        const all = [...tab.got, ...next.got].map(({ text }) => text);
        expect(all).toContain(`جواب ${round}`);
      });
      const got = next.got.map(({ id }) => id);
      expect(new Set(got).size).toBe(got.length);
      for (const { id } of [...tab.got, ...next.got]) if (!ids.includes(id)) ids.push(id);
      tab = next;
    }
    const stored = (await ours.stored(conversationId)).filter(({ direction }) => direction === 'outbound');
    expect(ids).toEqual(stored.map(({ id }) => id));
    await expect
      .poll(() => deliveriesOf(ours, conversationId).then((all) => new Set(all)))
      .toEqual(new Set(['delivered']));
  });
});
