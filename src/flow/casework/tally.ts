import { iso } from '../../clock.ts';
import { countingOps, differenceOf, type Recounted, tallyOf } from '../../report/count.ts';
import { type Office, officeOf } from '../../report/office.ts';
import { caseloads, type Recount, recounts, talliedTickets, tallies } from '../../report/tally.ts';
import type { Op } from '../../store/port.ts';
import { type Ticket, tickets } from '../../ticket/ticket.ts';
import { type UntalliedEntry, untallied } from '../../ticket/untallied.ts';
import type { FlowDeps } from '../deps.ts';
import { isUnreachable } from '../outage.ts';
import type { Job, JobTools } from './jobs.ts';

/** So many entries are read in one go, and so many tickets counted in one unit. */
const entriesAtOnce = 500;
const ticketsAtOnce = 25;
/** So many tickets from before are counted in one look, so that nothing else waits long for them. */
const recountedAtOnce = 1_000;
/** A ticket that cannot be counted by a fault of ours is tried again after this (ms). */
const againMs = 60_000;

/** How tickets are counted; another number counts all tickets anew. */
const rules = 1;

type Deps = Pick<FlowDeps, 'store' | 'content' | 'members' | 'clock' | 'log'>;

/** Tickets beside what they have been counted as; without those of which more is counted than was read. */
async function readCounted({ store }: Deps, all: readonly Ticket[], office: Office): Promise<Recounted[]> {
  const ids = all.map(({ id }) => id);
  const known = new Map((await store.getMany(talliedTickets, ids)).map((one) => [one.id, one]));
  return all
    .map((ticket) => ({ before: known.get(ticket.id) ?? null, after: tallyOf(ticket, office) }))
    .filter(({ before, after }) => before === null || before.eventCount <= after.eventCount);
}

const isSame = (one: Recounted): boolean => {
  const { before, after } = one;
  if (before === null || before.openIn !== after.openIn || before.closedIn !== after.closedIn) return false;
  const { cells, loads } = differenceOf([one]);
  return cells.size === 0 && loads.size === 0 && before.closedAt === after.closedAt;
};

async function storedIds({ store }: Deps, changed: readonly Recounted[]): Promise<Set<string>> {
  const { cells, loads } = differenceOf(changed);
  const stored = [
    ...(await store.getMany(tallies, [...cells.keys()])),
    ...(await store.getMany(caseloads, [...loads.keys()])),
  ];
  return new Set(stored.map(({ id }) => id));
}

/** Counts tickets as they stand, and forgets the entries that this answers, as one unit; false where somebody was quicker. */
async function countTogether(deps: Deps, all: readonly Ticket[], entries: readonly UntalliedEntry[]): Promise<boolean> {
  const counted = await readCounted(deps, all, officeOf(deps.content.organisation()));
  const changed = counted.filter((one) => !isSame(one));
  const forget = entries.map(({ id, version }): Op => ({ op: 'remove', in: untallied, id, expect: version }));
  const ops = [...countingOps(changed, await storedIds(deps, changed)), ...forget];
  return ops.length === 0 || (await deps.store.write(ops)).ok;
}

interface Waiting {
  number: string;
  entries: UntalliedEntry[];
}

/** One that cannot be counted is put off, so that it holds up no other. */
async function countOne(deps: Deps, { number, entries }: Waiting): Promise<void> {
  try {
    const ticket = await deps.store.get(tickets, number);
    await countTogether(deps, ticket ? [ticket] : [], entries);
  } catch (error) {
    if (isUnreachable(error)) throw error;
    deps.log.error({ err: error, ticketNumber: number }, 'a ticket could not be counted; it is put off');
    if (entries.length === 0) return;
    const set = { at: iso(deps.clock.now() + againMs) };
    await deps.store.write(entries.map(({ id }): Op => ({ op: 'update', in: untallied, id, set })));
  }
}

/** Together, else one by one, so that one ticket that somebody else counts or that has a fault leaves the others. */
async function countGroup(deps: Deps, group: readonly Waiting[]): Promise<void> {
  const entries = group.flatMap((one) => one.entries);
  try {
    // after the entries: what is read is at least what they tell of
    const found = await deps.store.getMany(
      tickets,
      group.map(({ number }) => number),
    );
    if (await countTogether(deps, found, entries)) return;
  } catch (error) {
    if (isUnreachable(error)) throw error;
  }
  for (const one of group) await countOne(deps, one);
}

function byTicket(entries: readonly UntalliedEntry[]): Waiting[] {
  const groups = new Map<string, Waiting>();
  for (const one of entries) {
    const known = groups.get(one.number) ?? { number: one.number, entries: [] };
    known.entries.push(one);
    groups.set(one.number, known);
  }
  return [...groups.values()];
}

async function countChanged(deps: Deps, isStopped: () => boolean): Promise<void> {
  for (let cursor: string | undefined; !isStopped(); ) {
    const where = { at: { lte: iso(deps.clock.now()) } };
    const page = await deps.store.find(untallied, { index: 'by-at', where, limit: entriesAtOnce, cursor });
    const mine = byTicket(page.items.filter(({ number }) => deps.members.isMine(number)));
    for (let at = 0; at < mine.length && !isStopped(); at += ticketsAtOnce)
      await countGroup(deps, mine.slice(at, at + ticketsAtOnce));
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

/** The count of what was there before, as far as it is; begun anew where rules or zone are others. */
async function readRecount({ store, content }: Deps): Promise<{ known: Recount | null; at: Recount }> {
  const wanted = `${rules} ${officeOf(content.organisation()).timeZone}`;
  const known = await store.get(recounts, 'recount');
  const fresh: Recount = { id: 'recount', version: 1, rules: wanted, cursor: null, done: false };
  return { known, at: known?.rules === wanted ? known : fresh };
}

/** Counts a page of what was there before, and keeps how far it is. */
async function recountPage(deps: Deps, { known, at }: { known: Recount | null; at: Recount }): Promise<void> {
  const page = await deps.store.find(tickets, {
    index: 'by-opened',
    limit: recountedAtOnce,
    ...(at.cursor === null ? {} : { cursor: at.cursor }),
  });
  const waiting = page.items.map(({ number }) => ({ number, entries: [] }));
  for (let from = 0; from < waiting.length; from += ticketsAtOnce)
    await countGroup(deps, waiting.slice(from, from + ticketsAtOnce));
  const { id, version: _version, ...set } = { ...at, cursor: page.nextCursor, done: page.nextCursor === null };
  await deps.store.write([
    known
      ? { op: 'update', in: recounts, id, expect: known.version, set }
      : { op: 'insert', in: recounts, document: { id, version: 1, ...set } },
  ]);
}

/**
 * Counts what happened to tickets into the figures (KP-01..11): each entry of a ledger has left a mark, and what the ticket
 * counts for now is added as the difference to what it counted for, in one unit with the mark's removal; so everything
 * counts exactly once, wherever a process dies. Tickets from before are counted page by page.
 */
export const countTickets: Job = async (deps: FlowDeps, { isStopped }: JobTools) => {
  await countChanged(deps, isStopped);
  if (isStopped() || !deps.members.isMine('recount')) return;
  const recount = await readRecount(deps);
  if (!recount.at.done) await recountPage(deps, recount);
};
