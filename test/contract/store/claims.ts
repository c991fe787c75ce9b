import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Claim, Store } from '../../../src/store/port.ts';
import { aNote, idsOf, keep, notes, type Open, type Opened, readAll } from './notes.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

export function claimsContract(open: Open): void {
  describe('claims, counters and expiry', () => {
    let opened: Opened;
    let store: Store;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.cleanup());
    const claim = (topic: string, fields: Partial<Claim> = {}) =>
      store.claim(notes, {
        index: 'byDue',
        where: { topic },
        field: 'dueAt',
        now: at(10),
        leaseMs: 60_000,
        owner: 'one',
        limit: 10,
        ...fields,
      });

    it('takes what is due, oldest first, up to the limit, and moves it to the end of the lease', async () => {
      const topic = 'take';
      const [late, early, now, later] = await keep(
        store,
        ...[9, 1, 10, 11].map((minute) => aNote({ topic, dueAt: at(minute) })),
      );
      await keep(store, aNote({ topic, dueAt: null }));
      const taken = await claim(topic, { limit: 2 });
      expect(idsOf(taken)).toEqual([early!.id, late!.id]);
      expect(taken).toMatchObject([{ dueAt: at(11), claimedBy: 'one', version: 2 }, { version: 2 }]);
      expect(await store.get(notes, early!.id)).toEqual(taken[0]);
      expect(idsOf(await claim(topic))).toEqual([now!.id]);
      expect((await store.get(notes, later!.id))?.version).toBe(1);
    });

    it('never gives one document to two claimers', async () => {
      const topic = 'share';
      await keep(store, ...Array.from({ length: 30 }, () => aNote({ topic, dueAt: at(1) })));
      const claims = Array.from({ length: 10 }, (_, i) => claim(topic, { owner: `owner-${i}`, limit: 4 }));
      const taken = (await Promise.all(claims)).flat();
      expect(taken).toHaveLength(30);
      expect(new Set(idsOf(taken)).size).toBe(30);
    });

    it('gives a document again once its lease has run out, and fences the former owner', async () => {
      const topic = 'expired';
      await keep(store, aNote({ topic, dueAt: at(1) }));
      const [first] = await claim(topic, { owner: 'slow' });
      expect(await claim(topic, { owner: 'quick' })).toEqual([]);
      const [second] = await claim(topic, { owner: 'quick', now: at(11) });
      expect(second).toMatchObject({ id: first!.id, claimedBy: 'quick', dueAt: at(12) });
      const finish = (owner: string) =>
        store.write([{ op: 'update', in: notes, id: first!.id, when: { claimedBy: owner }, set: { dueAt: null } }]);
      expect(await finish('slow')).toMatchObject({ ok: false, reason: 'conflict', current: { claimedBy: 'quick' } });
      expect(await finish('quick')).toMatchObject({ ok: true });
      expect(await claim(topic, { now: at(59) })).toEqual([]);
    });

    it('refuses a claim whose index does not order by the claimed field', async () => {
      const refused = { code: 'query-not-indexed' };
      await expect(claim('x', { where: {} })).rejects.toMatchObject(refused);
      await expect(claim('x', { index: 'byTopic' })).rejects.toMatchObject(refused);
    });

    it('counts from 1 and gives no number twice, each counter for itself', async () => {
      expect(await store.next('tickets')).toBe(1);
      const numbers = await Promise.all(Array.from({ length: 50 }, () => store.next('tickets')));
      expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i + 2));
      expect(await store.next('other')).toBe(1);
    });

    it('sweeps what has expired, at most as many as asked, and nothing else', async () => {
      const topic = 'sweep';
      const [, , last, none] = await keep(
        store,
        ...[1, 2, 30].map((minute) => aNote({ topic, expiresAt: at(minute), tags: [topic], words: [topic] })),
        aNote({ topic }),
      );
      expect(await store.sweep(at(10), 1)).toBe(1);
      expect(await store.sweep(at(10), 100)).toBe(1);
      expect(await store.sweep(at(10), 100)).toBe(0);
      expect(idsOf(await readAll(store, { index: 'byTopic', where: { topic } }))).toEqual([last!.id, none!.id]);
      expect(idsOf(await readAll(store, { index: 'byTag', where: { tags: topic } }))).toEqual([last!.id]);
      expect(idsOf((await store.search(notes, [topic])).items)).toEqual([last!.id]);
    });
  });
}
