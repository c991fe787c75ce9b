import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../../src/knowledge/article.ts';
import { createKnowledge } from '../../../src/knowledge/engine.ts';

const anArticle = (id: string, ar: string[], en: string[] = [], more: Partial<Article> = {}): Article => ({
  id,
  status: 'published',
  title: { ar: ar[0], ...(en[0] ? { en: en[0] } : {}) },
  body: { ar: 'الجواب.', ...(en[0] ? { en: 'The answer.' } : {}) },
  phrasings: { ar, en },
  ...more,
});

const hours = anArticle(
  'hours',
  ['أوقات الدوام', 'متى تفتحون أبوابكم', 'ساعات العمل الرسمية', 'كم الساعة تغلقون'],
  ['Working hours', 'when do you open', 'what time do you close', 'opening times'],
);
const complaint = anArticle(
  'complaint',
  ['تقديم شكوى', 'كيف أشتكي على موظف', 'أريد رفع شكوى', 'طريقة تسجيل الشكاوى'],
  ['Making a complaint', 'how do I complain', 'file a complaint', 'complain about an employee'],
);
const projector = anArticle(
  'projector',
  ['جهاز العرض لا يعمل', 'البروجكتر خربان', 'لا تظهر الصورة في جهاز العرض', 'عطل في البروجكتر'],
  ['The projector does not work', 'projector broken', 'no picture from the projector'],
);
const booking = anArticle(
  'booking',
  ['حجز قاعة', 'أبغى أحجز قاعة لمحاضرة', 'طلب حجز مدرج'],
  ['Booking a hall', 'reserve a hall'],
);
const bank = [hours, complaint, projector, booking];
const synonyms = {
  ar: [
    ['بروجكتر', 'جهاز العرض', 'داتا شو'],
    ['شكوى', 'شكاوى', 'اشتكي', 'تظلم'],
  ],
  en: [['projector', 'beamer']],
};

describe('the knowledge engine', () => {
  const knowledge = createKnowledge(bank, { synonyms });

  it.each([
    ['متى تفتحون', 'hours'],
    ['البروجكتر خربااان', 'projector'],
    ['الداتا شو لا يعمل', 'projector'],
    ['اريد رفع شكوه', 'complaint'],
    ['when do you open?', 'hours'],
    ['the beamer is broken', 'projector'],
    ['وحجز القاعة', 'booking'],
  ])('answers %j with %s', (text, id) => {
    const { outcome, articles } = knowledge.answer(text);
    expect([outcome, articles[0]?.id]).toEqual(['answer', id]);
  });

  it('offers what it is only half sure of', () => {
    const { outcome, articles } = knowledge.answer('جهاز عرض جديد للمكتب');
    expect([outcome, articles[0]?.id]).toEqual(['choose', 'projector']);
  });

  it.each(['ما عاصمة فرنسا', 'what is the weather', 'كم سعر الذهب', '', '؟؟', '👍', '12345'])(
    'has nothing for %j',
    (text) => {
      expect(knowledge.answer(text).outcome).toBe('none');
    },
  );

  it('never tells what only half fits', () => {
    expect(knowledge.answer('أبغى أحجز طيران').outcome).not.toBe('answer');
    expect(knowledge.answer('شكوى ضد مطعم في مدريد').outcome).not.toBe('answer');
  });

  it('gives the best three also when it abstains', () => {
    const { outcome, articles } = knowledge.answer('كيف أحجز رحلة طيران إلى القاهرة');
    expect(outcome).toBe('none');
    expect(articles.length).toBeGreaterThan(0);
    expect(articles.length).toBeLessThanOrEqual(3);
  });

  it('judges a question in its own language, and answers with that title', () => {
    const english = knowledge.answer('projector broken');
    expect([english.language, english.articles[0]?.title]).toEqual(['en', 'The projector does not work']);
    const arabic = knowledge.answer('البروجكتر خربان', 'en');
    expect([arabic.language, arabic.articles[0]?.title]).toEqual(['ar', 'جهاز العرض لا يعمل']);
  });

  it('looks in the other language where its own has nothing', () => {
    const onlyArabic = createKnowledge([anArticle('spss', ['برنامج SPSS', 'تثبيت SPSS في المعمل']), hours, complaint]);
    const { language, articles } = onlyArabic.answer('SPSS');
    expect([language, articles[0]?.id]).toEqual(['ar', 'spss']);
  });

  it('lets the person choose between two that are equally near', () => {
    const twins = [
      anArticle('loan-camera', ['استعارة كاميرا', 'استعارة الكاميرا لفعالية']),
      anArticle('loan-microphone', ['استعارة ميكروفون', 'استعارة الميكروفون لفعالية']),
      hours,
      complaint,
    ];
    const { outcome, articles } = createKnowledge(twins).answer('استعارة');
    expect(outcome).toBe('choose');
    expect(
      articles
        .slice(0, 2)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['loan-camera', 'loan-microphone']);
  });

  it('knows published articles only', () => {
    const drafted = createKnowledge([{ ...hours, status: 'draft' }, complaint, projector]);
    expect(drafted.answer('أوقات الدوام').articles.map(({ id }) => id)).not.toContain('hours');
  });

  it('answers more or less readily by how sure it is to be', () => {
    const question = 'عطل';
    const at = (sureness: number) => createKnowledge(bank, { synonyms, sureness }).answer(question).outcome;
    expect(at(0.999)).not.toBe('answer');
    expect(at(0.5)).toBe('answer');
  });

  it('tells each step', () => {
    expect(knowledge.answer('البروجكتر خربان').why).toEqual([
      'language: ar',
      expect.stringMatching(/^read as: بروجكتر/),
      expect.stringMatching(/^projector: like "البروجكتر خربان", likeness .*confidence/),
      ...Array(knowledge.answer('البروجكتر خربان').articles.length - 1).fill(expect.stringContaining('confidence')),
      expect.stringMatching(/^answer: /),
    ]);
  });

  it('works on an empty bank', () => {
    expect(createKnowledge([]).answer('أي شيء')).toMatchObject({ outcome: 'none', articles: [] });
  });

  it('gives the same for the same question, between 0 and 1, and never throws', () => {
    const word = fc.oneof(
      fc.constantFrom('دوام', 'شكوى', 'البروجكتر', 'hall', '؟', '\ud800', '5'),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 15 }), (words) => {
        const result = knowledge.answer(words.join(' '));
        expect(knowledge.answer(words.join(' '))).toEqual(result);
        for (const { confidence } of result.articles) {
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
