import { describe, expect, it } from 'vitest';
import { type Example, trainClassifier } from '../../../src/understanding/classifier.ts';

const examples: Example[] = [
  { language: 'ar', text: 'البروجكتر في القاعة متعطل', label: 'fault' },
  { language: 'ar', text: 'الشاشة سوداء والجهاز متعطل', label: 'fault' },
  { language: 'ar', text: 'حجز قاعة لمحاضرة عامة', label: 'booking' },
  { language: 'ar', text: 'حجز مدرج لمناقشة رسالة', label: 'booking' },
  { language: 'en', text: 'the projector stopped and the screen is black', label: 'fault' },
  { language: 'en', text: 'reserve the main auditorium for a public lecture', label: 'booking' },
];
const classifier = await trainClassifier(examples);

describe('the classifier', () => {
  it('learns from examples in both languages, however they are spelt', () => {
    expect(classifier.classify('الشّاشة سودا والبروجكتر متعطّل', 'ar')?.label).toBe('fault');
    expect(classifier.classify('RESERVE an auditorium for my lecture', 'en')?.label).toBe('booking');
  });

  it('does not judge what it hardly knows', () => {
    expect(classifier.classify('طبخة كبسة مع دجاج', 'ar')).toBeNull();
    expect(classifier.classify('متعطل', 'ar')).toBeNull();
    expect(classifier.classify('', 'en')).toBeNull();
  });

  it('gives shares of one', () => {
    const found = classifier.classify('حجز مدرج لمحاضرة', 'ar');
    expect(found?.score).toBeGreaterThan(0.5);
    expect(found?.score).toBeLessThanOrEqual(1);
  });
});
