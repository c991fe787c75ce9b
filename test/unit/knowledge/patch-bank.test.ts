import { describe, expect, it } from 'vitest';
import type { Article } from '../../../src/knowledge/article.ts';
import { learnKnowledge, openKnowledge, patchKnowledge, wordsFor } from '../../../src/knowledge/engine.ts';
import { noLists } from '../../../src/learning/words.ts';
import { anArticle, camera, complaint, hours, smallBank } from './an-article.ts';

const words = wordsFor({ lists: noLists, synonyms: { ar: [], en: [] } });
const learned = learnKnowledge(smallBank, words);
const before = openKnowledge(learned, words);
const edited = (changed: Article[], gone: string[] = []) =>
  openKnowledge(
    patchKnowledge(learned, { changed, gone: new Set([...gone, ...changed.map(({ id }) => id)]) }, words),
    words,
  );
const idsFor = (knowledge: typeof before, text: string): string[] =>
  knowledge.answer(text).articles.map(({ id }) => id);

const parking = anArticle('parking', ['تصريح موقف السيارة', 'أين أوقف سيارتي', 'بطاقة المواقف']);
const questions = ['متى تفتحون', 'أريد رفع شكوى على موظف', 'البروجكتر خربان', 'حجز القاعة', 'استعارة الكاميرا'];

describe('an edit that is not learned yet', () => {
  it('counts at once where an article was added', () => {
    expect(idsFor(before, 'أين أوقف سيارتي')).not.toContain('parking');
    const { outcome, articles } = edited([parking]).answer('أين أوقف سيارتي');
    expect([outcome, articles[0]?.id]).toEqual(['answer', 'parking']);
  });

  it('counts at once where an article was changed: by its new words, and no more by the old ones alone', () => {
    const renamed = { ...camera, title: { ar: 'معدات التصوير' }, phrasings: { ar: ['أحتاج عدسة', 'ترايبود للتصوير'] } };
    const after = edited([renamed]);
    expect(idsFor(after, 'أحتاج عدسة')[0]).toBe('camera');
    expect(after.answer('أحتاج عدسة').articles[0]?.title).toBe('معدات التصوير');
    expect(after.answer('استعارة الكاميرات للفعاليات').outcome).not.toBe('answer');
    expect(idsFor(after, 'أحتاج عدسة').filter((id) => id === 'camera')).toHaveLength(1);
  });

  it('counts at once where an article was removed', () => {
    const after = edited([], ['complaint']);
    for (const text of questions) expect(idsFor(after, text)).not.toContain('complaint');
    expect(after.answer('أريد رفع شكوى').outcome).not.toBe('answer');
  });

  it('leaves all else as it was', () => {
    const after = edited([parking]);
    for (const text of questions) {
      expect(after.answer(text).outcome).toBe(before.answer(text).outcome);
      expect(idsFor(after, text).filter((id) => id !== 'parking')[0]).toBe(idsFor(before, text)[0]);
    }
  });

  it('leaves what was learned as it was', () => {
    const copy = structuredClone(learned);
    edited([parking, hours], ['complaint']);
    expect(learned).toEqual(copy);
  });

  it('counts in the language that it has, and in no other', () => {
    const english = edited([anArticle('parking', ['Parking permits', 'where can I park my car'], 'en')]);
    expect(english.answer('where can I park my car').articles[0]?.id).toBe('parking');
    expect(idsFor(english, 'متى تفتحون')).not.toContain('parking');
  });

  it('says the same as learning it does', () => {
    const anew = openKnowledge(learnKnowledge([...smallBank, parking], words), words);
    expect(idsFor(edited([parking]), 'أين أوقف سيارتي')[0]).toBe(idsFor(anew, 'أين أوقف سيارتي')[0]);
    expect(idsFor(edited([], [complaint.id]), 'أريد رفع شكوى')[0]).toBe(
      idsFor(
        openKnowledge(
          learnKnowledge(
            smallBank.filter(({ id }) => id !== 'complaint'),
            words,
          ),
          words,
        ),
        'أريد رفع شكوى',
      )[0],
    );
  });
});
