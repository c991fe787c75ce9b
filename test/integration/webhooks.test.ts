import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../src/agent/audit.ts';
import { arrivals } from '../../src/message/arrival.ts';
import { type Op, StoreError } from '../../src/store/port.ts';
import { hookMaxBytes, hookPath } from '../fakes/hook-kind.ts';
import { isSlowStore } from '../support/store-env.ts';
import { type HookGateway, openHookGateway, said } from './hook-gateway.ts';

let hook: HookGateway;
beforeEach(async () => {
  hook = await openHookGateway();
});
afterEach(() => hook.close());

const read = async (): Promise<void> => hook.gateway.flow.idle();
const isInsert = ([op]: readonly Op[]): boolean => op?.op === 'insert';

describe('a post of a provider', () => {
  it('is answered only once it is durable', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let began = (): void => undefined;
    const writing = new Promise<void>((resolve) => {
      began = resolve;
    });
    hook.beforeWrite('arrivals', (unit) => {
      began();
      return isInsert(unit) ? held : undefined;
    });
    let answered = false;
    const answer = hook.post(said('a')).then((response) => {
      answered = true;
      return response.status;
    });
    await writing;
    expect((await hook.ask('GET', '/health')).status).toBe(200);
    expect([answered, hook.world.taken]).toEqual([false, []]);
    release();
    expect(await answer).toBe(200);
    await read();
    expect(await hook.texts('inbox-1')).toEqual(['السلام عليكم']);
    expect(await hook.waiting()).toBe(0);
  });

  it('that comes again is kept and read once', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    hook.world.beforeTake = () => held;
    for (let time = 0; time < 3; time++) expect((await hook.post(said('a'))).status).toBe(200);
    expect(await hook.waiting()).toBe(1);
    release();
    await read();
    expect((await hook.post(said('a'))).status).toBe(200);
    await read();
    expect(await hook.texts('inbox-1')).toHaveLength(1);
  });

  it('goes to every inbox on its path that it is for', async () => {
    await hook.post({ accounts: ['1', '2'], said: [{ id: 'both', from: 'sara', text: 'لكم جميعاً' }] });
    await hook.post(said('second', 'للثاني', 'sara', '2'));
    await read();
    expect(await hook.texts('inbox-1')).toEqual(['لكم جميعاً']);
    expect(await hook.texts('inbox-2')).toEqual(['لكم جميعاً', 'للثاني']);
  });

  it('for no inbox of a signing account is kept by the first', async () => {
    expect((await hook.post(said('x', 'لغيرنا', 'sara', '9'))).status).toBe(200);
    await read();
    expect([await hook.texts('inbox-1'), await hook.texts('inbox-2')]).toEqual([['لغيرنا'], []]);
  });

  it('that speaks also of an account that nobody has is read, and looked at in one place', async () => {
    const three = { accounts: ['1', '2', '9'], said: [{ id: 'x', from: 'sara', text: 'لثلاثة' }] };
    for (let time = 0; time < 2; time++) {
      expect((await hook.post(three)).status).toBe(200);
      await read();
    }
    expect([await hook.texts('inbox-1'), await hook.texts('inbox-2')]).toEqual([['لثلاثة'], ['لثلاثة']]);
    const odd = await hook.gateway.store.find(arrivals, { index: 'by-odd', where: {} });
    expect(odd.items).toMatchObject([{ inboxId: 'inbox-1', reason: expect.stringContaining('no open inbox has') }]);
    expect(odd.items).toHaveLength(1);
    const id = odd.items[0]?.id;
    expect((await hook.ask('POST', `/api/v1/inboxes/inbox-1/arrivals/${id}/retry`)).status).toBe(204);
    await read();
    expect(await hook.gateway.store.count(arrivals, { index: 'by-odd', where: {} })).toBe(1);
  });

  it('without a right signature is refused and kept nowhere', async () => {
    const refused = await hook.post(said('a'), 'another word');
    expect(refused.status).toBe(401);
    expect(await refused.json()).toEqual({ error: { code: 'unauthorized', message: expect.any(String) } });
    expect((await fetch(hook.url + hookPath, { method: 'POST' })).status).toBe(401);
    expect(await hook.waiting()).toBe(0);
  });

  it('that is too long is refused, announced or not', async () => {
    const long = 'x'.repeat(hookMaxBytes + 1);
    const refused = await hook.post(long);
    expect([refused.status, (await refused.json()).error.code]).toEqual([413, 'too-large']);
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from(long));
        controller.close();
      },
    });
    const options = { method: 'POST', body: stream, duplex: 'half' } as RequestInit;
    expect((await fetch(hook.url + hookPath, options)).status).toBe(413);
    expect((await hook.post(`"1"${' '.repeat(hookMaxBytes - 3)}`)).status).toBe(200);
  });

  it('that cannot be kept is the provider to send again', async () => {
    hook.beforeWrite('arrivals', () => {
      throw new StoreError('disk-full', 'no room');
    });
    const refused = await hook.post(said('a'));
    expect([refused.status, (await refused.json()).error.code]).toEqual([503, 'unavailable']);
  });

  it('that is broken off half-way leaves nothing and harms nobody', async () => {
    const socket = connect(hook.gateway.port(), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(`POST ${hookPath} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf`);
    socket.destroy();
    expect((await hook.post(said('a'))).status).toBe(200);
    await read();
    expect(await hook.texts('inbox-1')).toHaveLength(1);
  });

  it.skipIf(isSlowStore)('meets no limit on rates, however many come from one address', async () => {
    const answers = await Promise.all(Array.from({ length: 300 }, (_, at) => hook.post(said(`m${at}`, `${at}`))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await read();
    expect(await hook.texts('inbox-1')).toHaveLength(300);
  });

  it('is counted by what became of it', async () => {
    await hook.post(said('a'));
    await hook.post('"1" not to be read');
    await hook.post(said('b'), 'another word');
    await read();
    const { body } = await hook.ask('GET', '/metrics');
    for (const outcome of ['taken', 'odd', 'unsigned'])
      expect(body).toContain(`wasl_webhook_posts_total{channel="hook",outcome="${outcome}"} 1`);
    expect(body).toContain('wasl_arrivals_waiting 0');
    expect(body).toContain('wasl_arrivals_odd 1');
  });
});

describe('the question whether we are here', () => {
  it('is answered with its own words to who knows ours', async () => {
    const right = await fetch(`${hook.url}${hookPath}?token=word-of-hook&echo=%3Cb%3E42`);
    expect([right.status, await right.text()]).toEqual([200, '<b>42']);
    expect(right.headers.get('content-type')).toMatch(/^text\/plain/);
    const wrong = await fetch(`${hook.url}${hookPath}?token=guessed&echo=42`);
    expect([wrong.status, (await wrong.json()).error.code]).toEqual([403, 'forbidden']);
  });

  it('is answered by nobody where no inbox listens', async () => {
    const elsewhere = await fetch(`${hook.url}/webhooks/other`, { method: 'POST', body: 'x' });
    expect([elsewhere.status, (await elsewhere.json()).error.code]).toEqual([404, 'not-found']);
  });
});

describe('what could not be read', () => {
  const odd = async (inboxId = 'inbox-1') => (await hook.ask('GET', `/api/v1/inboxes/${inboxId}/arrivals`)).body;

  it('is kept as it came with the reason, for administrators, and holds up nothing', async () => {
    expect((await hook.post('"1" first')).status).toBe(200);
    await hook.post(said('a'));
    await read();
    expect(await hook.texts('inbox-1')).toHaveLength(1);
    const { items, nextCursor } = await odd();
    expect(nextCursor).toBeNull();
    expect(items).toMatchObject([{ body: '"1" first', reason: expect.any(String), oddAt: expect.any(String) }]);
    const keptDays = (Date.parse(items[0].expiresAt) - Date.parse(items[0].oddAt)) / 86_400_000;
    expect(keptDays).toBe(30);
    expect((await odd('inbox-2')).items).toEqual([]);
    const lines = await hook.gateway.store.find(audit, { index: 'by-subject', where: { subject: 'inbox-1' } });
    expect(lines.items.map(({ action }) => action)).toContain('arrivals.read');
  });

  it('is read again when it is told to', async () => {
    hook.world.beforeTake = () => 'odd';
    await hook.post(said('a'));
    await read();
    const [{ id }] = (await odd()).items;
    hook.world.beforeTake = () => undefined;
    const path = `/api/v1/inboxes/inbox-1/arrivals/${id}/retry`;
    expect((await hook.ask('POST', path.replace('inbox-1', 'inbox-2'))).status).toBe(404);
    expect((await hook.ask('POST', path)).status).toBe(204);
    await read();
    expect(await hook.texts('inbox-1')).toHaveLength(1);
    expect((await odd()).items).toEqual([]);
    expect((await hook.ask('POST', path)).status).toBe(404);
  });
});

describe('a post of several people', () => {
  const three = (first: string) => ({
    accounts: ['1'],
    said: [
      { id: first, from: 'sara', text: 'الأولى' },
      { id: 'b', from: 'huda', text: 'الثانية' },
      { id: 'c', from: 'omar', text: 'الثالثة' },
    ],
  });
  const heard = async () => [(await hook.texts('inbox-1')).sort(), await hook.waiting()];

  it('is read whole though one of them sends half a character where nobody thinks of it', async () => {
    await hook.post(three('id of half \ud83d'));
    await read();
    expect(await heard()).toEqual([['الأولى', 'الثالثة', 'الثانية'], 0]);
  });

  it('is put aside at once, after the others were heard, where the store refuses what one of them sent', async () => {
    hook.beforeWrite('messages', (unit) => {
      if (JSON.stringify(unit).includes('الأولى')) throw new StoreError('document-invalid', 'raw is not plain JSON');
    });
    await hook.post(three('a'));
    await read();
    expect(await heard()).toEqual([['الثالثة', 'الثانية'], 0]);
    const odd = await hook.gateway.store.find(arrivals, { index: 'by-odd', where: {} });
    expect(odd.items).toMatchObject([{ attempts: 1, reason: 'raw is not plain JSON' }]);
  });
});

describe('after a restart', () => {
  it('what waits is read, in the order in which it came, whenever it was to be tried', async () => {
    hook.world.beforeTake = () => {
      throw new Error('not now');
    };
    const texts = Array.from({ length: 40 }, (_, at) => `رسالة ${at}`);
    for (const [at, text] of texts.entries()) await hook.post(said(`m${at}`, text));
    await read();
    expect(await hook.waiting()).toBe(40);
    hook.world.beforeTake = () => undefined;
    await hook.restart(async (store) => {
      const page = await store.find(arrivals, { index: 'by-due', where: {}, limit: 100 });
      expect(page.items.map(({ attempts, reason }) => [attempts, reason])).toContainEqual([1, 'not now']);
    });
    await read();
    expect(await hook.texts('inbox-1')).toEqual(texts);
    expect(await hook.waiting()).toBe(0);
  });
});
