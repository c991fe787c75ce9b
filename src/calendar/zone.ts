/** From an instant to another, the second not included; ms since 1970 UTC. */
export interface Stretch {
  from: number;
  to: number;
}

/**
 * The wall clock of a time zone. Local times are "wall ms": what the clock shows, read as if it were UTC, so that
 * day number and clock time are plain division.
 */
export interface Zone {
  /** What the wall clock shows at an instant. */
  wallAt(ms: number): number;
  /**
   * The instants at which the wall clock shows a time from `wallFrom` to before `wallTo` (at most a day long), in
   * order. Exact over daylight saving: a skipped time has no instant, a repeated time has two.
   */
  instantsOf(wallFrom: number, wallTo: number): Stretch[];
}

export const dayMs = 86_400_000;

/** A stretch of one offset: wall = instant + offset. */
interface Span extends Stretch {
  offset: number;
}

const longOffset = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?/;

function createOffsetReader(timeZone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  return (ms) => {
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = longOffset.exec(format.format(ms)) ?? [];
    const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    return (sign === '-' ? -size : size) * 1000;
  };
}

/** The first instant after `low` that has the offset of `high`. */
function findTransition(read: (ms: number) => number, low: number, high: number): number {
  const before = read(low);
  let [early, late] = [low, high];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (read(middle) === before) early = middle;
    else late = middle;
  }
  return late;
}

/** Spans of one UTC day. Zones change their offset at most once in a day. */
function readSpans(read: (ms: number) => number, utcDay: number): Span[] {
  const [from, to] = [utcDay * dayMs, (utcDay + 1) * dayMs];
  const [first, last] = [read(from), read(to)];
  if (first === last) return [{ from, to, offset: first }];
  const at = findTransition(read, from, to);
  return [
    { from, to: at, offset: first },
    { from: at, to, offset: last },
  ];
}

/** Keeps results by key; forgets all when `limit` is reached, so that strange requests cannot fill memory. */
export function keepBy<Key, Value>(limit: number, make: (key: Key) => Value): (key: Key) => Value {
  const kept = new Map<Key, Value>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= limit) kept.clear();
    const made = make(key);
    kept.set(key, made);
    return made;
  };
}

const digits = (count: number, length: number): string[] =>
  Array.from({ length: count }, (_, value) => String(value).padStart(length, '0'));
const [two, three] = [digits(60, 2), digits(1000, 3)];

const dayText = keepBy(5_000, (day: number) => {
  const text = new Date(day * dayMs).toISOString();
  return text.slice(0, text.indexOf('T') + 1);
});

/**
 * ISO 8601 in UTC with milliseconds. Not taken from the clock, which pure files do not touch; deadlines of very many tickets are
 * written anew, for which `Date` takes too long.
 */
export function isoOf(ms: number): string {
  const whole = Math.trunc(ms);
  const day = Math.floor(whole / dayMs);
  const left = whole - day * dayMs;
  const minutes = Math.floor(left / 60_000);
  const seconds = Math.floor((left % 60_000) / 1000);
  return `${dayText(day)}${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:${two[seconds]}.${three[left % 1000]}Z`;
}

/** Adds a stretch to an ordered list; one that begins where the last ends makes it longer. */
function append(stretches: Stretch[], from: number, to: number): void {
  const last = stretches.at(-1);
  if (last?.to === from) last.to = to;
  else stretches.push({ from, to });
}

function createZone(timeZone: string): Zone {
  const offsetAt = keepBy(5_000, createOffsetReader(timeZone));
  const spansOf = keepBy(5_000, (utcDay: number) => readSpans(offsetAt, utcDay));
  return {
    wallAt(ms) {
      const spans = spansOf(Math.floor(ms / dayMs));
      return ms + (spans.find(({ to }) => ms < to)?.offset ?? 0);
    },
    instantsOf(wallFrom, wallTo) {
      const found: Stretch[] = [];
      const lastDay = Math.floor(wallTo / dayMs) + 1;
      for (let utcDay = Math.floor(wallFrom / dayMs) - 1; utcDay <= lastDay; utcDay += 1) {
        for (const span of spansOf(utcDay)) {
          const from = Math.max(span.from, wallFrom - span.offset);
          const to = Math.min(span.to, wallTo - span.offset);
          if (from < to) append(found, from, to);
        }
      }
      return found;
    },
  };
}

/** The zone with this IANA name; throws a RangeError on an unknown one. One name has many spellings, so few are kept. */
export const zoneOf: (timeZone: string) => Zone = keepBy(100, createZone);
