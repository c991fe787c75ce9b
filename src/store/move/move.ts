import { type AnyCollection, StoreError } from '../port.ts';
import { copyBlobs, copyDocuments, type Ends } from './copy.ts';
import { checkMove } from './may-move.ts';
import { createProgress, type Progress } from './progress.ts';
import { type Compared, compareAll, isSame, tableOf } from './verify.ts';

export interface Move extends Ends {
  /** All that is to be copied. */
  collections: readonly AnyCollection[];
  /** Time in ms. */
  now: () => number;
  /** Takes a line for the operator. */
  tell: (line: string) => void;
}

async function copy(move: Move, progress: Progress): Promise<void> {
  progress.begin('Documents copied');
  for (const collection of move.collections) await copyDocuments(move, collection, progress);
  progress.end();
  await move.to.setCounters(await move.from.counters());
  progress.begin('Attachments copied');
  await copyBlobs(move, progress);
  progress.end();
}

async function verify(move: Move, progress: Progress): Promise<Compared[]> {
  progress.begin('Compared on both sides');
  const compared = await compareAll(move, move.collections, progress);
  progress.end();
  for (const line of tableOf(compared)) move.tell(line);
  const wrong = compared.filter((one) => !isSame(one)).map(({ name }) => name);
  if (wrong.length === 0) return compared;
  throw new StoreError(
    'failed',
    `The copy differs from ${move.from.place} in: ${wrong.join(', ')}. It cannot be used as it is. Run the command again; if it still differs, empty ${move.to.place} and begin anew.`,
  );
}

/** A process that began meanwhile may have changed what was copied already. */
async function refuseChanged({ from }: Move): Promise<void> {
  if (!(await from.isUsed())) return;
  throw new StoreError('in-use', `A Wasl was started on ${from.place} meanwhile. Stop it and run the command again.`);
}

/**
 * Copies a whole store into an empty place, goes on where an earlier run was cut off, and reads both places at the end
 * to compare them. The source is not changed. Gives the comparison, in which everything is the same.
 * @throws StoreError that says what to do; the place is then no store, and the move may be run again.
 */
export async function moveStore(move: Move): Promise<Compared[]> {
  const { from, to, now, tell } = move;
  const begun = await checkMove(from, to);
  const progress = createProgress(tell, now);
  if (begun) tell(`Going on with the copy of ${from.place} that was begun at ${begun.startedAt}`);
  else tell(`Copying ${from.place} to ${to.place}`);
  await to.begin(begun ?? { from: from.place, startedAt: new Date(now()).toISOString() });
  await copy(move, progress);
  const compared = await verify(move, progress);
  await refuseChanged(move);
  await to.end();
  return compared;
}
