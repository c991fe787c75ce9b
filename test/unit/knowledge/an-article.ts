import type { Article } from '../../../src/knowledge/article.ts';

/** An article in one language: its title is its first phrasing. */
export const anArticle = (id: string, phrasings: readonly string[], language: 'ar' | 'en' = 'ar'): Article => ({
  id,
  status: 'published',
  title: { [language]: phrasings[0] },
  body: { [language]: language === 'ar' ? 'الجواب.' : 'The answer.' },
  phrasings: { [language]: phrasings.slice(1) },
});

export const hours = anArticle('hours', [
  'أوقات الدوام',
  'متى تفتحون أبوابكم',
  'ساعات العمل الرسمية',
  'كم الساعة تغلقون',
]);
export const complaint = anArticle('complaint', ['تقديم شكوى', 'كيف أشتكي على موظف', 'أريد رفع شكوى', 'تسجيل الشكاوى']);
export const projector = anArticle('projector', ['جهاز العرض لا يعمل', 'البروجكتر خربان', 'عطل في البروجكتر']);
export const booking = anArticle('booking', ['حجز قاعة', 'أبغى أحجز قاعة لمحاضرة', 'طلب حجز مدرج']);
export const camera = anArticle('camera', ['استعارة كاميرا', 'ابي كاميرا للتصوير', 'إعارة الكاميرات للفعاليات']);
export const smallBank = [hours, complaint, projector, booking, camera];
