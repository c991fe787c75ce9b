import type { Alert, AlertKind } from '../../alert/alert.ts';
import { allIn, headOf, type Staff, type StaffMember } from '../../casework/staff.ts';
import { type Clock, iso } from '../../clock.ts';
import { type Ids, keyed } from '../../ids.ts';
import type { Department } from '../../organisation/organisation.ts';
import type { OrganisationSnapshot } from '../../organisation/settings.ts';
import { workingZone } from '../../organisation/working-zone.ts';
import { lastOccurrence } from '../../report/occurrence.ts';
import { dayAfter } from '../../report/office.ts';
import type { Period } from '../../report/spans-of.ts';
import { readWeekly, type Weekly } from '../../report/weekly.ts';
import { weeklyFileName, weeklyFileType, writeWeeklyFile } from '../../report/weekly-file.ts';
import { type WeeklyPlan, weeklyPlans, weeklyReports } from '../../report/weekly-sending.ts';
import type { Insert, Op, Store } from '../../store/port.ts';
import type { FlowDeps } from '../deps.ts';
import { alertOps } from './alert-ops.ts';
import type { Job } from './jobs.ts';
import { readStaff } from './scene-of.ts';

/** What making and sending a report needs. */
export interface WeeklyDeps {
  store: Store;
  clock: Clock;
  ids: Ids;
  organisation(): OrganisationSnapshot;
}

/** A report of a department, made now. */
export interface MadeReport {
  weekly: Weekly;
  file: { name: string; type: string; content: Buffer };
  staff: Staff;
}

/** Reads a department's period and writes its file, in the language of the organisation. */
export async function makeWeekly(deps: WeeklyDeps, departmentId: string, period: Period): Promise<MadeReport> {
  const organisation = deps.organisation();
  const timeZone = workingZone(organisation);
  const staff = await readStaff(deps);
  const asked = { ...period, departmentId, timeZone, nowMs: deps.clock.now() };
  const weekly = await readWeekly(deps.store, organisation, asked);
  const names = new Map(staff.members.map(({ id, name }) => [id, name]));
  const language = organisation.organisation.defaultLanguage;
  const content = await writeWeeklyFile(weekly, language, { organisation, timeZone, names });
  return { weekly, file: { name: weeklyFileName(weekly), type: weeklyFileType, content }, staff };
}

/** The head of a department in person, also while somebody stands in for them. */
const headInPerson = (staff: Staff, department: Department, now: string): StaffMember | null => {
  const head = headOf({ ...staff, deputies: [] }, department, { now });
  return head?.disabledAt === null ? head : null;
};

/** To whom a department's report goes: its head and who stands in for them; where nobody heads it, those above. */
function receivers({ staff, weekly }: MadeReport, department: Department, now: string): StaffMember[] {
  const head = headOf(staff, department, { now });
  const own = headInPerson(staff, department, now);
  if (head) return own && own.id !== head.id ? [head, own] : [head];
  return weekly.row.total > 0 ? allIn(staff, 'supervisor', { now }) : [];
}

const periodWords = {
  ar: (from: string, to: string) => `من ${from} إلى ${to}`,
  en: (from: string, to: string) => `${from} to ${to}`,
};

interface Sending {
  made: MadeReport;
  to: readonly StaffMember[];
  file: Alert['file'];
  cause: string;
}

/** The alerts that carry the file: of the week, and where anything lacks stock of that too (TK-08). */
function alertsOf(deps: WeeklyDeps, { made: { weekly }, to, file, cause }: Sending): Op[] {
  const language = deps.organisation().organisation.defaultLanguage;
  const { row, from, stock } = weekly;
  const period = periodWords[language](from, dayAfter(weekly.to, -1));
  const common = { department: row.name[language], period };
  const kinds: [AlertKind, Alert['values']][] = [['weekly-report', { ...common, count: row.total }]];
  if (stock.length > 0) kinds.push(['stock-list', { ...common, count: stock.length }]);
  const drafts = to.flatMap(({ id }) => kinds.map(([kind, values]) => ({ kind, agentId: id, values })));
  return alertOps(drafts, { ticketNumber: null, cause, at: iso(deps.clock.now()) }).map((op) => {
    const { document, ...insert } = op as Insert<Alert>;
    return { ...insert, document: { ...document, file } };
  });
}

