import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { collections } from '../../../src/collections.ts';
import { articles } from '../../../src/knowledge/articles.ts';
import { followContent, type LiveContent } from '../../../src/live/follow.ts';
import { seedContent } from '../../../src/live/seed.ts';
import type { Organisation } from '../../../src/organisation/organisation.ts';
import { readSettings, readTemplates, settings } from '../../../src/organisation/settings.ts';
import { openStore } from '../../../src/store/open.ts';
import { type Store, StoreError } from '../../../src/store/port.ts';
import { loadUnderstanding } from '../../../src/understanding/load.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { root } from '../../source-tree.ts';
import { removeStore, storeEnv } from '../../support/store-env.ts';

const from = { knowledgeBase: join(root, 'knowledge-base'), templates: join(root, 'templates') };
const open = (): Promise<Store> =>
  openStore(storeEnv(directory), { collections, now: Date.now, warn: () => undefined });

let directory: string;
/** Two processes' stores where a server is named, else the one that there is. */
let stores: [Store, Store];
let followed: LiveContent[];
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'wasl-live-'));
  const first = await open();
  stores = [first, process.env.MONGODB_URL ? await open() : first];
  followed = [];
  await seedContent(first, from);
});
afterEach(async () => {
  for (const one of followed) one.stop();
  for (const store of new Set(stores)) await store.close();
  await removeStore(directory);
});

const clock = createFakeClock('2026-01-01T00:00:00Z');

async function follow(store: Store, errors: unknown[] = []): Promise<LiveContent> {
  const files = await loadUnderstanding(join(from.knowledgeBase, 'understanding'));
  const onError = (error: unknown): void => void errors.push(error);
  const content = await followContent(store, { timeZone: 'Asia/Riyadh', files, clock, onError });
  followed.push(content);
  return content;
}

async function editGreeting(store: Store, ar: string): Promise<void> {
  const value = (await readTemplates(store)).map((one) =>
    one.id === 'greeting' ? { ...one, texts: { ...one.texts, ar } } : one,
  );
  expect(await store.write([{ op: 'update', in: settings, id: 'templates', set: { value } }])).toMatchObject({
    ok: true,
  });
}

async function rename(store: Store, name: string): Promise<void> {
  const value = (await store.get(settings, 'organisation'))?.value as Organisation;
  const next = { ...value, name: { ...value.name, ar: name } };
  expect(await store.write([{ op: 'update', in: settings, id: 'organisation', set: { value: next } }])).toMatchObject({
    ok: true,
  });
}

const greetingOf = (content: LiveContent): string | undefined => content.words('greeting', 'ar')[''] ?? said(content);
const said = (content: LiveContent): string => content.render()('greeting', 'ar', { hours: { open: true } });

/** As long as `isAway`, what is read cannot be reached. */
function failing(store: Store, isAway: () => boolean): Store {
  const refuse = (): void => {
    if (isAway()) throw new StoreError('unavailable', 'away');
  };
  return {
    ...store,
    get: async (...args) => {
      refuse();
      return store.get(...args);
    },
    getMany: async (...args) => {
      refuse();
      return store.getMany(...args);
    },
  };
}

