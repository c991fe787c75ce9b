import { describe, expect, it } from 'vitest';
import { personalDataIn } from '../../../src/web/console/conversation/personal-data.ts';

describe('words that everybody would read', () => {
  it.each([
    ['اتصل على 0501234567', ['phone']],
    ['اتصل على ٠٥٠ ١٢٣ ٤٥٦٧', ['phone']],
    ['My number is +966 50 123 4567.', ['phone']],
    ['رقم الهوية 1012345678', ['identity']],
    ['هوية مقيم: ٢٠١٢٣٤٥٦٧٨', ['identity']],
    ['تذكرتكم رقم 26000010', ['number']],
    ['راسلنا من sara.ali@example.org أو 0501234567', ['phone', 'email']],
  ] as const)('are warned of: %s', (text, kinds) => {
    expect(personalDataIn(text)).toEqual(kinds);
  });

  it.each([
    'نسعد بخدمتكم، راسلونا في الخاص.',
    'الدوام من 8:00 إلى 2:30، من 2026-11-21 إلى 25-11-2026',
    'الرقم الموحد 920012345 متاح دائمًا',
    'القاعة 14 في مبنى 12، والرسوم 1,000,000 ريال',
    'التفاصيل: https://example.edu/news/20261121123456',
    'تواصلوا مع @example',
  ])('are not warned of: %s', (text) => {
    expect(personalDataIn(text)).toEqual([]);
  });
});