/** Whom a report went to; null where it had gone already. */
type SentTo = StaffMember[] | null;

/**
 * Sends a department's report to its head, by an alert with the file. `once` is what may be there only once: a report that
 * was sent already leaves nothing.
 */
export async function sendWeekly(
  deps: WeeklyDeps,
  department: Department,
  { period, cause, once }: { period: Period; cause: string; once?: (to: readonly StaffMember[]) => Op },
): Promise<SentTo> {
  const made = await makeWeekly(deps, department.id, period);
  const to = receivers(made, department, iso(deps.clock.now()));
  const { name, type, content } = made.file;
  const blobId = deps.ids.next();
  const file = { blobId, name, type, bytes: content.byteLength };
  const ops = [...(once ? [once(to)] : []), ...alertsOf(deps, { made, to, file, cause })];
  if (ops.length === 0) return to;
  if (to.length > 0) await deps.store.blobs.put(blobId, toChunks(content), content.byteLength);
  const { ok } = await deps.store.write(ops);
  if (!ok && to.length > 0) await deps.store.blobs.remove(blobId);
  return ok ? to : null;
}

async function* toChunks(content: Buffer): AsyncGenerator<Uint8Array> {
  yield content;
}

/** How far the reports are; begun anew where the plan is another, so that nothing is sent of a time without it. */
async function readPlan({ store, clock }: WeeklyDeps, plan: string): Promise<WeeklyPlan> {
  const known = await store.get(weeklyPlans, 'weekly');
  if (known?.plan === plan) return known;
  const fresh: WeeklyPlan = { id: 'weekly', version: 1, plan, since: iso(clock.now()), doneDay: null };
  const { id, version: _version, ...set } = fresh;
  await store.write([
    known
      ? { op: 'update', in: weeklyPlans, id, expect: known.version, set }
      : { op: 'insert', in: weeklyPlans, document: fresh, onDuplicate: 'keep' },
  ]);
  return (await store.get(weeklyPlans, 'weekly')) ?? fresh;
}

async function sendOnce(deps: WeeklyDeps, log: FlowDeps['log'], department: Department, day: string): Promise<void> {
  const id = keyed('weekly-report', department.id, day);
  if (await deps.store.get(weeklyReports, id)) return;
  const at = iso(deps.clock.now());
  const once = (to: readonly StaffMember[]): Op => {
    const document = { id, version: 1, departmentId: department.id, day, at, to: to.map((one) => one.id) };
    return { op: 'insert', in: weeklyReports, document };
  };
  const period = { from: dayAfter(day, -7), to: day };
  const to = await sendWeekly(deps, department, { period, cause: id, once });
  if (to?.length === 0) log.warn({ departmentId: department.id }, 'nobody is there to whom its weekly report could go');
}

/**
 * Sends each department's report at the day and clock time of the setting (1.11), also where that day is closed; what came
 * due while nothing ran goes at the next start, and of several weeks only the last.
 */
export const sendWeeklyReports: Job = async (flow: FlowDeps, { isStopped }) => {
  const organisation = flow.content.organisation();
  const plan = organisation.casework.weeklyReport;
  const timeZone = workingZone(organisation);
  if (!flow.members.isMine('weekly-reports')) return;
  const deps: WeeklyDeps = { ...flow, organisation: flow.content.organisation };
  const state = await readPlan(deps, plan ? `${plan.day} ${plan.at} ${timeZone}` : 'never');
  if (!plan) return;
  const { day, atMs } = lastOccurrence(plan, timeZone, flow.clock.now());
  if (atMs < Date.parse(state.since) || state.doneDay === day) return;
  for (const department of organisation.departments) {
    if (isStopped()) return;
    await sendOnce(deps, flow.log, department, day);
  }
  await flow.store.write([
    { op: 'update', in: weeklyPlans, id: state.id, expect: state.version, set: { doneDay: day } },
  ]);
};
