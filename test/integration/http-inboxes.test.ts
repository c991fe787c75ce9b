import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../src/agent/audit.ts';
import { inboxes } from '../../src/inbox/inbox.ts';
import { createPostKind } from '../fakes/post-kind.ts';
import { type Ask, asAdministrator, openWorld, signedIn, type World } from './http-harness.ts';

let world: World;
let ask: Ask;
let post: ReturnType<typeof createPostKind>;
beforeEach(async () => {
  post = createPostKind();
  world = await openWorld({ kinds: [post.kind] });
  await world.deps.inboxes.start(() => ({}) as never);
  ask = await asAdministrator(world);
});
afterEach(() => world.close());

const url = 'post://care:pass-of-care@post.example';
const body = { channel: 'post', name: 'بريد العناية', values: { SERVER_URL: url, TOKEN: 'word-of-token' } };
const add = (more: object = {}) => ask('POST', '/api/v1/inboxes', { body: { ...body, ...more } });
const faultsOf = ({
  body: { error },
}: {
  body: { error: { details: { faults: { path: string; message: string }[] } } };
}) => error.details.faults;
const listed = async () => (await ask('GET', '/api/v1/inboxes')).body.items;

describe('an administrator', () => {
  it('sets up an inbox, which is open at once', async () => {
    const { status, body: made } = await add({ departmentId: 'care' });
    expect(status).toBe(201);
    expect(made).toMatchObject({ channel: 'post', name: 'بريد العناية', origin: 'console', enabled: true, version: 1 });
    expect(await listed()).toMatchObject([
      { id: 'chat', origin: 'environment', name: null, version: null },
      { id: made.id, state: 'connected', reason: null, departmentId: 'care', capabilities: { form: 'letter' } },
    ]);
    expect(post.opened.at(-1)?.values).toMatchObject({ SERVER_URL: url, FOLDER: ['INBOX'], LIMIT: 5 });
    expect(world.deps.inboxes.departmentOf(made.id)).toBe('care');
    const reached = await fetch(`${world.url}/posts/${made.id}`, { method: 'POST' });
    expect(await reached.text()).toBe(made.id);
  });

  it('is told of every fault by its field', async () => {
    const values = { SERVER_URL: 'http://elsewhere', FOLDER: 'x'.repeat(21), OTHER: 'x' };
    const refused = await add({ values });
    expect(refused.status).toBe(400);
    expect(faultsOf(refused).map(({ path }) => path)).toEqual(
      expect.arrayContaining(['body.values.SERVER_URL', 'body.values.FOLDER', 'body.values.OTHER']),
    );
    expect(faultsOf(await add({ values: { SERVER_URL: '  ' } }))).toEqual([
      { path: 'body.values.SERVER_URL', message: 'is missing' },
    ]);
    expect(faultsOf(await add({ values: { SERVER_URL: url, FOLDER: 'NOWHERE' } }))).toEqual([
      { path: 'body.values.FOLDER', message: 'must be a folder that there is' },
    ]);
    expect(faultsOf(await add({ departmentId: 'no-such' }))[0]?.path).toBe('body.departmentId');
    expect((await add({ channel: 'chat' })).status).toBe(400);
    expect(await listed()).toHaveLength(1);
  });

  it('changes only what is named, and the inbox is opened anew with it', async () => {
    const { id } = (await add()).body;
    const [before] = post.opened.slice(-1);
    const changed = await ask('PATCH', `/api/v1/inboxes/${id}`, {
      body: { version: 1, name: 'Care', values: { FOLDER: 'Archive', TOKEN: null } },
    });
    expect(changed.body).toMatchObject({
      name: 'Care',
      version: 2,
      values: { SERVER_URL: 'post://care@post.example' },
    });
    expect(before?.state).toBe('stopped');
    expect(post.opened.at(-1)).toMatchObject({ state: 'connected', values: { SERVER_URL: url, FOLDER: ['Archive'] } });
    expect(post.opened.at(-1)?.values).not.toHaveProperty('TOKEN');
    const stale = await ask('PATCH', `/api/v1/inboxes/${id}`, { body: { version: 1, name: 'Other' } });
    expect([stale.status, stale.body.error.details.current.name]).toEqual([409, 'Care']);
  });

  it('tells inboxes apart by the address that people write to, open or not', async () => {
    const { id } = (await add({ values: { SERVER_URL: url, ADDRESS: 'care@post.example' } })).body;
    const addressesNow = async () => (await listed()).map(({ address }: { address: string | null }) => address);
    expect(await addressesNow()).toEqual([null, 'care@post.example']);
    await ask('PATCH', `/api/v1/inboxes/${id}`, { body: { version: 1, enabled: false } });
    expect(await addressesNow()).toEqual([null, 'care@post.example']);
    expect((await ask('GET', `/api/v1/inboxes/${id}`)).body.address).toBe('care@post.example');
  });

  it('switches an inbox off and on again', async () => {
    const { id } = (await add()).body;
    await ask('PATCH', `/api/v1/inboxes/${id}`, { body: { version: 1, enabled: false } });
    expect(post.opened.at(-1)?.state).toBe('stopped');
    expect(world.deps.inboxes.channels.has(id)).toBe(false);
    expect((await listed())[1]).toMatchObject({ enabled: false, state: 'stopped', capabilities: null });
    expect((await fetch(`${world.url}/posts/${id}`, { method: 'POST' })).status).toBe(404);
    await ask('PATCH', `/api/v1/inboxes/${id}`, { body: { version: 2, enabled: true } });
    expect((await listed())[1]).toMatchObject({ enabled: true, state: 'connected' });
  });

  it('removes an inbox, and it is closed', async () => {
    const { id } = (await add()).body;
    expect((await ask('DELETE', `/api/v1/inboxes/${id}`)).status).toBe(204);
    expect(post.opened.at(-1)?.state).toBe('stopped');
    expect(await listed()).toHaveLength(1);
    expect((await ask('DELETE', `/api/v1/inboxes/${id}`)).status).toBe(404);
    expect((await ask('GET', `/api/v1/inboxes/${id}`)).status).toBe(404);
  });

  it('cannot change an inbox of the environment, and is told why', async () => {
    for (const [method, body] of [
      ['PATCH', { version: 1, name: 'x' }],
      ['DELETE', undefined],
    ] as const) {
      const refused = await ask(method, '/api/v1/inboxes/chat', body && { body });
      expect([refused.status, refused.body.error.code]).toEqual([422, 'not-allowed']);
      expect(refused.body.error.message).toContain('environment');
    }
  });

  it('is told what each kind needs', async () => {
    const { items } = (await ask('GET', '/api/v1/inboxes/kinds')).body;
    expect(items).toMatchObject([
      { channel: 'post', fields: [{ name: 'SERVER_URL', required: true, secret: true }, {}, {}, {}, {}, {}] },
    ]);
  });
});

