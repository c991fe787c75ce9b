import { chmodSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import type { Store, WriteResult } from '../../src/store/port.ts';
import { aNote, idsOf, inserting, keep, type Note, notes, readAll } from '../contract/store/notes.ts';
import { aDirectory, openIn, startWriter } from './store-directory.ts';

const body = 'x'.repeat(3000);

async function fill(directory: string, many: number): Promise<void> {
  const store = await openIn(directory);
  for (let left = many; left > 0; left -= 200) {
    await keep(store, ...Array.from({ length: Math.min(left, 200) }, () => aNote({ topic: 'filled', body })));
  }
  await store.close();
}

function damage(directory: string, from: number, length: number): void {
  const path = join(directory, 'wasl.db');
  const content = readFileSync(path);
  content.fill(0xa5, from, from + length);
  writeFileSync(path, content);
}

/** Writes notes one by one until one is refused; gives those acknowledged and the refusal. */
async function writeUntilRefused(store: Store): Promise<{ kept: Note[]; refusal: unknown }> {
  const kept: Note[] = [];
  for (;;) {
    const note = aNote({ topic: 'until full', body });
    const result: WriteResult | Error = await store.write([inserting(note)]).catch((error: Error) => error);
    if (result instanceof Error) return { kept, refusal: result };
    kept.push(note);
  }
}

it('refuses writes clearly while the disk is full, loses nothing acknowledged, and goes on when there is space', async () => {
  const directory = aDirectory();
  const store = await openIn(directory, { maxPages: 400 });
  const { kept, refusal } = await writeUntilRefused(store);
  expect(kept.length).toBeGreaterThan(50);
  expect(refusal).toMatchObject({ name: 'StoreError', code: 'disk-full' });
  expect((refusal as Error).message).toContain(directory);
  expect((refusal as Error).message).toMatch(/is full: this change was not kept\. Free space/);
  await expect(store.write([inserting(aNote({ body }))])).rejects.toMatchObject({ code: 'disk-full' });
  await expect(store.check()).rejects.toMatchObject({ code: 'disk-full' });
  expect(idsOf(await readAll(store, { index: 'byTopic', where: { topic: 'until full' } }))).toEqual(idsOf(kept));

  for (const { id } of kept.splice(0, 30)) await store.write([{ op: 'remove', in: notes, id }]);
  await expect(store.check()).resolves.toBeUndefined();
  kept.push(...(await keep(store, aNote({ topic: 'until full' }))));
  await store.close();
  const again = await openIn(directory);
  expect(idsOf(await readAll(again, { index: 'byTopic', where: { topic: 'until full' } }))).toEqual(idsOf(kept));
});

it('keeps what fits of the writes that arrive together when the disk gets full, and refuses each of the others', async () => {
  const store = await openIn(aDirectory(), { maxPages: 300 });
  const together = Array.from({ length: 400 }, () => aNote({ topic: 'together', body }));
  const results = await Promise.allSettled(together.map((note) => store.write([inserting(note)])));
  const kept = together.filter((_, i) => results[i]?.status === 'fulfilled');
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused.length).toBeGreaterThan(0);
  expect(kept.length).toBeGreaterThan(0);
  for (const { reason } of refused) expect(reason).toMatchObject({ code: 'disk-full' });
  const stored = await readAll(store, { index: 'byTopic', where: { topic: 'together' }, limit: 1000 });
  expect(idsOf(stored)).toEqual(idsOf(kept));
});

it('refuses a file that is no database, saying what to do', async () => {
  const directory = aDirectory();
  writeFileSync(join(directory, 'wasl.db'), 'this is not a database, and long enough to be read as one '.repeat(50));
  const refused = openIn(directory);
  await expect(refused).rejects.toMatchObject({ name: 'StoreError', code: 'corrupt' });
  await expect(refused).rejects.toThrow(/damaged or not a database.*npm run restore/);
});

it("refuses another program's database", async () => {
  const directory = aDirectory();
  const other = new DatabaseSync(join(directory, 'wasl.db'));
  other.exec('CREATE TABLE theirs (a)');
  other.close();
  await expect(openIn(directory)).rejects.toMatchObject({
    code: 'corrupt',
    message: expect.stringContaining('another program'),
  });
});

it('finds damage inside a database at opening, and says how to go on', async () => {
  const directory = aDirectory();
  await fill(directory, 400);
  damage(directory, 40 * 4096, 20 * 4096);
  const refused = openIn(directory);
  await expect(refused).rejects.toMatchObject({ name: 'StoreError', code: 'corrupt' });
  await expect(refused).rejects.toThrow(/npm run restore/);
});

it('finds a database that was cut short', async () => {
  const directory = aDirectory();
  await fill(directory, 400);
  truncateSync(join(directory, 'wasl.db'), 100 * 4096);
  await expect(openIn(directory)).rejects.toMatchObject({ code: 'corrupt' });
});

it('tells of damage that shows only while running, instead of giving less than there is', async () => {
  const directory = aDirectory();
  await fill(directory, 6000);
  damage(directory, 2000 * 4096, 2000 * 4096);
  const store = await openIn(directory); // too large to be read through at each start
  const reading = readAll(store, { index: 'byTopic', where: { topic: 'filled' }, limit: 1000 });
  await expect(reading).rejects.toMatchObject({ name: 'StoreError', code: 'corrupt' });
});

it('looks a large database through after a crash', async () => {
  const directory = aDirectory();
  await fill(directory, 6000);
  const writer = startWriter(directory, 'crashing');
  await writer.printed(20);
  await writer.kill();
  damage(directory, 2000 * 4096, 2000 * 4096);
  await expect(openIn(directory)).rejects.toMatchObject({ code: 'corrupt' });
});

it('does not put an empty store in the place of one whose database is gone', async () => {
  const directory = aDirectory();
  const store = await openIn(directory);
  await store.blobs.put('attachment', Readable.from([Buffer.from('x')]), 10);
  await store.close();
  rmSync(join(directory, 'wasl.db'));
  await expect(openIn(directory)).rejects.toMatchObject({
    code: 'corrupt',
    message: expect.stringContaining('attachments'),
  });
  expect(existsSync(join(directory, 'wasl.db'))).toBe(false);
});

it('removes at opening what a crash left of a blob', async () => {
  const directory = aDirectory();
  await (await openIn(directory)).close();
  const leftover = join(directory, 'blobs', '.unfinished', 'leftover');
  writeFileSync(leftover, 'half');
  await openIn(directory);
  expect(existsSync(leftover)).toBe(false);
});

/** Runs as a user without rights where the tests run as root, who may write everywhere. */
async function withoutRights<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

it('refuses a directory it may not write in, new or with a store', async () => {
  const readOnly = { name: 'StoreError', code: 'read-only', message: expect.stringContaining('write access') };
  const [fresh, used] = [aDirectory(), aDirectory()];
  await fill(used, 1);
  for (const directory of [fresh, used]) {
    chmodSync(directory, 0o555);
    await withoutRights(() => expect(openIn(directory)).rejects.toMatchObject(readOnly));
    chmodSync(directory, 0o755);
  }
});

it('refuses a path that is a file', async () => {
  const path = join(aDirectory(), 'file');
  writeFileSync(path, '');
  await expect(openIn(path)).rejects.toMatchObject({ name: 'StoreError' });
});
