import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Change, Store } from '../../../src/store/port.ts';
import {
  aNote,
  idsOf,
  inserting,
  keep,
  notes,
  type Open,
  type Opened,
  plain,
  readAll,
  type ServerKind,
} from './notes.ts';

const bytes = (...parts: (string | Uint8Array)[]): Readable => Readable.from(parts.map((part) => Buffer.from(part)));
const read = async (store: Store, id: string): Promise<string | null> => {
  const stream = await store.blobs.get(id);
  return stream ? (await buffer(stream)).toString() : null;
};

export function besideContract(open: Open, { many: most = 2500 }: ServerKind = {}): void {
  describe('search, feed, blobs and closing', () => {
    let opened: Opened;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.cleanup());
    const search = async (...words: string[]) => idsOf((await store.search(notes, words)).items);

    it('finds documents that have, for every word, a term that begins with it, newest id first', async () => {
      const [a, b, c] = await keep(
        store,
        aNote({ words: ['طلب', 'شهاده', 'تخرج'] }),
        aNote({ words: ['طلبات', 'شهادات', '1042-7', 'طلب'] }),
        aNote({ words: ['سكن'] }),
      );
      expect(await search('طلب')).toEqual([b!.id, a!.id]);
      expect(await search('طلب', 'شهاد')).toEqual([b!.id, a!.id]);
      expect(await search('شهاده', 'طلب', 'تخرج')).toEqual([a!.id]);
      expect(await search('طلب', 'سكن')).toEqual([]);
      expect(await search('لب')).toEqual([]);
      expect(await search('1042-')).toEqual([b!.id]);
      expect(await search()).toEqual([c!.id, b!.id, a!.id]);
    });

    it.each(['a"b', "a'b", 'a*', 'AND', 'a b', 'a:b', '^a', 'A', '_61', '%', '😀', 'a\u0000b'])(
      'takes %j for a plain word',
      async (word) => {
        const [a] = await keep(
          store,
          aNote({ words: [`${word}xyz`] }),
          aNote({ words: ['a', 'b', 'and', 'ab', 'xyz'] }),
        );
        expect(await search(word)).toEqual([a!.id]);
      },
    );

    it('follows changes and removals of documents', async () => {
      const [a] = await keep(store, aNote({ words: ['قديم'] }));
      await store.write([{ op: 'update', in: notes, id: a!.id, set: { words: ['جديد'] } }]);
      expect(await search('قديم')).toEqual([]);
      expect(await search('جديد')).toEqual([a!.id]);
      await store.write([{ op: 'update', in: notes, id: a!.id, set: { words: [] } }]);
      expect(await search('جديد')).toEqual([]);
      await store.write([{ op: 'update', in: notes, id: a!.id, set: { words: ['ثالث'] } }]);
      await store.write([{ op: 'remove', in: notes, id: a!.id }]);
      expect(await search('ثالث')).toEqual([]);
    });

    it.each([30, most])('pages through %i finds without gap or double', async (many) => {
      const made: string[] = [];
      for (let left = many; left > 0; left -= 500) {
        const part = Array.from({ length: Math.min(left, 500) }, () => aNote({ words: ['كلمة', 'ثانية'] }));
        made.push(...idsOf(await keep(store, ...part, aNote({ words: ['غيرها'] }))).slice(0, -1));
      }
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.search(notes, ['كلم', 'ثان'], { limit: Math.ceil(many * 0.28), cursor });
        found.push(...idsOf(page.items));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(found).toEqual(made.toReversed());
    });

    it('refuses to search where no terms are declared, and a cursor that is not one of ours', async () => {
      const refused = { code: 'query-not-indexed' };
      await expect(store.search(plain, ['a'])).rejects.toMatchObject(refused);
      await expect(store.search(notes, ['a'], { cursor: 'zzz' })).rejects.toMatchObject(refused);
    });

    it('tells watchers after the commit what was changed, in order, and nothing of what was not', async () => {
      const seen: Change[] = [];
      store.watch((changes) => seen.push(...changes));
      const [a] = await keep(store, aNote({ key: 'taken', topic: 'w', dueAt: '2026-01-01T00:00:00.000Z' }));
      await Promise.all([
        store.write([inserting(aNote()), inserting(aNote({ key: 'taken' }))]),
        store.write([{ op: 'update', in: notes, id: a!.id, set: { size: 1 } }]),
        store.write([{ op: 'insert', in: plain, document: { id: 'p', version: 1, text: '' } }]),
      ]);
      await store.write([{ op: 'remove', in: notes, id: a!.id }]);
      await vi.waitFor(() => expect(seen).toHaveLength(3));
      expect(seen.map(({ collection, id, kind }) => [collection, id, kind])).toEqual([
        ['notes', a!.id, 'insert'],
        ['notes', a!.id, 'update'],
        ['notes', a!.id, 'remove'],
      ]);
      expect(seen.map(({ cursor }) => cursor)).toEqual(seen.map(({ cursor }) => cursor).toSorted((x, y) => x - y));
      expect(await store.changes(0, 10)).toEqual(seen);
      expect(await store.changes(seen[0]!.cursor, 1)).toEqual([seen[1]]);
    });

    it('harms neither the writer nor other watchers by a watcher that throws, and stops telling one that left', async () => {
      const [before, after] = [vi.fn(), vi.fn()];
      const leave = store.watch(before);
      store.watch(() => {
        throw new Error('a faulty watcher');
      });
      store.watch(after);
      await keep(store, aNote());
      await vi.waitFor(() => expect(after).toHaveBeenCalledTimes(1));
      leave();
      await keep(store, aNote());
      await vi.waitFor(() => expect(after).toHaveBeenCalledTimes(2));
      expect(before).toHaveBeenCalledTimes(1);
    });

    it('streams bytes in and out, and tells their count and hash', async () => {
      const put = await store.blobs.put('one', bytes('مرحبا ', new Uint8Array([0, 255, 10])), 1000);
      const whole = Buffer.concat([Buffer.from('مرحبا '), Buffer.from([0, 255, 10])]);
      expect(put).toEqual({ bytes: whole.length, sha256: createHash('sha256').update(whole).digest('hex') });
      expect(await buffer((await store.blobs.get('one'))!)).toEqual(whole);
    });

    it('keeps blobs of no bytes and of many megabytes', async () => {
      await store.blobs.put('empty', bytes(), 10);
      expect(await read(store, 'empty')).toBe('');
      const megabyte = new Uint8Array(1024 * 1024).fill(7);
      const put = await store.blobs.put('big', bytes(...Array.from({ length: 5 }, () => megabyte)), 5 * 1024 * 1024);
      expect(put.bytes).toBe(5 * 1024 * 1024);
      expect((await buffer((await store.blobs.get('big'))!)).length).toBe(5 * 1024 * 1024);
    });

    it('refuses a blob beyond its limit and keeps nothing of it', async () => {
      await expect(store.blobs.put('large', bytes('12345', '6'), 5)).rejects.toMatchObject({ code: 'blob-too-large' });
      expect(await store.blobs.get('large')).toBeNull();
      expect((await store.blobs.put('large', bytes('12345'), 5)).bytes).toBe(5);
    });

    it('keeps nothing of a blob whose source breaks off', async () => {
      const broken = async function* () {
        yield Buffer.from('half');
        throw new Error('the sender went away');
      };
      await expect(store.blobs.put('half', broken(), 100)).rejects.toThrow();
      expect(await store.blobs.get('half')).toBeNull();
    });

    it('puts a blob anew in the place of one that is there whole', async () => {
      await store.blobs.put('anew', bytes('of the one before'), 100);
      expect((await store.blobs.put('anew', bytes('short'), 100)).bytes).toBe(5);
      expect(await read(store, 'anew')).toBe('short');
    });

    it('removes a blob, and minds not if there is none', async () => {
      await store.blobs.put('gone', bytes('x'), 5);
      await store.blobs.remove('gone');
      await store.blobs.remove('gone');
      expect(await store.blobs.get('gone')).toBeNull();
    });

    it.each(['../up', 'a/b', '', '.hidden', 'a'.repeat(201)])('refuses %j as the id of a blob', async (id) => {
      await expect(store.blobs.put(id, bytes('x'), 5)).rejects.toMatchObject({ name: 'StoreError' });
      await expect(store.blobs.get(id)).rejects.toMatchObject({ name: 'StoreError' });
    });

    it('has everything again when it is opened again', async () => {
      const [a, b] = await keep(store, aNote({ words: ['باق'], tags: ['t'], key: 'k' }), aNote({ topic: 'two' }));
      await store.next('counter');
      await store.blobs.put('blob', bytes('باق'), 100);
      const fed = await store.changes(0, 10);
      const again = await opened.reopen();
      expect(await again.get(notes, a!.id)).toEqual(a);
      expect(idsOf(await readAll(again, { index: 'byTopic', where: { topic: 'two' } }))).toEqual([b!.id]);
      expect(idsOf((await again.search(notes, ['باق'])).items)).toEqual([a!.id]);
      expect(idsOf(await readAll(again, { index: 'byTag', where: { tags: 't' } }))).toEqual([a!.id]);
      expect(await again.next('counter')).toBe(2);
      expect(await read(again, 'blob')).toBe('باق');
      expect(await again.changes(0, 10)).toEqual(fed);
      const [c] = await keep(again, aNote());
      expect((await again.changes(fed.at(-1)!.cursor, 10)).map(({ id }) => id)).toEqual([c!.id]);
    });

    it('finishes what was queued when it is closed, and then refuses work with a clear error', async () => {
      const queued = Array.from({ length: 700 }, () => store.write([inserting(aNote({ topic: 'queued' }))]));
      await Promise.all([store.close(), store.close()]);
      expect((await Promise.all(queued)).every(({ ok }) => ok)).toBe(true);
      const closed = { name: 'StoreError', code: 'closed' };
      await expect(store.write([inserting(aNote())])).rejects.toMatchObject(closed);
      await expect(store.get(notes, 'a')).rejects.toMatchObject(closed);
      await expect(store.next('a')).rejects.toMatchObject(closed);
      const again = await opened.reopen();
      expect(await again.count(notes, { index: 'byTopic', where: { topic: 'queued' } })).toBe(700);
    });

    it('says that it can write', async () => {
      await expect(store.check()).resolves.toBeUndefined();
    });
  });
}