describe('one that cannot start', () => {
  it('is listed with a reason and stops no other', async () => {
    const broken = (await add({ values: { SERVER_URL: 'post://broken' } })).body;
    const well = (await add()).body;
    const states = Object.fromEntries(
      (await listed()).map((one: { id: string; state: string }) => [one.id, one.state]),
    );
    expect(states).toEqual({ chat: 'connected', [broken.id]: 'stopped', [well.id]: 'connected' });
  });
});

describe('secrets', () => {
  const secrets = /pass-of-care|word-of-token/;

  it('are in no answer, no audit and no row of the store', async () => {
    const made = await add();
    const { id } = made.body;
    const one = await ask('GET', `/api/v1/inboxes/${id}`);
    expect(one.body.values).toEqual({ SERVER_URL: 'post://care@post.example', TOKEN: true });
    const answers = [made, one, await ask('GET', '/api/v1/inboxes'), await ask('GET', '/health')];
    expect(JSON.stringify(answers.map((answer) => answer.body))).not.toMatch(secrets);
    expect(JSON.stringify(await world.store.get(inboxes, id))).not.toMatch(secrets);
    const { items } = await world.store.find(audit, { index: 'by-subject', where: { subject: id } });
    expect(items).toMatchObject([{ action: 'inbox.created', fields: ['SERVER_URL', 'TOKEN'] }]);
    expect(JSON.stringify(items)).not.toMatch(secrets);
  });
});

describe('everybody else', () => {
  it('sees the states and nothing of the settings', async () => {
    const { id } = (await add()).body;
    const { ask: supervisor } = await signedIn(world, 'supervisor');
    expect((await supervisor('GET', '/api/v1/inboxes')).body.items[1]).not.toHaveProperty('values');
    for (const path of ['kinds', id]) expect((await supervisor('GET', `/api/v1/inboxes/${path}`)).status).toBe(403);
    expect((await supervisor('POST', '/api/v1/inboxes', { body })).status).toBe(403);
    expect((await supervisor('DELETE', `/api/v1/inboxes/${id}`)).status).toBe(403);
  });
});
