import { describe, expect, it } from 'vitest';
import { standsStill } from '../../../src/flow/responders/tone.ts';
import { shippedUnderstanding } from './shipped.ts';

const { understand } = await shippedUnderstanding();

describe('what stands still now', () => {
  it.each([
    'الحين المحاضرة متوقفة',
    'المحاضرة متوقفة الآن والطلاب ينتظرون',
    'توقفت المحاضرة بسبب جهاز العرض',
    'عندي محاضرة بعد ربع ساعة والشاشة ما تشتغل، عندي محاضرة الحين',
    'انقطع الصوت في نص المحاضرة',
    'lecture is stopped now',
    'The exam has stopped because the projector died',
    'we are in the middle of a lecture and the sound is gone',
  ])('%s', (text) => {
    expect(standsStill(understand(text))).toBe(true);
  });

  it.each([
    'طلبي ضروري جداً',
    'this is urgent',
    'متى تبدأ المحاضرات؟',
    'أريد تسجيل المحاضرة',
    'when does the lecture start?',
  ])('is not %s', (text) => {
    expect(standsStill(understand(text))).toBe(false);
  });
});
