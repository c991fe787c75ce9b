import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readScore } from '../../../src/survey/read-score.ts';

const titles = [
  { title: 'ممتاز', score: 5 },
  { title: 'جيد جداً', score: 4 },
  { title: 'جيد', score: 3 },
  { title: 'مقبول', score: 2 },
  { title: 'ضعيف', score: 1 },
  { title: 'Very good', score: 4 },
];
const read = (text: string): number | null => readScore(text, titles);

describe('a score', () => {
  it.each([
    ['5', 5],
    ['٤', 4],
    ['۳', 3],
    ['5/5', 5],
    ['٤/٥', 4],
    ['4 out of 5', 4],
    ['3 من 5', 3],
    ['خمسة من خمسة', 5],
    ['⭐⭐⭐⭐', 4],
    ['⭐️ ⭐️', 2],
    ['★', 1],
    ['ممتاز', 5],
    ['جيد جدا', 4],
    ['جيد جدًا، شكراً لكم', 4],
    ['الخدمة ممتازة', 5],
    ['VERY GOOD', 4],
    ['رقم 1', 1],
    ['1 please', 1],
    ['سيئة', 1],
    ['أربعة نجوم', 4],
  ])('is read from "%s"', (text, score) => {
    expect(read(text)).toBe(score);
  });

  it.each([
    '',
    '0',
    '6',
    '10',
    '55',
    '-3',
    '4.5',
    '٤٫٥',
    '5/10',
    '5%',
    '⭐⭐⭐⭐⭐⭐',
    '3 قاعات',
    'القاعة 5',
    'جيد لكن الرد متأخر',
    'هل الخدمة ممتازة؟',
    'شكراً',
    '26000010',
    'متى يبدأ الدوام',
  ])('is not read from "%s"', (text) => {
    expect(read(text)).toBeNull();
  });

  it('is one of five or none, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect([null, 1, 2, 3, 4, 5]).toContain(read(text));
      }),
    );
  });
});
