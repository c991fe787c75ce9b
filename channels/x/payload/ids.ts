/** When the ids of X begin to count (ms since 1970); the bits above the lowest 22 are milliseconds since then. */
const epoch = 1_288_834_974_657;
/** The largest time that a JavaScript date can hold is far beyond this: the year 2200. */
const latest = 7_258_118_400_000;

/** Ids are decimal numbers beyond what a JavaScript number holds. Negative where `a` is the smaller. */
export function compareIds(a: string, b: string): number {
  const [left, right] = [BigInt(a), BigInt(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

export const larger = (a: string, b: string): string => (compareIds(a, b) < 0 ? b : a);
export const smaller = (a: string, b: string): string => (compareIds(a, b) < 0 ? a : b);

/** The smallest id that was given at this time (ms) or later. */
export const idAt = (ms: number): string => String(BigInt(Math.max(0, Math.floor(ms) - epoch)) << 22n);

/** When an id was given (ms); null for the short ids of the years before 2010, which tell no time. */
export function msOf(id: string): number | null {
  const ms = Number(BigInt(id) >> 22n);
  return ms > 0 && ms + epoch < latest ? ms + epoch : null;
}

/**
 * A time as X writes it (ISO, "Mon Mar 26 16:33:26 +0000 2018", milliseconds as text or number), in ISO. Where it is none,
 * the time that stands in the id; where that tells none either, `otherwise`.
 */
export function timeOf(given: unknown, id: string | null, otherwise: string): string {
  const isCount = typeof given === 'number' || (typeof given === 'string' && /^\d{10,16}$/.test(given));
  const ms = isCount ? Number(given) : typeof given === 'string' ? Date.parse(given) : Number.NaN;
  if (ms > 0 && ms < latest) return new Date(ms).toISOString();
  const byId = id === null || !/^\d+$/.test(id) ? null : msOf(id);
  return byId === null ? otherwise : new Date(byId).toISOString();
}
