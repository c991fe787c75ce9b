import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Principal } from '../../agent/principal.ts';
import { day } from '../../casework/given.ts';
import { iso } from '../../clock.ts';
import { WaslError } from '../../errors.ts';
import { readStaff } from '../../flow/casework/scene-of.ts';
import { makeWeekly, sendWeekly, type WeeklyDeps } from '../../flow/casework/weekly-report.ts';
import type { Department } from '../../organisation/organisation.ts';
import { workingZone } from '../../organisation/working-zone.ts';
import { type AskedPeriod, periodOf } from '../../report/asked-period.ts';
import { departmentRow, departmentRows, totalOf, totals } from '../../report/departments.ts';
import { kpiFigures, kpiOf } from '../../report/kpi.ts';
import { readCaseloads, readFigures } from '../../report/read-tallies.ts';
import { recounts } from '../../report/tally.ts';
import { readWeekly } from '../../report/weekly.ts';
import { whose } from '../../report/whose.ts';
import { type Ticket, ticket } from '../../ticket/ticket.ts';
import { untallied } from '../../ticket/untallied.ts';
import type { HttpDeps } from '../deps.ts';
import { opaqueId, time } from '../fields.ts';
import { type AnyRoute, type Route, route } from '../route.ts';

const from = day
  .optional()
  .meta({ description: 'The first day, in the time zone of the office; from 2000 on, and ten years at most.' });
const to = day.optional().meta({ description: 'The day after the last; absent: tomorrow.' });
const departmentId = opaqueId.optional().meta({ description: 'Absent: every department that you may see.' });
const asked = z.strictObject({ from, to, departmentId });

/** The roles alone do not tell: who stands in for a head may be of any. */
const forWhom =
  'For supervisors, management and administrators: every department. For heads, and for whoever stands in for one: their own departments. Everybody else gets 403.';

const about = {
  from: z.string(),
  to: z.string(),
  madeAt: time,
  /** Changes of tickets that the figures do not know of yet; usually none or those of the last seconds. */
  uncounted: z.number().int(),
  /** Whether tickets from before are still being counted. */
  recounting: z.boolean(),
};

const kpiReply = z
  .object({ ...about, departmentId: z.string().nullable(), ...kpiFigures.shape, departments: z.array(departmentRow) })
  .meta({ id: 'KpiReport' });
const departmentsReply = z
  .object({ ...about, departments: z.array(departmentRow), total: totals })
  .meta({ id: 'DepartmentsReport' });

const listed = ticket
  .pick({
    number: true,
    type: true,
    service: true,
    subject: true,
    status: true,
    outcome: true,
    openedAt: true,
    closedAt: true,
    assigneeId: true,
    stock: true,
  })
  .extend({ dueAt: time.nullable() })
  .meta({ id: 'ReportedTicket' });
const weeklyReply = z
  .object({
    ...about,
    ...departmentRow.shape,
    tickets: z.object({ open: z.array(listed), closed: z.array(listed) }),
    stock: z.array(listed),
  })
  .meta({ id: 'WeeklyReport' });

const presentListed = (one: Ticket): z.input<typeof listed> => ({
  ...listed.parse({ ...one, dueAt: one.dueAt.resolution }),
});

async function madeWith({ store, clock }: HttpDeps) {
  return {
    madeAt: iso(clock.now()),
    uncounted: await store.count(untallied, { index: 'by-at' }),
    recounting: (await store.get(recounts, 'recount'))?.done !== true,
  };
}

/** The period and the departments of a report, as far as the asker may see them. */
async function scopeOf(
  deps: HttpDeps,
  by: Principal,
  { query, usually }: { query: AskedPeriod & { departmentId?: string | undefined }; usually: 'month' | 'week' },
) {
  const { departments, ...organisation } = deps.organisation();
  const nowMs = deps.clock.now();
  const timeZone = workingZone(organisation);
  const period = periodOf(query, { timeZone, nowMs, usually });
  const staff = await readStaff(deps);
  const departmentIds = whose({ by, staff, departments, now: iso(nowMs) }, query.departmentId);
  return { ...period, departmentIds, timeZone, nowMs };
}

async function readRows(deps: HttpDeps, scope: { from: string; to: string; departmentIds: string[] | null }) {
  const { departmentIds } = scope;
  const shown = deps
    .organisation()
    .departments.filter(({ id }) => departmentIds === null || departmentIds.includes(id));
  const figures = await readFigures(deps.store, scope);
  const loads = await readCaseloads(deps.store, departmentIds);
  return { figures, rows: departmentRows(shown, { figures, loads }) };
}

