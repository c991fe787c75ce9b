import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { alerts } from '../../../src/alert/alert.ts';
import { decisions } from '../../../src/conversation/conversation.ts';
import { incidents } from '../../../src/incident/incident.ts';
import { questions, settled } from '../../../src/question/question.ts';
import type { Hint } from '../../../src/realtime/hints.ts';
import { ratings } from '../../../src/survey/rating.ts';
import { ticketNumber } from '../../../src/ticket/number.ts';
import { openWorld, signedIn, type World, writer } from '../http-harness.ts';

const number = ticketNumber(2026, 7);
const words = 'شكوى على المشرفة';
const at = '2026-11-25T08:00:00.000Z';

type SignedIn = Awaited<ReturnType<typeof signedIn>>;

let world: World;
let supervisor: SignedIn;
let other: SignedIn;
let administrator: SignedIn;
let conversationId = '';
let messageId = '';
const sockets: Socket[] = [];

/** What a console hears. */
function listening({ cookie }: SignedIn): Promise<Hint[]> {
  return new Promise((resolve, reject) => {
    const hints: Hint[] = [];
    const options = { extraHeaders: { cookie }, transports: ['websocket'], forceNew: true };
    const socket = io(`${world.url}/console`, options);
    sockets.push(socket);
    socket.on('changed', (heard: Hint[]) => hints.push(...heard));
    socket.on('connect', () => resolve(hints));
    socket.on('connect_error', reject);
  });
}

/** A complaint about the supervisor, with everything that can lead to it; nobody else is kept from it. */
async function aComplaintAbout(agentId: string): Promise<void> {
  const { aContact, aConversation, aMessage, aTicket } = writer(world);
  const { id: contactId } = await aContact();
  const conversation = await aConversation({ contactId, ticketNumbers: [number], openTicket: number, preview: words });
  conversationId = conversation.id;
  const facts = { contactId, conversationId, subject: words, hiddenFrom: [agentId], incidentId: 'known' };
  await aTicket({ number, ...facts, importance: 'high' });
  ({ id: messageId } = await aMessage({ conversationId, seq: 1, text: words, ticketNumber: number }));
  const document = { version: 1, conversationId, language: 'ar' as const, channel: 'chat', at };
  const both = { ar: words, en: words };
  await world.store.write([
    {
      op: 'insert',
      in: decisions,
      document: {
        version: 1,
        conversationId,
        at,
        language: 'ar',
        id: 'd',
        messageIds: [messageId],
        actions: [],
        reasons: [words],
      },
    },
    {
      op: 'insert',
      in: ratings,
      document: {
        ...{ id: 'r', version: 1, conversationId, contactId, inboxId: 'chat', ticketNumber: number, agentId },
        ...{ askedAt: at, asked: 'closing', score: 1, answeredAt: at, comment: words },
      },
    },
    {
      op: 'insert',
      in: questions,
      document: settled({
        ...{ ...document, id: 'q', text: words, messageIds: [messageId], outcome: 'none', articles: [], said: null },
        ...{ helped: null, ticketNumber: number, state: 'open', assignedTo: null, by: null },
      }),
    },
    {
      op: 'insert',
      in: alerts,
      document: {
        ...{ id: 'a', version: 1, kind: 'escalated', agentId, ticketNumber: number, values: {}, file: null, at },
        ...{ mail: 'none', dueAt: null, tries: 0, readAt: null, unreadAt: at },
      },
    },
    {
      op: 'insert',
      in: incidents,
      document: {
        ...{ id: 'known', version: 1, title: both, message: both, service: null, words: ['x'], state: 'open' },
        ...{ openedAt: at, openedBy: 'a', closedAt: null, told: [], telling: null, nextAt: null },
      },
    },
  ]);
}

beforeAll(async () => {
  world = await openWorld();
  supervisor = await signedIn(world, 'supervisor');
  other = await signedIn(world, 'supervisor', 'other@example.org');
  administrator = await signedIn(world, 'administrator');
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await world.close();
});

describe('a complaint about a supervisor', () => {
  it('is not heard of by their console, and is by the others', async () => {
    const [theirs, others] = await Promise.all([listening(supervisor), listening(other)]);
    await aComplaintAbout(supervisor.agent.id);
    await writer(world).aTicket({ number: 'marker', contactId: 'c' });
    await vi.waitFor(() => {
      world.clock.advance(100);
      for (const heard of [theirs, others]) expect(heard.map(({ id }) => id)).toContain('marker');
    });
    expect(others.map(({ id }) => id)).toContain(number);
    expect(theirs.map(({ id }) => id)).not.toContain(number);
  });

  it.each([
    '/tickets',
    `/tickets?q=${number}`,
    `/tickets?q=${encodeURIComponent(words)}`,
    '/tickets?order=burning',
    '/conversations',
    `/conversations?q=${number}`,
    '/conversations/:id',
    '/conversations/:id/messages',
    '/conversations/:id/decisions',
    '/questions?from=2026-11-01T00:00:00.000Z',
    '/questions/groups',
    '/ratings',
    '/alerts',
    '/incidents/known/tickets',
  ])('is not told to them by %s', async (way) => {
    const path = `/api/v1${way.replace(':id', conversationId)}`;
    const seen = await supervisor.ask('GET', path);
    expect(seen.status).toBeLessThan(500);
    expect(JSON.stringify(seen.body)).not.toMatch(new RegExp(`${number}|${words}`));
  });

  it.each(['', '/events', '/messages', '/notices', '/deadlines', '/steps', '/referrals'])(
    'is not there for them at its own address%s, and is for the others',
    async (way) => {
      const path = `/api/v1/tickets/${number}${way}`;
      expect((await supervisor.ask('GET', path)).status).toBe(404);
      expect((await other.ask('GET', path)).status).toBe(200);
      expect((await administrator.ask('GET', path)).status).toBe(200);
    },
  );

  it('is shown to the others where it is not shown to them', async () => {
    for (const way of [
      '/tickets',
      `/conversations/${conversationId}/messages`,
      '/ratings',
      '/incidents/known/tickets',
    ]) {
      const seen = JSON.stringify((await other.ask('GET', `/api/v1${way}`)).body);
      expect([way, seen.includes(number)]).toEqual([way, true]);
    }
    expect((await supervisor.ask('GET', '/api/v1/alerts')).body).toMatchObject({ items: [], unread: 0 });
  });

  it('is changed by none of their hands', async () => {
    const ways: [string, string, object][] = [
      ['POST', `/tickets/${number}/restrict`, { version: 1, about: [] }],
      ['POST', `/tickets/${number}/merge`, { version: 1, otherNumber: 'marker' }],
      ['POST', `/tickets/${number}/notes`, { note: 'x' }],
      ['PATCH', `/tickets/${number}`, { version: 1, importance: 'low' }],
      ['PATCH', `/messages/${messageId}`, { ticketNumber: null }],
      ['POST', '/incidents/known/tickets', { ticketNumbers: [number] }],
      ['DELETE', `/incidents/known/tickets/${number}`, {}],
    ];
    for (const [method, way, body] of ways) {
      const { status } = await supervisor.ask(method, `/api/v1${way}`, method === 'DELETE' ? {} : { body });
      expect([way, status]).toEqual([way, 404]);
    }
  });
});
