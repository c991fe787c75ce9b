import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Query, Store } from '../../../src/store/port.ts';
import { aNote, idsOf, keep, type Note, notes, type Open, type Opened, readAll, type ServerKind } from './notes.ts';

const refusedQueries: [string, Query][] = [
  ['an index that is not declared', { index: 'byColour', where: {} }],
  ['a field that is neither in the index nor a filter', { index: 'byTopic', where: { topic: 'a', key: 'k' } }],
  ['a later field of the index without those before it', { index: 'byTopic', where: { at: '2026' } }],
  ['a field after a range', { index: 'byDue', where: { topic: { gte: 'a' }, dueAt: '2026' } }],
  ['a list index without the element asked for', { index: 'byTag', where: {} }],
  ['a list index by a range of elements', { index: 'byTag', where: { tags: { gte: 'a' } } }],
  ['a condition without a value', { index: 'byTopic', where: { topic: undefined as unknown as string } }],
  ['a page of none', { index: 'byTopic', limit: 0 }],
  ['a page beyond 1000', { index: 'byTopic', limit: 1001 }],
  ['half a document as limit', { index: 'byTopic', limit: 1.5 }],
  ['a cursor of something else', { index: 'byTopic', cursor: 'bm9wZQ' }],
  ['a cursor that is no base64url', { index: 'byTopic', cursor: '%%%' }],
  [
    'more ways than a query may have',
    { index: 'byTopic', where: { topic: { in: Array.from({ length: 201 }, (_, i) => `${i}`) } } },
  ],
];

