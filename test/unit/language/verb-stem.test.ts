import { assert, constantFrom, array as list, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verbStems } from '../../../src/language/verb-stem.ts';
import { families, heldOut, strangers } from './verb-forms.ts';

/** The stem that most forms of a family have among theirs, and the forms that lack it. */
const meetingOf = (forms: readonly string[]): { stem: string; apart: string[] } => {
  const stems = forms.flatMap((form) => verbStems(form));
  const having = (stem: string): string[] => forms.filter((form) => verbStems(form).includes(stem));
  const stem = [...new Set(stems)].sort((one, other) => having(other).length - having(one).length)[0] ?? '';
  return { stem, apart: forms.filter((form) => !having(stem).includes(form)) };
};

const letters = list(constantFrom(...'ابتثجحخدذرزسشصضطظعغفقكلمنهوي'), { maxLength: 24 }).map((all) => all.join(''));

describe('stems of verbs', () => {
  it.each(families)('lets the forms of %s meet in one stem', (...forms) => {
    expect(meetingOf(forms).apart).toEqual([]);
  });

  it('lets nearly all forms meet of verbs that the rules were not looked over with', () => {
    const forms = heldOut.flat();
    const apart = heldOut.flatMap((family) => meetingOf(family).apart);
    expect(forms.length).toBeGreaterThan(200);
    expect(apart.length / forms.length).toBeLessThan(0.02);
  });

  it.each(strangers)('gives %s and %s, of different verbs, different first stems', (one, other) => {
    expect(verbStems(one)[0]).not.toBe(verbStems(other)[0]);
  });

  it.each([
    ['يدفع', 'دفع'],
    ['دفعت', 'دفع'],
    ['بيشتغل', 'اشتغل'],
    ['نستعلم', 'استعلم'],
    ['سيصل', 'وصل'],
    ['مقدرش', 'قدر'],
    ['معرفتش', 'عرف'],
    ['قلت', 'قال'],
    ['حجز', 'حجز'],
    ['نزلت', 'نزل'],
    ['يتعاون', 'تعاون'],
  ])('reads %s first as a form of %s', (form, stem) => {
    expect(verbStems(form)[0]).toBe(stem);
  });

  it('gives at most six stems of two letters and more, each once, and the same each time, whatever is written', () => {
    const holds = (word: string): void => {
      const stems = verbStems(word);
      expect(stems.length).toBeLessThanOrEqual(6);
      expect(new Set(stems).size).toBe(stems.length);
      expect(stems.filter((stem) => stem.length < 2)).toEqual([]);
      expect(verbStems(word)).toEqual(stems);
    };
    assert(property(letters, holds), { numRuns: 300 });
    assert(property(string(), holds));
  });

  it.each(['', 'ا', 'book', 'دفع 3', '2024'])('takes nothing off %j, which is no Arabic word', (word) => {
    expect(verbStems(word)).toEqual([]);
  });
});
