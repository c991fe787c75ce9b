import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masked } from '../../../src/question/masked.ts';

const personal: [string, string][] = [
  ['رقم جوالي 0551234567 متى تردون؟', 'رقم جوالي … متى تردون؟'],
  ['هويتي ١٠٢٣٤٥٦٧٨٩ ولم أستلم البطاقة', 'هويتي … ولم أستلم البطاقة'],
  ['my id is ۱۰۲۳۴۵۶۷۸۹', 'my id is …'],
  ['call +966 55 123 4567 please', 'call … please'],
  ['اتصلوا على 055-123-45-67', 'اتصلوا على …'],
  ['my mail is sara.g@students.example.edu thanks', 'my mail is … thanks'],
  ['راسلوني على سارة@مثال.السعودية', 'راسلوني على …'],
  ['الرابط https://portal.example.edu/reset?token=a1B2c3 لا يفتح', 'الرابط … لا يفتح'],
  ['www.example.edu/u/77 is down', '… is down'],
  ['ask @sara_g about it', 'ask … about it'],
  ['05\u200e51234567', '…'],
];

describe('a question as it is kept', () => {
  it.each(personal)('hides what is personal in %j', (written, kept) => {
    expect(masked(written)).toBe(kept);
  });

  it.each(['القاعة 12 في المبنى 305', 'الدفعة 2026', 'how do I book room 4410?'])('keeps %j as it is', (text) => {
    expect(masked(text)).toBe(text);
  });

  it('has no more than 500 letters, and no half of one', () => {
    expect(masked('سؤال '.repeat(400)).length).toBeLessThanOrEqual(500);
    expect(masked(`${'a'.repeat(499)}😀`)).toBe('a'.repeat(499));
  });

  it('never holds six digits in a row or an address, whatever was written, and is masked already', () => {
    const piece = fc.constantFrom('٠', '5', '۷', ' ', '-', '@', '.', 'ب', 'x', '…', '\u200f', 'https://', '😀');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const kept = masked(pieces.join(''));
        expect(kept).not.toMatch(/\p{Nd}{6}|@/u);
        expect(masked(kept)).toBe(kept);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    '055:123:4567',
    '055+123+4567',
    '055…123…4567',
    '055 - - - 123 - - - 4567',
    '05 51 : 23 45 # 67',
    '٠٥٥ــ١٢٣ــ٤٥٦٧',
    '0️⃣5️⃣5️⃣1️⃣2️⃣3️⃣4️⃣',
    '①⓪⑨①⓪⑨①',
    '05512\n34567',
    'ali (at) example.com',
    't.me/ali_secret',
    'example.com/reset?token=abc',
  ])('is not got round by %j', (text) => {
    expect(masked(text)).toBe('…');
  });

  it('leaves the numbers of rooms and hours', () => {
    const text = 'القاعة 12 في المبنى 3 الساعة 9';
    expect(masked(text)).toBe(text);
  });
});
