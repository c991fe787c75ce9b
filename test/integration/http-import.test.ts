import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importArticles } from '../../src/http/import-articles.ts';
import type { Article } from '../../src/knowledge/article.ts';
import { articles } from '../../src/knowledge/articles.ts';
import type { Store } from '../../src/store/port.ts';
import { type Ask, asAdministrator, openWorld, settingsToken, signedIn, type World } from './http-harness.ts';

let world: World;
let ask: Ask;
beforeEach(async () => {
  world = await openWorld();
  ask = asAdministrator(world);
});
afterEach(() => world.close());

const path = '/api/v1/articles/import';
const anArticle = (id: string, ar = `سؤال عن ${id}`): Article => ({
  id,
  status: 'published',
  title: { ar },
  body: { ar: 'الجواب.' },
  phrasings: { ar: [ar] },
});
const some = (prefix: string, count: number): Article[] =>
  Array.from({ length: count }, (_, at) => anArticle(`${prefix}-${at}`));

/** The ids and texts of everything in the bank, in order. */
async function bank(): Promise<string[]> {
  const found: string[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await ask('GET', `/api/v1/articles?limit=200${cursor}`);
    found.push(...body.items.map(({ id, title }: Article) => `${id} ${title.ar}`));
    if (!body.nextCursor) return found.sort();
    cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
  }
}

const names = (all: readonly Article[]): string[] => all.map(({ id, title }) => `${id} ${title.ar}`).sort();

describe('an import', () => {
  it('puts articles in by id and tells what it did; without replace the others stay', async () => {
    const first = await ask('POST', path, { body: [...some('a', 3), { ...anArticle('draft'), status: 'draft' }] });
    expect(first.body).toEqual({ created: 4, changed: 0, unchanged: 0, removed: 0, published: 3 });
    const again = await ask('POST', path, { body: [anArticle('a-0'), anArticle('a-1', 'نص آخر'), anArticle('b')] });
    expect(again.body).toEqual({ created: 1, changed: 1, unchanged: 1, removed: 0, published: 4 });
    const versions = await Promise.all(['a-0', 'a-1'].map((id) => ask('GET', `/api/v1/articles/${id}`)));
    expect(versions.map(({ body }) => body.version)).toEqual([1, 2]);
    const wrong = await ask('POST', `${path}?replace=yes`, { body: [] });
    expect(wrong.status).toBe(400);
  });

  it('takes out what is not in it where it replaces', async () => {
    await ask('POST', path, { body: some('a', 3) });
    const next = [anArticle('a-1'), anArticle('b')];
    const reply = await ask('POST', `${path}?replace=true`, { body: next });
    expect(reply.body).toEqual({ created: 1, changed: 0, unchanged: 1, removed: 2, published: 2 });
    expect(await bank()).toEqual(names(next));
    expect((await ask('POST', `${path}?replace=true`, { body: [] })).body).toMatchObject({ removed: 2, published: 0 });
  });

  it('takes what was listed as it was listed', async () => {
    await ask('POST', path, { body: some('a', 5) });
    const { items } = (await ask('GET', '/api/v1/articles')).body;
    const reply = await ask('POST', `${path}?replace=true`, { body: items });
    expect(reply.body).toMatchObject({ created: 0, changed: 0, unchanged: 5, removed: 0 });
  });

  it.each([
    ['a title in no language', { title: {} }, 'body.2.title'],
    ['an answer that is missing', { body: undefined }, 'body.2.body'],
    ['an empty phrasing', { phrasings: { ar: ['متى', ' '] } }, 'body.2.phrasings.ar.1'],
    ['an unknown field', { phrasings: { fr: [] } }, 'body.2.phrasings.fr'],
    ['a service that there is not', { service: 'no-such' }, 'body.2.service'],
    ['an id that is none', { id: 'a b' }, 'body.2.id'],
    ['the id of another', { id: 'new-1' }, 'body.2.id'],
  ])('with %s in its middle names it and leaves everything as it was', async (_what, wrong, place) => {
    await ask('POST', path, { body: some('a', 2) });
    const before = await bank();
    const body: object[] = some('new', 5);
    body[2] = { ...body[2], ...wrong };
    const reply = await ask('POST', `${path}?replace=true`, { body });
    expect([reply.status, reply.body.error.code]).toEqual([400, 'invalid']);
    expect(reply.body.error.details.faults).toEqual([expect.objectContaining({ path: place })]);
    expect(reply.body.error.message.startsWith(place)).toBe(true);
    if (!('id' in wrong)) expect(reply.body.error.details.faults[0].id).toBe('new-2');
    expect(await bank()).toEqual(before);
  });

  it('tells a hundred faults and no more', async () => {
    const reply = await ask('POST', path, { body: Array.from({ length: 5000 }, () => ({})) });
    expect(reply.status).toBe(400);
    expect(reply.body.error.details.faults).toHaveLength(100);
    expect((await ask('POST', path, { body: { id: 'a' } })).status).toBe(400);
  });

  it('answers only when the articles are in use', async () => {
    let settle = (): void => {};
    world.hold.settling = new Promise((resolve) => {
      settle = resolve;
    });
    let isAnswered = false;
    const reply = ask('POST', path, { body: some('a', 1) }).then((one) => {
      isAnswered = true;
      return one;
    });
    await expect.poll(() => world.store.get(articles, 'a-0')).not.toBeNull();
    await ask('GET', '/api/v1/articles');
    expect(isAnswered).toBe(false);
    settle();
    expect((await reply).status).toBe(200);
  });

  it('is done by editors only, and noted once', async () => {
    const { ask: asAgent } = await signedIn(world, 'agent');
    expect((await asAgent('POST', path, { body: [] })).status).toBe(403);
    const editor = await signedIn(world, 'supervisor');
    expect((await editor.ask('POST', path, { body: some('a', 2) })).status).toBe(200);
    const audit = await ask('GET', `/api/v1/audit?actorId=${editor.agent.id}`);
    const noted = audit.body.items.filter(({ action }: { action: string }) => action === 'articles.imported');
    expect(noted).toMatchObject([{ fields: ['created: 2', 'changed: 0', 'unchanged: 0', 'removed: 0'] }]);
  });

  it('under one Idempotency-Key is done once', async () => {
    const headers = { 'idempotency-key': 'import-1' };
    const first = await ask('POST', path, { body: some('a', 2), headers });
    const second = await ask('POST', path, { body: some('a', 2), headers });
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect((await ask('POST', path, { body: some('a', 3), headers })).status).toBe(409);
  });
});

