import { type Reckoning, reckonings } from '../../casework/reckoning.ts';
import { settleBy } from '../../casework/settle.ts';
import { iso } from '../../clock.ts';
import { type OrganisationSnapshot, settingSchemas, settings } from '../../organisation/settings.ts';
import { canPromise } from '../../sla/can-promise.ts';
import type { Op, Update } from '../../store/port.ts';
import type { Settle } from '../../ticket/ledger.ts';
import { type Ticket, tickets } from '../../ticket/ticket.ts';
import { overStatuses, ticketStatuses } from '../../ticket/types.ts';
import type { FlowDeps } from '../deps.ts';
import { retrying } from '../retrying.ts';
import type { Job, JobTools } from './jobs.ts';

/** So many tickets are read at once, and written in one unit: the event loop belongs to others in between. */
const atOnce = 500;
/** So long other processes may still enter by the settings before (ms). */
const lateMs = 10_000;

type Deps = Pick<FlowDeps, 'store' | 'content' | 'clock' | 'members' | 'log'>;
type Decisive = 'calendars' | 'sla' | 'casework';

/** The settings that decide deadlines, and what time brings. */
const decisive: readonly Decisive[] = ['calendars', 'sla', 'casework'];
const notOver = ticketStatuses.filter((status) => !overStatuses.includes(status));

const yieldLoop = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Whether this process decides by what is stored: word of an edit comes a moment after it. */
const isInUse = (stored: readonly { id: string; value?: unknown }[], inUse: OrganisationSnapshot): boolean =>
  stored.every(({ id, value }) => {
    const name = id as Decisive;
    return JSON.stringify(settingSchemas[name].parse(value)) === JSON.stringify(inUse[name]);
  });

const isSame = (before: Ticket, after: Ticket): boolean =>
  before.burnsAt === after.burnsAt &&
  before.nextAt === after.nextAt &&
  before.dueAt.resolution === after.dueAt.resolution &&
  before.dueAt.routing === after.dueAt.routing &&
  before.dueAt.firstResponse === after.dueAt.firstResponse;

const updateOf = (before: Ticket, { dueAt, burnsAt, nextAt }: Ticket): Update<Ticket> => ({
  op: 'update',
  in: tickets,
  id: before.id,
  expect: before.version,
  set: { dueAt, burnsAt, nextAt },
});

/** What changes of a ticket; nothing where it stands as it should. */
function changeOf({ log }: Deps, ticket: Ticket, settle: Settle): Update<Ticket>[] {
  try {
    const after = settle(ticket);
    return isSame(ticket, after) ? [] : [updateOf(ticket, after)];
  } catch (error) {
    log.error({ err: error, ticketNumber: ticket.number }, 'the deadlines of a ticket could not be computed');
    return [];
  }
}

/** One that was changed meanwhile is computed anew by itself. */
const recomputeOne = (deps: Deps, id: string, settle: Settle): Promise<void> =>
  retrying(async () => {
    const ticket = await deps.store.get(tickets, id);
    return { ops: ticket ? changeOf(deps, ticket, settle) : [], result: undefined };
  }, deps);

/** Writes the changes as one unit; those that somebody was quicker with, each by itself. */
async function writeTogether(deps: Deps, changes: readonly Update<Ticket>[], settle: Settle): Promise<void> {
  let left = changes;
  while (left.length > 0) {
    const written = await deps.store.write(left);
    if (written.ok) return;
    const late = left[written.at];
    left = left.filter((one) => one !== late);
    if (late) await recomputeOne(deps, late.id, settle);
  }
}

interface Walked {
  seen: number;
  changed: number;
}

/** All tickets that are not over, page by page; null where it was stopped on the way. */
async function walk(deps: Deps, { isStopped }: Pick<JobTools, 'isStopped'>): Promise<Walked | null> {
  const settle = settleBy(deps.content.organisation());
  const walked = { seen: 0, changed: 0 };
  for (const status of notOver) {
    for (let cursor: string | undefined; ; ) {
      const page = await deps.store.find(tickets, { index: 'by-status', where: { status }, limit: atOnce, cursor });
      if (isStopped()) return null;
      const changes = page.items.flatMap((one) => changeOf(deps, one, settle));
      await writeTogether(deps, changes, settle);
      walked.seen += page.items.length;
      walked.changed += changes.length;
      await yieldLoop();
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
  }
  return walked;
}

const id = 'deadlines';

const keepOp = (before: Reckoning | null, after: Omit<Reckoning, 'id' | 'version'>): Op =>
  before
    ? { op: 'update', in: reckonings, id, expect: before.version, set: after }
    : { op: 'insert', in: reckonings, document: { id, version: 1, ...after }, onDuplicate: 'keep' };

const warned = new WeakSet<OrganisationSnapshot>();

/** Once for each edit: tickets open all the same, but nothing in working time is promised. */
function warnOnce({ content, clock, log }: Deps): void {
  const organisation = content.organisation();
  if (warned.has(organisation)) return;
  warned.add(organisation);
  if (canPromise(organisation, clock.now())) return;
  const { calendarId } = organisation.sla;
  log.warn({ calendarId }, 'the calendar of the SLA has no open time ahead: no working time can be promised');
}

/**
 * Where a calendar, the matrix or the casework setting was changed, all deadlines are computed anew: of tickets that are not
 * over, writing what changed. By which versions they stand is kept when all are done, so that one which was cut off begins
 * anew. Of several processes one does it, and once more a little later, for what others entered by the settings before.
 */
export const recompute: Job = async (deps, tools) => {
  warnOnce(deps);
  if (!deps.members.isMine('recount')) return;
  const stored = await deps.store.getMany(settings, decisive);
  if (stored.length < decisive.length) return;
  const basis = stored.map((one) => `${one.id}:${one.version}`).join(' ');
  const before = await deps.store.get(reckonings, id);
  const isNew = before?.basis !== basis;
  const isAgain = before?.againAt != null && before.againAt <= iso(deps.clock.now());
  if (!isNew && !isAgain) return;
  if (!isInUse(stored, deps.content.organisation())) return;
  const walked = await walk(deps, tools);
  if (!walked) return;
  const now = deps.clock.now();
  const againAt = isNew && deps.members.count() > 1 ? iso(now + lateMs) : null;
  await deps.store.write([keepOp(before, { basis, at: iso(now), againAt, ...walked })]);
  if (walked.changed > 0) deps.log.info({ ...walked }, 'the deadlines were computed anew');
};
