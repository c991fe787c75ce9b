import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, vi } from 'vitest';
import type { Query, Store } from '../../src/store/port.ts';
import { aNote, keep, notes, readAll } from '../contract/store/notes.ts';
import { aDirectory, openIn } from './store-directory.ts';

const range = { gte: 'a', lt: 'z' };
const queries: Query[] = [
  { index: 'byTopic' },
  { index: 'byTopic', where: { topic: 'a' } },
  { index: 'byTopic', where: { topic: range } },
  { index: 'byTopic', where: { topic: 'a', at: range } },
  { index: 'byTopic', where: { topic: 'a', at: '2026' } },
  { index: 'byTopic', where: { topic: { in: ['a', 'b'] }, at: range, owner: { in: ['x', 'y'] }, size: { gt: 1 } } },
  { index: 'byTopicOpen', where: { topic: 'a', open: true } },
  { index: 'byTopicOpen', where: { topic: 'a', open: { in: [true, false] }, size: { lte: 5 } } },
  { index: 'byKey' },
  { index: 'byKey', where: { key: 'k' } },
  { index: 'byKey', where: { key: { in: ['k', 'l'] } } },
  { index: 'byOwnerKey', where: { owner: 'o' } },
  { index: 'byOwnerKey', where: { owner: { in: ['o', 'p'] }, key: range } },
  { index: 'byTag', where: { tags: 't' } },
  { index: 'byTag', where: { tags: 't', at: range, owner: 'x' } },
  { index: 'byTag', where: { tags: { in: ['t', 'u'] } } },
  { index: 'byMail', where: { mails: 'm' } },
];

/** Asks every kind of thing that the port offers, so that every kind of statement is prepared. */
async function useEverything(store: Store): Promise<void> {
  const many = Array.from({ length: 6 }, (_, i) =>
    aNote({
      topic: 'a',
      key: `k${i}`,
      owner: 'o',
      size: 1,
      tags: ['t'],
      mails: [`m${i}`],
      words: ['w'],
      dueAt: 'b',
      expiresAt: 'b',
    }),
  );
  const [first] = await keep(store, ...many);
  for (const query of queries) {
    for (const order of ['asc', 'desc'] as const) await readAll(store, { ...query, order, limit: 1 });
    await store.count(notes, query);
  }
  await store.getMany(notes, [first!.id]);
  await store.search(notes, ['w', 'x']);
  await store.search(notes, []);
  const common = Array.from({ length: 2000 }, () => aNote({ topic: 'common', words: ['common'] }));
  await keep(store, ...common);
  await store.search(notes, ['common']);
  await store.claim(notes, {
    index: 'byDue',
    where: { topic: 'a' },
    field: 'dueAt',
    now: '2027-01-01T00:00:00.000Z',
    leaseMs: 1,
    owner: 'o',
    limit: 2,
  });
  await store.write([{ op: 'update', in: notes, id: first!.id, set: { tags: ['u'], words: ['v'], mails: [] } }]);
  await store.write([{ op: 'insert', in: notes, document: aNote({ key: 'k1' }) }]);
  await store.write([{ op: 'update', in: notes, id: first!.id, set: { mails: ['m2'] } }]);
  await store.write([{ op: 'remove', in: notes, id: first!.id }]);
  await store.sweep('c', 2);
  await store.next('counter');
  await store.changes(0, 10);
  await store.check();
}

it('serves every statement by an index: no scan of a table, no sorting but of few search finds', async () => {
  const directory = aDirectory();
  await (await openIn(directory)).close();
  const prepared = vi.spyOn(DatabaseSync.prototype, 'prepare');
  const store = await openIn(directory);
  prepared.mockClear(); // what opening asks of the schema is no query
  await useEverything(store);
  const statements = [...new Set(prepared.mock.calls.map(([text]) => text))];
  prepared.mockRestore();
  await store.close();

  const db = new DatabaseSync(join(directory, 'wasl.db'), { readOnly: true });
  const steps = statements.flatMap((text) =>
    db
      .prepare(`EXPLAIN QUERY PLAN ${text}`)
      .all()
      .map(({ detail }) => ({ text, detail: String(detail) })),
  );
  db.close();
  const scans = steps.filter(({ detail }) => /^SCAN/.test(detail));
  const allowed =
    /^SCAN ((json_each|notes\.terms|f) VIRTUAL TABLE|wasl\.probe$|\(subquery-\d+\)$|(\d+ )?CONSTANT ROWS?$)/;
  expect(scans.filter(({ detail }) => !allowed.test(detail))).toEqual([]);
  const sorts = steps.filter(({ detail }) => detail.includes('TEMP B-TREE'));
  expect(sorts.every(({ text }) => text.includes('"notes.terms"(?)'))).toBe(true);
  expect(steps.filter(({ detail }) => detail.startsWith('SEARCH')).length).toBeGreaterThan(40);
});
