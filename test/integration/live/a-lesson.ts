import type { Article } from '../../../src/knowledge/article.ts';
import { noLists } from '../../../src/learning/words.ts';
import type { Lesson } from '../../../src/live/learning.ts';

export const anArticle = (id: string, ...ar: string[]): Article => ({
  id,
  status: 'published',
  title: { ar: ar[0] },
  body: { ar: 'الجواب.' },
  phrasings: { ar: ar.slice(1) },
});

export const hours = anArticle('hours', 'أوقات الدوام', 'متى تفتحون أبوابكم', 'كم الساعة تغلقون');
export const complaint = anArticle('complaint', 'تقديم شكوى', 'كيف أشتكي على موظف', 'أريد رفع شكوى');
export const booking = anArticle('booking', 'حجز قاعة', 'أبغى أحجز قاعة لمحاضرة', 'طلب حجز مدرج');
export const camera = anArticle('camera', 'استعارة كاميرا', 'ابي كاميرا للتصوير', 'إعارة الكاميرات');

export const lists = noLists;
export const noSynonyms = { ar: [], en: [] };
export const lessonOf = (...articles: Article[]): Lesson => ({ articles, synonyms: noSynonyms });

/** A lesson that nobody can learn. */
export const brokenLesson = (): Lesson => lessonOf({ ...hours, title: null } as unknown as Article);
