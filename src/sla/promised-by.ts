import type { Duration } from '../organisation/duration.ts';
import type { Sla } from '../organisation/organisation.ts';
import type { ClockName } from '../ticket/changes.ts';
import { chooseRow, type SlaFacts } from './choose-row.ts';

/** How long each clock may run; null where the matrix promises nothing. */
export type Promised = Readonly<Record<ClockName, Duration | null>>;

const known = new WeakMap<Sla, Map<string, Promised>>();

function choose({ rows }: Sla, facts: SlaFacts): Promised {
  const of = (clock: ClockName): Duration | null =>
    chooseRow(
      rows.filter((one) => one[clock] !== undefined),
      facts,
    )?.[clock] ?? null;
  return { firstResponse: of('firstResponse'), routing: of('routing'), resolution: of('resolution') };
}

/** Each clock from the row that fits the facts best among those that give it (SL-01). A matrix is a value: what it gives is kept. */
export function promisedBy(sla: Sla, facts: SlaFacts): Promised {
  const kept = known.get(sla) ?? new Map<string, Promised>();
  known.set(sla, kept);
  const key = `${facts.type}/${facts.complexity}/${facts.importance}/${facts.channel}`;
  const found = kept.get(key) ?? choose(sla, facts);
  // a channel may be any word
  if (kept.size < 1000) kept.set(key, found);
  return found;
}
