import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEntity } from '../../../src/language/entities.ts';
import { readName } from '../../../src/language/names.ts';
import { type Detail, readDetails } from '../../../src/language/read-details.ts';
import { shippedUnderstanding } from '../understanding/shipped.ts';
import { answers } from './read-details-cases.ts';
import { heldOut } from './read-details-held-out.ts';

const { understand } = await shippedUnderstanding();
const readers = { name: readName, entity: readEntity, category: (text: string) => understand(text).category };
const all: Detail[] = ['name', 'entity', 'category'];

describe.each([
  ['answers to one list of what is missing', answers],
  ['such answers that were written later', heldOut],
])('%s', (_, cases) => {
  test.each(cases)('%j', (answer, told) => {
    expect(readDetails(answer, all, readers)).toEqual({ rest: '', ...told });
  });
});

describe('details that nobody asked for', () => {
  test('are neither given nor a matter', () => {
    const answer = 'الاسم: سارة أحمد\nالجهة: كلية العلوم';
    expect(readDetails(answer, ['entity'], readers)).toEqual({ entity: 'كلية العلوم', rest: '' });
  });
});

describe('any answer', () => {
  test('is read without throwing, and gives only what was asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.subarray(all), (text, asked) => {
        const { rest, ...details } = readDetails(text, asked, readers);
        expect(typeof rest).toBe('string');
        expect(asked).toEqual(expect.arrayContaining(Object.keys(details)));
      }),
      { numRuns: 200 },
    );
  });
});
