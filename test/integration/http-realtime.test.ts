import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Channel } from '../../src/channel/channel.ts';
import { conversations } from '../../src/conversation/conversation.ts';
import type { Hint } from '../../src/realtime/hints.ts';
import { tickets } from '../../src/ticket/ticket.ts';
import { plainChat } from '../fakes/capabilities.ts';
import { openWorld, settingsToken, signedIn, type World, writer } from './http-harness.ts';

const typed: { address: string; on: boolean }[] = [];
const chat = {
  kind: 'chat',
  inboxId: 'chat',
  capabilities: { ...plainChat, typing: true },
  state: () => ({ state: 'connected', reason: null }),
  start: async () => {},
  stop: async () => {},
  send: async () => ({ externalId: 'x', status: 'sent' }),
  typing: (event) => void typed.push(event),
} satisfies Channel;

let world: World;
const sockets: Socket[] = [];
beforeAll(async () => {
  world = await openWorld({ channels: [chat] });
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});
afterAll(() => world.close());

interface Listener {
  socket: Socket;
  hints: Hint[];
  batches: Hint[][];
  typing: unknown[];
}

const open = (options: { cookie?: string; origin?: string; token?: string }): Socket => {
  const { cookie, origin, token } = options;
  const extraHeaders = { ...(cookie ? { cookie } : {}), ...(origin ? { origin } : {}) };
  const socket = io(`${world.url}/console`, {
    extraHeaders,
    transports: ['websocket'],
    auth: token ? { token } : {},
    forceNew: true,
  });
  sockets.push(socket);
  return socket;
};

const listen = (options: Parameters<typeof open>[0]): Promise<Listener> =>
  new Promise((resolve, reject) => {
    const socket = open(options);
    const listener: Listener = { socket, hints: [], batches: [], typing: [] };
    socket.on('changed', (hints: Hint[]) => {
      listener.batches.push(hints);
      listener.hints.push(...hints);
    });
    socket.on('typing', (event) => listener.typing.push(event));
    socket.on('connect', () => resolve(listener));
    socket.on('connect_error', reject);
  });

/** Moves the time by a batch; the hints then travel over the real socket. */
const passBatch = async (condition: () => boolean): Promise<void> => {
  await vi.waitFor(() => {
    world.clock.advance(100);
    if (!condition()) throw new Error('not yet');
  });
};

