import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { pageOfList } from '../../../src/http/page-of-list.ts';

const place = z.object({ rank: z.number() });
const compare = (one: { rank: number }, other: { rank: number }): number => one.rank - other.rank;
const paging = (limit: number, cursor?: string) => ({ limit, cursor, place, compare });

it('gives each entry once, in order, whatever the size of a page', () => {
  fc.assert(
    fc.property(fc.nat({ max: 30 }), fc.integer({ min: 1, max: 7 }), (size, limit) => {
      const list = Array.from({ length: size }, (_, rank) => ({ rank, name: `n${rank}` }));
      const seen = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = pageOfList(list, paging(limit, cursor));
        seen.push(...page.items);
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(list);
    }),
  );
});

it('goes on behind the last one shown, also where others came or went', () => {
  const { nextCursor } = pageOfList([{ rank: 1 }, { rank: 3 }, { rank: 5 }], paging(2));
  const changed = [{ rank: 0 }, { rank: 2 }, { rank: 4 }, { rank: 5 }];
  expect(pageOfList(changed, paging(2, nextCursor ?? '')).items).toEqual([{ rank: 4 }, { rank: 5 }]);
});

it.each(['x', '', Buffer.from('{"rank":"1"}').toString('base64url')])(
  'refuses %j, which is no cursor of it',
  (cursor) => {
    expect(() => pageOfList([{ rank: 1 }], paging(1, cursor))).toThrow('not a cursor of this list');
  },
);