describe('content that is edited on one process', { timeout: 60_000 }, () => {
  it('is taken up by every other: texts, the organisation with what is understood by it, and articles', async () => {
    const both = [await follow(stores[0]), await follow(stores[1])];
    await editGreeting(stores[0], 'حياكم الله.');
    await rename(stores[1], 'هيئة أخرى');
    const article = (await stores[0].find(articles, { index: 'by-status', where: { status: 'published' }, limit: 1 }))
      .items[0];
    const id = article?.id ?? '';
    await stores[0].write([{ op: 'update', in: articles, id, set: { status: 'draft' } }]);
    await vi.waitFor(() => {
      for (const content of both) {
        expect(greetingOf(content)).toBe('حياكم الله.');
        expect(content.organisation().organisation.name.ar).toBe('هيئة أخرى');
        expect(content.article(id, 'ar')).toBeNull();
      }
    }, 10_000);
  });

  it('is taken up also where it is edited while another process reads the content for the first time', async () => {
    const [here, elsewhere] = stores;
    let isEdited = false;
    const slow: Store = {
      ...here,
      // the edit comes after the organisation was read, and before the first reading is over
      find: async (...args) => {
        if (!isEdited) await rename(elsewhere, 'هيئة جديدة');
        isEdited = true;
        return here.find(...args);
      },
    };
    const content = await follow(slow);
    await vi.waitFor(() => expect(content.organisation().organisation.name.ar).toBe('هيئة جديدة'), 10_000);
  });

  it('is read again until the store can be reached, and told once that it cannot', async () => {
    let isAway = false;
    const errors: unknown[] = [];
    const content = await follow(
      failing(stores[1], () => isAway),
      errors,
    );
    isAway = true;
    await editGreeting(stores[0], 'مرحبًا.');
    await vi.waitFor(() => expect(errors).toHaveLength(1), 10_000);
    for (let times = 0; times < 3; times += 1) {
      clock.advance(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(errors).toHaveLength(1);
    isAway = false;
    clock.advance(1000);
    await vi.waitFor(() => expect(greetingOf(content)).toBe('مرحبًا.'), 10_000);
  });
});

describe('an edited article', { timeout: 60_000 }, () => {
  it('is in use once the content has settled', async () => {
    const content = await follow(stores[0]);
    const { items } = await stores[0].find(articles, { index: 'by-status', where: { status: 'published' }, limit: 1 });
    const id = items[0]?.id ?? '';
    expect(content.article(id, 'ar')).not.toBeNull();
    await stores[0].write([{ op: 'update', in: articles, id, set: { status: 'draft' } }]);
    await content.settled();
    expect(content.article(id, 'ar')).toBeNull();
  });
});

describe('a store that was filled before there was a knowledge setting', { timeout: 60_000 }, () => {
  it('has it at the next start, as shipped, and keeps what people edited', async () => {
    const [store] = stores;
    await rename(store, 'هيئة أخرى');
    await store.write([{ op: 'remove', in: settings, id: 'knowledge' }]);
    const before = await store.find(articles, { index: 'by-status', limit: 1000 });
    await store.write([{ op: 'remove', in: articles, id: before.items[0]?.id ?? '' }]);
    expect(await seedContent(store, from)).toEqual({ first: false });
    const { organisation, knowledge } = await readSettings(store);
    expect(knowledge).toEqual({ sureness: 0.95, synonyms: { ar: [], en: [] } });
    expect(organisation.name.ar).toBe('هيئة أخرى');
    const after = await store.find(articles, { index: 'by-status', limit: 1000 });
    expect(after.items).toHaveLength(before.items.length - 1);
  });

  it('keeps the one that people decided on', async () => {
    const [store] = stores;
    const value = { sureness: 0.8, synonyms: { ar: [['مكيف', 'تبريد']], en: [] } };
    await store.write([{ op: 'update', in: settings, id: 'knowledge', set: { value } }]);
    await seedContent(store, from);
    expect((await readSettings(store)).knowledge).toEqual(value);
  });
});

describe('filling an empty store', { timeout: 60_000 }, () => {
  it('may be begun by several processes at once, and leaves what people edited meanwhile', async () => {
    const empty = mkdtempSync(join(directory, 'empty-'));
    const store = await openStore(storeEnv(empty), { collections, now: Date.now, warn: () => undefined });
    const other = process.env.MONGODB_URL
      ? await openStore(storeEnv(empty), { collections, now: Date.now, warn: () => undefined })
      : store;
    await Promise.all([seedContent(store, from), seedContent(other, from), seedContent(store, from)]);
    const count = await store.count(articles, { index: 'by-status', where: { status: 'published' } });
    expect(count).toBeGreaterThan(10);
    // a text that a newer version of Wasl brings is added behind an edit that comes in between
    const kept = (await readTemplates(store)).slice(1);
    await store.write([{ op: 'update', in: settings, id: 'templates', set: { value: kept } }]);
    let isEdited = false;
    const raced: Store = {
      ...store,
      write: async (unit) => {
        if (!isEdited) await editGreeting(other, 'من إنسان.');
        isEdited = true;
        return store.write(unit);
      },
    };
    await seedContent(raced, from);
    const texts = await readTemplates(store);
    expect(texts).toHaveLength(kept.length + 1);
    expect(texts.find(({ id }) => id === 'greeting')?.texts.ar).toBe('من إنسان.');
    for (const one of new Set([store, other])) await one.close();
  });
});
