import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { GivenEvent } from '../../src/channel/inbound.ts';
import { coreSettings, readSettings } from '../../src/config.ts';
import { createGateway, type Gateway } from '../../src/gateway.ts';
import { createPostKind } from '../fakes/post-kind.ts';
import { removeStore, storeEnv } from '../support/store-env.ts';

const token = 'token-of-the-test-administrator';

let directory: string;
let gateway: Gateway;
let post: ReturnType<typeof createPostKind>;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'wasl-inbox-life-'));
  post = createPostKind();
  await begin();
});
afterEach(async () => {
  await gateway.stop();
  await removeStore(directory);
});

async function begin(): Promise<void> {
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  gateway = await createGateway({
    settings: readSettings(coreSettings, { PORT: '0', ...storeEnv(directory), API_TOKEN: token, RATE_LIMITS: 'off' }),
    root: join(import.meta.dirname, '../..'),
    version: 'test',
    kinds: [post.kind],
    inboxes: [],
    log: quiet,
  });
  await gateway.start();
}

async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(`http://127.0.0.1:${gateway.port()}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads
  return { status: response.status, body: (text ? JSON.parse(text) : undefined) as any };
}

const add = async (more: object = {}): Promise<string> => {
  const values = { SERVER_URL: 'post://care:word@post.example' };
  return (await ask('POST', '/api/v1/inboxes', { channel: 'post', name: 'Post', values, ...more })).body.id;
};

const words = 'أشتكي من تأخر صيانة جهاز العرض في القاعة 12 منذ أسبوعين، اسمي نورة العتيبي من كلية العلوم، طالبة.';

const letterTo = (inboxId: string, id = '<one@example.org>'): GivenEvent => ({
  event: 'message',
  inboxId,
  externalId: id,
  address: 'noura@example.org',
  displayName: 'نورة العتيبي',
  conversationKey: 'thread',
  visibility: 'private',
  sentAt: '2026-11-22T07:00:00.000Z',
  kind: 'text',
  text: words,
  attachments: [],
  automated: 'none',
  letter: { subject: 'تأخر الصيانة', from: null, to: [], cc: [], newText: words, problem: null },
});

/** What comes in by the inbox that was opened last. */
async function receive(inboxId: string, id?: string): Promise<string> {
  const received = await post.opened.at(-1)!.sink!.receive(letterTo(inboxId, id));
  await gateway.flow.idle();
  return received.conversationId;
}

it('what comes by an inbox of the console is answered, and is there after a restart', async () => {
  const inboxId = await add();
  const conversationId = await receive(inboxId);
  const path = `/api/v1/conversations/${conversationId}/messages`;
  const authors = (await ask('GET', path)).body.items.map(({ author }: { author: string }) => author);
  expect(authors).toEqual(expect.arrayContaining(['contact', 'assistant']));
  await gateway.stop();
  await begin();
  expect((await ask('GET', '/health')).body.inboxes).toMatchObject([{ id: inboxId, state: 'connected' }]);
  expect(await receive(inboxId, '<two@example.org>')).toBeTruthy();
});

it('a removed inbox leaves its conversations to be read, and answering there says why not', async () => {
  const inboxId = await add();
  const conversationId = await receive(inboxId);
  expect((await ask('DELETE', `/api/v1/inboxes/${inboxId}`)).status).toBe(204);
  expect((await ask('GET', `/api/v1/conversations/${conversationId}`)).status).toBe(200);
  const answer = await ask('POST', `/api/v1/conversations/${conversationId}/messages`, { text: 'نعم' });
  expect([answer.status, answer.body.error.code]).toEqual([422, 'not-allowed']);
  expect(answer.body.error.message).toContain('inbox');
});

it('tickets from an inbox that has a department go to it', async () => {
  await receive(await add({ departmentId: 'video' }));
  const { items } = (await ask('GET', '/api/v1/tickets')).body;
  expect(items).toMatchObject([{ departmentId: 'video', subject: expect.any(String) }]);
});
