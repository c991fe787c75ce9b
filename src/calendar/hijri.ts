import { dayMs } from './zone.ts';

/** A date of the Umm al-Qura calendar; month 9 is Ramadan, 12 Dhu al-Hijjah. */
export interface HijriDate {
  year: number;
  month: number;
  day: number;
}

const format = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
});

function hijriAt(ms: number): HijriDate {
  const parts = format.formatToParts(ms);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? Number.NaN);
  return { year: part('year'), month: part('month'), day: part('day') };
}

/** The Umm al-Qura date of a Gregorian date (YYYY-MM-DD). Tabulated for 1300-1600 AH, computed outside. */
export const hijriOf = (date: string): HijriDate => hijriAt(Date.parse(`${date}T00:00:00Z`));

const meanMonthDays = 29.530_588;
const firstOf1447 = Date.UTC(2025, 5, 26);

/** The Gregorian date (YYYY-MM-DD) of an Umm al-Qura date; null when there is none, as for day 30 of a month of 29. */
export function gregorianOf({ year, month, day }: HijriDate): string | null {
  const months = (year - 1447) * 12 + month - 1;
  const guess = firstOf1447 + Math.round(months * meanMonthDays + day - 1) * dayMs;
  for (let shift = -4; shift <= 4; shift += 1) {
    const ms = guess + shift * dayMs;
    const found = hijriAt(ms);
    if (found.year === year && found.month === month && found.day === day)
      return new Date(ms).toISOString().slice(0, 10);
  }
  return null;
}
