import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareGroups, groupInStrides, groupQuestions } from '../../../src/question/group.ts';
import type { Question } from '../../../src/question/question.ts';
import { aQuestion } from './a-question.ts';

const parking = [
  'كيف أطلب تصريح موقف سيارة؟',
  'أبغى تصريح موقف لسيارتي',
  'وين أقدم على تصريح مواقف السيارات',
  'تصريح موقف السيارة كيف يصدر',
];
const printing = [
  'الطابعة في المعمل لا تعمل',
  'طابعة المعمل خربانة',
  'طابعات المعامل ما تطبع',
  'لا أستطيع الطباعة من طابعة المعمل',
];
const visa = ['how do I renew my visa?', 'renewing the visa of my family', 'visa renewal', 'can you renew a visa'];
const rooms = ['أريد حجز قاعة للمحاضرات', 'حجز القاعات متى يفتح', 'كيف أحجز قاعة'];

const asked = (texts: readonly string[]): Question[] => texts.map((text) => aQuestion({ text }));
const mixed = (): Question[] => [...asked(parking), ...asked(printing), ...asked(visa), ...asked(rooms)];
const textsOf = (questions: readonly Question[]): string[] => questions.map(({ text }) => text).sort();

describe('grouping', () => {
  it('puts questions of the same matter together, also in other words and spellings', () => {
    const groups = groupQuestions(mixed());
    const found = groups.map(({ questions }) => textsOf(questions)).sort();
    expect(found).toEqual([parking, printing, visa, rooms].map((texts) => [...texts].sort()).sort());
  });

  it('tells of each group how often, how many people, since when, and how many became tickets', () => {
    const first = aQuestion({ text: 'كيف أجدد البطاقة الجامعية', ticketNumber: '26000001' });
    const second = aQuestion({ text: 'تجديد البطاقة الجامعية', conversationId: first.conversationId });
    const third = aQuestion({ text: 'كيف أجدد بطاقتي الجامعية', ticketNumber: '26000002' });
    expect(groupQuestions([third, first, second])).toMatchObject([
      { id: first.id, count: 3, people: 2, tickets: 2, firstAt: first.at, lastAt: third.at, language: 'ar' },
    ]);
  });

  it('shows the newest twenty, the newest first, and names a question that is like all', () => {
    const odd = aQuestion({ text: 'كيف أجدد البطاقة البنكية التي ضاعت مني أمس في السوق' });
    const many = Array.from({ length: 30 }, () => aQuestion({ text: 'كيف أجدد البطاقة' }));
    const [group] = groupQuestions([odd, ...many]);
    expect(group?.text).toBe('كيف أجدد البطاقة');
    expect(group?.questions.map(({ id }) => id)).toEqual(
      many
        .slice(-20)
        .map(({ id }) => id)
        .reverse(),
    );
  });

  it('keeps apart what has nothing in common, also what has no words at all', () => {
    const groups = groupQuestions(asked(['؟؟؟', '🙂', 'من هو رئيس القسم', 'the printer']));
    expect(groups.map(({ count }) => count)).toEqual([2, 1, 1]);
  });

  it('gives the same groups in whatever order the questions come', () => {
    const questions = mixed();
    const once = groupQuestions(questions);
    fc.assert(
      fc.property(fc.shuffledSubarray(questions, { minLength: questions.length }), (shuffled) => {
        expect(groupQuestions(shuffled)).toEqual(once);
      }),
      { numRuns: 50 },
    );
  });

  it('has each question in one group, the largest group first, whatever was asked', () => {
    const word = fc.constantFrom('كيف', 'قاعة', 'القاعات', 'حجز', 'بطاقة', 'printer', 'visa', 'في', '؟', 'x');
    const text = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 60 }), (texts) => {
        const questions = asked(texts);
        const groups = groupQuestions(questions);
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(questions.length);
        expect([...groups].sort(compareGroups)).toEqual(groups);
        expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
      }),
    );
  });

  it('comes to the same when it gives way to other work', async () => {
    const questions = mixed();
    let ms = 0;
    const hurried = groupInStrides(questions, () => {
      ms += 5;
      return ms;
    });
    expect(await hurried).toEqual(groupQuestions(questions));
  });
});