describe('a console', () => {
  it('without a session is refused', async () => {
    await expect(listen({})).rejects.toMatchObject({ data: { code: 'unauthorized' } });
    await expect(listen({ cookie: 'wasl_session=forged' })).rejects.toThrow('unauthorized');
    await expect(listen({ token: 'forged' })).rejects.toThrow('unauthorized');
  });

  it('of another page is refused, though the browser sends the cookie along', async () => {
    const { cookie } = await signedIn(world, 'agent', 'origin@example.org');
    await expect(listen({ cookie, origin: 'https://evil.example' })).rejects.toThrow('unauthorized');
    const own = await listen({ cookie, origin: world.deps.config.publicUrl });
    const sameHost = await listen({ cookie, origin: world.url });
    expect([own.socket.connected, sameHost.socket.connected]).toEqual([true, true]);
  });

  it('hears of changes in one batch, with the conversation of a message and no words', async () => {
    const { cookie } = await signedIn(world, 'agent', 'hears@example.org');
    const listener = await listen({ cookie });
    const byToken = await listen({ token: settingsToken });
    const { aContact, aConversation, aMessage } = writer(world);
    const contact = await aContact();
    const { id } = await aConversation({ contactId: contact.id });
    await world.store.write([{ op: 'update', in: conversations, id, set: { preview: 'x' } }]);
    const message = await aMessage({ conversationId: id, seq: 1, text: 'سر' });
    await passBatch(() => listener.hints.length >= 3 && byToken.hints.length >= 3);
    expect(listener.hints).toEqual(
      expect.arrayContaining([
        { collection: 'contacts', id: contact.id, kind: 'insert' },
        { collection: 'conversations', id, kind: 'insert' },
        { collection: 'messages', id: message.id, kind: 'insert', conversationId: id },
      ]),
    );
    expect(listener.hints.filter((hint) => hint.id === id)).toHaveLength(1);
    expect(JSON.stringify(listener.hints)).not.toContain('سر');
  });

  it('hears only what its role may see', async () => {
    const member = await signedIn(world, 'member');
    const agent = await signedIn(world, 'agent', 'sees@example.org');
    const supervisor = await signedIn(world, 'supervisor');
    const [low, middle, high] = await Promise.all([member, agent, supervisor].map(({ cookie }) => listen({ cookie })));
    const { aContact, aConversation, aTicket } = writer(world);
    const contact = await aContact();
    await aConversation({ contactId: contact.id });
    await aTicket({ number: 'open-one', contactId: contact.id });
    await aTicket({ number: 'secret-one', contactId: contact.id, restricted: true });
    await aTicket({ number: 'own-one', contactId: contact.id, restricted: true, assigneeId: agent.agent.id });
    await aTicket({ number: 'named-one', contactId: contact.id, restricted: true, visibleTo: [member.agent.id] });
    await passBatch(() => [low, middle, high].every((one) => (one?.hints.length ?? 0) > 0));
    await passBatch(() => (high?.hints.length ?? 0) >= 6 && (middle?.hints.length ?? 0) >= 4);
    await passBatch(() => (low?.hints.length ?? 0) >= 2);
    const idsOf = (listener: Listener | undefined) => listener?.hints.map(({ id }) => id).sort();
    expect(low?.hints.every(({ collection }) => collection === 'tickets')).toBe(true);
    expect(idsOf(low)).toEqual(['named-one', 'open-one']);
    expect(idsOf(middle)).toEqual(expect.arrayContaining(['open-one', 'own-one']));
    expect(idsOf(middle)).not.toContain('secret-one');
    expect(idsOf(middle)).not.toContain('named-one');
    expect(idsOf(high)).toEqual(expect.arrayContaining(['open-one', 'own-one', 'secret-one']));
  });

  it('does not hear of sessions, agents or audit', async () => {
    const listener = await listen({ token: settingsToken });
    await signedIn(world, 'agent', 'quiet@example.org');
    await writer(world).aTicket({ number: 'marker', contactId: 'c' });
    await passBatch(() => listener.hints.some(({ id }) => id === 'marker'));
    expect(new Set(listener.hints.map(({ collection }) => collection))).toEqual(new Set(['tickets']));
    expect(await world.store.get(tickets, 'marker')).not.toBeNull();
  });

  it('hears that a person writes, and tells the person that the agent does', async () => {
    const { cookie } = await signedIn(world, 'agent', 'writes@example.org');
    const listener = await listen({ cookie });
    world.flow.type({ conversationId: 'c1', on: true });
    await vi.waitFor(() => expect(listener.typing).toEqual([{ conversationId: 'c1', on: true }]));
    const { aContact, aConversation, aMessage } = writer(world);
    const conversation = await aConversation({ contactId: (await aContact()).id });
    await aMessage({ conversationId: conversation.id, seq: 1, externalId: 'their-last', direction: 'inbound' });
    for (const wrong of [null, 'x', { conversationId: conversation.id }, { conversationId: 'none', on: true }])
      listener.socket.emit('typing', wrong);
    listener.socket.emit('typing', { conversationId: conversation.id, on: true });
    await vi.waitFor(() =>
      expect(typed).toEqual([{ address: conversation.address, on: true, externalId: 'their-last' }]),
    );
  });

  it('is cut off when its session ends, and when its token is revoked within a minute', async () => {
    const { cookie, ask } = await signedIn(world, 'agent', 'cut@example.org');
    const listener = await listen({ cookie });
    await ask('DELETE', '/api/v1/session');
    await vi.waitFor(() => expect(listener.socket.connected).toBe(false));

    const admin = await signedIn(world, 'administrator');
    const made = await admin.ask('POST', '/api/v1/tokens', { body: { name: 'wall display', role: 'management' } });
    const display = await listen({ token: made.body.token });
    await admin.ask('DELETE', `/api/v1/tokens/${made.body.id}`);
    await vi.waitFor(() => {
      world.clock.advance(60_000);
      expect(display.socket.connected).toBe(false);
    });
  });
});
