import { createHash } from 'node:crypto';
import type { AnyCollection } from '../port.ts';
import { canonical, createTally, type Tally } from './checksum.ts';
import type { Ends } from './copy.ts';
import type { Progress } from './progress.ts';
import type { Side } from './side.ts';

/** One line of the comparison of two places. */
export interface Compared {
  name: string;
  from: Tally;
  to: Tally;
}

export const isSame = ({ from, to }: Compared): boolean => from.count === to.count && from.sum === to.sum;

async function tallyDocuments(side: Side, collection: AnyCollection, progress: Progress): Promise<Tally> {
  const tally = createTally();
  for await (const part of side.documents(collection)) {
    for (const document of part) tally.add(canonical(document));
    progress.step(collection.name, part.length);
  }
  return tally.result();
}

async function hashBlob(side: Side, id: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of (await side.getBlob(id)) ?? []) hash.update(chunk);
  return hash.digest('hex');
}

async function tallyBlobs(side: Side, progress: Progress): Promise<Tally> {
  const tally = createTally();
  for await (const { id, bytes } of side.blobs()) {
    tally.add(canonical([id, bytes, await hashBlob(side, id)]));
    progress.step('attachments', 1, bytes);
  }
  return tally.result();
}

async function tallyCounters(side: Side): Promise<Tally> {
  const tally = createTally();
  for (const entry of await side.counters()) tally.add(canonical(entry));
  return tally.result();
}

const compare = async ({ from, to }: Ends, name: string, look: (side: Side) => Promise<Tally>): Promise<Compared> => ({
  name,
  from: await look(from),
  to: await look(to),
});

/** Reads both places wholly and compares what they hold, by number and checksum. */
export async function compareAll(
  ends: Ends,
  collections: readonly AnyCollection[],
  progress: Progress,
): Promise<Compared[]> {
  const compared: Compared[] = [];
  for (const collection of collections)
    compared.push(await compare(ends, collection.name, (side) => tallyDocuments(side, collection, progress)));
  compared.push(await compare(ends, '(counters)', tallyCounters));
  compared.push(await compare(ends, '(attachments)', (side) => tallyBlobs(side, progress)));
  return compared;
}

const shortSum = ({ sum }: Tally): string => sum.slice(0, 12);

/** The comparison as lines of a table, empty collections left out. */
export function tableOf(compared: readonly Compared[]): string[] {
  const rows = compared
    .filter(({ from, to }) => from.count + to.count > 0)
    .map((one) => [
      one.name,
      String(one.from.count),
      String(one.to.count),
      shortSum(one.from),
      shortSum(one.to),
      isSame(one) ? 'same' : 'DIFFERS',
    ]);
  const all = [['', 'from', 'to', 'checksum', 'checksum', ''], ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => pad(cell, column, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Numbers stand to the right. */
const pad = (cell: string, column: number, width: number): string =>
  column === 1 || column === 2 ? cell.padStart(width) : cell.padEnd(width);
