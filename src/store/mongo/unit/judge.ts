import { parseUnitId } from './unit-id.ts';

/** What is known of a unit of another process that holds a document and has not been decided. */
export interface Undecided {
  id: string;
  /** For how long this process has seen it undecided, in ms on a clock that nobody sets. */
  watchedMs: number;
  /** Now, on this process's clock of the day. */
  now: number;
}

/** An id says it is this much older than its span: its process is gone, even if clocks differ by a minute. */
const certainlyMs = 60_000;
/** Yet no unit is given up at first sight, whatever the clocks say. */
const leastWatchedMs = 1000;

/**
 * Whether an undecided unit may be given up. Doing so too early costs its process another attempt and harms nothing; so
 * what this process saw itself decides, and the time in the id only where it leaves no doubt.
 */
export function isGivenUp({ id, watchedMs, now }: Undecided): boolean {
  const unit = parseUnitId(id);
  if (!unit) return watchedMs >= 10_000;
  if (watchedMs >= 2 * unit.spanMs) return true;
  return watchedMs >= leastWatchedMs && now - unit.at >= 2 * unit.spanMs + certainlyMs;
}

/** The pause before a writer looks again whether what is in its way is decided: soon at first, never all at once. */
export const pauseMs = (attempt: number, random: number): number =>
  Math.ceil(Math.min(2 ** Math.min(attempt, 6), 50) * (0.5 + random));
