import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/store/port.ts';
import { aNote, idsOf, inserting, keep, type Note, notes, type Open, type Opened, readAll } from './notes.ts';

export function writesContract(open: Open): void {
  describe('writes', () => {
    let opened: Opened;
    let store: Store;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.cleanup());
    const change = (id: string, fields: object) => store.write([{ op: 'update', in: notes, id, ...fields }]);

    it('refuses a second document with the same unique value, naming the index, and not a third without one', async () => {
      await keep(store, aNote({ key: 'once' }), aNote({ key: null }), aNote({ key: null }));
      const again = await store.write([inserting(aNote({ key: 'once' }))]);
      expect(again).toEqual({ ok: false, at: 0, reason: 'duplicate', index: 'byKey' });
    });

    it('refuses a change into a unique value that is taken, and a free value again after its holder has gone', async () => {
      const [holder, other] = await keep(store, aNote({ key: 'held' }), aNote({ key: 'mine' }));
      expect(await change(other!.id, { set: { key: 'held' } })).toMatchObject({ reason: 'duplicate', index: 'byKey' });
      expect(await store.get(notes, other!.id)).toEqual(other);
      await store.write([{ op: 'remove', in: notes, id: holder!.id }]);
      expect(await change(other!.id, { set: { key: 'held' } })).toMatchObject({ ok: true });
    });

    it('lets a document be written again with its own unique values', async () => {
      const [own] = await keep(store, aNote({ key: 'own', mails: ['own@example.org'] }));
      const result = await change(own!.id, { set: { key: 'own', mails: ['own@example.org', 'two@example.org'] } });
      expect(result).toMatchObject({ ok: true });
    });

    it('keeps the elements of a unique list apart between documents', async () => {
      await keep(store, aNote({ mails: ['a@example.org', 'b@example.org', 'b@example.org'] }));
      const insert = await store.write([inserting(aNote({ mails: ['c@example.org', 'b@example.org'] }))]);
      expect(insert).toEqual({ ok: false, at: 0, reason: 'duplicate', index: 'byMail' });
      const [free] = await keep(store, aNote({ mails: ['c@example.org'] }));
      const update = await change(free!.id, { set: { mails: ['c@example.org', 'a@example.org'] } });
      expect(update).toEqual({ ok: false, at: 0, reason: 'duplicate', index: 'byMail' });
      expect(idsOf(await readAll(store, { index: 'byMail', where: { mails: 'c@example.org' } }))).toEqual([free!.id]);
    });

    it('lets exactly one of many concurrent writers have a unique value', async () => {
      const rivals = Array.from({ length: 40 }, () => aNote({ key: 'contested', topic: 'rivals' }));
      const results = await Promise.all(rivals.map((document) => store.write([inserting(document)])));
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect(results.filter((result) => !result.ok && result.index === 'byKey')).toHaveLength(39);
      expect(await store.count(notes, { index: 'byTopic', where: { topic: 'rivals' } })).toBe(1);
    });

    it('changes a document only at the expected version, else gives the present one', async () => {
      const [first] = await keep(store, aNote());
      expect(await change(first!.id, { expect: 1, set: { topic: 'new' } })).toMatchObject({ ok: true });
      const late = await change(first!.id, { expect: 1, set: { topic: 'late' } });
      const current = await store.get(notes, first!.id);
      expect(late).toEqual({ ok: false, at: 0, reason: 'conflict', current });
      expect(current).toMatchObject({ topic: 'new', version: 2 });
    });

    it('lets exactly one of many concurrent changes of a version win', async () => {
      const [contested] = await keep(store, aNote());
      const changes = Array.from({ length: 30 }, (_, size) => change(contested!.id, { expect: 1, set: { size } }));
      const results = await Promise.all(changes);
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect((await store.get(notes, contested!.id))?.version).toBe(2);
    });

    it('changes a document only while the fenced fields hold their values; null stands for an absent one', async () => {
      const [held] = await keep(store, aNote({ claimedBy: 'a', open: true }));
      expect(await change(held!.id, { when: { claimedBy: 'b' }, set: { size: 1 } })).toMatchObject({
        reason: 'conflict',
      });
      expect(
        await change(held!.id, { when: { claimedBy: 'a', open: true, owner: null }, set: { size: 1 } }),
      ).toMatchObject({ ok: true });
      expect(await change(held!.id, { when: { claimedBy: null }, set: { size: 2 } })).toMatchObject({
        reason: 'conflict',
      });
      expect(await store.get(notes, held!.id)).toMatchObject({ size: 1, version: 2 });
    });

    it('adds to numbers without losing one of many concurrent additions', async () => {
      const [sum] = await keep(store, aNote({ size: 5 }));
      await Promise.all(Array.from({ length: 25 }, () => change(sum!.id, { add: { size: 2 } })));
      expect(await store.get(notes, sum!.id)).toMatchObject({ size: 55, version: 26 });
    });

    it('adds to an absent number from zero, and refuses to add to a text', async () => {
      const [sum] = await keep(store, aNote());
      expect(await change(sum!.id, { add: { size: -3 } })).toMatchObject({ documents: [{ size: -3 }] });
      await expect(change(sum!.id, { add: { topic: 1 } })).rejects.toMatchObject({ code: 'document-invalid' });
    });

    it('says of a change or removal that there is no such document', async () => {
      expect(await change('nobody', { set: { size: 1 } })).toEqual({ ok: false, at: 0, reason: 'missing' });
      expect(await store.write([{ op: 'remove', in: notes, id: 'nobody' }])).toEqual({
        ok: false,
        at: 0,
        reason: 'missing',
      });
    });

    it('removes a document only at the expected version', async () => {
      const [gone] = await keep(store, aNote());
      const early = await store.write([{ op: 'remove', in: notes, id: gone!.id, expect: 9 }]);
      expect(early).toEqual({ ok: false, at: 0, reason: 'conflict', current: gone });
      const removed = await store.write([{ op: 'remove', in: notes, id: gone!.id, expect: 1 }]);
      expect(removed).toEqual({ ok: true, documents: [null] });
      expect(await store.get(notes, gone!.id)).toBeNull();
    });

    it('keeps nothing of a unit of which one operation cannot be done, and names that operation', async () => {
      const [kept] = await keep(store, aNote({ key: 'unit', size: 1 }));
      const fresh = aNote({ tags: ['unit'], words: ['unit'] });
      const result = await store.write([
        inserting(fresh),
        { op: 'update', in: notes, id: kept!.id, add: { size: 1 } },
        { op: 'remove', in: notes, id: kept!.id },
        inserting(aNote({ key: 'x' })),
        { op: 'update', in: notes, id: fresh.id, expect: 4, set: { size: 1 } },
      ]);
      expect(result).toMatchObject({ ok: false, at: 4, reason: 'conflict' });
      expect(await store.get(notes, fresh.id)).toBeNull();
      expect(await store.get(notes, kept!.id)).toEqual(kept);
      expect(await readAll(store, { index: 'byTag', where: { tags: 'unit' } })).toEqual([]);
      expect((await store.search(notes, ['unit'])).items).toEqual([]);
    });

    it('lets later operations of a unit see the earlier ones', async () => {
      const note = aNote({ key: 'moving' });
      const result = await store.write([
        inserting(note),
        { op: 'update', in: notes, id: note.id, set: { key: null } },
        inserting(aNote({ key: 'moving' })),
      ]);
      expect(result.ok && result.documents.map((document) => (document as Note).key)).toEqual([
        'moving',
        null,
        'moving',
      ]);
    });

    it('fails one unit without harm to those that arrive with it', async () => {
      const [taken] = await keep(store, aNote({ key: 'taken' }));
      const before = aNote({ topic: 'together' });
      const after = aNote({ topic: 'together' });
      const unfit = { ...aNote({ topic: 'together' }), at: 1 as unknown as string };
      const [one, two, three, four] = await Promise.allSettled([
        store.write([inserting(before)]),
        store.write([inserting(aNote({ topic: 'together' })), inserting(aNote({ key: 'taken' }))]),
        store.write([{ op: 'update', in: notes, id: taken!.id, set: { at: unfit.at } }]),
        store.write([inserting(after)]),
      ]);
      expect([one, four]).toMatchObject([{ value: { ok: true } }, { value: { ok: true } }]);
      expect(two).toMatchObject({ value: { ok: false, at: 1, reason: 'duplicate' } });
      expect(three).toMatchObject({ reason: { code: 'document-invalid' } });
      expect(idsOf(await readAll(store, { index: 'byTopic', where: { topic: 'together' } }))).toEqual([
        before.id,
        after.id,
      ]);
    });

    it('counts a repeated unit as done where its inserts keep duplicates, and gives what is stored', async () => {
      const unit = [
        inserting(aNote({ key: 'repeated', mails: ['r@example.org'] }), { onDuplicate: 'keep' }),
        inserting(aNote({ topic: 'r' }), { onDuplicate: 'keep' }),
      ];
      const first = await store.write(unit);
      await change(unit[0]!.document.id, { set: { topic: 'changed since' } });
      const second = await store.write(unit);
      expect(first).toMatchObject({ ok: true });
      expect(second).toMatchObject({ ok: true, documents: [{ topic: 'changed since', version: 2 }, { version: 1 }] });
    });

    it('does not take a document of another id with the same unique value for a repetition', async () => {
      await keep(store, aNote({ key: 'someone else' }));
      const result = await store.write([inserting(aNote({ key: 'someone else' }), { onDuplicate: 'keep' })]);
      expect(result).toEqual({ ok: false, at: 0, reason: 'duplicate', index: 'byKey' });
    });

    it('shows a reader nothing of a unit before all of it', async () => {
      const unit = Array.from({ length: 20 }, () => inserting(aNote({ topic: 'whole' })));
      const writing = store.write(unit);
      const seen: number[] = [];
      let isDone = false;
      writing.then(() => {
        isDone = true;
      });
      while (!isDone) {
        seen.push(await store.count(notes, { index: 'byTopic', where: { topic: 'whole' } }));
        await nextTurn();
      }
      seen.push(await store.count(notes, { index: 'byTopic', where: { topic: 'whole' } }));
      expect(new Set(seen).difference(new Set([0, 20])).size).toBe(0);
      expect(seen.at(-1)).toBe(20);
    });
  });
}
