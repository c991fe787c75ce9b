import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Note, Open, Opened } from './notes.ts';
import { aNote, idsOf, inserting, keep, notes, plain, readAll } from './notes.ts';

const roundTrips: [string, unknown][] = [
  ['Arabic text with marks', 'السَّلامُ عليكم ورحمة الله ١٢٣'],
  ['mixed directions', 'رقم الطلب ‪1042-7‬ (abc)'],
  ['emoji outside the basic plane', '👩🏽‍💻🇸🇦'],
  ['an empty text', ''],
  ['control characters and NUL', 'a\u0000b\u0001\n\t'],
  ['quotes and backslashes', '"\'\\ud800 \\" %_'],
  ['the greatest safe integer', Number.MAX_SAFE_INTEGER],
  ['the least safe integer', Number.MIN_SAFE_INTEGER],
  ['a number beyond the safe integers', 1e21],
  ['fractions', [0.1, -2.5e-10, 1 / 3]],
  ['null, true and false', [null, true, false]],
  ['empty list and object', [[], {}]],
  ['nesting', { a: [{ b: { c: [[1], ['٢']] } }] }],
  ['keys with dots and dollars', { 'a.b': 1, $set: 2, مفتاح: 3 }],
];

export function documentsContract(open: Open): void {
  describe('documents', () => {
    let opened: Opened;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.cleanup());

    it.each(roundTrips)('gives back %s as it was', async (_, body) => {
      const [stored] = await keep(opened.store, aNote({ body }));
      expect(stored?.body).toEqual(body);
      expect((await opened.store.get(notes, stored!.id))?.body).toEqual(body);
    });

    it('gives back any JSON as it was', async () => {
      // JSON knows no minus zero, though fast-check makes one
      const bodies = fc.jsonValue({ stringUnit: 'binary' }).map((body): unknown => JSON.parse(JSON.stringify(body)));
      await fc.assert(
        fc.asyncProperty(bodies, async (body) => {
          const [stored] = await keep(opened.store, aNote({ body }));
          expect((await opened.store.get(notes, stored!.id))?.body).toEqual(body);
        }),
        { numRuns: 60 },
      );
    });

    it.each(['مفتاح', 'a\u0000b', '👩🏽‍💻', "'; DROP TABLE notes; --", '\\"', ' '])(
      'finds a document by the exact indexed text %j',
      async (key) => {
        const [stored] = await keep(opened.store, aNote({ key: `${key}!` }), aNote({ key }));
        const page = await opened.store.find(notes, { index: 'byKey', where: { key } });
        expect(page.items).toHaveLength(1);
        expect(page.items[0]?.id).not.toBe(stored?.id);
      },
    );

    it('compares big whole numbers and fractions exactly', async () => {
      const sizes = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 1, 0.1, 0.1 + Number.EPSILON];
      for (const size of sizes) await keep(opened.store, aNote({ size, topic: 'exact' }));
      for (const size of sizes) {
        const page = await opened.store.find(notes, { index: 'bySize', where: { size } });
        expect(page.items.map((document) => document.size)).toEqual([size]);
      }
    });

    it('begins at version 1 whatever version the writer gives, and grows by one with each change', async () => {
      const [stored] = await keep(opened.store, { ...aNote(), version: 7 });
      expect(stored?.version).toBe(1);
      const result = await opened.store.write([
        { op: 'update', in: notes, id: stored!.id, set: { topic: 'x' } },
        { op: 'update', in: notes, id: stored!.id, set: { topic: 'y' } },
      ]);
      expect(result.ok && result.documents.map((document) => document?.version)).toEqual([2, 3]);
      expect((await opened.store.get(notes, stored!.id))?.version).toBe(3);
    });

    it('stores what the schema makes of a document: defaults filled in, unknown fields left out', async () => {
      const { open: _, ...bare } = aNote();
      const result = await opened.store.write([{ op: 'insert', in: notes, document: { ...bare, surprise: 1 } }]);
      const stored = await opened.store.get(notes, bare.id);
      expect(result.ok && result.documents[0]).toEqual(stored);
      expect(stored).toEqual({ ...bare, open: true });
    });

    it('leaves a field out that is set to undefined', async () => {
      const [stored] = await keep(opened.store, aNote({ owner: 'sara' }));
      await opened.store.write([{ op: 'update', in: notes, id: stored!.id, set: { owner: undefined } }]);
      expect(await opened.store.get(notes, stored!.id)).not.toHaveProperty('owner');
    });

    const unfit: [string, object, string][] = [
      ['a value of another type', { size: 'secret-9' }, 'size'],
      ['a lone surrogate, which no UTF-8 can carry', { topic: 'secret-9\ud800' }, 'topic'],
      ['a lone surrogate deep inside', { body: { list: ['secret-9\udfff'] } }, 'body.list.0'],
      ['a number that is not finite', { body: { ratio: Number.NaN } }, 'body.ratio'],
      ['a date object', { body: { when: new Date(0) } }, 'body.when'],
    ];
    it.each(unfit)('refuses %s, naming collection and field but no value', async (_, fields, path) => {
      const document = { ...aNote(), ...fields };
      const refused = await opened.store
        .write([{ op: 'insert', in: notes, document }])
        .catch((error: unknown) => error);
      expect(refused).toMatchObject({ name: 'StoreError', code: 'document-invalid' });
      expect((refused as Error).message).toMatch(/^notes: /);
      expect((refused as Error).message).toContain(`"${path}"`);
      expect((refused as Error).message).not.toContain('secret-9');
      expect(await opened.store.get(notes, document.id)).toBeNull();
    });

    it('refuses a change that would make a document unfit, and keeps it as it was', async () => {
      const [stored] = await keep(opened.store, aNote());
      const set = { at: 5 } as unknown as Partial<Note>;
      const change = opened.store.write([{ op: 'update', in: notes, id: stored!.id, set }]);
      await expect(change).rejects.toMatchObject({ code: 'document-invalid' });
      expect(await opened.store.get(notes, stored!.id)).toEqual(stored);
    });

    it('gives many documents in the order asked, without those that are not there', async () => {
      const [a, b, c] = await keep(opened.store, aNote(), aNote(), aNote());
      expect(idsOf(await opened.store.getMany(notes, [c!.id, 'none', a!.id, b!.id]))).toEqual([c!.id, a!.id, b!.id]);
      expect(await opened.store.getMany(notes, [])).toEqual([]);
    });

    it('keeps the documents of one collection apart from those of another', async () => {
      const [stored] = await keep(opened.store, aNote());
      await opened.store.write([{ op: 'insert', in: plain, document: { id: stored!.id, version: 1, text: 'own' } }]);
      expect(await opened.store.get(plain, stored!.id)).toEqual({ id: stored!.id, version: 1, text: 'own' });
      expect(await opened.store.get(notes, stored!.id)).toEqual(stored);
    });

    it('refuses a collection that was not declared at opening', async () => {
      const foreign = { ...plain, name: 'foreign' };
      await expect(opened.store.get(foreign, 'a')).rejects.toMatchObject({ code: 'failed' });
    });

    it('is not changed by what a caller does to a document it was given', async () => {
      const document = aNote({ tags: ['a'], topic: 'aliasing' });
      const [stored] = await keep(opened.store, document);
      document.tags?.push('b');
      stored!.tags?.push('c');
      expect(await readAll(opened.store, { index: 'byTopic', where: { topic: 'aliasing' } })).toMatchObject([
        { tags: ['a'] },
      ]);
    });

    it('refuses nothing and answers nothing for a unit of nothing', async () => {
      expect(await opened.store.write([])).toEqual({ ok: true, documents: [] });
    });

    it('counts an inserted duplicate as not done', async () => {
      const [stored] = await keep(opened.store, aNote());
      const again = await opened.store.write([inserting({ ...stored!, topic: 'other' })]);
      expect(again).toEqual({ ok: false, at: 0, reason: 'duplicate', index: 'id' });
      expect(await opened.store.get(notes, stored!.id)).toEqual(stored);
    });
  });
}
