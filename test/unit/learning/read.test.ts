import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReader, type OwnWords } from '../../../src/learning/read.ts';
import { compileWords, noLists, type SynonymRows, type WordLists, withSynonyms } from '../../../src/learning/words.ts';

const lists: WordLists = {
  ...noLists,
  dialects: [
    { head: 'أريد', forms: ['أبي', 'ودي', 'بغيت'] },
    { head: 'لا أستطيع', forms: ['ما اقدر'] },
    { head: 'جميع', forms: ['قاع'] },
  ],
  plurals: [
    { head: 'جهاز', forms: ['أجهزة'] },
    { head: 'قاعة', forms: ['قيعان'] },
  ],
  ideas: [
    { head: 'want', forms: ['أريد', 'want'] },
    { head: 'device', forms: ['جهاز', 'device'] },
    { head: 'payment-method', forms: ['طريقة الدفع', 'ways to pay'] },
    { head: 'hall', forms: ['قاعة', 'hall'] },
    { head: 'ask', forms: ['استعلم'] },
  ],
};
const reader = (more: { language?: 'ar' | 'en'; synonyms?: SynonymRows; own?: OwnWords } = {}) =>
  createReader(withSynonyms(compileWords(lists), more.synonyms ?? []), more.language ?? 'ar', more.own);
const ownOf = (...written: string[]): OwnWords => ({ written: new Set(written), stems: new Set(written) });

describe('reading', () => {
  it('puts words of the dialects into standard ones', () => {
    const read = reader();
    expect(read('ودي').stems).toEqual(read('أريد').stems);
    expect(read('ودي').ideas).toEqual(['want']);
  });

  it('puts spoken phrases into standard ones before single words', () => {
    const read = reader();
    expect(read('ما اقدر').stems).toEqual(read('لا أستطيع').stems);
  });

  it('puts broken plurals into their singular', () => {
    const read = reader();
    expect(read('الأجهزة').stems).toEqual(read('جهاز').stems);
    expect(read('الأجهزة').ideas).toEqual(['device']);
  });

  it('keeps a word that another list knows more closely than the dialects do', () => {
    const read = reader();
    expect(read('قاعة').stems).not.toEqual(read('جميع').stems);
    expect(read('قاعة').ideas).toEqual(['hall']);
  });

  it('finds the idea of a verb in whatever person and tense', () => {
    expect(reader()('يستعلمون').ideas).toEqual(['ask']);
  });

  it('says one idea for a phrase, and leaves its words to it', () => {
    const { ideas, others } = reader()('ما هي طرق الدفع أو طريقة الدفع');
    expect(ideas).toEqual(['payment-method']);
    expect(others).not.toContain('طريق');
  });

  it('keeps what says no idea by its stem', () => {
    expect(reader()('أريد بنفسجا').others).toHaveLength(1);
  });

  it('recognises words behind particles by the lists and by the words of the bank', () => {
    expect(reader()('وجهازي').ideas).toEqual(['device']);
    expect(reader({ own: ownOf('وظيف') })('والوظيفة').stems).toEqual(['وظيف']);
    expect(reader({ own: ownOf('مصعد') })('ومصعد').stems).toEqual(['مصعد']);
    expect(reader()('ومصعد').stems).toEqual(['ومصعد']);
  });

  it('reads a misspelt word of the bank as it was meant', () => {
    expect(reader({ own: ownOf('استعاره', 'استعار') })('استعراه').stems).toEqual(['استعار']);
    expect(reader()('استعراه').stems).not.toEqual(['استعار']);
  });
});

describe('Arabic in Latin letters', () => {
  it('is read in Arabic ones in an Arabic bank', () => {
    expect(reader()('jihaz').written).toEqual(['جهاز']);
    expect(reader()('jihaz').ideas).toEqual(['device']);
  });

  it('stays as it is in an English bank', () => {
    expect(reader({ language: 'en' })('jihaz').written).toEqual(['jihaz']);
  });

  it('is not made of English: neither of words that the lists know nor of function words', () => {
    expect(reader({ own: ownOf('هذا', 'ذي') })('the device is').written).toEqual(['the', 'device', 'is']);
  });

  it('stays where no Arabic word is recognised in it', () => {
    expect(reader()('zzqwx').written).toEqual(['zzqwx']);
  });
});

describe('what an organisation has several names for', () => {
  const synonyms = [
    ['تصريح الدخول', 'كرت', 'بطاقة الموقف', 'برميت'],
    ['درجات', 'علامات'],
    ['نقود', 'ودي'],
  ];
  const read = reader({ synonyms });

  it('is one word, by whichever name, with its endings and inside a sentence', () => {
    for (const name of ['كرت', 'الكرت', 'كرتي', 'بطاقة الموقف', 'البرميت'])
      expect(read(`فقدت ${name} أمس`).stems, name).toEqual(read('فقدت تصريح الدخول أمس').stems);
    expect(read('كرت').ideas).toEqual(['~تصريح-الدخول']);
  });

  it('is one word also by a name whose stem is short', () => {
    expect(read('الدرجات').stems).toEqual(read('العلامات').stems);
  });

  it('goes before what is said of a word in general', () => {
    expect(read('ودي').stems).toEqual(read('نقود').stems);
  });

  it('is recognised in Latin letters and behind a spoken word too', () => {
    expect(read('abi kart').stems).toEqual(read('أريد كرت').stems);
  });
});

it('gives the same reading for the same text, whatever was read before it', () => {
  const kept = reader({ synonyms: [['كرت', 'تصريح']], own: ownOf('تصريح', 'فاتوره') });
  const word = fc.oneof(
    fc.constantFrom('ودي', 'ما', 'اقدر', 'jihaz', 'الأجهزة', 'طريقة', 'الدفع', 'كرت', 'فتورة', 'the', '5', '؟'),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  const text = fc.array(word, { maxLength: 10 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(text, (one) => {
      const first = kept(one);
      expect(first).toEqual(reader({ synonyms: [['كرت', 'تصريح']], own: ownOf('تصريح', 'فاتوره') })(one));
      expect(kept(one)).toEqual(first);
    }),
    { numRuns: 25 },
  );
});
