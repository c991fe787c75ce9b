import { asciiDigits } from './digits.ts';
import type { Found } from './extract.ts';
import { wordsOf } from './fold.ts';

const dayMs = 86_400_000;
const isoOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const hijriFormat = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  timeZone: 'UTC',
});

/** Days of the Umm al-Qura calendar as one comparable number. */
const hijriOf = (ms: number): number => {
  const part = (type: string): number =>
    Number(hijriFormat.formatToParts(ms).find((one) => one.type === type)?.value ?? 0);
  return part('year') * 10_000 + part('month') * 100 + part('day');
};

/** 1 Muharram 1400 in the Gregorian calendar, from which the search starts. */
const year1400 = Date.UTC(1979, 10, 20);
const hijriYearDays = 354.367;

const fromHijri = (year: number, month: number, day: number): string | null => {
  const wanted = year * 10_000 + month * 100 + day;
  const guess = year1400 + Math.round((year - 1400) * hijriYearDays + (month - 1) * 29.53 + day - 1) * dayMs;
  for (let off = -4; off <= 4; off += 1) {
    if (hijriOf(guess + off * dayMs) === wanted) return isoOf(guess + off * dayMs);
  }
  return null;
};

const fromGregorian = (year: number, month: number, day: number): string | null => {
  const ms = Date.UTC(year, month - 1, day);
  const date = new Date(ms);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? isoOf(ms) : null;
};

const isoDate = (year: number, month: number, day: number): string | null => {
  if (year >= 1300 && year < 1600) return fromHijri(year, month, day);
  return year >= 1900 && year < 2200 ? fromGregorian(year, month, day) : null;
};

const numeric = /(?<!\d)(?:(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{1,2})([-/.])(\d{1,2})\6(\d{4}))(?!\d)/g;

const findNumeric = (text: string): Found[] =>
  [...asciiDigits(text).matchAll(numeric)].flatMap((match) => {
    const [year, month, day] = match[1] ? [match[1], match[3], match[4]] : [match[8], match[7], match[5]];
    const value = isoDate(Number(year), Number(month), Number(day));
    return value === null ? [] : [{ value, start: match.index, end: match.index + match[0].length }];
  });

const months: string[][] = [
  ['يناير', 'january', 'jan'],
  ['فبراير', 'february', 'feb'],
  ['مارس', 'march', 'mar'],
  ['ابريل', 'april', 'apr'],
  ['مايو', 'may'],
  ['يونيو', 'june', 'jun'],
  ['يوليو', 'july', 'jul'],
  ['اغسطس', 'august', 'aug'],
  ['سبتمبر', 'september', 'sep'],
  ['اكتوبر', 'october', 'oct'],
  ['نوفمبر', 'november', 'nov'],
  ['ديسمبر', 'december', 'dec'],
];
const hijriMonths = [
  'محرم',
  'صفر',
  'ربيع الاول',
  'ربيع الثاني',
  'جمادي الاولي',
  'جمادي الاخره',
  'رجب',
  'شعبان',
  'رمضان',
  'شوال',
  'ذو القعده',
  'ذو الحجه',
];
const weekdays: string[][] = [
  ['الاحد', 'sunday'],
  ['الاثنين', 'monday'],
  ['الثلاثاء', 'الثلاثا', 'tuesday'],
  ['الاربعاء', 'الاربعا', 'wednesday'],
  ['الخميس', 'thursday'],
  ['الجمعه', 'friday'],
  ['السبت', 'saturday'],
];
const relative: [string, number][] = [
  ['بعد غد', 2],
  ['بعد بكره', 2],
  ['اليوم', 0],
  ['غدا', 1],
  ['غد', 1],
  ['بكره', 1],
  ['بكرا', 1],
  ['باكر', 1],
  ['امس', -1],
  ['today', 0],
  ['tomorrow', 1],
  ['yesterday', -1],
];

type Reading = { value: string | null; length: number } | null;

const startsWith = (words: string[], phrase: string): number => {
  const parts = phrase.split(' ');
  return parts.every((part, place) => words[place] === part) ? parts.length : 0;
};

const weekdayAfter = (today: number, weekday: number): string => {
  const ahead = (weekday - new Date(today).getUTCDay() + 7) % 7;
  return isoOf(today + (ahead === 0 ? 7 : ahead) * dayMs);
};

const readWeekday = (words: string[], today: number): Reading => {
  const weekday = weekdays.findIndex((names) => names.includes(words[0] ?? ''));
  return weekday < 0 ? null : { value: weekdayAfter(today, weekday), length: 1 };
};

const readRelative = (words: string[], today: number): Reading => {
  for (const [phrase, days] of relative) {
    const length = startsWith(words, phrase);
    if (length > 0) return { value: isoOf(today + days * dayMs), length };
  }
  return null;
};

const monthIn = (words: string[]): { month: number; hijri: boolean; length: number } | null => {
  const gregorian = months.findIndex((names) => names.includes(words[0] ?? ''));
  if (gregorian >= 0) return { month: gregorian + 1, hijri: false, length: 1 };
  for (const [place, name] of hijriMonths.entries()) {
    const length = startsWith(words, name);
    if (length > 0) return { month: place + 1, hijri: true, length };
  }
  return null;
};

const readNamedMonth = (words: string[], today: number): Reading => {
  const day = /^\d{1,2}$/.test(words[0] ?? '') ? Number(words[0]) : 0;
  const found = day > 0 ? monthIn(words.slice(1)) : null;
  if (found === null) return null;
  const written = words[1 + found.length] ?? '';
  const hasYear = /^(?:1[345]|20)\d\d$/.test(written);
  const thisYear = found.hijri ? Math.floor(hijriOf(today) / 10_000) : new Date(today).getUTCFullYear();
  const value = isoDate(hasYear ? Number(written) : thisYear, found.month, day);
  return { value, length: 1 + found.length + (hasYear ? 1 : 0) };
};

/**
 * Days named in a text, as YYYY-MM-DD: numbers (day first or year first, Gregorian or Hijri by Umm al-Qura), named
 * months, today, tomorrow, the next weekday. `today` (YYYY-MM-DD, local) is what the relative ones count from.
 */
export const findDates = (text: string, today: string): Found[] => {
  const from = Date.parse(`${today}T00:00:00Z`);
  const written = wordsOf(text);
  const words = written.map((word) => word.folded);
  const found = findNumeric(text);
  for (let place = 0; place < words.length; place += 1) {
    const ahead = words.slice(place, place + 5);
    const reading = readNamedMonth(ahead, from) ?? readRelative(ahead, from) ?? readWeekday(ahead, from);
    const first = written[place];
    const last = written[place + (reading?.length ?? 1) - 1];
    if (!reading?.value || !first || !last) continue;
    found.push({ value: reading.value, start: first.start, end: last.end });
    place += reading.length - 1;
  }
  return found.sort((one, other) => one.start - other.start);
};
