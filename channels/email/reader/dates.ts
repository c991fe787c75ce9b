const months: Record<string, number> = Object.fromEntries(
  [
    'jan يناير كانون_الثاني janvier januar',
    'feb فبراير شباط février fevrier februar',
    'mar مارس آذار اذار mars märz',
    'apr أبريل ابريل إبريل نيسان avril',
    'may مايو أيار ايار mai',
    'jun يونيو يونيه حزيران juin juni',
    'jul يوليو يوليه تموز juillet juli',
    'aug أغسطس اغسطس آب اب août',
    'sep سبتمبر أيلول ايلول',
    'oct أكتوبر اكتوبر تشرين_الأول تشرين_الاول',
    'nov نوفمبر تشرين_الثاني',
    'dec ديسمبر كانون_الأول كانون_الاول décembre dezember',
  ].flatMap((names, month) => names.split(' ').map((name) => [name, month] as const)),
);

const zones: Record<string, number> = { ut: 0, utc: 0, gmt: 0, z: 0, est: -300, edt: -240, cst: -360, cdt: -300 };
Object.assign(zones, { mst: -420, mdt: -360, pst: -480, pdt: -420, ast: 180, bst: 60, cet: 60, cest: 120, eet: 120 });

const dayFirst =
  /(?:^|[^\d])(\d{1,2})[\s./-]+([\p{L}_]{2,20})\.?[\s.,/-]+(\d{4}|\d{2})(?!\d)[\s,T]*(?:(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2}))?)?\s*([ap]m|[صم])?\s*([+-]\d{1,2}:?\d{2}|\p{L}+[+-]?\d{0,4})?/iu;
const iso = /(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?\s*(z|[+-]\d{2}:?\d{2})?/i;

function offsetOf(zone: string | undefined): number {
  const numeric = /([+-])(\d{1,2}):?(\d{2})$/.exec(zone ?? '');
  if (!numeric) return zones[(zone ?? '').toLowerCase()] ?? 0;
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3]);
  return minutes > 14 * 60 ? 0 : numeric[1] === '-' ? -minutes : minutes;
}

const monthOf = (name: string): number | undefined => {
  const key = name.toLowerCase();
  return months[key] ?? months[key.slice(0, 3)];
};

const fullYear = (text: string): number => {
  const year = Number(text);
  return text.length > 2 ? year : year < 70 ? 2000 + year : 1900 + year;
};

function hourOf(text: string | undefined, half: string | undefined): number {
  const hour = Number(text ?? 0);
  if (!half) return hour;
  const evening = /^(?:pm|م)$/i.test(half);
  return (hour % 12) + (evening ? 12 : 0);
}

function readDayFirst(text: string): number | null {
  const found = dayFirst.exec(text);
  const month = monthOf(found?.[2] ?? '');
  if (!found || month === undefined) return null;
  const [, day, , year = '', hour, minute, second, half, zone] = found;
  const at = [
    fullYear(year),
    month,
    Number(day),
    hourOf(hour, half),
    Number(minute ?? 0),
    Number(second ?? 0),
  ] as const;
  return Date.UTC(...at) - offsetOf(zone) * 60_000;
}

function readIso(text: string): number | null {
  const found = iso.exec(text);
  if (!found) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map((n) => Number(n ?? 0));
  return Date.UTC(year, month - 1, day, hour, minute, second) - offsetOf(found[7]) * 60_000;
}

const latinDigits = (text: string): string =>
  text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));

const earliest = Date.UTC(1990, 0, 1);
const ahead = 2 * 86_400_000;

/** A moment as ISO in UTC; null where no mail can be from then. */
export function sensible(at: number, now: number): string | null {
  if (!Number.isFinite(at) || at < earliest || at > now + ahead) return null;
  return new Date(at).toISOString();
}

/**
 * A Date header, decoded, as ISO in UTC: RFC 5322 and its common distortions, ISO 8601, Arabic month names and digits.
 * A time without a zone is taken as UTC. Null for what makes no sense, lies before 1990, or over two days after `now`.
 */
export function readDate(value: string | null, now: number): string | null {
  const text = latinDigits((value ?? '').slice(0, 200))
    .replace(/\([^()]*\)/g, ' ')
    .replace(/[\u200e\u200f]/g, '')
    .replace(/(تشرين|كانون) (?=ال)/g, '$1_');
  return sensible(readDayFirst(text) ?? readIso(text) ?? Date.parse(`${text.trim()} UTC`), now);
}
