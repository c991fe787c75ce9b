import { describe, expect, it } from 'vitest';
import { compileWords, formsOf, noLists, type WordLists, withSynonyms } from '../../../src/learning/words.ts';

const compile = (more: Partial<WordLists>) => compileWords({ ...noLists, ...more });

describe('the forms of a word', () => {
  it('are as written, without what is attached, and its stem', () => {
    expect(formsOf('معاملتي')).toEqual(['معاملتي', 'معامله', 'معامل']);
  });

  it('leave out a stem of three letters, which throws words together, unless the word is that short', () => {
    expect(formsOf('عملات')).not.toContain('عمل');
    expect(formsOf('عمل')).toContain('عمل');
  });
});

describe('a word list made ready', () => {
  it('looks for a word as written before bare, and bare before its stem', () => {
    const { ideas } = compile({
      ideas: [
        { head: 'written', forms: ['معاملتي'] },
        { head: 'bare', forms: ['معامله'] },
      ],
    });
    expect(ideas.word(formsOf('معاملتي'))).toEqual(['written']);
    expect(ideas.word(formsOf('معاملتنا'))).toEqual(['bare']);
    expect(ideas.word(formsOf('معاملات'))).toEqual(['bare']);
    expect(ideas.word(formsOf('عميل'))).toBeUndefined();
  });

  it('knows a form by the row that has it most closely, wherever that row stands', () => {
    const near = { head: 'near', forms: ['معامله'] };
    const far = { head: 'far', forms: ['معاملتك'] };
    for (const ideas of [
      [near, far],
      [far, near],
    ])
      expect(compile({ ideas }).ideas.word(['معامله'])).toEqual(['near']);
  });

  it('tells at which form a word was found, and gives one beyond the last where it was not', () => {
    const { ideas } = compile({ ideas: [{ head: 'case', forms: ['معامله'] }] });
    expect(ideas.foundAt(formsOf('معامله'))).toBe(0);
    expect(ideas.foundAt(formsOf('معاملتي'))).toBe(1);
    expect(ideas.foundAt(['غريب', 'غرب'])).toBe(2);
  });

  it('gives the longest phrase that begins at a place, in whatever endings', () => {
    const { ideas } = compile({
      ideas: [
        { head: 'payment', forms: ['طريقة الدفع'] },
        { head: 'card-payment', forms: ['طريقة الدفع بالبطاقة'] },
      ],
    });
    const stems = (text: string): string[] => text.split(' ').map((word) => formsOf(word).at(-1) ?? word);
    expect(ideas.phrase(stems('طريقه الدفع بالبطاقات'), 0)).toEqual({ value: ['card-payment'], end: 3 });
    expect(ideas.phrase(stems('طريقه الدفع نقدا'), 0)).toEqual({ value: ['payment'], end: 2 });
    expect(ideas.phrase(stems('ما طريقه الدفع'), 0)).toBeUndefined();
  });

  it('takes two ideas from a word at most', () => {
    const rows = ['one', 'two', 'three'].map((head) => ({ head, forms: ['شحن'] }));
    expect(compile({ ideas: rows }).ideas.word(['شحن'])).toEqual(['one', 'two']);
  });

  it('keeps the first of two standard words for one spoken word', () => {
    const dialects = [
      { head: 'أريد', forms: ['ودي'] },
      { head: 'أود', forms: ['ودي'] },
    ];
    expect(compile({ dialects }).standard.word(['ودي'])).toEqual(['اريد']);
  });

  it('lists no single word of two Arabic letters: it is a particle, or folds together with one', () => {
    expect(compile({ ideas: [{ head: 'water', forms: ['ماء', 'مياه'] }] }).ideas.word(['ما'])).toBeUndefined();
  });

  it('is made once for the same lists', () => {
    const lists = { ...noLists };
    expect(compileWords(lists)).toBe(compileWords(lists));
  });
});

describe('the names of an organisation', () => {
  it('stand by the first of their row, and are known', () => {
    const words = withSynonyms(compileWords(noLists), [['تصريح الدخول', 'كرت', 'بطاقة الموقف']]);
    expect(words.synonym.word(formsOf('الكرت'))).toBe('تصريح-الدخول');
    expect(words.knows('كرت')).toBe(true);
    expect(compileWords(noLists).knows('كرت')).toBe(false);
  });
});
