import { assert, constantFrom, array as list, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromArabizi, skeleton } from '../../../src/language/arabizi.ts';
import { fold } from '../../../src/language/fold.ts';
import { heldOut, spellings } from './arabizi-spellings.ts';

type Row = readonly [string, ...string[]];
const pairsOf = (rows: readonly Row[]): [string, string][] =>
  rows.flatMap(([arabic, ...latin]) => latin.map((word): [string, string] => [word, fold(arabic)]));

const shareOf = (rows: readonly Row[], right: (word: string, arabic: string) => boolean): number => {
  const pairs = pairsOf(rows);
  return pairs.filter(([word, arabic]) => right(word, arabic)).length / pairs.length;
};

const isAmong = (word: string, arabic: string): boolean => fromArabizi(word).includes(arabic);
const meets = (word: string, arabic: string): boolean => skeleton(word) === skeleton(arabic);

/** Words as anybody may type them: any text, and Latin letters with digits. */
const letter = constantFrom(..."abcdefghijklmnopqrstuvwxyz0123456789'");
const typed = list(letter, { maxLength: 30 }).map((letters) => letters.join(''));
const syllable = tuple(
  constantFrom('b', 'sh', 'kh', 'm', 'r', '7', '3', 'd', 'th', 'f', 'n', 'z'),
  constantFrom('a', 'aa', 'i', 'ee', 'o', 'oo'),
).map((sounds) => sounds.join(''));
const spoken = tuple(list(syllable, { minLength: 1, maxLength: 4 }), constantFrom('b', 'd', 'm', 'sh', 'k'));

describe('Arabic in Latin letters', () => {
  it('has the word that is meant among the spellings, almost always', () => {
    expect(pairsOf(spellings).length).toBeGreaterThan(600);
    expect(shareOf(spellings, isAmong)).toBeGreaterThan(0.98);
  });

  it('has it also for words that the rules were not looked over with', () => {
    expect(pairsOf(heldOut).length).toBeGreaterThan(240);
    expect(shareOf(heldOut, isAmong)).toBeGreaterThan(0.97);
  });

  it.each([
    ['salam', 'سلام'],
    ['3alaykum', 'عليكم'],
    ['kaif', 'كيف'],
    ['wain', 'وين'],
    ['bait', 'بيت'],
    ['7ajz', 'حجز'],
    ['kharban', 'خربان'],
    ['tajdeed', 'تجديد'],
    ['al5edma', 'الخدمه'],
    ['assalam', 'السلام'],
    ['5edma', 'خدمه'],
    ['m3amla', 'معمله'],
  ])('reads %s first as %s', (word, arabic) => {
    expect(fromArabizi(word)[0]).toBe(arabic);
  });

  it.each([
    '',
    '2024',
    '5th',
    '3pm',
    '7days',
    'h2o1',
    '12',
    'über',
    'سلام',
    'a0b',
    'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'aeiou',
  ])('takes %j for no Arabic', (word) => {
    expect(fromArabizi(word)).toEqual([]);
  });

  it('gives at most 24 folded spellings, each once, and the same each time, whatever is typed', () => {
    const holds = (word: string): void => {
      const found = fromArabizi(word);
      expect(found.length).toBeLessThanOrEqual(24);
      expect(new Set(found).size).toBe(found.length);
      expect(found.filter((spelled) => !/^[\u0627\u0628\u062a-\u063a\u0641-\u0648\u064a]{2,}$/.test(spelled))).toEqual(
        [],
      );
      expect(fromArabizi(word)).toEqual(found);
    };
    assert(property(string(), holds));
    assert(property(typed, holds), { numRuns: 300 });
  });
});

describe('the skeleton of a word', () => {
  it('is that of the word meant, for nearly all spellings', () => {
    expect(shareOf(spellings, meets)).toBeGreaterThan(0.96);
    expect(shareOf(heldOut, meets)).toBeGreaterThan(0.94);
  });

  it('is shared by a word in Latin letters and the first spelling of it', () => {
    assert(
      property(spoken, ([syllables, last]) => {
        const word = syllables.join('') + last;
        expect(skeleton(fromArabizi(word)[0] ?? '')).toBe(skeleton(word));
      }),
    );
  });

  it.each([
    ['مكتب', 'مصنع'],
    ['جواز', 'جوال'],
    ['سلام', 'كلام'],
    ['حساب', 'حجز'],
    ['شكوى', 'شكرا'],
  ])('tells %s from %s', (one, other) => {
    expect(skeleton(fold(one))).not.toBe(skeleton(fold(other)));
  });

  it('is made of a few consonants, none twice in a row, whatever is typed', () => {
    const ofConsonants = (word: string): void => {
      expect(skeleton(word)).toMatch(/^(?:([45bdfhklmnrst])(?!\1))*$/);
    };
    assert(property(string(), ofConsonants));
    assert(property(typed, ofConsonants));
  });
});