describe('imports at once', () => {
  it('leave the bank of one of them, never a mixture', async () => {
    const [one, other] = [some('one', 200), some('other', 200)];
    const replies = await Promise.all(
      [one, other, one, other].map((body) => ask('POST', `${path}?replace=true`, { body })),
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect([names(one), names(other)]).toContainEqual(await bank());
  });

  it.each([0, 1])(
    'leave the bank of one of them where two processes read it at once, %i imports before',
    async (before) => {
      const { store, clock } = world;
      // with nothing that both would take out they have no article in common
      for (let times = 0; times < before; times += 1) await importArticles(world, [], true);
      const [one, other] = [some('one', 20), some('other', 20)];
      let readers = 0;
      let letGo = (): void => {};
      const bothHaveRead = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      const waiting: Store = {
        ...store,
        async find(...args) {
          const found = await store.find(...args);
          readers += 1;
          if (readers === 2) letGo();
          await bothHaveRead;
          return found;
        },
      };
      await Promise.all([one, other].map((all) => importArticles({ store: waiting, clock }, all, true)));
      expect(readers).toBe(3);
      expect([names(one), names(other)]).toContainEqual(await bank());
    },
  );

  it('leave what somebody wrote in between', async () => {
    const { store, clock } = world;
    await importArticles(world, some('a', 3), true);
    let isEdited = false;
    const raced: Store = {
      ...store,
      async write(unit) {
        if (!isEdited) {
          isEdited = true;
          await ask('DELETE', '/api/v1/articles/a-1');
          await ask('POST', '/api/v1/articles', { body: anArticle('b-0') });
        }
        return store.write(unit);
      },
    };
    const wanted = [anArticle('a-1', 'نص آخر'), anArticle('b-0', 'نص آخر')];
    const counts = await importArticles({ store: raced, clock }, wanted, false);
    expect(counts).toEqual({ created: 1, changed: 1, unchanged: 0, removed: 0 });
    expect(await bank()).toEqual(names([anArticle('a-0'), ...wanted, anArticle('a-2')]));
  });
});

describe('a large body', () => {
  const megabyte = 1024 * 1024;
  const ofSize = (bytes: number): Article[] => {
    const body = { en: 'x'.repeat(megabyte / 2) };
    return Array.from({ length: Math.floor((2 * bytes) / megabyte) }, (_, at) => ({ ...anArticle(`a-${at}`), body }));
  };

  it('of several megabytes is imported, and refused where a route takes one at most', async () => {
    const large = ofSize(4 * megabyte);
    expect((await ask('POST', path, { body: large })).body).toMatchObject({ created: 8 });
    const single = await ask('POST', '/api/v1/articles', { body: { ...large[0], body: { en: 'x'.repeat(megabyte) } } });
    expect([single.status, single.body.error.message]).toEqual([413, 'The body is too large: at most 1 MB.']);
  });

  it('of more than 64 MB is refused clearly, and changes nothing', async () => {
    await ask('POST', path, { body: some('kept', 1) });
    const reply = await ask('POST', `${path}?replace=true`, { body: ofSize(66 * megabyte) });
    expect([reply.status, reply.body.error]).toEqual([
      413,
      { code: 'too-large', message: 'The body is too large: at most 64 MB.' },
    ]);
    expect(await bank()).toEqual(names(some('kept', 1)));
  });

  it('of nothing but small parts is refused before it takes many times its size in memory', async () => {
    const body = Buffer.from(`[${'[],'.repeat(4_000_000)}[]]`);
    const reply = await ask('POST', path, { body, headers: { 'content-type': 'application/json' } });
    expect([reply.status, reply.body.error.code]).toEqual([413, 'too-large']);
    expect(reply.body.error.message).toContain('too many parts');
  });

  it('that ends early holds up nobody', async () => {
    const { hostname, port } = new URL(world.url);
    const headers = {
      authorization: `Bearer ${settingsToken}`,
      'content-type': 'application/json',
      'content-length': megabyte,
    };
    const broken = request({ hostname, port, path, method: 'POST', headers });
    broken.on('error', () => undefined);
    const isSent = new Promise((resolve) => broken.write('[{"id":', resolve));
    await isSent;
    const waiting = ask('POST', path, { body: some('a', 1) });
    broken.destroy();
    expect((await waiting).status).toBe(200);
  });
});
