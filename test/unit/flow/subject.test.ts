import { describe, expect, it } from 'vitest';
import { subjectOf, subjectUnder } from '../../../src/flow/responders/subject.ts';
import { shippedUnderstanding } from '../understanding/shipped.ts';

const { understand } = await shippedUnderstanding();

describe('the subject of a matter', () => {
  it.each([
    ['السلام عليكم\nالبروجكتر في قاعة 5 خربان', 'البروجكتر في قاعة 5 خربان'],
    ['السلام عليكم، انا سارة أحمد من كلية العلوم وعندي مشكلة في الشاشة', 'عندي مشكلة في الشاشة'],
    ['عندي سؤال\nمتى يفتح المختبر الجديد', 'متى يفتح المختبر الجديد'],
    ['لا\nأحتاج ترجمة عقد لفعالية', 'أحتاج ترجمة عقد لفعالية'],
    ['ايه ابغى موظف\nأحتاج ترجمة عقد لفعالية', 'أحتاج ترجمة عقد لفعالية'],
    ['مدري\nالنت بطيء مرة', 'النت بطيء مرة'],
    ['yes\nHello, my name is Sara Ahmed and the screen in hall 5 is dead', 'the screen in hall 5 is dead'],
    ['أحتاج تركيب برنامج SPSS في معمل الحاسب رقم ٤', 'أحتاج تركيب برنامج SPSS في معمل الحاسب رقم ٤'],
    ['تحرش بي موظف في معمل الحاسب أمس', 'تحرش بي موظف في معمل الحاسب أمس'],
    ['أرغب في حجز قاعة كبيرة، أنا سارة أحمد من كلية العلوم', 'أرغب في حجز قاعة كبيرة'],
    ['خربان', 'خربان'],
    ['', ''],
  ])('of %j is %j', (text, subject) => {
    expect(subjectOf(text, understand)).toBe(subject);
  });

  it.each([
    ['يا أغبياء الطابعة ما تطبع من شهر', 'الطابعة ما تطبع من شهر'],
    ['انتوا حمير ما تفهمون لي شهر انتظر الرد', 'ما تفهمون لي شهر انتظر الرد'],
    ['لعنة الله عليكم لي شهر انتظر الرد', 'لي شهر انتظر الرد'],
    ['يا حمير\nالشاشة في القاعة ٥ طافية', 'الشاشة في القاعة ٥ طافية'],
    ['يا حمير', ''],
  ])('of %j quotes no insult: %j', (text, subject) => {
    expect(subjectOf(text, understand)).toBe(subject);
    expect(understand(subject).abusive).toBe(false);
  });

  it('is at most 80 letters, cut at a word, with a sign', () => {
    const subject = subjectOf('أحتاج ترجمة عقد '.repeat(20), understand);
    expect(subject.length).toBeLessThanOrEqual(80);
    expect(subject).toMatch(/(?:أحتاج|ترجمة|عقد)…$/);
    expect(subjectOf(`a${'b'.repeat(200)}`, understand)).toHaveLength(80);
  });

  it.each([
    ['حجز قاعة', 'نرجو حجز قاعة المؤتمرات ليوم الأحد', 'حجز قاعة'],
    ['السلام عليكم', 'نرجو حجز قاعة المؤتمرات ليوم الأحد', 'نرجو حجز قاعة المؤتمرات ليوم الأحد'],
    ['', 'نرجو حجز قاعة المؤتمرات ليوم الأحد', 'نرجو حجز قاعة المؤتمرات ليوم الأحد'],
  ])('under the title %j is its own where the title tells none', (title, text, subject) => {
    expect(subjectUnder(title, text, understand)).toBe(subject);
  });
});
