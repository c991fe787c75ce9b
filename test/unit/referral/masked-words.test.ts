import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskedWords } from '../../../src/referral/masked-words.ts';

describe('the words of a person as a body outside reads them', () => {
  it.each([
    ['جوالي 0551234567 للتواصل', 'جوالي … للتواصل'],
    ['جوالي ٠٥٥١٢٣٤٥٦٧', 'جوالي …'],
    ['هويتي 1012345678 ورقم الطلب 12', 'هويتي … ورقم الطلب 12'],
    ['راسلوني على sara@example.org', 'راسلوني على …'],
  ])('have no number, paper or address: "%s"', (text, masked) => {
    expect(maskedWords(text, [])).toBe(masked);
  });

  it.each([
    ['السلام عليكم، اسمي سارة الغامدي من كلية العلوم', 'السلام عليكم، اسمي … من كلية العلوم'],
    ['جوالي معكم واسمي سارة', 'جوالي معكم واسمي …'],
    ['اسمي خالد بن سعد العتيبي', 'اسمي …'],
    ['My name is Omar Hassan and the line is dead', 'My name is … and the line is dead'],
    ['ورد اسمي في القائمة', 'ورد اسمي في القائمة'],
  ])('have not the name by which somebody makes themselves known: "%s"', (text, masked) => {
    expect(maskedWords(text, [])).toBe(masked);
  });

  it.each([
    ['أنا سارة الغامدي من كلية العلوم', 'أنا … … من كلية العلوم'],
    ['الطالبة سارة، وهذا طلب لسارة', 'الطالبة …، وهذا طلب …'],
    ['معكم ساره احمد الغامدى', 'معكم … … …'],
    ['اسمي سـارةُ', 'اسمي …'],
    ['وصلت السيارة متأخرة', 'وصلت السيارة متأخرة'],
  ])('have not the name of the person: "%s"', (text, masked) => {
    expect(maskedWords(text, ['سارة أحمد الغامدي'])).toBe(masked);
  });

  it('keep other words, longer texts than an index would', () => {
    const text = 'انقطع الخط في المبنى. '.repeat(60).trim();
    expect(maskedWords(text, ['Omar (Hassan)'])).toBe(text);
  });

  it('never hold six digits in a row, whatever the text and the name', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer({ min: 100_000 }), (text, name, number) => {
        expect(maskedWords(`${text} ${number} ${name}`, [name])).not.toMatch(/\d{6}/);
      }),
    );
  });
});
