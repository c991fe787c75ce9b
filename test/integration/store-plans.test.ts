import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, vi } from 'vitest';
import { collections } from '../../src/collections.ts';
import type { Query, Store } from '../../src/store/port.ts';
import type { SqliteOptions } from '../../src/store/sqlite/open.ts';
import { tickets } from '../../src/ticket/ticket.ts';
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

/** Every step of the plan of every statement that is prepared while a store is used. */
async function planned(more: Partial<SqliteOptions>, use: (store: Store) => Promise<void>) {
  const directory = aDirectory();
  await (await openIn(directory, more)).close();
  const prepared = vi.spyOn(DatabaseSync.prototype, 'prepare');
  const store = await openIn(directory, more);
  prepared.mockClear(); // what opening asks of the schema is no query
  await use(store);
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
  return steps;
}

const allowed =
  /^SCAN ((json_each|notes\.terms|f) VIRTUAL TABLE|wasl\.probe$|\(subquery-\d+\)$|(\d+ )?CONSTANT ROWS?$)/;

it('serves every statement by an index: no scan of a table, no sorting but of few search finds', async () => {
  const steps = await planned({}, useEverything);
  const scans = steps.filter(({ detail }) => /^SCAN/.test(detail));
  expect(scans.filter(({ detail }) => !allowed.test(detail))).toEqual([]);
  const sorts = steps.filter(({ detail }) => detail.includes('TEMP B-TREE'));
  expect(sorts.every(({ text }) => text.includes('"notes.terms"(?)'))).toBe(true);
  expect(steps.filter(({ detail }) => detail.startsWith('SEARCH')).length).toBeGreaterThan(40);
});

/** What casework asks of tickets again and again: queues, what is due, what is computed anew. */
const caseworkQueries: Query[] = [
  { index: 'by-burning', where: { urgent: true } },
  { index: 'by-burning', where: { urgent: false, status: { in: ['new', 'open', 'returned'] } } },
  { index: 'by-department-burning', where: { departmentId: 'care', urgent: false } },
  { index: 'by-assignee-burning', where: { assigneeId: 'majed', urgent: false } },
  { index: 'by-next', where: { nextAt: { lte: '2026' } } },
  { index: 'by-status', where: { status: 'open' } },
  { index: 'by-status', where: { status: { in: ['new', 'open'] } } },
  { index: 'by-stock', where: { stockOf: 'care' } },
];

it('serves the queues of tickets, what is due and what is computed anew by their indexes, in order', async () => {
  const steps = await planned({ collections }, async (store) => {
    for (const query of caseworkQueries) {
      const page = await store.find(tickets, { ...query, limit: 50 });
      expect(page.items).toEqual([]);
      await store.count(tickets, query);
    }
  });
  const asked = steps.filter(({ text }) => text.includes('"tickets"'));
  const bad = asked.filter(
    ({ detail }) => (/^SCAN/.test(detail) && !allowed.test(detail)) || /TEMP B-TREE/.test(detail),
  );
  expect(bad).toEqual([]);
  const used = new Set(asked.flatMap(({ detail }) => /USING (?:COVERING )?INDEX (\S+)/.exec(detail)?.[1] ?? []));
  const wanted = new Set(caseworkQueries.map(({ index }) => `tickets.${index}`));
  expect(used).toEqual(wanted);
});
