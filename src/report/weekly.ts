import { iso } from '../clock.ts';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import type { Query, Store } from '../store/port.ts';
import { type Ticket, tickets } from '../ticket/ticket.ts';
import { countsFor } from './contributions.ts';
import { type DepartmentRow, departmentRows } from './departments.ts';
import { instantAt } from './office.ts';
import { readCaseloads, readFigures } from './read-tallies.ts';
import type { Period } from './spans-of.ts';
import { talliedTickets } from './tally.ts';

/** So many tickets of each kind stand in a report; how many more there are, its figures say. */
export const mostListed = 1_000;

/** A department's report of a week: its figures, and the tickets that anybody of the department may know of. */
export interface Weekly extends Period {
  row: DepartmentRow;
  /** What is not over, the oldest first. */
  open: Ticket[];
  /** What was closed for the department in the period, in that order. */
  closed: Ticket[];
  /** What waits for stock (TK-08), the oldest first. */
  stock: Ticket[];
  /** ISO. */
  madeAt: string;
}

type Reading = Pick<Store, 'find' | 'getMany'>;

/** Restricted tickets count, and are named nowhere (EX-01). */
const isOpenToAll = ({ restricted, hiddenFrom }: Ticket): boolean => !restricted && hiddenFrom.length === 0;

async function listTallied(store: Reading, query: Query, still: (one: Ticket) => boolean): Promise<Ticket[]> {
  const { items } = await store.find(talliedTickets, { ...query, limit: mostListed });
  const numbers = items.map(({ id }) => id);
  return (await store.getMany(tickets, numbers)).filter((one) => isOpenToAll(one) && still(one));
}

async function listStock(store: Reading, departmentId: string): Promise<Ticket[]> {
  const query: Query = { index: 'by-stock', where: { stockOf: departmentId }, limit: mostListed };
  return (await store.find(tickets, query)).items.filter(isOpenToAll);
}

const isOver = ({ status }: Ticket): boolean => status === 'closed' || status === 'rejected';

/** What is asked of a department's week. */
export interface AskedWeek extends Period {
  departmentId: string;
  timeZone: string;
  nowMs: number;
}

/** Reads a department's report; each list by an index, whatever the number of tickets. */
export async function readWeekly(
  store: Reading,
  { departments }: Pick<OrganisationSnapshot, 'departments'>,
  { departmentId, from, to, timeZone, nowMs }: AskedWeek,
): Promise<Weekly> {
  const departmentIds = [departmentId];
  const counts = {
    figures: await readFigures(store, { from, to, departmentIds }),
    loads: await readCaseloads(store, departmentIds),
  };
  const department = departments.find(({ id }) => id === departmentId);
  const own = department ?? { id: departmentId, name: { ar: departmentId, en: departmentId } };
  const [row] = departmentRows([own], counts) as [DepartmentRow];
  const closedAt = { gte: iso(instantAt(timeZone, from)), lt: iso(instantAt(timeZone, to)) };
  const isOwn = (one: Ticket): boolean => countsFor(one) === departmentId;
  const open = { index: 'by-open', where: { openIn: departmentId } };
  const closed = { index: 'by-closed', where: { closedIn: departmentId, closedAt } };
  return {
    from,
    to,
    row,
    open: await listTallied(store, open, (one) => isOwn(one) && !isOver(one)),
    closed: await listTallied(store, closed, (one) => isOwn(one) && isOver(one)),
    stock: await listStock(store, departmentId),
    madeAt: iso(nowMs),
  };
}
