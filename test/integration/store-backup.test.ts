import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { dataVersionOf, migrations } from '../../src/store/migrations.ts';
import type { Store } from '../../src/store/port.ts';
import { aNote, idsOf, inserting, keep, notes, readAll } from '../contract/store/notes.ts';
import { aDirectory, openIn, runScript, startWriter } from './store-directory.ts';

const cli = (directory: string, ...args: string[]) =>
  runScript('../../src/store/backup-cli.ts', args, { DATA_DIR: directory });
const blobText = async (store: Store, id: string): Promise<string> => text((await store.blobs.get(id))!);

async function aFilledDirectory() {
  const directory = aDirectory();
  const store = await openIn(directory);
  const [note] = await keep(store, aNote({ words: ['باق'], tags: ['t'] }));
  await store.blobs.put('attachment', Readable.from([Buffer.from('مرفق')]), 100);
  writeFileSync(join(directory, 'encryption.key'), 'a key');
  return { directory, store, note: note! };
}

it('backs up while the store is written to, and the copy is whole units of one moment', async () => {
  const { store, note } = await aFilledDirectory();
  const target = join(aDirectory(), 'backup');
  let isDone = false;
  let written = 0;
  const writeOn = async (): Promise<void> => {
    for (; !isDone; written += 2) {
      await store.write([inserting(aNote({ topic: 'pair' })), inserting(aNote({ topic: 'pair' }))]);
    }
  };
  const writing = writeOn();
  await store.backup(target);
  isDone = true;
  await writing;
  const copy = await openIn(target);
  const pairs = await copy.count(notes, { index: 'byTopic', where: { topic: 'pair' } });
  expect(pairs % 2).toBe(0);
  expect(pairs).toBeLessThanOrEqual(written);
  expect(await copy.get(notes, note.id)).toEqual(note);
  expect(idsOf((await copy.search(notes, ['باق'])).items)).toEqual([note.id]);
  expect(await blobText(copy, 'attachment')).toBe('مرفق');
  expect(readFileSync(join(target, 'encryption.key'), 'utf8')).toBe('a key');
});

it('describes the backup in its manifest', async () => {
  const { store } = await aFilledDirectory();
  const target = join(aDirectory(), 'backup');
  await store.backup(target);
  const manifest = JSON.parse(readFileSync(join(target, 'manifest.json'), 'utf8'));
  expect(manifest).toMatchObject({
    format: 'wasl-backup-1',
    dataVersion: dataVersionOf(migrations),
    documents: { notes: 1, plain: 0 },
    blobs: { files: 1, bytes: 8 },
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

it('refuses to back up into a directory that is not empty', async () => {
  const { store } = await aFilledDirectory();
  const target = aDirectory();
  writeFileSync(join(target, 'something'), '');
  await expect(store.backup(target)).rejects.toMatchObject({
    name: 'StoreError',
    message: expect.stringContaining('not empty'),
  });
  expect(readdirSync(target)).toEqual(['something']);
});

it('stays what it was when the store it was made of goes on', async () => {
  const { store } = await aFilledDirectory();
  const target = join(aDirectory(), 'backup');
  await store.backup(target);
  await store.blobs.put('attachment', Readable.from([Buffer.from('another')]), 100);
  await store.blobs.remove('attachment');
  const copy = await openIn(target);
  expect(await blobText(copy, 'attachment')).toBe('مرفق');
});

it('is made by npm run backup while another process writes, and restored into an empty directory', async () => {
  const directory = aDirectory();
  const writer = startWriter(directory, 'busy');
  await writer.printed(100);
  const before = writer.lines.slice(1);
  const target = join(aDirectory(), 'backup');
  const made = await cli(directory, 'backup', target);
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(made.out).toMatch(/^Backed up \d+ documents and 0 attachments to /);
  await writer.printed(writer.lines.length + 10);
  await writer.kill();

  const fresh = join(aDirectory(), 'data');
  const restored = await cli(fresh, 'restore', target);
  expect(restored).toMatchObject({ code: 0, err: '' });
  const store = await openIn(fresh);
  for (const id of before) expect(await store.get(notes, `${id}-b`), id).not.toBeNull();
  const ids = idsOf(await readAll(store, { index: 'byTopic', where: { topic: 'busy' }, limit: 1000 }));
  expect(ids.filter((id) => id.endsWith('-a'))).toHaveLength(ids.length / 2);
});

it('goes beside the data directory, under its time, where no place is named', async () => {
  const { directory } = await aFilledDirectory();
  const made = await cli(directory, 'backup');
  expect(made).toMatchObject({ code: 0 });
  const place = `${directory}-backups`;
  expect(readdirSync(place)).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/)]);
  rmSync(place, { recursive: true });
});

it('is not restored while a Wasl holds the directory', async () => {
  const { directory, store } = await aFilledDirectory();
  const target = join(aDirectory(), 'backup');
  await store.backup(target);
  const refused = await cli(directory, 'restore', target, '--force');
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.err).toContain(`in use by process ${process.pid}`);
});

