import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyBlobs, copyDocuments } from '../../../src/store/move/copy.ts';
import { moveStore } from '../../../src/store/move/move.ts';
import type { Side } from '../../../src/store/move/side.ts';
import { listBlobs } from '../../../src/store/sqlite/backup.ts';
import { contractCollections, notes } from '../../contract/store/notes.ts';
import {
  aFilledStore,
  aRoot,
  contentAt,
  directoryIn,
  kinds,
  moveFromTo,
  openAt,
  type Place,
  withEnds,
} from './places.ts';

class CutOff extends Error {}

/** The target as a process finds it that dies at its nth change of it: before that change is done, or after. */
function dyingAt(to: Side, nth: number, isDone: boolean): Side {
  let calls = 0;
  const dying =
    <A extends unknown[]>(work: (...args: A) => Promise<void>) =>
    async (...args: A): Promise<void> => {
      calls += 1;
      if (calls === nth && !isDone) throw new CutOff();
      await work(...args);
      if (calls === nth) throw new CutOff();
    };
  return {
    ...to,
    begin: dying(to.begin),
    end: dying(to.end),
    insert: dying(to.insert),
    clear: dying(to.clear),
    setCounters: dying(to.setCounters),
    putBlob: dying(to.putBlob),
    removeBlob: dying(to.removeBlob),
  };
}

/** Runs a move that dies at its nth change; gives whether it came so far. */
async function runDying(from: Place, to: Place, nth: number, isDone: boolean): Promise<boolean> {
  const parts = { collections: contractCollections, now: Date.now, tell: () => undefined };
  try {
    await withEnds(from, to, (ends) => moveStore({ ...ends, ...parts, to: dyingAt(ends.to, nth, isDone) }));
    return false;
  } catch (error) {
    if (error instanceof CutOff) return true;
    throw error;
  }
}

const pairs = kinds.flatMap(([from, aFrom]) => kinds.map(([to, aTo]) => [from, to, aFrom, aTo] as const));

/** Between two databases nothing is done that is not done with one. */
const tried = pairs.filter(([from, to]) => from === 'a directory' || to === 'a directory');

describe.each(tried)('a move from %s to %s that is cut off', { timeout: 120_000 }, (_from, _to, aFrom, aTo) => {
  it('anywhere, again and again, goes on until everything is there', async () => {
    const root = aRoot();
    const from = await aFilledStore(aFrom(root), 1300);
    const whole = await contentAt(from);
    const death = fc.record({ nth: fc.integer({ min: 1, max: 9 }), isDone: fc.boolean() });
    const runs = fc.asyncProperty(fc.array(death, { minLength: 1, maxLength: 4 }), async (deaths) => {
      const to = aTo(root);
      let isCut = false;
      for (const { nth, isDone } of deaths) isCut = await runDying(from, to, nth, isDone);
      if (isCut) await moveFromTo(from, to);
      expect(await contentAt(to)).toEqual(whole);
    });
    await fc.assert(runs, { numRuns: process.env.MONGODB_URL ? 2 : 4 });
  });

  it('leaves what no Wasl opens and no other move fills', async () => {
    const root = aRoot();
    const from = await aFilledStore(aFrom(root), 600);
    const to = aTo(root);
    expect(await runDying(from, to, 3, true)).toBe(true);
    await expect(openAt(to)).rejects.toThrow(
      /holds a copy of .* that was cut off before its end\. Run npm run migrate/,
    );
    const other = await aFilledStore(directoryIn(root), 1);
    await expect(moveFromTo(other, to)).rejects.toThrow(/End that move, or empty/);
    await expect(moveFromTo(to, directoryIn(root))).rejects.toThrow(/is itself a copy of .* that was cut off/);
    expect((await moveFromTo(from, to))[0]).toMatch(/^Going on with the copy of/);
  });

  it('takes what was changed in the source meanwhile', async () => {
    const root = aRoot();
    const from = await aFilledStore(aFrom(root), 600);
    const to = aTo(root);
    expect(await runDying(from, to, 8, true)).toBe(true);
    const store = await openAt(from);
    const [first, second] = (await store.search(notes, ['w1'])).items;
    await store.write([{ op: 'update', in: notes, id: first?.id ?? '', set: { topic: 'changed', mails: ['new@x'] } }]);
    await store.write([{ op: 'remove', in: notes, id: second?.id ?? '' }]);
    await store.next('tickets');
    await store.blobs.remove('blob-0');
    await store.close();
    const whole = await contentAt(from);
    await moveFromTo(from, to);
    expect(await contentAt(to)).toEqual(whole);
  });
});

/** A directory whose copy is whole but not ended yet. */
async function aCopy() {
  const root = aRoot();
  const from = await aFilledStore(directoryIn(root), 40);
  const to = directoryIn(root);
  const progress = { begin: () => undefined, step: () => undefined, end: () => undefined };
  await withEnds(from, to, async (ends) => {
    await ends.to.begin({ from: ends.from.place, startedAt: new Date().toISOString() });
    for (const collection of contractCollections) await copyDocuments(ends, collection, progress);
    await copyBlobs(ends, progress);
  });
  return { from, to };
}

describe('the comparison at the end', () => {
  it('finds a document that became another one on its way, and leaves the target unusable', async () => {
    const { from, to } = await aCopy();
    const lines: string[] = [];
    const parts = { collections: contractCollections, now: Date.now, tell: (line: string) => void lines.push(line) };
    const forging = (side: Side): Side => ({
      ...side,
      insert: (into, documents) =>
        side.insert(
          into,
          documents.map((one, at) => (at === 2 ? { ...one, topic: 'forged' } : one)),
        ),
    });
    rmSync(to, { recursive: true });
    const moving = withEnds(from, to, (ends) => moveStore({ ...ends, ...parts, to: forging(ends.to) }));
    await expect(moving).rejects.toThrow(/The copy differs from .* in: notes\. It cannot be used as it is/);
    expect(lines.filter((line) => line.endsWith('DIFFERS'))).toHaveLength(1);
    await expect(openAt(to)).rejects.toThrow(/cut off/);
    await moveFromTo(from, to);
    expect(await contentAt(to)).toEqual(await contentAt(from));
  });

  it('finds an attachment of which a byte is another', async () => {
    const { from, to } = await aCopy();
    const path = join(to, 'blobs', (await listBlobs(to)).find((one) => one.endsWith('blob-3')) ?? '');
    const bytes = readFileSync(path);
    bytes[5] = (bytes[5] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    await expect(moveFromTo(from, to)).rejects.toThrow(/differs from .* in: \(attachments\)\./);
  });
});
