import type { Op } from '../store/port.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { overStatuses } from '../ticket/types.ts';
import { type Contribution, contributions, countsFor } from './contributions.ts';
import { type Counted, plus, present } from './measures.ts';
import type { Office } from './office.ts';
import { type Caseload, caseloads, type Span, type Tallied, type Tally, talliedTickets, tallies } from './tally.ts';

/** What a ticket counts as, as it stands now. Pure. */
export function tallyOf(ticket: Ticket, office: Office): Tallied {
  const isOver = overStatuses.includes(ticket.status);
  const isClosed = ticket.status === 'closed' && ticket.mergedInto === null;
  const departmentId = countsFor(ticket);
  return {
    id: ticket.number,
    version: 1,
    eventCount: ticket.eventCount,
    departmentId,
    status: ticket.status,
    contributions: contributions(ticket, office),
    openedAt: ticket.openedAt,
    openIn: isOver ? null : departmentId,
    closedIn: isClosed ? departmentId : null,
    closedAt: ticket.closedAt,
  };
}

/** A ticket beside what it has been counted as; null where it was not yet. */
export interface Recounted {
  before: Tallied | null;
  after: Tallied;
}

const cellsOf = ({ day, counted, ...where }: Contribution): { cell: Tally; counted: Counted }[] => {
  const { departmentId, type, complexity, channel } = where;
  const cell = (span: Span, at: string) => ({
    counted,
    cell: { id: [span, at, departmentId, type, complexity, channel].join('|'), version: 1, span, at, ...where },
  });
  return [cell('day', day), cell('month', day.slice(0, 7))];
};

const loadOf = ({ departmentId, status }: Tallied): Caseload => ({
  id: `${departmentId}|${status}`,
  version: 1,
  departmentId,
  status,
  tickets: 0,
});

/** What is to be added to which document. */
export interface Difference {
  cells: Map<string, { cell: Tally; counted: Counted }>;
  loads: Map<string, { load: Caseload; tickets: number }>;
}

function addCells({ cells }: Difference, { contributions: all }: Tallied, sign: 1 | -1): void {
  for (const { cell, counted } of all.flatMap(cellsOf)) {
    const known = cells.get(cell.id);
    cells.set(cell.id, { cell, counted: plus(known?.counted ?? {}, counted, sign) });
  }
}

function addLoad({ loads }: Difference, one: Tallied, sign: 1 | -1): void {
  const load = loadOf(one);
  loads.set(load.id, { load, tickets: (loads.get(load.id)?.tickets ?? 0) + sign });
}

/** The difference that several tickets make together; what cancels out is not in it. Pure. */
export function differenceOf(recounted: readonly Recounted[]): Difference {
  const sum: Difference = { cells: new Map(), loads: new Map() };
  for (const { before, after } of recounted) {
    if (before) addCells(sum, before, -1);
    if (before) addLoad(sum, before, -1);
    addCells(sum, after, 1);
    addLoad(sum, after, 1);
  }
  for (const [id, { counted }] of sum.cells) if (Object.keys(present(counted)).length === 0) sum.cells.delete(id);
  for (const [id, { tickets }] of sum.loads) if (tickets === 0) sum.loads.delete(id);
  return sum;
}

/** Keeps what a ticket is counted as now, under what it was counted as before: whoever was quicker, counted it. */
function keep({ before, after }: Recounted): Op {
  if (!before) return { op: 'insert', in: talliedTickets, document: after };
  const { id, version: _version, ...set } = after;
  return { op: 'update', in: talliedTickets, id, expect: before.version, set };
}

/** The operations that count tickets anew, each exactly once. `stored` are the ids of cells and caseloads that are there already. */
export function countingOps(recounted: readonly Recounted[], stored: ReadonlySet<string>): Op[] {
  const { cells, loads } = differenceOf(recounted);
  const first: Op[] = [];
  const adds: Op[] = [];
  for (const { cell, counted } of cells.values()) {
    if (!stored.has(cell.id)) first.push({ op: 'insert', in: tallies, document: cell, onDuplicate: 'keep' });
    adds.push({ op: 'update', in: tallies, id: cell.id, add: present(counted) as Record<string, number> });
  }
  for (const { load, tickets } of loads.values()) {
    if (!stored.has(load.id)) first.push({ op: 'insert', in: caseloads, document: load, onDuplicate: 'keep' });
    adds.push({ op: 'update', in: caseloads, id: load.id, add: { tickets } });
  }
  return [...recounted.map(keep), ...first, ...adds];
}