it('replaces a store only when told to, and keeps the former one aside', async () => {
  const { directory, store, note } = await aFilledDirectory();
  const target = join(aDirectory(), 'backup');
  await store.backup(target);
  const [later] = await keep(store, aNote());
  await store.close();
  const refused = await cli(directory, 'restore', target);
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('--force') });
  const restored = await cli(directory, 'restore', target, '--force');
  expect(restored).toMatchObject({ code: 0 });
  const former = /is now in (.*)\n/.exec(restored.out)![1]!;

  const again = await openIn(directory);
  expect(await again.get(notes, later!.id)).toBeNull();
  expect(await again.get(notes, note.id)).toEqual(note);
  expect(await blobText(again, 'attachment')).toBe('مرفق');
  expect(await (await openIn(former)).get(notes, later!.id)).toEqual(later);
});

it.each([
  ['whose database was changed', (target: string) => writeFileSync(join(target, 'wasl.db'), 'x', { flag: 'a' })],
  ['whose attachments are not all there', (target: string) => rmSync(join(target, 'blobs'), { recursive: true })],
  ['without a manifest', (target: string) => rmSync(join(target, 'manifest.json'))],
])('is refused %s, before anything is touched', async (_, harm) => {
  const { directory, store, note } = await aFilledDirectory();
  const target = join(aDirectory(), 'backup');
  await store.backup(target);
  await store.close();
  harm(target);
  const refused = await cli(directory, 'restore', target, '--force');
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.err).toMatch(/damaged|not a complete backup/);
  expect(await (await openIn(directory)).get(notes, note.id)).toEqual(note);
});

it('does not let a restore that was cut off look like an empty store', async () => {
  const { directory, store, note } = await aFilledDirectory();
  const target = join(aDirectory(), 'backup');
  await store.backup(target);
  await store.close();
  writeFileSync(join(directory, 'wasl.restoring'), '');
  rmSync(join(directory, 'wasl.db'));
  await expect(openIn(directory)).rejects.toMatchObject({ message: expect.stringContaining('restore') });
  expect(await cli(directory, 'restore', target, '--force')).toMatchObject({ code: 0 });
  expect(existsSync(join(directory, 'wasl.restoring'))).toBe(false);
  expect(await (await openIn(directory)).get(notes, note.id)).toEqual(note);
});

it.each([[], ['restore'], ['restore', 'a', 'b'], ['erase', 'x'], ['backup', '--never']])(
  'tells how to call it, with exit code 1, for %j',
  async (...args) => {
    expect(await cli(aDirectory(), ...args)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^Use: npm run/),
    });
  },
);

it('says that there is no store to back up', async () => {
  const made = await cli(aDirectory(), 'backup', join(aDirectory(), 'b'));
  expect(made).toMatchObject({ code: 1, err: expect.stringContaining('There is no store in') });
});
