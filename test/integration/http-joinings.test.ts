import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../src/channel/channel.ts';
import { addresses, newAddress } from '../../src/contact/contact.ts';
import { addressIdOf } from '../../src/flow/identity.ts';
import { type Rating, ratings } from '../../src/survey/rating.ts';
import { plainChat } from '../fakes/capabilities.ts';
import { asAdministrator, openWorld, signedIn, type World, writer } from './http-harness.ts';

const channel = (inboxId: string, form: 'chat' | 'letter'): Channel => ({
  kind: inboxId,
  inboxId,
  capabilities: { ...plainChat, form },
  state: () => ({ state: 'connected', reason: null }),
  start: async () => {},
  stop: async () => {},
  send: async () => ({ externalId: 'x', status: 'delivered' }),
});

let world: World;
let agent: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  world = await openWorld({ channels: [channel('chat', 'chat'), channel('mail', 'letter')] });
  agent = await signedIn(world, 'agent', 'joins@example.org');
});
afterAll(() => world.close());

const reachable = (contactId: string, inboxId: string, address: string) =>
  world.store.write([
    {
      op: 'insert',
      in: addresses,
      document: newAddress({ id: addressIdOf(inboxId, address), contactId, inboxId, channel: inboxId, address }),
    },
  ]);

/** Two contacts of the same number, the second with a conversation. */
const two = async (phone: string) => {
  const { aContact, aConversation } = writer(world);
  const kept = await aContact({ name: null, phone });
  const other = await aContact({ name: 'سارة الغامدي', entity: 'كلية العلوم', phone });
  const conversation = await aConversation({ contactId: other.id });
  await reachable(other.id, 'chat', conversation.address);
  return { kept, other, conversation };
};

describe('who may be the same person', () => {
  it('is found by phone, with why and where, masked, and never by name', async () => {
    const { kept, other } = await two('+966511111112');
    await writer(world).aContact({ name: 'سارة الغامدي', phone: '+966511111113' });
    const { body } = await agent.ask('GET', `/api/v1/contacts/${kept.id}/same`);
    expect(body.items).toMatchObject([{ contact: { id: other.id }, why: ['phone'], channels: ['chat'] }]);
    expect(JSON.stringify(body)).not.toContain('511111112');
  });

  it('is found by a mail address that somebody writes from', async () => {
    const { aContact } = writer(world);
    const writes = await aContact({ name: null, phone: null, email: 'sara@example.org' });
    await reachable(writes.id, 'mail', 'sara@example.org');
    const chats = await aContact({ phone: null, email: 'Sara@example.org' });
    const { body } = await agent.ask('GET', `/api/v1/contacts/${chats.id}/same`);
    expect(body.items).toMatchObject([{ contact: { id: writes.id }, why: ['email'], channels: ['mail'] }]);
  });
});

