import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../../../src/store/cursor.ts';
import type { AnyCollection } from '../../../src/store/port.ts';
import { planQuery } from '../../../src/store/query-plan.ts';

const letters: AnyCollection = {
  name: 'letters',
  schema: z.object({ id: z.string(), version: z.number() }),
  indexes: [{ name: 'byBox', on: ['box', 'state', 'at'] }],
  filters: ['sender', 'at'],
};

describe('planning a query', () => {
  it('fixes as long a prefix as equality and "in" reach, and multiplies the ways', () => {
    const where = { box: 'a', state: { in: ['new', 'read', 'new'] } };
    const plan = planQuery(letters, { index: 'byBox', where });
    expect(plan).toMatchObject({ fixed: ['box', 'state'], rest: ['at'], range: null, filters: [] });
    expect(plan.ways).toEqual([
      ['a', 'new'],
      ['a', 'read'],
    ]);
  });

  it('bounds the next field by a range, and leaves other conditions to declared filters', () => {
    const plan = planQuery(letters, {
      index: 'byBox',
      where: { box: 'a', state: { gt: 'b' }, sender: 's', at: { lt: 'x' } },
    });
    expect(plan).toMatchObject({ fixed: ['box'], range: { gt: 'b' }, rest: ['state', 'at'] });
    expect(plan.filters).toEqual([
      ['sender', 's'],
      ['at', { lt: 'x' }],
    ]);
  });

  it('plans no way where "in" allows no value', () => {
    expect(planQuery(letters, { index: 'byBox', where: { box: { in: [] } } }).ways).toEqual([]);
  });

  it('names collection, fields, indexes and filters where it refuses', () => {
    expect(() => planQuery(letters, { index: 'byBox', where: { box: 'a', colour: 'red' } })).toThrow(
      'letters: no index serves a query by box, colour on "byBox": "colour" neither follows the index\'s order nor is a declared filter. Indexes: byBox (box, state, at). Filters: sender, at.',
    );
  });
});

describe('a cursor', () => {
  it('gives back its values, whatever text they are', () => {
    const values = ['ب', 0.1, true, '"\u0000'];
    expect(decodeCursor(encodeCursor('byBox asc', values), 'byBox asc', 4)).toEqual(values);
  });

  it.each([
    '',
    '%',
    'bnVsbA',
    encodeCursor('other', ['a']),
    encodeCursor('byBox asc', ['a', 'b']),
    encodeCursor('byBox asc', [null]),
  ])('is refused where it is not one of ours: %j', (cursor) => {
    expect(() => decodeCursor(cursor, 'byBox asc', 1)).toThrow(/not one of ours/);
  });
});
