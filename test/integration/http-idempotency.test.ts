import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyedAnswers } from '../../src/http/once.ts';
import { asAdministrator, asking, openWorld, signedIn, type World, writer } from './http-harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function messagesPath(): Promise<string> {
  const { aContact, aConversation } = writer(world);
  const { id } = await aConversation({ contactId: (await aContact()).id });
  return `/api/v1/conversations/${id}/messages`;
}
const withKey = (key: string) => ({ 'idempotency-key': key });

describe('the same Idempotency-Key', () => {
  it('gives the same answer again and does the thing once', async () => {
    const path = await messagesPath();
    const ask = asAdministrator(world);
    const before = world.flow.replies.length;
    const first = await ask('POST', path, { body: { text: 'مرة واحدة' }, headers: withKey('k1') });
    const second = await ask('POST', path, { body: { text: 'مرة واحدة' }, headers: withKey('k1') });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(world.flow.replies.length - before).toBe(1);
  });

  it('at the same moment runs once and answers all alike', async () => {
    const path = await messagesPath();
    const before = world.flow.replies.length;
    let letGo = (): void => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    world.flow.holdReplies(() => held);
    const ask = asAdministrator(world);
    const all = Array.from({ length: 8 }, () =>
      ask('POST', path, { body: { text: 'معًا' }, headers: withKey('together') }),
    );
    letGo();
    const replies = await Promise.all(all);
    world.flow.holdReplies(async () => {});
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    expect(world.flow.replies.length - before).toBe(1);
  });

  it('with another body is a conflict', async () => {
    const path = await messagesPath();
    const ask = asAdministrator(world);
    await ask('POST', path, { body: { text: 'one' }, headers: withKey('k2') });
    const other = await ask('POST', path, { body: { text: 'another' }, headers: withKey('k2') });
    expect([other.status, other.body.error.code]).toEqual([409, 'conflict']);
  });

  it('of another caller is another key', async () => {
    const path = await messagesPath();
    const { ask } = await signedIn(world, 'agent', 'keys@example.org');
    const mine = await ask('POST', path, { body: { text: 'x' }, headers: withKey('k3') });
    const theirs = await asAdministrator(world)('POST', path, { body: { text: 'x' }, headers: withKey('k3') });
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  it('repeats a refusal too', async () => {
    const ask = asAdministrator(world);
    const body = { version: 99 };
    const { aContact, aConversation } = writer(world);
    const { id } = await aConversation({ contactId: (await aContact()).id });
    const path = `/api/v1/conversations/${id}/close`;
    const first = await ask('POST', path, { body, headers: withKey('k4') });
    await ask('POST', path, { body: {} });
    const second = await ask('POST', path, { body, headers: withKey('k4') });
    expect([first.status, second.status]).toEqual([409, 409]);
    expect(second.body).toEqual(first.body);
  });

  it('after a fault of ours is tried anew', async () => {
    const path = await messagesPath();
    const ask = asAdministrator(world);
    world.flow.holdReplies(async () => {
      throw new Error('a bug');
    });
    const failed = await ask('POST', path, { body: { text: 'x' }, headers: withKey('k5') });
    world.flow.holdReplies(async () => {});
    const again = await ask('POST', path, { body: { text: 'x' }, headers: withKey('k5') });
    expect([failed.status, again.status]).toEqual([500, 201]);
    expect(failed.body.error.details.errorId).toBeTypeOf('string');
    expect(world.logged.at(-1)?.fields).toMatchObject({ errorId: failed.body.error.details.errorId });
    expect(JSON.stringify(failed.body)).not.toContain('a bug');
  });

  it('is forgotten after a day', async () => {
    const own = await openWorld();
    const ask = asAdministrator(own);
    const body = { name: 'daily' };
    const first = await ask('POST', '/api/v1/tokens', { body, headers: withKey('k6') });
    const same = await ask('POST', '/api/v1/tokens', { body, headers: withKey('k6') });
    own.clock.advance(24 * 3_600_000 + 1);
    const fresh = await ask('POST', '/api/v1/tokens', { body, headers: withKey('k6') });
    expect(same.body).toEqual(first.body);
    expect(fresh.body.id).not.toBe(first.body.id);
    await own.close();
  });

  it('of a request that a crash broke off begins anew', async () => {
    const path = await messagesPath();
    const ask = asAdministrator(world);
    await ask('POST', path, { body: { text: 'x' }, headers: withKey('k7') });
    const { idOf } = await import('../../src/http/once.ts');
    const id = idOf({
      credential: world.deps.config.apiToken ?? '',
      method: 'POST',
      path,
      idempotencyKey: 'k7',
      content: null,
    });
    await world.store.write([
      { op: 'update', in: keyedAnswers, id, set: { sealed: null, owner: 'a process that died' } },
    ]);
    const again = await ask('POST', path, { body: { text: 'x' }, headers: withKey('k7') });
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotency-replayed')).toBeNull();
  });
});

it('a new token is not readable in the store, though its answer can be had again', async () => {
  const ask = asAdministrator(world);
  const body = { name: 'sealed' };
  const made = await ask('POST', '/api/v1/tokens', { body, headers: withKey('seal') });
  const again = await ask('POST', '/api/v1/tokens', { body, headers: withKey('seal') });
  expect(again.body.token).toBe(made.body.token);
  const changes = await world.store.find(keyedAnswers, {
    index: 'by-expiry',
    where: { expiresAt: { gte: '2000' } },
    limit: 1000,
  });
  expect(JSON.stringify(changes.items)).not.toContain(made.body.token);
});

it('an Idempotency-Key without characters or with too many is refused', async () => {
  const ask = asking(world, { authorization: `Bearer ${world.deps.config.apiToken}` });
  const reply = await ask('POST', '/api/v1/tokens', { body: { name: 'x' }, headers: withKey('k'.repeat(256)) });
  expect([reply.status, reply.body.error.code]).toEqual([400, 'invalid']);
});
