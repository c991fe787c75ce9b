import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSide } from '../../../src/store/move/open-side.ts';
import { StoreError } from '../../../src/store/port.ts';
import { aNote, contractCollections, inserting, notes } from '../../contract/store/notes.ts';
import { aFilledStore, aRoot, contentAt, directoryIn, kinds, moveFromTo, openAt } from './places.ts';

if (!process.env.MONGODB_URL)
  process.stdout.write('Moves to and from MongoDB are not tried: MONGODB_URL is not set.\n');

const pairs = kinds.flatMap(([from, aFrom]) => kinds.map(([to, aTo]) => [from, to, aFrom, aTo] as const));

describe.each(pairs)('a move from %s to %s', { timeout: 60_000 }, (_from, _to, aFrom, aTo) => {
  it('gives the same documents, versions, indexes, terms and attachments, and leaves the source as it was', async () => {
    const root = aRoot();
    const from = await aFilledStore(aFrom(root), 620);
    const to = aTo(root);
    const before = await contentAt(from);
    const lines = await moveFromTo(from, to);
    expect(await contentAt(to)).toEqual(before);
    expect(await contentAt(from)).toEqual(before);
    expect(before.documents).toHaveLength(620);
    expect(lines.filter((line) => /\bsame$/.test(line))).toHaveLength(4);
    expect(lines.join('\n')).toMatch(/\nnotes +620 +620 /);
  });

  it('gives a store that goes on: versions, counters and unique indexes are heeded', async () => {
    const root = aRoot();
    const from = await aFilledStore(aFrom(root), 30);
    const to = aTo(root);
    await moveFromTo(from, to);
    const [old, moved] = [await openAt(from), await openAt(to)];
    try {
      const [first] = (await old.search(notes, ['w0'])).items;
      expect(first?.version).toBe(3);
      const change = { op: 'update', in: notes, id: first?.id ?? '', set: { topic: 'later' } } as const;
      expect(await moved.write([{ ...change, expect: 2 }])).toMatchObject({ ok: false, reason: 'conflict' });
      expect(await moved.write([{ ...change, expect: 3 }])).toMatchObject({ documents: [{ version: 4 }] });
      const twin = aNote({ mails: ['m7@example.org'] });
      expect(await moved.write([inserting(twin)])).toMatchObject({ reason: 'duplicate', index: 'byMail' });
      expect(await moved.next('tickets')).toBe(4);
      expect(await moved.next('x.y')).toBe(2);
      expect(await moved.next('other')).toBe(1);
    } finally {
      await Promise.all([old.close(), moved.close()]);
    }
  });

  it('is refused where the target holds something, is used, or is the source itself', async () => {
    const root = aRoot();
    const from = await aFilledStore(aFrom(root), 3);
    const other = await aFilledStore(aTo(root), 1);
    await expect(moveFromTo(from, other)).rejects.toThrow(
      /is not empty: it holds .*\. Give the copy a place of its own/,
    );
    await expect(moveFromTo(from, from)).rejects.toThrow(StoreError);
    await expect(moveFromTo(aFrom(root), aTo(root))).rejects.toThrow(/holds no data of Wasl/);
  });
});

describe('a directory', () => {
  it('that is in use is neither moved nor filled', async () => {
    const root = aRoot();
    const from = await aFilledStore(directoryIn(root), 3);
    const running = await openAt(from);
    await expect(moveFromTo(from, directoryIn(root))).rejects.toThrow(/is in use by process/);
    await running.close();
    const target = await openAt(directoryIn(root));
    await target.close();
  });

  it('that holds only a key is empty, one that holds attachments is not', async () => {
    const root = aRoot();
    const from = await aFilledStore(directoryIn(root), 3);
    const to = directoryIn(root);
    await (await openSide(to, { collections: contractCollections, role: 'target', now: Date.now })).close();
    writeFileSync(join(to, 'encryption.key'), 'k');
    await moveFromTo(from, to);
    expect(readdirSync(to)).toContain('encryption.key');
    expect(existsSync(join(to, 'wasl.moving'))).toBe(false);
  });
});