describe('joining', () => {
  it('moves everything, is noted, is left out of lists, and can be taken back', async () => {
    const { kept, other, conversation } = await two('+966511111122');
    const joined = await agent.ask('POST', `/api/v1/contacts/${kept.id}/merge`, { body: { otherId: other.id } });
    expect(joined.status).toBe(200);
    expect(joined.body.contact).toMatchObject({ id: kept.id, name: 'سارة الغامدي', joinedTo: null });
    expect(joined.body.contact.addresses).toMatchObject([{ channel: 'chat', address: conversation.address }]);
    const { mergeId } = joined.body;
    const shown = await agent.ask('GET', `/api/v1/contacts/${other.id}`);
    expect(shown.body).toMatchObject({ joinedTo: kept.id, addresses: [] });
    const listed = await agent.ask('GET', '/api/v1/contacts?limit=200');
    expect(listed.body.items.map(({ id }: { id: string }) => id)).not.toContain(other.id);
    const found = await agent.ask('GET', `/api/v1/contacts?q=${encodeURIComponent('سارة الغامدي')}`);
    const ids = found.body.items.map(({ id }: { id: string }) => id);
    expect(ids).toContain(kept.id);
    expect(ids).not.toContain(other.id);
    const talks = await agent.ask('GET', `/api/v1/conversations?contactId=${kept.id}`);
    expect(talks.body.items).toMatchObject([{ id: conversation.id }]);
    const noted = await asAdministrator(world)('GET', `/api/v1/audit?subject=${kept.id}`);
    expect(noted.body.items.map(({ action }: { action: string }) => action)).toContain('contact.joined');

    const back = await agent.ask('POST', `/api/v1/contacts/${kept.id}/unmerge`, { body: { mergeId } });
    expect(back.body.contact).toMatchObject({ id: kept.id, name: null, addresses: [] });
    const list = await agent.ask('GET', `/api/v1/contacts/${kept.id}/joinings`);
    expect(list.body.items).toMatchObject([
      { id: mergeId, otherId: other.id, otherName: 'سارة الغامدي', proof: 'staff', undoneBy: agent.agent.id },
    ]);
    expect(list.body.items[0].moved).toEqual({ addresses: 1, conversations: 1, tickets: 0 });
    expect((await agent.ask('GET', `/api/v1/contacts/${other.id}/joinings`)).body.items).toHaveLength(1);
  });

  it('twice is once, and is noted once', async () => {
    const { kept, other } = await two('+966511111132');
    const body = { otherId: other.id };
    const all = [1, 2].map(() => agent.ask('POST', `/api/v1/contacts/${kept.id}/merge`, { body }));
    const ids = (await Promise.all(all)).map((reply) => reply.body.mergeId);
    expect(ids[0]).toBe(ids[1]);
    const noted = await asAdministrator(world)('GET', `/api/v1/audit?subject=${kept.id}`);
    const actions = noted.body.items.map(({ action }: { action: string }) => action);
    expect(actions.filter((action: string) => action === 'contact.joined')).toHaveLength(1);
  });

  it('is refused in a sentence where it makes no sense', async () => {
    const { kept, other } = await two('+966511111142');
    const merge = (id: string, body: object) => agent.ask('POST', `/api/v1/contacts/${id}/merge`, { body });
    expect((await merge(kept.id, { otherId: kept.id })).status).toBe(422);
    expect((await merge(kept.id, { otherId: 'nobody' })).status).toBe(404);
    const stale = await merge(kept.id, { otherId: other.id, version: 9 });
    expect(stale.status).toBe(409);
    expect(stale.body.error.details.current).toMatchObject({ id: kept.id, version: 1 });
    expect(stale.body.error.details.current.joinedTo).toBeNull();
    expect((await merge(kept.id, { otherId: other.id, version: 1 })).status).toBe(200);
    expect((await merge(other.id, { otherId: kept.id })).status).toBe(422);
    const change = await agent.ask('PATCH', `/api/v1/contacts/${other.id}`, { body: { version: 2, name: 'x' } });
    expect(change.status).toBe(422);
    const none = await agent.ask('POST', `/api/v1/contacts/${kept.id}/unmerge`, { body: { mergeId: 'none' } });
    expect(none.status).toBe(404);
  });

  it('is for those who work with people', async () => {
    const { kept, other } = await two('+966511111152');
    const { ask } = await signedIn(world, 'management', 'only-reads@example.org');
    for (const [path, body] of [
      ['merge', { otherId: other.id }],
      ['unmerge', { mergeId: 'x' }],
      ['merge-code', { otherId: other.id }],
    ] as const)
      expect((await ask('POST', `/api/v1/contacts/${kept.id}/${path}`, { body })).status).toBe(403);
  });
});

describe('ratings', () => {
  const aRating = async (facts: Partial<Rating> & { askedAt: string }) => {
    const { aContact, aConversation } = writer(world);
    const contact = await aContact();
    const conversation = await aConversation({ contactId: contact.id });
    const document: Rating = {
      id: world.deps.ids.next(),
      version: 1,
      conversationId: conversation.id,
      contactId: contact.id,
      inboxId: 'chat',
      ticketNumber: null,
      agentId: null,
      asked: 'closing',
      score: 4,
      answeredAt: facts.askedAt,
      comment: null,
      ...facts,
    };
    await world.store.write([{ op: 'insert', in: ratings, document }]);
    return document;
  };

  it('are listed for supervisors, within a time, a page at a time', async () => {
    for (const day of ['01', '02', '03']) await aRating({ askedAt: `2026-10-${day}T08:00:00.000Z` });
    const { ask } = await signedIn(world, 'supervisor', 'reads-ratings@example.org');
    const get = async (query: string) => (await ask('GET', `/api/v1/ratings?${query}`)).body;
    const range = 'from=2026-10-02T00:00:00Z&to=2026-11-01T00:00:00Z';
    const days = ({ items }: { items: Rating[] }) => items.map(({ askedAt }) => askedAt.slice(8, 10));
    expect(days(await get(range))).toEqual(['03', '02']);
    const first = await get(`${range}&limit=1`);
    expect(days(first)).toEqual(['03']);
    expect(days(await get(`${range}&limit=1&cursor=${encodeURIComponent(first.nextCursor)}`))).toEqual(['02']);
    expect((await ask('GET', '/api/v1/ratings?from=yesterday')).status).toBe(400);
    expect((await agent.ask('GET', '/api/v1/ratings')).status).toBe(403);
  });

  it('stand with their conversation, the latest of it', async () => {
    const { conversationId } = await aRating({ askedAt: '2026-10-05T08:00:00.000Z', score: 5 });
    await aRating({ askedAt: '2026-10-06T08:00:00.000Z', conversationId, score: 2, comment: 'متأخر' });
    const shown = await agent.ask('GET', `/api/v1/conversations/${conversationId}`);
    expect(shown.body.rating).toEqual({ score: 2, comment: 'متأخر' });
    const { aContact, aConversation } = writer(world);
    const unrated = await aConversation({ contactId: (await aContact()).id });
    expect((await agent.ask('GET', `/api/v1/conversations/${unrated.id}`)).body.rating).toBeNull();
  });
});