const kpi = (deps: HttpDeps) =>
  route({
    method: 'get',
    path: '/reports/kpi',
    summary: 'The key figures KP-01 to KP-11 of a period; without dates of this month',
    details: forWhom,
    tag: 'Reports',
    access: 'reports.read',
    query: asked,
    reply: kpiReply,
    async handle({ query, by }) {
      const scope = await scopeOf(deps, by, { query, usually: 'month' });
      const { figures, rows } = await readRows(deps, scope);
      const made = await madeWith(deps);
      const { from: first, to: end } = scope;
      const departmentId = query.departmentId ?? null;
      return { from: first, to: end, departmentId, ...made, ...kpiOf(figures), departments: rows };
    },
  });

const departments = (deps: HttpDeps) =>
  route({
    method: 'get',
    path: '/reports/departments',
    summary: 'Tickets of each department: open or transferred, on hold, in progress, closed in the period, total',
    details: forWhom,
    tag: 'Reports',
    access: 'reports.read',
    query: asked,
    reply: departmentsReply,
    async handle({ query, by }) {
      const scope = await scopeOf(deps, by, { query, usually: 'month' });
      const { rows } = await readRows(deps, scope);
      const made = await madeWith(deps);
      return { from: scope.from, to: scope.to, ...made, departments: rows, total: totalOf(rows) };
    },
  });

const ofOne = z.strictObject({ from, to, departmentId: opaqueId });

const weekly = (deps: HttpDeps) =>
  route({
    method: 'get',
    path: '/reports/weekly',
    summary: 'A department’s report with its tickets, the restricted ones only counted; without dates of seven days',
    details: forWhom,
    tag: 'Reports',
    access: 'reports.read',
    query: ofOne,
    reply: weeklyReply,
    async handle({ query, by }) {
      const { departmentIds: _own, ...scope } = await scopeOf(deps, by, { query, usually: 'week' });
      const week = { ...scope, departmentId: query.departmentId };
      const { row, open, closed, stock, ...period } = await readWeekly(deps.store, deps.organisation(), week);
      const tickets = { open: open.map(presentListed), closed: closed.map(presentListed) };
      return { ...(await madeWith(deps)), ...period, ...row, tickets, stock: stock.map(presentListed) };
    },
  });

type FileQuery = z.output<typeof ofOne>;

const weeklyFile = (deps: HttpDeps): AnyRoute => {
  const declared: Route<z.ZodObject, typeof ofOne> = {
    method: 'get',
    path: '/reports/weekly/file',
    summary: 'The same report as a spreadsheet to be saved, in the language of the organisation',
    details: forWhom,
    tag: 'Reports',
    access: 'reports.read',
    query: ofOne,
    reply: 'file',
    async handle({ query, by }: { query: FileQuery; by: Principal }) {
      const { from: first, to: end } = await scopeOf(deps, by, { query, usually: 'week' });
      const { file } = await makeWeekly(deps, query.departmentId, { from: first, to: end });
      const { name, type, content } = file;
      return { name, type, bytes: content.byteLength, stream: Readable.from([content]) };
    },
  };
  return declared;
};

const sentReply = z
  .object({ to: z.array(z.object({ id: z.string(), name: z.string() })) })
  .meta({ id: 'SentWeeklyReport' });

const requireDepartment = ({ organisation }: WeeklyDeps, id: string): Department => {
  const found = organisation().departments.find((one) => one.id === id);
  if (found) return found;
  throw new WaslError('invalid', `body.departmentId: there is no department "${id}".`);
};

const send = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/reports/weekly/send',
    summary: 'Send a department’s report of the last seven days to its head now, with the file',
    details: forWhom,
    tag: 'Reports',
    access: 'reports.read',
    body: z.strictObject({ departmentId: opaqueId }),
    reply: sentReply,
    async handle({ body, by, key }) {
      const department = requireDepartment(deps, body.departmentId);
      const { from: first, to: end } = await scopeOf(deps, by, { query: body, usually: 'week' });
      const period = { from: first, to: end };
      const sent = await sendWeekly(deps, department, { period, cause: key });
      if (!sent || sent.length === 0) {
        throw new WaslError(
          'not-allowed',
          'Nobody heads this department: give somebody that role in it, or name its head.',
          {
            details: { reason: 'nobody-there' },
          },
        );
      }
      return { to: sent.map(({ id, name }) => ({ id, name })) };
    },
  });

/** Figures and reports; computed from what is counted as it happens, never from the tickets. */
export const reportRoutes = (deps: HttpDeps): AnyRoute[] => [
  kpi(deps),
  departments(deps),
  weekly(deps),
  weeklyFile(deps),
  send(deps),
];
