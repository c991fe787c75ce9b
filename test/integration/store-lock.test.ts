import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aNote, keep, notes } from '../contract/store/notes.ts';
import { aDirectory, openIn, startWriter } from './store-directory.ts';

it('refuses a directory that another process holds, naming the directory, the process and the way out', async () => {
  const directory = aDirectory();
  const holder = startWriter(directory, 'holder', 'hold');
  await holder.printed(1);
  const refused = await openIn(directory).catch((error: unknown) => error);
  expect(refused).toMatchObject({ name: 'StoreError', code: 'in-use' });
  expect((refused as Error).message).toContain(directory);
  expect((refused as Error).message).toContain(`process ${holder.child.pid}`);
  expect((refused as Error).message).toMatch(/Stop that Wasl first, or give this one another DATA_DIR/);
});

it('leaves no lock behind when its holder is killed', async () => {
  const directory = aDirectory();
  const holder = startWriter(directory, 'holder', 'hold');
  await holder.printed(1);
  await holder.kill();
  const store = await openIn(directory);
  const [kept] = await keep(store, aNote());
  expect(await store.get(notes, kept!.id)).toEqual(kept);
});

it('refuses a second opening in the same process, also by another name, without harm to the first', async () => {
  const directory = aDirectory();
  const link = join(aDirectory(), 'link');
  symlinkSync(directory, link);
  const store = await openIn(directory);
  await expect(openIn(directory)).rejects.toMatchObject({ code: 'in-use' });
  await expect(openIn(link)).rejects.toMatchObject({ code: 'in-use' });
  await keep(store, aNote());
  const other = startWriter(directory, 'other', 'hold');
  await expect(other.printed(1)).rejects.toThrow(/in-use/);
});

it('can be opened again as soon as it is closed', async () => {
  const directory = aDirectory();
  for (const _ of [1, 2, 3]) {
    const store = await openIn(directory);
    await keep(store, aNote());
    await store.close();
  }
});

it('frees the directory where opening fails half-way', async () => {
  const directory = aDirectory();
  const first = await openIn(directory, { migrations: [] });
  await keep(first, aNote());
  await first.close();
  const failing = { version: 2, name: 'fails', change: { notes: raise } };
  await expect(openIn(directory, { migrations: [failing] })).rejects.toMatchObject({ code: 'failed' });
  await expect(openIn(directory, { migrations: [] })).resolves.toBeDefined();
});

function raise(): never {
  throw new Error('a faulty migration');
}
