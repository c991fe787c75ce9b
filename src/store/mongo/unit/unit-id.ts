/** What an id of a unit tells of it. */
export interface UnitId {
  /** When it began, in ms on the clock of its process. */
  at: number;
  /** How long its process gives it up to its commit, in ms. */
  spanMs: number;
  /** Which opening of a store it is of. */
  opening: string;
}

/** A unit has this long up to its commit, and this much more for each document; then its own process gives it up. */
const baseMs = 5000;
const eachMs = 10;

export const spanOf = (documents: number): number => baseMs + eachMs * documents;

/** An id that no other unit has; `count` is the opening's own count of units. */
export const formatUnitId = ({ at, spanMs, opening }: UnitId, count: number): string =>
  `${[at, spanMs, count].map((number) => number.toString(36)).join('-')}-${opening}`;

/** What an id says; null where it is none of ours. */
export function parseUnitId(id: string): UnitId | null {
  const [at = '', spanMs = '', count = '', ...opening] = id.split('-');
  const numbers = [at, spanMs, count].map((text) => Number.parseInt(text, 36));
  if (numbers.some(Number.isNaN) || opening.length === 0) return null;
  return { at: numbers[0] ?? 0, spanMs: numbers[1] ?? 0, opening: opening.join('-') };
}
