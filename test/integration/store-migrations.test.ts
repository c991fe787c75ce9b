import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Migration } from '../../src/store/migrations.ts';
import type { Collection } from '../../src/store/port.ts';
import type { SqliteOptions } from '../../src/store/sqlite/open.ts';
import { aNote, idsOf, inserting, keep, type Note, notes, readAll } from '../contract/store/notes.ts';
import { aDirectory, openIn as openStore } from './store-directory.ts';

/** Notes are no part of Wasl: they know no migrations but those of a test. */
const openIn = (directory: string, more: Partial<SqliteOptions> = {}) =>
  openStore(directory, { migrations: [], ...more });

const rename: Migration = {
  version: 2,
  name: 'topics get a prefix',
  change: { notes: (note) => ({ ...note, topic: `new ${note.topic}`, words: ['migrated'], tags: ['migrated'] }) },
};
const dropSmall: Migration = {
  version: 3,
  name: 'small notes go',
  change: { notes: (note) => (note.size === 0 ? null : note), unknown: (document) => document },
};
const failing: Migration = {
  version: 3,
  name: 'fails half-way',
  change: {
    notes: (note) => {
      if (note.topic === 'new b') throw new Error('a faulty migration');
      return { ...note, topic: 'half' };
    },
  },
};

async function aDirectoryWithNotes(): Promise<{ directory: string; kept: Note[] }> {
  const directory = aDirectory();
  const store = await openIn(directory);
  const kept = await keep(store, aNote({ topic: 'a', size: 1 }), aNote({ topic: 'b', size: 0 }), aNote({ topic: 'c' }));
  await store.close();
  return { directory, kept };
}

it('brings older data to the present form, in order, with its indexes and terms', async () => {
  const { directory, kept } = await aDirectoryWithNotes();
  const store = await openIn(directory, { migrations: [rename, dropSmall] });
  expect(await store.get(notes, kept[0]!.id)).toMatchObject({ topic: 'new a', version: 1 });
  expect(await store.get(notes, kept[1]!.id)).toBeNull();
  expect(idsOf(await readAll(store, { index: 'byTopic', where: { topic: 'new c' } }))).toEqual([kept[2]!.id]);
  const remaining = [kept[0]!.id, kept[2]!.id];
  expect(idsOf(await readAll(store, { index: 'byTag', where: { tags: 'migrated' } }))).toEqual(remaining);
  expect(idsOf((await store.search(notes, ['migrated'])).items)).toEqual(remaining.toReversed());
});

it('applies a migration once', async () => {
  const { directory, kept } = await aDirectoryWithNotes();
  for (const _ of [1, 2]) {
    const store = await openIn(directory, { migrations: [rename] });
    expect(await store.get(notes, kept[0]!.id)).toMatchObject({ topic: 'new a' });
    await store.close();
  }
});

it('does not migrate a new directory', async () => {
  const directory = aDirectory();
  const first = await openIn(directory, { migrations: [rename] });
  const [kept] = await keep(first, aNote({ topic: 'fresh' }));
  await first.close();
  const store = await openIn(directory, { migrations: [rename] });
  expect(await store.get(notes, kept!.id)).toMatchObject({ topic: 'fresh' });
});

it('keeps the database as it was before each migration beside it', async () => {
  const { directory, kept } = await aDirectoryWithNotes();
  await (await openIn(directory, { migrations: [rename] })).close();
  const former = join(aDirectory(), 'former');
  mkdirSync(former);
  copyFileSync(join(directory, 'wasl.db.before-2'), join(former, 'wasl.db'));
  const store = await openIn(former);
  expect(await store.get(notes, kept[1]!.id)).toEqual(kept[1]);
});

it('undoes a migration that fails and goes on from there when it is put right', async () => {
  const { directory, kept } = await aDirectoryWithNotes();
  await expect(openIn(directory, { migrations: [rename, failing] })).rejects.toMatchObject({ name: 'StoreError' });
  const store = await openIn(directory, { migrations: [rename, dropSmall] });
  expect(await store.get(notes, kept[0]!.id)).toMatchObject({ topic: 'new a' });
  expect(await store.get(notes, kept[1]!.id)).toBeNull();
});

it('starts a migration cleanly again that a kill cut off', async () => {
  const { directory, kept } = await aDirectoryWithNotes();
  const script = new URL('store-killed-migration.ts', import.meta.url).pathname;
  expect(spawnSync(process.execPath, [script, directory]).signal).toBe('SIGKILL');
  const store = await openIn(directory, { migrations: [rename] });
  for (const { id, topic } of kept) expect(await store.get(notes, id)).toMatchObject({ topic: `new ${topic}` });
});

it('refuses data of a newer Wasl and leaves them as they are', async () => {
  const { directory, kept } = await aDirectoryWithNotes();
  await (await openIn(directory, { migrations: [rename] })).close();
  const refused = openIn(directory);
  await expect(refused).rejects.toMatchObject({ name: 'StoreError', code: 'newer-data' });
  await expect(refused).rejects.toThrow(/version 2, this Wasl knows version 1/);
  const store = await openIn(directory, { migrations: [rename] });
  expect(await store.get(notes, kept[0]!.id)).toMatchObject({ topic: 'new a' });
});

it('follows changed declarations: new indexes are filled, old ones dropped, without a migration', async () => {
  const { directory, kept } = await aDirectoryWithNotes();
  const before: Collection<Note> = { ...notes, indexes: [{ name: 'byDue', on: ['at'] }], terms: undefined };
  const first = await openIn(directory, { collections: [before] });
  const later = aNote({ topic: 'later', tags: ['later'], words: ['later'] });
  await first.write([{ ...inserting(later), in: before }]);
  expect((await first.find(before, { index: 'byDue' })).items).toHaveLength(4);
  await first.close();
  const store = await openIn(directory);
  expect(await readAll(store, { index: 'byTopic', where: { topic: { in: ['a', 'later'] } } })).toHaveLength(2);
  expect(await readAll(store, { index: 'byTag', where: { tags: 'later' } })).toHaveLength(1);
  expect((await store.search(notes, ['later'])).items).toHaveLength(1);
  expect(await store.get(notes, kept[0]!.id)).toEqual(kept[0]);
});

it('refuses a new unique index that the documents break, naming it, and loses nothing', async () => {
  const { directory } = await aDirectoryWithNotes();
  const first = await openIn(directory);
  await keep(first, aNote({ topic: 'same' }), aNote({ topic: 'same' }));
  await first.close();
  const strict: Collection<Note> = {
    ...notes,
    indexes: [...notes.indexes, { name: 'oneTopic', on: ['topic'], unique: true }],
  };
  const refused = openIn(directory, { collections: [strict] });
  await expect(refused).rejects.toMatchObject({ name: 'StoreError', message: expect.stringContaining('oneTopic') });
  const store = await openIn(directory);
  expect(await store.count(notes, { index: 'byTopic', where: {} })).toBe(5);
});
