import { gregorianOf, type HijriDate, hijriOf } from './hijri.ts';
import { dayMs } from './zone.ts';

/** A public holiday that a person confirms before it counts; a moveable one may shift by a day with the sighting. */
export interface ProposedHoliday {
  date: string;
  name: { ar: string; en: string };
  moveable: boolean;
}

const foundingDay = { ar: 'يوم التأسيس', en: 'Founding Day' };
const nationalDay = { ar: 'اليوم الوطني', en: 'Saudi National Day' };
const eidAlFitr = { ar: 'إجازة عيد الفطر', en: 'Eid al-Fitr holiday' };
const eidAlAdha = { ar: 'إجازة عيد الأضحى', en: 'Eid al-Adha holiday' };

const daysFrom = (start: string, first: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(`${start}T00:00:00Z`) + (first + index) * dayMs).toISOString().slice(0, 10),
  );

function fourDays(start: HijriDate, first: number, name: ProposedHoliday['name']): ProposedHoliday[] {
  const date = gregorianOf(start);
  return date === null ? [] : daysFrom(date, first, 4).map((day) => ({ date: day, name, moveable: true }));
}

/** Both Eids of a Hijri year: four days after 29 Ramadan (labour regulations), and 9 to 12 Dhu al-Hijjah. */
const eidsOf = (year: number): ProposedHoliday[] => [
  ...fourDays({ year, month: 9, day: 29 }, 1, eidAlFitr),
  ...fourDays({ year, month: 12, day: 9 }, 0, eidAlAdha),
];

/**
 * Public holidays of Saudi Arabia in a Gregorian year by date, as proposals: the Eids are computed by Umm al-Qura and
 * the announced days may differ (lessons 69). A Gregorian year may hold an Eid twice (2033) or part of one.
 */
export function saudiHolidays(gregorianYear: number): ProposedHoliday[] {
  const fixed = [
    { date: `${gregorianYear}-02-22`, name: foundingDay, moveable: false },
    { date: `${gregorianYear}-09-23`, name: nationalDay, moveable: false },
  ];
  const firstHijri = hijriOf(`${gregorianYear}-01-01`).year;
  const moving = [-1, 0, 1, 2].flatMap((after) => eidsOf(firstHijri + after));
  return [...fixed, ...moving]
    .filter(({ date }) => date.startsWith(`${gregorianYear}-`))
    .sort((one, other) => one.date.localeCompare(other.date));
}
