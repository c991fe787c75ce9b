import { describe, expect, it } from 'vitest';
import { findDates } from '../../../src/language/dates.ts';
import { findEmails, findPhones, findUrls } from '../../../src/language/extract.ts';

const values = (found: { value: string }[]): string[] => found.map((one) => one.value);

describe('phones', () => {
  it.each([
    ['جوالي ٠٥٥١٢٣٤٥٦٧', '+966551234567'],
    ['رقمي 0551234567 شكرا', '+966551234567'],
    ['+966 55 123 4567', '+966551234567'],
    ['00966551234567', '+966551234567'],
    ['۰۵۵۱۲۳۴۵۶۷', '+966551234567'],
    ['call +44 20 7946 0958', '+442079460958'],
  ])('are read in %j', (text, phone) => expect(values(findPhones(text))).toEqual([phone]));

  it.each(['القاعة 112 مبنى 5', 'هويتي 1012345678', '26000428', '25/11/2026', ''])('are not seen in %j', (text) => {
    expect(findPhones(text)).toEqual([]);
  });

  it('say where they stand', () => {
    const text = 'جوالي ٠٥٥١٢٣٤٥٦٧ فقط';
    const [phone] = findPhones(text);
    expect(text.slice(phone!.start, phone!.end)).toBe('٠٥٥١٢٣٤٥٦٧');
  });
});

describe('addresses', () => {
  it('of mail are found in small letters without the full stop', () => {
    expect(values(findEmails('راسلني على Sara.A@Example.EDU. شكرا'))).toEqual(['sara.a@example.edu']);
    expect(findEmails('a@b و @name و name@')).toEqual([]);
  });

  it('of the web are found without the punctuation behind', () => {
    expect(values(findUrls('شوف https://a.example/c?d=e، ثم www.x.example.'))).toEqual([
      'https://a.example/c?d=e',
      'www.x.example',
    ]);
  });
});

describe('dates, seen from Saturday 21 November 2026', () => {
  it.each([
    ['يوم 25/11/2026', '2026-11-25'],
    ['٢٠٢٦-١١-٢٥', '2026-11-25'],
    ['١٤٤٨/٠٦/١٢', '2026-11-22'],
    ['1/9/1447', '2026-02-18'],
    ['غدا', '2026-11-22'],
    ['بعد بكرة', '2026-11-23'],
    ['أمس', '2026-11-20'],
    ['يوم الأحد', '2026-11-22'],
    ['السبت', '2026-11-28'],
    ['on Monday', '2026-11-23'],
    ['12 رمضان 1448', '2027-02-19'],
    ['25 نوفمبر', '2026-11-25'],
    ['5 December 2026', '2026-12-05'],
  ])('%j is %s', (text, date) => expect(values(findDates(text, '2026-11-21'))).toEqual([date]));

  it.each(['31/2/2026', '2026-13-01', 'القاعة 12/5', 'نص عادي'])('%j names none', (text) => {
    expect(findDates(text, '2026-11-21')).toEqual([]);
  });
});
