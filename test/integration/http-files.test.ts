import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Attachment, attachments, here } from '../../src/message/message.ts';
import { type Ask, openWorld, signedIn, type World, writer } from './http-harness.ts';

let world: World;
let ask: Ask;
let conversationId: string;
beforeEach(async () => {
  world = await openWorld();
  ask = (await signedIn(world)).ask;
  const { aContact, aConversation } = writer(world);
  conversationId = (await aConversation({ contactId: (await aContact()).id })).id;
});
afterEach(() => world.close());

/** A message with one file as it stands now; gives the file's id. */
async function withFile(facts: Partial<Attachment>): Promise<string> {
  const id = world.deps.ids.next();
  const shown = { id, name: 'scan.pdf', type: 'application/pdf', bytes: 3 };
  const message = await writer(world).aMessage({ conversationId, seq: 1, attachments: [shown] });
  const at = '2026-11-25T08:00:00.000Z';
  const of = { inboxId: 'chat', address: 'a', conversationId, messageId: message.id };
  const rest = { ...shown, ...of, version: 1, sha256: '', createdAt: at, expiresAt: null, ...here };
  await world.store.write([{ op: 'insert', in: attachments, document: { ...rest, ...facts } }]);
  return id;
}

const shownFile = async () =>
  (await ask('GET', `/api/v1/conversations/${conversationId}/messages`)).body.items[0].attachments[0];

describe('a file of a message', () => {
  it('that is still being fetched is shown as such, and is to be asked for again', async () => {
    const id = await withFile({ state: 'waiting', reference: 'media-1', dueAt: '2026-11-25T08:00:00.000Z' });
    expect(await shownFile()).toMatchObject({ id, state: 'waiting', reason: null });
    const asked = await ask('GET', `/api/v1/attachments/${id}`);
    expect([asked.status, asked.body.error.code, asked.headers.get('retry-after')]).toEqual([503, 'unavailable', '5']);
    expect(world.logged).toEqual([]);
  });

  it('that will never come is shown with the reason, and is gone', async () => {
    const id = await withFile({ state: 'missing', reference: 'media-1', reason: 'The file is too large.' });
    expect(await shownFile()).toMatchObject({ id, state: 'missing', reason: 'The file is too large.' });
    const asked = await ask('GET', `/api/v1/attachments/${id}`);
    expect([asked.status, asked.body.error]).toEqual([410, { code: 'gone', message: 'The file is too large.' }]);
  });

  it('that is here is shown and given', async () => {
    const id = await withFile({});
    async function* bytes() {
      yield Buffer.from('abc');
    }
    await world.store.blobs.put(id, bytes(), 10);
    expect(await shownFile()).toEqual({
      id,
      name: 'scan.pdf',
      type: 'application/pdf',
      bytes: 3,
      state: 'here',
      reason: null,
    });
    expect((await ask('GET', `/api/v1/attachments/${id}`)).body).toBe('abc');
  });

  it('of which nothing is known any more is missing', async () => {
    const shown = { id: 'lost', name: 'a.png', type: 'image/png', bytes: 3 };
    await writer(world).aMessage({ conversationId, seq: 1, attachments: [shown] });
    expect(await shownFile()).toMatchObject({ id: 'lost', state: 'missing', reason: expect.any(String) });
  });
});
