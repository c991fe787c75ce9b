import type { AnyCollection, Query } from '../port.ts';
import { planQuery } from '../query-plan.ts';
import { type Filter, filterOf } from './filter.ts';
import type { Reader } from './read.ts';

interface Held {
  /** The unit that holds so many of the documents; null: none does. */
  _id: string | null;
  n: number;
}

/** How often a count is begun anew because units ended meanwhile. */
const mostCounts = 20;

/** How many of the held documents are not there yet; null where the units have ended since they were counted. */
async function countHidden(reader: Reader, from: AnyCollection, filter: Filter, held: readonly Held[]) {
  const units = held.map(({ _id }) => _id);
  const found = await reader.at
    .collection(from)
    .find({ $and: [filter, { _unit: { $in: units } }] })
    .toArray();
  const { shown, moved } = await reader.settle(from, found);
  const isAll = held.reduce((sum, { n }) => sum + n, 0) === found.length;
  return moved || !isAll ? null : shown.filter((each) => each === null).length;
}

const countGroups = ({ at }: Reader, from: AnyCollection, filter: Filter): Promise<Held[]> =>
  at
    .collection(from)
    .aggregate<Held>([{ $match: filter }, { $group: { _id: '$_unit', n: { $sum: 1 } } }])
    .toArray();

/** How many documents a query finds: in one pass, with those apart that units hold, so that of a unit all or nothing counts. */
export async function count(
  reader: Reader,
  from: AnyCollection,
  query: Pick<Query, 'index' | 'where'>,
): Promise<number> {
  const filter = filterOf(planQuery(from, query));
  if (!filter) return 0;
  for (let counts = 1; ; counts += 1) {
    const groups = await reader.steady(from, () => countGroups(reader, from, filter));
    const all = groups.reduce((sum, { n }) => sum + n, 0);
    const held = groups.filter(({ _id }) => _id !== null && _id !== undefined);
    if (held.length === 0) return all;
    const hidden = await countHidden(reader, from, filter, held);
    if (hidden !== null) return all - hidden;
    if (counts === mostCounts) return all - held.reduce((sum, { n }) => sum + n, 0);
  }
}
