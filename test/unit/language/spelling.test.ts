import { assert, constantFrom, integer, array as list, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSpelling } from '../../../src/language/spelling.ts';

/** Slips between two words, counted plainly: the least number of letters left out, put in, changed or swapped. */
const slipsBetween = (one: string, other: string): number => {
  const table: number[][] = [Array.from({ length: other.length + 1 }, (_, place) => place)];
  for (let row = 1; row <= one.length; row += 1) {
    table[row] = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const choices = [
        table[row - 1]![column]! + 1,
        table[row]![column - 1]! + 1,
        table[row - 1]![column - 1]! + (same ? 0 : 1),
      ];
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped) choices.push(table[row - 2]![column - 2]! + 1);
      table[row]![column] = Math.min(...choices);
    }
  }
  return table[one.length]![other.length]!;
};

const near = (word: string, known: readonly string[]): string[] =>
  [...new Set(known)].filter((other) => slipsBetween(word, other) <= (word.length >= 8 ? 2 : 1));

const letters = constantFrom(...'ابتدرسمن');
const written = (least: number, most: number) =>
  list(letters, { minLength: least, maxLength: most }).map((all) => all.join(''));

const known = [
  'مشكله',
  'بطاقه',
  'رخصه',
  'موعد',
  'فاتوره',
  'استعلام',
  'استلام',
  'مستشفي',
  'حساب',
  'شكوي',
  'ticket',
  'password',
];
const spelling = createSpelling(known);

describe('the nearest known word', () => {
  it.each([
    ['مشكله', 'مشكله'],
    ['مشكه', 'مشكله'],
    ['مشككله', 'مشكله'],
    ['مشكتله', 'مشكله'],
    ['مشلكه', 'مشكله'],
    ['بتاقه', 'بطاقه'],
    ['بطاكه', 'بطاقه'],
    ['رخسه', 'رخصه'],
    ['فتوره', 'فاتوره'],
    ['موعض', 'موعد'],
    ['مستشقي', 'مستشفي'],
    ['حسااب', 'حساب'],
    ['tiket', 'ticket'],
    ['tickte', 'ticket'],
    ['pasword', 'password'],
    ['paswwrod', 'password'],
    ['passowrds', 'password'],
  ])('of %s is %s', (word, meant) => {
    expect(spelling.nearest(word)).toBe(meant);
  });

  it.each(['', 'موع', 'tic', 'كهرباء', 'مواعيد', 'استغلال', 'qwertyuiop', 'x'.repeat(200)])('of %s is none', (word) => {
    expect(spelling.nearest(word)).toBeNull();
  });

  it('allows a second slip only from eight letters on', () => {
    expect(createSpelling(['برنامج']).nearest('بنرمج')).toBeNull();
    expect(createSpelling(['البرنامج']).nearest('البنرماج')).toBe('البرنامج');
  });

  it('takes a letter that sounds alike or lies beside it before any other', () => {
    expect(createSpelling(['ضابط', 'رابط']).nearest('ظابط')).toBe('ضابط');
    expect(createSpelling(['موقف', 'موقع']).nearest('موقغ')).toBeNull();
    expect(createSpelling(['سداد', 'مداد']).nearest('صداد')).toBe('سداد');
    expect(createSpelling(['coast', 'roast']).nearest('voast')).toBe('coast');
  });

  it('takes a missing alef before another missing letter', () => {
    expect(createSpelling(['كتاب', 'كتيب']).nearest('كتمب')).toBeNull();
    expect(createSpelling(['رساله', 'رسيله']).nearest('رسله')).toBe('رساله');
  });

  it('gives none where several are as near, unless one is met much more often', () => {
    const words = ['قلمين', 'علمين'];
    expect(createSpelling(words).nearest('حلمين')).toBeNull();
    expect(createSpelling(words, (word) => (word === 'علمين' ? 40 : 3)).nearest('حلمين')).toBe('علمين');
    expect(createSpelling(words, (word) => (word === 'علمين' ? 4 : 3)).nearest('حلمين')).toBeNull();
  });

  it('leaves a known word as it is, also beside a more frequent one', () => {
    expect(createSpelling(['موعد', 'موعدك'], (word) => word.length ** 5).nearest('موعد')).toBe('موعد');
  });

  it('knows nothing without words', () => {
    expect(createSpelling([]).nearest('موعد')).toBeNull();
  });

  it('is within so many slips by the plain count, is the one where one is, and none where none is', () => {
    assert(
      property(list(written(3, 10), { maxLength: 40 }), written(4, 10), (words, word) => {
        const found = createSpelling(words).nearest(word);
        const within = near(word, words);
        if (found !== null) expect(within).toContain(found);
        if (within.length <= 1) expect(found).toBe(within[0] ?? null);
      }),
      { numRuns: 500 },
    );
  });

  it('finds a word again after one or two slips, as far as the plain count allows', () => {
    const slip = tuple(constantFrom('out', 'in', 'changed', 'swapped'), integer({ min: 0, max: 11 }), letters);
    assert(
      property(written(7, 12), list(slip, { minLength: 1, maxLength: 2 }), (word, slips) => {
        let typed = word;
        for (const [kind, far, letter] of slips.slice(0, word.length > 9 ? 2 : 1)) {
          const at = far % (typed.length - 1);
          const [a = '', b = ''] = typed.slice(at, at + 2);
          const put = { out: b, in: a + letter + b, changed: letter + b, swapped: b + a }[kind] ?? '';
          typed = typed.slice(0, at) + put + typed.slice(at + 2);
        }
        const found = slipsBetween(typed, word) <= (typed.length >= 8 ? 2 : 1);
        expect(createSpelling([word]).nearest(typed)).toBe(found ? word : null);
      }),
      { numRuns: 500 },
    );
  });
});
