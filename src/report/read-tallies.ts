import type { Query, Store } from '../store/port.ts';
import type { TicketStatus } from '../ticket/types.ts';
import type { Place } from './contributions.ts';
import { addTo, type Counted } from './measures.ts';
import { type Period, type SpanOf, spansOf } from './spans-of.ts';
import { caseloads, type Tally, tallies } from './tally.ts';

/** The figures of one place in the whole period. */
export interface PlaceFigures extends Place {
  counted: Counted;
}

/** What is asked of the figures; `departmentIds` null: all departments. */
export interface Asked extends Period {
  departmentIds: readonly string[] | null;
}

type Reading = Pick<Store, 'find'>;

const queryOf = ({ span, from, to }: SpanOf, departmentIds: Asked['departmentIds']): Query => {
  const at = { gte: from, lt: to };
  return departmentIds === null
    ? { index: 'by-time', where: { span, at } }
    : { index: 'by-department', where: { departmentId: { in: departmentIds }, span, at } };
};

/** The sum to which a cell of a place is to be added. */
function figuresOf(places: Map<string, PlaceFigures>, { departmentId, type, complexity, channel }: Tally): Counted {
  const key = `${departmentId}|${type}|${complexity}|${channel}`;
  const known = places.get(key) ?? { departmentId, type, complexity, channel, counted: {} };
  places.set(key, known);
  return known.counted;
}

/** The figures of a period, one for each place; read from cells whose number does not grow with the tickets. */
export async function readFigures(store: Reading, { departmentIds, ...period }: Asked): Promise<PlaceFigures[]> {
  const places = new Map<string, PlaceFigures>();
  if (departmentIds?.length === 0) return [];
  for (const part of spansOf(period)) {
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await store.find(tallies, { ...queryOf(part, departmentIds), limit: 1_000, cursor });
      for (const cell of page.items) addTo(figuresOf(places, cell), cell);
      more = page.nextCursor !== null;
      cursor = page.nextCursor ?? undefined;
    }
  }
  return [...places.values()];
}

/** How many tickets each department has in each status now. */
export async function readCaseloads(
  store: Reading,
  departmentIds: Asked['departmentIds'],
): Promise<Map<string, Partial<Record<TicketStatus, number>>>> {
  const loads = new Map<string, Partial<Record<TicketStatus, number>>>();
  if (departmentIds?.length === 0) return loads;
  const where: Query['where'] = departmentIds === null ? {} : { departmentId: { in: departmentIds } };
  for (let cursor: string | undefined, more = true; more; ) {
    const page = await store.find(caseloads, { index: 'by-department', where, limit: 1_000, cursor });
    for (const { departmentId, status, tickets } of page.items)
      if (tickets !== 0) loads.set(departmentId, { ...loads.get(departmentId), [status]: tickets });
    more = page.nextCursor !== null;
    cursor = page.nextCursor ?? undefined;
  }
  return loads;
}
