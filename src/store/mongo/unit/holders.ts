import type { Clear } from './clear.ts';
import type { Context } from './context.ts';
import { placeText, type Taken } from './evaluate.ts';

/** Finds by which of the values that a unit takes another document is in its way; null for none. */
export type FindHolder = (taken: readonly Taken[], own: ReadonlySet<string>, until: number) => Promise<Taken | null>;

const most = 500;

interface Asked {
  from: Taken['from'];
  index: string;
  taken: Taken[];
}

/** One question for each index, and for no more than `most` values. */
function questions(taken: readonly Taken[]): Asked[] {
  const asked: Asked[] = [];
  for (const each of taken) {
    const same = asked.findLast(({ from, index }) => from === each.from && index === each.index);
    if (same && same.taken.length < most) same.taken.push(each);
    else asked.push({ from: each.from, index: each.index, taken: [each] });
  }
  return asked;
}

/**
 * Looks in the server's indexes. A document that an undecided unit holds says nothing yet: that is waited for, since its unit
 * may be given up. `own` are the unit's own documents, by `placeText`.
 */
export const createFindHolder = ({ options }: Context, clear: Clear): FindHolder => {
  const ask = async ({ from, index, taken }: Asked, own: ReadonlySet<string>, until: number): Promise<Taken[]> => {
    const values = [...new Set(taken.map(({ value }) => value))];
    const path = `_u.${index}`;
    for (;;) {
      const found = await options
        .collection(from)
        .find({ [path]: values.length === 1 ? values[0] : { $in: values } })
        .toArray();
      const others = found.filter(({ _id }) => !own.has(placeText(from, _id)));
      const held = others.filter(({ _unit }) => _unit !== undefined);
      if (held.length === 0) {
        const theirs = new Set(others.flatMap((other) => other._u?.[index] ?? []));
        return taken.filter(({ value }) => theirs.has(value));
      }
      for (const { _id, _unit } of held) await clear({ from, id: _id }, _unit ?? '', until);
    }
  };
  return async (taken, own, until) => {
    const found = await Promise.all(questions(taken).map((each) => ask(each, own, until)));
    const inTheWay = found.flat();
    return inTheWay.reduce<Taken | null>((first, each) => (first && first.at <= each.at ? first : each), null);
  };
};
