import { findRepetition, repetitions, windowStart } from '../../casework/repetition.ts';
import type { Staff } from '../../casework/staff.ts';
import { iso } from '../../clock.ts';
import type { Op, Page } from '../../store/port.ts';
import { type Matter, matters } from '../../ticket/matters.ts';
import { tickets } from '../../ticket/ticket.ts';
import type { FlowDeps } from '../deps.ts';
import { alertOps } from './alert-ops.ts';
import type { Job } from './jobs.ts';
import { readStaff } from './scene-of.ts';

/** So many marks are looked at in one go. */
const atOnce = 200;
/** More tickets than these of one window are not told one by one. */
const mostCounted = 500;

/** What follows from the marks of one subject, by what its window holds now. */
async function opsFor(deps: FlowDeps, subject: string, staff: Staff): Promise<Op[]> {
  const { store } = deps;
  const now = iso(deps.clock.now());
  const organisation = deps.content.organisation();
  const where = { subject, at: { gte: windowStart(organisation, now) } };
  const marked = await store.find(matters, { index: 'by-subject', where, order: 'desc', limit: mostCounted });
  if (marked.items.length < organisation.casework.repetition.count) return [];
  const lasts = await store.find(repetitions, { index: 'by-subject', where: { subject }, order: 'desc', limit: 1 });
  const found = await store.getMany(
    tickets,
    marked.items.map(({ ticketNumber }) => ticketNumber),
  );
  const told = findRepetition({ subject, tickets: found, last: lasts.items[0] ?? null, now }, organisation, staff);
  if (!told) return [];
  const { repetition, alerts } = told;
  return [
    { op: 'insert', in: repetitions, document: repetition, onDuplicate: 'keep' },
    ...alertOps(alerts, { ticketNumber: null, cause: repetition.id, at: now }),
  ];
}

const done = ({ id }: Matter): Op => ({ op: 'update', in: matters, id, set: { lookAt: null } });

/** Looks at what tickets speak against as they come, and tells those above what comes again and again (ES-07). */
export const findRepetitions: Job = async (deps, { isStopped }) => {
  let cursor: string | null = null;
  let staff: Staff | null = null;
  do {
    const where = { lookAt: { lte: iso(deps.clock.now()) } };
    const page: Page<Matter> = await deps.store.find(matters, {
      index: 'by-look',
      where,
      limit: atOnce,
      ...(cursor === null ? {} : { cursor }),
    });
    // those of one subject are one process' share, so that it is told once
    const mine = page.items.filter(({ subject }) => deps.members.isMine(subject));
    if (mine.length > 0) staff ??= await readStaff(deps);
    for (const subject of new Set(mine.map((one) => one.subject))) {
      if (isStopped() || !staff) return;
      const looked = mine.filter((one) => one.subject === subject);
      await deps.store.write([...(await opsFor(deps, subject, staff)), ...looked.map(done)]);
    }
    cursor = page.nextCursor;
  } while (cursor !== null && !isStopped());
};
