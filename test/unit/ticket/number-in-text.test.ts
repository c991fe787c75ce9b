import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findTicketNumbers, isTicketNumber, spokenGroups, ticketNumber } from '../../../src/ticket/number.ts';

const arabicIndic = (text: string): string => text.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]!);
const persian = (text: string): string => text.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)]!);

const numbers = fc
  .tuple(fc.integer({ min: 2020, max: 2060 }), fc.integer({ min: 1, max: 999_999 }))
  .map(([year, counter]) => ticketNumber(year, counter));

describe('ticket numbers in a text', () => {
  it.each([
    ['alone', '26000428'],
    ['in an Arabic sentence', 'ما حالة الطلب 26000428؟'],
    ['in Arabic-Indic digits', 'رقم التذكرة ٢٦٠٠٠٤٢٨'],
    ['in Persian digits', 'تذکره ۲۶۰۰۰۴۲۸'],
    ['with a number sign', 'about #26000428, please'],
    ['written to a word', 'تذكرة26000428'],
    ['in its groups', '26-00042-8'],
    ['in its groups, Arabic digits and wide hyphens', '٢٦ - ٠٠٠٤٢ - ٨'],
    ['with slashes', '26/00042/8'],
    ['with dots', '26.00042.8'],
    ['with en dashes', '26–00042–8'],
    ['with no-break spaces', '26\u00a000042\u00a08'],
    ['in two groups', '26 000428'],
    ['with the check digit apart', '2600042-8'],
    ['in fours', '2600 0428'],
    ['in pairs', '26 00 04 28'],
    ['digit by digit', '2 6 0 0 0 4 2 8'],
    ['with direction marks', '\u2068\u200e26000428\u200f\u2069'],
    ['with direction marks inside', '26\u200e-00042\u200f-8'],
    ['beside a phone number', 'جوالي 0501234567 والتذكرة 26000428'],
    ['right after a phone number', '0501234567 26000428'],
    ['right before a national ID', '26-00042-8 1012345672'],
    ['beside an amount', '26000428 150'],
    ['at the end of a sentence', 'It is 26000428.'],
    ['in a link', 'https://care.example/track/26000428'],
  ])('are found %s', (_, text) => {
    expect(findTicketNumbers(text)).toEqual(['26000428']);
  });

  it('are found in order, each once', () => {
    const other = ticketNumber(2026, 43);
    expect(findTicketNumbers(`${other} ثم ٢٦٠٠٠٤٢٨ ثم ${other}`)).toEqual([other, '26000428']);
    expect(findTicketNumbers(`26000428 ${other}`)).toEqual(['26000428', other]);
  });

  it.each([
    ['nothing', ''],
    ['a wrong check digit', '26000427'],
    ['a longer run', '126000428'],
    ['a run that goes on', '2600042812'],
    ['a part of a national ID', '1260004289'],
    ['lines of their own', '26\n00042\n8'],
    ['a list with commas', '26,00042,8'],
    ['an international phone number', `+966 ${ticketNumber(2051, 234_567)}`],
    ['an international phone number with zeros', `00966 ${ticketNumber(2051, 234_567)}`],
    ['a phone number in one run', `+${ticketNumber(2096, 12_345)}`],
  ])('are not found in %s', (_, text) => {
    expect(findTicketNumbers(text)).toEqual([]);
  });

  it('are not found in dates, although their digits may add up', () => {
    const dates = Array.from({ length: 3_000 }, (_, day) =>
      new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10),
    );
    const reversed = dates.map((date) => date.split('-').reverse().join('/'));
    expect(dates.some((date) => isTicketNumber(date.replaceAll('-', '')))).toBe(true);
    expect([...dates, ...reversed].flatMap(findTicketNumbers)).toEqual([]);
  });

  it('of ten digits and more are found in groups or with a number sign, else they may be a phone or an ID', () => {
    const grown = ticketNumber(2026, 1_234_567);
    expect(findTicketNumbers(grown)).toEqual([]);
    expect(findTicketNumbers(`#${grown}`)).toEqual([grown]);
    expect(findTicketNumbers(spokenGroups(grown).join('-'))).toEqual([grown]);
  });

  it('are found however the digits and groups are written', () => {
    const digits = fc.constantFrom((text: string) => text, arabicIndic, persian);
    const between = fc.constantFrom('', ' ', '-', '.', '/', ' - ', '\u200f', '\u200e/\u200e');
    const around = fc.constantFrom(['', ''], ['رقم ', '؟'], ['#', ' please'], ['(', ')'], ['\u2067', '\u2069']);
    fc.assert(
      fc.property(numbers, digits, between, around, (number, write, sign, [before, after]) => {
        const text = `${before}${write(spokenGroups(number).join(sign))}${after}`;
        expect(findTicketNumbers(text)).toEqual([number]);
      }),
    );
  });

  it('are never part of a longer run of digits', () => {
    const more = fc.stringMatching(/^\d{1,6}$/);
    fc.assert(
      fc.property(numbers, more, fc.boolean(), (number, digits, inFront) => {
        const run = inFront ? digits + number : number + digits;
        for (const found of findTicketNumbers(`جوال ${run} شكرا`)) expect(found).toBe(run);
      }),
    );
  });

  it('are only ever valid numbers, whatever the text', () => {
    const piece = fc.constantFrom(...'0123456789٠١٢٣٤٥٦٧٨٩-/. #+أب\u200f\n');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: piece, maxLength: 60 })), (text) => {
        expect(findTicketNumbers(text).every(isTicketNumber)).toBe(true);
      }),
    );
  });

  it('are looked for in linear time', () => {
    const started = performance.now();
    for (const text of ['1 '.repeat(200_000), '1'.repeat(400_000), '12-'.repeat(130_000), '- '.repeat(200_000)]) {
      findTicketNumbers(text);
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
