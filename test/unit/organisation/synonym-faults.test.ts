import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { synonymFaults } from '../../../src/organisation/synonym-faults.ts';

const pathsOf = (ar: string[][], en: string[][] = []): string[] =>
  synonymFaults({ sureness: 0.95, synonyms: { ar, en } }).map(({ path }) => path.join('.'));

describe('the synonyms of editors', () => {
  it.each([
    ['a row of one word', [['مكيف']], ['synonyms.ar.0']],
    ['a row of nothing', [[]], ['synonyms.ar.0']],
    ['a row of two spellings of one word', [['طابعة', 'طابعه']], ['synonyms.ar.0']],
    ['an empty word', [['مكيف', 'تبريد', ' ']], ['synonyms.ar.0.2']],
    ['a word of signs alone', [['مكيف', 'تبريد', '؟!']], ['synonyms.ar.0.2']],
    [
      'a word in two rows, in whatever spelling',
      [
        ['مكيف', 'أجهزة التبريد'],
        ['ثلاجة', 'براد', 'اجهزه التبريد'],
      ],
      ['synonyms.ar.1.2'],
    ],
  ])('%s is a fault, told with its place', (_name, rows, paths) => {
    expect(pathsOf(rows)).toEqual(paths);
  });

  it('may hold the same word in both languages, and once more in its own row', () => {
    expect(pathsOf([['لابتوب', 'laptop']], [['notebook', 'laptop', 'Laptop']])).toEqual([]);
  });

  it('name the row that has the word already as people count', () => {
    const rows = [
      ['printer', 'ink'],
      ['toner', 'printer'],
    ];
    const [fault] = synonymFaults({ sureness: 0.95, synonyms: { ar: [], en: rows } });
    expect(fault?.message).toContain('row 1 too');
  });

  it('are without fault where no two words are alike, however many rows there are', () => {
    const word = fc.stringMatching(/^[a-z]{3,8}$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { minLength: 2, maxLength: 40, selector: (one) => one.replace(/(.)\1+/g, '$1') }),
        (all) => {
          const rows = Array.from({ length: Math.floor(all.length / 2) }, (_, at) => all.slice(2 * at, 2 * at + 2));
          expect(pathsOf(rows)).toEqual([]);
        },
      ),
    );
  });
});
