import { z } from 'zod';
import { bothTexts } from '../language/language.ts';
import type { Department } from '../organisation/organisation.ts';
import { type TicketStatus, ticketStatuses } from '../ticket/types.ts';
import type { PlaceFigures } from './read-tallies.ts';

const number = z.number().int();

/** The words of the weekly report (TK-01), and the statuses that each stands for. */
export const standings = {
  open: ['new', 'open', 'transferred'],
  onHold: ['pending_customer', 'pending_third_party', 'on_hold'],
  inProgress: ['in_progress', 'returned', 'resolved'],
} as const satisfies Record<string, readonly TicketStatus[]>;
export type Standing = keyof typeof standings;

const statusCounts = z.object(
  Object.fromEntries(ticketStatuses.map((status) => [status, number.optional()])) as Record<
    TicketStatus,
    z.ZodOptional<typeof number>
  >,
);

const standing = z.object({
  /** Open or transferred, on hold, in progress: now. */
  open: number,
  onHold: number,
  inProgress: number,
  /** Closed for the department in the period (TK-07). */
  closed: number,
  total: number,
  /** Received in the period. */
  received: number,
});
export type DepartmentFigures = z.infer<typeof standing>;

export const departmentRow = standing
  .extend({
    departmentId: z.string(),
    name: bothTexts,
    /** How many tickets have each status now. */
    statuses: statusCounts,
  })
  .meta({ id: 'DepartmentFigures' });
export type DepartmentRow = z.infer<typeof departmentRow>;

type Loads = ReadonlyMap<string, Partial<Record<TicketStatus, number>>>;

const sum = (load: Partial<Record<TicketStatus, number>>, statuses: readonly TicketStatus[]): number =>
  statuses.reduce((all, status) => all + (load[status] ?? 0), 0);

function rowOf(
  department: Pick<Department, 'id' | 'name'>,
  { figures, loads }: { figures: readonly PlaceFigures[]; loads: Loads },
): DepartmentRow {
  const statuses = loads.get(department.id) ?? {};
  const own = figures.filter(({ departmentId }) => departmentId === department.id);
  const inPeriod = (name: 'closed' | 'received') => own.reduce((all, one) => all + (one.counted[name] ?? 0), 0);
  const [open, onHold, inProgress] = [standings.open, standings.onHold, standings.inProgress].map((one) =>
    sum(statuses, one),
  ) as [number, number, number];
  const closed = inPeriod('closed');
  const total = open + onHold + inProgress + closed;
  const received = inPeriod('received');
  return {
    departmentId: department.id,
    name: department.name,
    open,
    onHold,
    inProgress,
    closed,
    total,
    received,
    statuses,
  };
}

/** A row for each department (KP-11), in their order; one that is no more has one as long as tickets count for it. */
export function departmentRows(
  departments: readonly Pick<Department, 'id' | 'name'>[],
  counts: { figures: readonly PlaceFigures[]; loads: Loads },
): DepartmentRow[] {
  const known = new Set(departments.map(({ id }) => id));
  const gone = [...new Set([...counts.loads.keys(), ...counts.figures.map(({ departmentId }) => departmentId)])]
    .filter((id) => !known.has(id))
    .map((id) => ({ id, name: { ar: id, en: id } }));
  return [...departments, ...gone].map((one) => rowOf(one, counts));
}

export const totals = standing;

/** All rows together. */
export const totalOf = (rows: readonly DepartmentFigures[]): DepartmentFigures => {
  const names = ['open', 'onHold', 'inProgress', 'closed', 'total', 'received'] as const;
  return Object.fromEntries(
    names.map((name) => [name, rows.reduce((all, row) => all + row[name], 0)]),
  ) as DepartmentFigures;
};
