import { describe, expect, it } from 'vitest';
import { bareWord, lightStem } from '../../../src/language/light-stem.ts';

const families: string[][] = [
  ['قاعه', 'القاعه', 'بالقاعه', 'القاعات', 'قاعتنا', 'للقاعات', 'قاعتكم'],
  ['طلب', 'الطلب', 'طلبي', 'طلبات', 'طلبكم', 'طلباتنا', 'للطلب'],
  ['مشكله', 'المشكله', 'مشكلتي', 'مشكلتنا'],
  ['موظف', 'الموظف', 'موظفين', 'الموظفون', 'موظفه', 'موظفات'],
  ['ticket', 'tickets'],
  ['company', 'companies'],
  ['booking', 'booked', 'book'],
];

describe('light stemming', () => {
  it.each(families)('brings %s together with its forms', (...family) => {
    expect(new Set(family.map((word) => lightStem(word))).size).toBe(1);
  });

  it.each(['وقت', 'باب', 'لغه', 'هل', 'class', 'bus'])('leaves %s a word of its own', (word) => {
    expect(lightStem(word).length).toBeGreaterThanOrEqual(2);
  });

  it('takes a single particle only before a word that is known', () => {
    const knows = (word: string): boolean => word === 'قاع';
    expect(lightStem('وقاعه', knows)).toBe('قاع');
    expect(lightStem('وظيفه', knows)).toBe('وظيف');
    expect(lightStem('بروجكتر', knows)).toBe('بروجكتر');
  });

  it('keeps the ending of a bare word, so that a transaction is no lab', () => {
    expect(bareWord('معاملتي')).toBe('معامله');
    expect(bareWord('المعامل')).toBe('معامل');
  });
});