export function queriesContract(open: Open, { ordersByCodePoints = true }: ServerKind = {}): void {
  describe('queries', () => {
    let opened: Opened;
    let store: Store;
    let topic = '';
    let topics = 0;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    beforeEach(() => {
      topics += 1;
      topic = `topic-${topics}`;
    });
    afterAll(() => opened.cleanup());

    it('gives the order of the index, then of the id, in both directions', async () => {
      const at = '2026-05-01T00:00:00.000Z';
      await keep(store, aNote({ topic, id: `${topic}-c`, at }), aNote({ topic, id: `${topic}-a`, at }));
      await keep(store, aNote({ topic, id: `${topic}-b`, at: '2025-05-01T00:00:00.000Z' }));
      const ascending = [`${topic}-b`, `${topic}-a`, `${topic}-c`];
      expect(idsOf(await readAll(store, { index: 'byTopic', where: { topic } }))).toEqual(ascending);
      const descending = await readAll(store, { index: 'byTopic', where: { topic }, order: 'desc' });
      expect(idsOf(descending)).toEqual(ascending.toReversed());
    });

    const textOrders: [string, string[]][] = [['within the basic plane', ['B', 'a', 'é', 'ا', 'ب', '٣', '\uffee']]];
    if (ordersByCodePoints) textOrders.push(['beyond it', ['B', 'a', 'ا', '\uffee', '😀']]);
    it.each(textOrders)(
      'orders text by code points, so that ISO times are in order and Arabic after Latin: %s',
      async (_, letters) => {
        const inOrder = letters.map((key) => `${topic}${key}`);
        await keep(store, ...inOrder.toReversed().map((key) => aNote({ topic, key, owner: topic })));
        const found = await readAll(store, { index: 'byOwnerKey', where: { owner: topic } });
        expect(found.map(({ key }) => key)).toEqual(inOrder);
      },
    );

    it('leaves a document out of an index where one of its fields is null or absent', async () => {
      const [a, b, c] = await keep(
        store,
        aNote({ topic, dueAt: '2026-01-01T00:00:00.000Z' }),
        aNote({ topic, dueAt: null }),
        aNote({ topic }),
      );
      expect(idsOf(await readAll(store, { index: 'byDue', where: { topic } }))).toEqual([a!.id]);
      expect(idsOf(await readAll(store, { index: 'byTopic', where: { topic } }))).toEqual(idsOf([a!, b!, c!]));
      expect(await store.count(notes, { index: 'byDue', where: { topic } })).toBe(1);
    });

    it('bounds the field after the fixed ones by a range, whose ends are in or out as asked', async () => {
      await keep(store, ...[1, 2, 3, 4].map((size) => aNote({ topic, size })));
      const sizes = async (range: object): Promise<unknown[]> => {
        const where = { topic, open: true, size: range };
        return (await readAll(store, { index: 'byTopicOpen', where })).map(({ size }) => size);
      };
      expect(await sizes({ gt: 1, lt: 4 })).toEqual([2, 3]);
      expect(await sizes({ gte: 2, lte: 3 })).toEqual([2, 3]);
      expect(await sizes({ gt: 3 })).toEqual([4]);
      expect(await sizes({ lt: 2 })).toEqual([1]);
      expect(await sizes({ gt: 3, lt: 2 })).toEqual([]);
    });

    it('tells true from false', async () => {
      const [yes, no] = await keep(
        store,
        aNote({ topic, open: true, size: 1 }),
        aNote({ topic, open: false, size: 1 }),
      );
      const index = 'byTopicOpen';
      expect(idsOf(await readAll(store, { index, where: { topic, open: true } }))).toEqual([yes!.id]);
      expect(idsOf(await readAll(store, { index, where: { topic, open: false } }))).toEqual([no!.id]);
      expect(idsOf(await readAll(store, { index: 'byTopic', where: { topic, open: { in: [false] } } }))).toEqual([
        no!.id,
      ]);
    });

    it('gives what several values allow in one order, each document once', async () => {
      const other = `${topic}-other`;
      const [a, b, c] = await keep(store, aNote({ topic }), aNote({ topic: other }), aNote({ topic }));
      await keep(store, aNote({ topic: `${topic}-third` }));
      const where = { topic: { in: [other, topic, topic] } };
      for (const limit of [1, 2, 50]) {
        expect(idsOf(await readAll(store, { index: 'byTopic', where, limit }))).toEqual(idsOf([a!, b!, c!]));
        const descending = await readAll(store, { index: 'byTopic', where, limit, order: 'desc' });
        expect(idsOf(descending)).toEqual(idsOf([c!, b!, a!]));
      }
      expect(await store.count(notes, { index: 'byTopic', where })).toBe(3);
      expect(await readAll(store, { index: 'byTopic', where: { topic: { in: [] } } })).toEqual([]);
    });

    it('finds a document by each element of its list, once however many match', async () => {
      const [red, blue] = [`${topic}-red`, `${topic}-blue`];
      const [a, b] = await keep(store, aNote({ tags: [red, blue, red] }), aNote({ tags: [blue] }));
      await keep(store, aNote({ tags: [] }));
      const find = (tags: string | { in: string[] }, limit: number) =>
        readAll(store, { index: 'byTag', where: { tags }, limit });
      expect(idsOf(await find(red, 50))).toEqual([a!.id]);
      expect(idsOf(await find(blue, 1))).toEqual([a!.id, b!.id]);
      expect(idsOf(await find({ in: [red, blue] }, 1))).toEqual([a!.id, b!.id]);
      expect(await store.count(notes, { index: 'byTag', where: { tags: { in: [red, blue] } } })).toBe(2);
      expect(await store.count(notes, { index: 'byTag', where: { tags: blue, at: { gt: a!.at } } })).toBe(1);
    });

    it('follows a change of the list and of the document', async () => {
      const [red, blue] = [`${topic}-red`, `${topic}-blue`];
      const [a] = await keep(store, aNote({ tags: [red] }));
      await store.write([
        { op: 'update', in: notes, id: a!.id, set: { tags: [blue], at: '2030-01-01T00:00:00.000Z' } },
      ]);
      expect(await readAll(store, { index: 'byTag', where: { tags: red } })).toEqual([]);
      const where = { tags: blue, at: '2030-01-01T00:00:00.000Z' };
      expect(idsOf(await readAll(store, { index: 'byTag', where }))).toEqual([a!.id]);
      await store.write([{ op: 'remove', in: notes, id: a!.id }]);
      expect(await readAll(store, { index: 'byTag', where: { tags: blue } })).toEqual([]);
    });

    it('narrows by declared filters: equal, one of, between', async () => {
      const [a, b, c] = await keep(
        store,
        aNote({ topic, owner: 'sara', size: 1 }),
        aNote({ topic, owner: 'omar', size: 5 }),
        aNote({ topic, owner: null }),
      );
      const find = async (where: object) =>
        idsOf(await readAll(store, { index: 'byTopic', where: { topic, ...where } }));
      expect(await find({ owner: 'sara' })).toEqual([a!.id]);
      expect(await find({ owner: { in: ['omar', 'sara'] } })).toEqual([a!.id, b!.id]);
      expect(await find({ size: { gt: 1 } })).toEqual([b!.id]);
      expect(await find({ open: true })).toEqual(idsOf([a!, b!, c!]));
      expect(await store.count(notes, { index: 'byTopic', where: { topic, owner: 'sara' } })).toBe(1);
    });

    it('pages without gap or double while others write before, between and after', async () => {
      const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
      const first = await keep(store, ...[10, 20, 30, 40, 50].map((minute) => aNote({ topic, at: at(minute) })));
      const query: Query = { index: 'byTopic', where: { topic }, limit: 2 };
      const one = await store.find(notes, query);
      await keep(store, aNote({ topic, at: at(5) }), aNote({ topic, at: at(25) }), aNote({ topic, at: at(60) }));
      await store.write([{ op: 'remove', in: notes, id: first[1]!.id }]);
      const rest = await readAll(store, { ...query, cursor: one.nextCursor! });
      expect(one.items.map((item) => item.at)).toEqual([at(10), at(20)]);
      expect(rest.map((item) => item.at)).toEqual([at(25), at(30), at(40), at(50), at(60)]);
    });

    it('goes on after a cursor among documents of the same place', async () => {
      const made = await keep(
        store,
        ...Array.from({ length: 7 }, () => aNote({ topic, at: '2026-01-01T00:00:00.000Z' })),
      );
      for (const order of ['asc', 'desc'] as const) {
        const found = await readAll(store, { index: 'byTopic', where: { topic }, limit: 3, order });
        expect(idsOf(found)).toEqual(order === 'asc' ? idsOf(made) : idsOf(made).toReversed());
      }
    });

    it('ends with a null cursor exactly when there is nothing more', async () => {
      await keep(store, aNote({ topic }), aNote({ topic }));
      expect((await store.find(notes, { index: 'byTopic', where: { topic }, limit: 2 })).nextCursor).toBeNull();
      expect((await store.find(notes, { index: 'byTopic', where: { topic }, limit: 1 })).nextCursor).not.toBeNull();
    });

    it.each(refusedQueries)('refuses %s', async (_, query) => {
      await expect(store.find(notes, query)).rejects.toMatchObject({ name: 'StoreError', code: 'query-not-indexed' });
    });

    it('says in a refusal which collection, fields and indexes are meant', async () => {
      const refused = store.find(notes, { index: 'byTopic', where: { key: 'k' } });
      await expect(refused).rejects.toThrow(/notes.*key.*byTopic \(topic, at\).*Filters: owner, open, size/);
    });

    it('refuses a cursor of another order', async () => {
      await keep(store, aNote({ topic }), aNote({ topic }));
      const { nextCursor } = await store.find(notes, { index: 'byTopic', where: { topic }, limit: 1 });
      const other = store.find(notes, { index: 'byTopic', where: { topic }, order: 'desc', cursor: nextCursor! });
      await expect(other).rejects.toMatchObject({ code: 'query-not-indexed' });
    });

    it('finds what filtering and sorting all documents finds, whatever the documents, query and page size', async () => {
      const documents = fc.array(
        fc.record({
          at: fc.constantFrom('a', 'b', 'ب', 'ج'),
          owner: fc.constantFrom('x', 'y', null),
          tags: fc.subarray(['r', 'g']),
        }),
        { maxLength: 12 },
      );
      const query = fc.record({
        from: fc.constantFrom('', 'b', 'ب'),
        owner: fc.constantFrom('x', null),
        order: fc.constantFrom('asc' as const, 'desc' as const),
        limit: fc.integer({ min: 1, max: 5 }),
      });
      let runs = 0;
      const property = fc.asyncProperty(documents, query, async (fields, { from, owner, order, limit }) => {
        runs += 1;
        const own = `${topic}-${runs}`;
        const kept = await keep(
          store,
          ...fields.map((each) => aNote({ ...each, tags: each.tags.map((tag) => own + tag), topic: own })),
        );
        const matches = ({ at, ...document }: Note) => at >= from && (owner === null || document.owner === owner);
        const sign = order === 'asc' ? 1 : -1;
        const sorted = kept
          .filter(matches)
          .sort((a, b) => sign * (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1));
        const further = { at: { gte: from }, ...(owner === null ? {} : { owner }) };
        const byTopic = await readAll(store, { index: 'byTopic', where: { topic: own, ...further }, order, limit });
        expect(idsOf(byTopic)).toEqual(idsOf(sorted));
        const tagged = sorted.filter(({ tags }) => tags!.length > 0);
        const where = { tags: { in: [`${own}r`, `${own}g`] }, ...further };
        expect(idsOf(await readAll(store, { index: 'byTag', where, order, limit }))).toEqual(idsOf(tagged));
        expect(await store.count(notes, { index: 'byTag', where })).toBe(tagged.length);
      });
      await fc.assert(property, { numRuns: 40 });
    });
  });
}
