import { DatabaseSync } from 'node:sqlite';
import { expect, it, vi } from 'vitest';
import type { Change } from '../../src/store/port.ts';
import { aNote, inserting, keep, notes } from '../contract/store/notes.ts';
import { aDirectory, openIn } from './store-directory.ts';

const insertOne = () => [inserting(aNote())];

it('commits together what is written in one turn, and again for the next', async () => {
  const store = await openIn(aDirectory());
  const executed = vi.spyOn(DatabaseSync.prototype, 'exec');
  const commits = () => executed.mock.calls.filter(([text]) => text === 'COMMIT').length;
  await Promise.all([...Array.from({ length: 50 }, () => store.write(insertOne())), store.next('a'), store.next('b')]);
  expect(commits()).toBe(1);
  await store.write(insertOne());
  expect(commits()).toBe(2);
  executed.mockRestore();
});

it('answers no write before its commit', async () => {
  const store = await openIn(aDirectory());
  const order: string[] = [];
  const exec = DatabaseSync.prototype.exec;
  vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, text: string) {
    exec.call(this, text);
    if (text === 'COMMIT') order.push('commit');
  });
  await Promise.all([
    store.write(insertOne()).then(() => order.push('one')),
    store.write(insertOne()).then(() => order.push('two')),
  ]);
  vi.restoreAllMocks();
  expect(order).toEqual(['commit', 'one', 'two']);
});

it('rejects all writes of a commit that fails, keeps none of them, and goes on', async () => {
  const store = await openIn(aDirectory());
  const told: Change[] = [];
  store.watch((changes) => told.push(...changes));
  const exec = DatabaseSync.prototype.exec;
  vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, text: string) {
    if (text === 'COMMIT') throw Object.assign(new Error('disk I/O error'), { errcode: 10 });
    exec.call(this, text);
  });
  const lost = [aNote(), aNote()];
  const results = await Promise.allSettled(lost.map((note) => store.write([inserting(note)])));
  vi.restoreAllMocks();
  for (const result of results)
    expect(result).toMatchObject({ status: 'rejected', reason: { name: 'StoreError', code: 'failed' } });
  expect(
    await store.getMany(
      notes,
      lost.map(({ id }) => id),
    ),
  ).toEqual([]);
  const [kept] = await keep(store, aNote());
  expect(told.map(({ id }) => id)).toEqual([kept!.id]);
  expect(await store.changes(0, 10)).toEqual(told);
});

it('lets timers and sockets have their turn during a long run of reads', async () => {
  const store = await openIn(aDirectory());
  const [kept] = await keep(store, aNote());
  let isTimeUp = false;
  setTimeout(() => {
    isTimeUp = true;
  }, 1);
  const began = performance.now();
  while (!isTimeUp && performance.now() - began < 5000) await store.get(notes, kept!.id);
  expect(isTimeUp).toBe(true);
});

it('keeps about the last 100,000 changes, and never gives a cursor twice', async () => {
  const directory = aDirectory();
  const store = await openIn(directory);
  const [note] = await keep(store, aNote());
  const unit = Array.from({ length: 500 }, () => ({
    op: 'update' as const,
    in: notes,
    id: note!.id,
    add: { size: 1 },
  }));
  for (let written = 0; written < 103_000; written += 500) await store.write(unit);
  const oldest = await store.changes(0, 1);
  expect(oldest[0]!.cursor).toBeGreaterThan(1000);
  expect(oldest[0]!.cursor).toBeLessThanOrEqual(103_001 - 100_000);
  await store.close();
  const again = await openIn(directory);
  await again.write([{ op: 'remove', in: notes, id: note!.id }]);
  expect(await again.changes(103_001, 10)).toEqual([
    { cursor: 103_002, collection: 'notes', id: note!.id, kind: 'remove' },
  ]);
});
