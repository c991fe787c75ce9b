import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { moveStore } from '../../../src/store/move/move.ts';
import { openSide } from '../../../src/store/move/open-side.ts';
import type { Side } from '../../../src/store/move/side.ts';
import { openStore } from '../../../src/store/open.ts';
import type { Store } from '../../../src/store/port.ts';
import { aNote, contractCollections, keep, notes, plain } from '../../contract/store/notes.ts';
import { newDatabase, removeStore } from '../../support/store-env.ts';

/** A directory below which a test's stores are; what was made is removed at its end, databases too. */
export function aRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'wasl-move-'));
  onTestFinished(() => removeStore(root));
  return root;
}

/** A place for a store: a directory, or on a server the address of a database. */
export type Place = string;

export const directoryIn = (root: string): Place => join(root, `store-${randomUUID().slice(0, 8)}`);

/** A database of its own on the server of MONGODB_URL. */
export const databaseIn = (root: string): Place => newDatabase(directoryIn(root));

/** The kinds of place there are to move between: MongoDB where a server is named. */
export const kinds: [string, (root: string) => Place][] = process.env.MONGODB_URL
  ? [
      ['a directory', directoryIn],
      ['a MongoDB', databaseIn],
    ]
  : [['a directory', directoryIn]];

const isAddress = (place: Place): boolean => place.startsWith('mongodb');

export const openAt = (place: Place): Promise<Store> =>
  openStore(isAddress(place) ? { DATA_DIR: '', MONGODB_URL: place } : { DATA_DIR: place }, {
    collections: contractCollections,
    now: Date.now,
    warn: () => undefined,
  });

const common = { collections: contractCollections, now: Date.now };

/** Opens both ends, does something with them, and closes them. */
export async function withEnds<T>(from: Place, to: Place, work: (ends: { from: Side; to: Side }) => Promise<T>) {
  const source = await openSide(from, { ...common, role: 'source' });
  try {
    const target = await openSide(to, { ...common, role: 'target' });
    try {
      return await work({ from: source, to: target });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

export async function moveFromTo(from: Place, to: Place): Promise<string[]> {
  const lines: string[] = [];
  const tell = (line: string): void => void lines.push(line);
  await withEnds(from, to, (ends) => moveStore({ ...ends, collections: contractCollections, now: Date.now, tell }));
  return lines;
}

const strange = { 'a.b': 1, $set: { '%2e': null }, '': [1, [2, [3]]], __proto__: 'x', نص: '\u0000 é 😀' };

/** Fills a store with documents of several versions, indexes of each kind, counters and attachments. */
export async function fill(store: Store, count: number): Promise<void> {
  const many = Array.from({ length: count }, (_, at) =>
    aNote({
      topic: `موضوع ${at % 7}`,
      key: at % 3 === 0 ? `key ${at}` : null,
      owner: at % 2 ? 'o' : null,
      size: at % 5 ? at / 4 : null,
      tags: at % 4 ? ['a', 'ب'] : [],
      mails: [`m${at}@example.org`],
      words: ['طلب', `w${at}`],
      body: at % 10 === 0 ? strange : { nested: { list: [at, null, 'x'.repeat(at % 50)] } },
    }),
  );
  for (let at = 0; at < many.length; at += 400) await keep(store, ...many.slice(at, at + 400));
  for (const { id } of many.slice(0, 25)) {
    await store.write([{ op: 'update', in: notes, id, set: { topic: 'changed' } }]);
    await store.write([{ op: 'update', in: notes, id, add: { size: 1 } }]);
  }
  await store.write([{ op: 'insert', in: plain, document: { id: 'عربي', version: 1, text: '' } }]);
  for (const name of ['tickets', 'tickets', 'x.y', 'tickets']) await store.next(name);
  for (let at = 0; at < 9; at += 1) await store.blobs.put(`blob-${at}`, Readable.from([bytesOf(at)]), 1e9);
}

/** Bytes that are known by their number, the last of them longer than what servers keep in one piece. */
const bytesOf = (at: number): Buffer =>
  Buffer.concat(
    Array.from({ length: at === 8 ? 20_000 : at * 7 }, (_, part) =>
      createHash('sha256').update(`${at}/${part}`).digest(),
    ),
  );

/** All that a person could find in a store of `fill`, in a form that can be compared. */
export async function contentOf(store: Store) {
  const documents: unknown[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await store.search(notes, [], { limit: 1000, cursor });
    documents.push(...page.items);
    if (!page.nextCursor) break;
    cursor = page.nextCursor;
  }
  const sums: string[] = [];
  for (let at = 0; at < 9; at += 1) {
    const stream = await store.blobs.get(`blob-${at}`);
    sums.push(
      createHash('sha256')
        .update(stream ? await buffer(stream) : 'none')
        .digest('hex'),
    );
  }
  const found = async (index: string, where: Record<string, string | number>) =>
    (await store.find(notes, { index, where, limit: 1000 })).items.map(({ id }) => id);
  return {
    documents,
    plain: await store.get(plain, 'عربي'),
    sums,
    changed: await found('byTopic', { topic: 'changed' }),
    tagged: await found('byTag', { tags: 'ب' }),
    searched: (await store.search(notes, ['w2'], { limit: 1000 })).items.map(({ id }) => id),
    counted: await store.count(notes, { index: 'byOwnerKey', where: { owner: 'o' } }),
  };
}

/** What `contentOf` a place gives. */
export async function contentAt(place: Place) {
  const store = await openAt(place);
  try {
    return await contentOf(store);
  } finally {
    await store.close();
  }
}

/** A filled store in a new place. */
export async function aFilledStore(place: Place, count: number): Promise<Place> {
  const store = await openAt(place);
  await fill(store, count);
  await store.close();
  return place;
}

export const aRandomName = (): string => randomBytes(6).toString('hex');
