import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decisions } from '../../src/conversation/conversation.ts';
import { attachments, here } from '../../src/message/message.ts';
import { ticketNumber } from '../../src/ticket/number.ts';
import { openWorld, signedIn, type World, writer } from './http-harness.ts';

const number = ticketNumber(2026, 2);
const words = 'بلاغ عن تحرش';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const sentThings = {
  location: { latitude: 24.7, longitude: 46.7, name: 'proof' },
  cards: [{ name: 'proof', phones: [], emails: [] }],
  fields: [{ name: 'proof', value: 'proof' }],
  detail: 'proof',
};

/** A conversation in which one message belongs to a restricted ticket and one does not. */
async function aSensitiveConversation(): Promise<{ id: string; messageId: string; fileId: string }> {
  const { aContact, aConversation, aMessage, aTicket } = writer(world);
  const contact = await aContact();
  const facts = { contactId: contact.id, ticketNumbers: [number], openTicket: number, preview: words };
  const { id } = await aConversation(facts);
  await aTicket({ number, contactId: contact.id, conversationId: id, restricted: true, importance: 'high' });
  const about = await aMessage({ conversationId: id, seq: 1, text: words, ticketNumber: number, ...sentThings });
  await aMessage({ conversationId: id, seq: 2, text: 'شكرًا' });
  const base = { version: 1, conversationId: id, at: '2026-11-25T08:00:00.000Z', actions: [], language: 'ar' as const };
  const decided = (name: string, messageIds: string[]) =>
    ({ op: 'insert', in: decisions, document: { ...base, id: name, messageIds, reasons: [words] } }) as const;
  await world.store.write([decided('about', [about.id]), decided('other', ['m2'])]);
  const fileId = 'file-of-the-restricted';
  await world.store.blobs.put(fileId, Readable.from([Buffer.from('proof')]), 100);
  const file = { name: 'a.txt', type: 'text/plain', bytes: 5, sha256: '', createdAt: base.at, expiresAt: null };
  const carried = { id: fileId, version: 1, inboxId: 'chat', address: 'a', conversationId: id, messageId: about.id };
  await world.store.write([{ op: 'insert', in: attachments, document: { ...here, ...carried, ...file } }]);
  return { id, messageId: about.id, fileId };
}

describe('a restricted matter', () => {
  it('is not told to an agent by any way around its ticket, and is to a supervisor', async () => {
    const { id, messageId, fileId } = await aSensitiveConversation();
    const agent = await signedIn(world, 'agent');
    const supervisor = await signedIn(world, 'supervisor');
    const ways = [
      '/conversations',
      `/conversations/${id}`,
      `/conversations/${id}/messages`,
      `/conversations?q=${number}`,
      `/conversations/${id}/decisions`,
      `/attachments/${fileId}`,
      '/tickets',
    ];
    for (const way of ways) {
      const seen = JSON.stringify((await agent.ask('GET', `/api/v1${way}`)).body);
      expect([way, seen.includes(number) || seen.includes('proof')]).toEqual([way, false]);
    }
    const shown = async ({ ask }: typeof agent, path: string) =>
      (await ask('GET', `/api/v1/conversations${path}`)).body;
    expect((await shown(agent, `/${id}`)).urgent).toBe(false);
    expect((await shown(supervisor, `/${id}`)).urgent).toBe(true);
    const messages = (await shown(agent, `/${id}/messages`)).items;
    expect(messages).toMatchObject([
      { text: '', hidden: true },
      { text: 'شكرًا', hidden: false },
    ]);
    expect((await shown(agent, `/${id}`)).preview).toBe('');
    const decided = (await shown(agent, `/${id}/decisions`)).items;
    expect(decided.map((one: { id: string }) => one.id)).toEqual(['other']);
    const off = { body: { ticketNumber: null } };
    expect((await agent.ask('PATCH', `/api/v1/messages/${messageId}`, off)).status).toBe(404);

    expect((await shown(supervisor, `/${id}/messages`)).items[0]).toMatchObject({ text: words, hidden: false });
    expect((await shown(supervisor, `?q=${number}`)).items).toHaveLength(1);
    expect((await supervisor.ask('GET', `/api/v1/attachments/${fileId}`)).body).toBe('proof');
    expect((await supervisor.ask('PATCH', `/api/v1/messages/${messageId}`, off)).status).toBe(200);
  });
});
