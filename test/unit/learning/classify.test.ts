import { describe, expect, it } from 'vitest';
import { type Labelled, learnClassifier } from '../../../src/learning/classify.ts';
import { createReader } from '../../../src/learning/read.ts';
import { compileWords, noLists } from '../../../src/learning/words.ts';

const examples: Labelled[] = [
  { text: 'البروجكتر في القاعة متعطل', label: 'fault' },
  { text: 'الشاشة سوداء والجهاز متعطل', label: 'fault' },
  { text: 'the projector stopped and the screen is black', label: 'fault' },
  { text: 'حجز قاعة لمحاضرة عامة', label: 'booking' },
  { text: 'حجز مدرج لمناقشة رسالة', label: 'booking' },
  { text: 'reserve the main auditorium for a public lecture', label: 'booking' },
];
const classifier = learnClassifier(examples, createReader(compileWords(noLists), 'ar'));

describe('the classifier', () => {
  it('learns from examples in both languages, however they are spelt', () => {
    expect(classifier.classify('الشّاشة سودا والبروجكتر متعطّل')?.label).toBe('fault');
    expect(classifier.classify('RESERVE an auditorium for my lecture')?.label).toBe('booking');
  });

  it('does not judge what it hardly knows', () => {
    expect(classifier.classify('طبخة كبسة مع دجاج')).toBeNull();
    expect(classifier.classify('متعطل')).toBeNull();
    expect(classifier.classify('')).toBeNull();
  });

  it('is surer of what stands clear than of what stands between', () => {
    const clear = classifier.classify('البروجكتر والشاشة والجهاز متعطل')?.confidence ?? 0;
    const between = classifier.classify('حجز قاعة البروجكتر متعطل')?.confidence ?? 1;
    expect(clear).toBeGreaterThanOrEqual(between);
    expect(clear).toBeGreaterThan(0.5);
    expect(clear).toBeLessThanOrEqual(1);
  });

  it('is less sure of what resembles strangers as much as its examples', () => {
    const strangers = [
      'حجز طاولة في مطعم',
      'حجز تذكرة طيران',
      'حجز غرفة في فندق',
      'حجز ملعب كرة',
      'حجز مقعد في السينما',
    ];
    const reader = createReader(compileWords(noLists), 'ar');
    const warned = learnClassifier(examples, reader, strangers);
    const text = 'حجز قاعة في فندق';
    const alone = classifier.classify(text)?.confidence ?? 0;
    expect(warned.classify(text)?.confidence ?? 0).toBeLessThan(alone);
    expect(warned.classify('الشاشة سوداء والجهاز متعطل')?.label).toBe('fault');
  });
});
