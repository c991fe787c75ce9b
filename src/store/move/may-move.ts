import { dataVersionOf, migrations } from '../migrations.ts';
import { StoreError } from '../port.ts';
import type { Marker, Side } from './side.ts';

const refuse = (sentence: string): never => {
  throw new StoreError('failed', sentence);
};

async function refuseUsed(side: Side): Promise<void> {
  if (!(await side.isUsed())) return;
  throw new StoreError('in-use', `Wasl runs on ${side.place}. Stop every process of it first; then move.`);
}

async function refuseSource(from: Side): Promise<void> {
  const cut = await from.marker();
  if (cut) refuse(`${from.place} is itself a copy of ${cut.from} that was cut off. End that move first.`);
  const known = dataVersionOf(migrations);
  const version = await from.dataVersion();
  if (version === null) refuse(`${from.place} holds no data of Wasl: look at the name of the place.`);
  else if (version < known)
    refuse(
      `The data in ${from.place} are of version ${version}, this Wasl writes version ${known}: start this Wasl on them once, stop it, and move then.`,
    );
  else if (version > known)
    throw new StoreError(
      'newer-data',
      `The data in ${from.place} are of version ${version}, this Wasl knows version ${known}: move with the newer Wasl.`,
    );
}

/** The marker of an earlier run of the same move, which goes on; null where the target is empty. */
async function refuseTarget(from: Side, to: Side): Promise<Marker | null> {
  const begun = await to.marker();
  if (begun && begun.from !== from.place)
    refuse(`${to.place} holds a copy of ${begun.from} that was cut off. End that move, or empty ${to.place}.`);
  const held = begun ? null : await to.held();
  if (held) refuse(`${to.place} is not empty: it holds ${held}. Give the copy a place of its own, or empty that one.`);
  return begun;
}

/**
 * Whether a move may be done, or go on: gives the marker of a run that was cut off, else null.
 * @throws StoreError with a sentence that says what to do first.
 */
export async function checkMove(from: Side, to: Side): Promise<Marker | null> {
  if (from.place === to.place) refuse(`${from.place} cannot be moved to itself.`);
  await refuseUsed(from);
  await refuseSource(from);
  await refuseUsed(to);
  return refuseTarget(from, to);
}
