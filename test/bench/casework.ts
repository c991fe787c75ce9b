import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { reckonings } from '../../src/casework/reckoning.ts';
import { settleBy } from '../../src/casework/settle.ts';
import { iso, systemClock } from '../../src/clock.ts';
import { alone } from '../../src/cluster/members.ts';
import { collections } from '../../src/collections.ts';
import { keepDuties } from '../../src/flow/casework/keep-duties.ts';
import { recompute } from '../../src/flow/casework/recompute.ts';
import type { FlowDeps } from '../../src/flow/deps.ts';
import { loadOrganisation } from '../../src/organisation/load.ts';
import { type OrganisationSnapshot, seedSettings, settings } from '../../src/organisation/settings.ts';
import type { Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Ticket } from '../../src/ticket/ticket.ts';
import { asAdministrator, openWorld, type World } from '../integration/http-harness.ts';
import { aWorkedTicket, keepTickets } from './support/many-tickets.ts';
import { root } from './support/server.ts';
import { ms, percentile, say, sorted, table } from './support/table.ts';

const none = (): void => undefined;
const day = 86_400_000;
/** A Wednesday in office hours: what is opened in the ten days before has its treatment ahead. */
const now = Date.parse('2026-11-25T08:00:00.000Z');

const organisationOf = (): Promise<OrganisationSnapshot> =>
  loadOrganisation(join(root, 'knowledge-base', 'organisation'));

const depsOn = (store: Store, organisation: () => OrganisationSnapshot): FlowDeps => {
  const log = {
    debug: none,
    info: none,
    warn: none,
    error: (fields: object, text: string) => say(`${text} ${JSON.stringify(fields)}`),
  };
  const clock = { ...systemClock, now: () => now };
  return { store, clock, log, members: alone('the bench'), content: { organisation } } as unknown as FlowDeps;
};

const tools = { deliver: none, isStopped: () => false };

/** What some work takes in ms: time that passes, and that of the processor, which others on the machine do not add to. */
async function costOf(work: () => Promise<unknown>): Promise<{ wall: number; processor: number }> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - began, processor: (user + system) / 1000 };
}

const timed = async (work: () => Promise<unknown>): Promise<number> => (await costOf(work)).wall;

/** Deadlines of open tickets after a holiday is added within the time of all of them. */
async function recomputing(count: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'wasl-casework-'));
  const store = await openSqliteStore({ directory, collections });
  try {
    const before = await organisationOf();
    let organisation = before;
    await seedSettings(store, organisation);
    await keepTickets(store, organisation, { count, nowMs: now, spanMs: 6 * day });
    const deps = depsOn(store, () => organisation);
    const unchanged = await costOf(() => recompute(deps, tools));
    organisation = {
      ...before,
      calendars: before.calendars.map((one) => ({
        ...one,
        calendar: { ...one.calendar, holidays: [...(one.calendar.holidays ?? []), '2026-11-26', '2026-11-29'] },
      })),
    };
    await store.write([{ op: 'update', in: settings, id: 'calendars', set: { value: organisation.calendars } }]);
    const lag = monitorEventLoopDelay({ resolution: 5 });
    lag.enable();
    const took = await costOf(() => recompute(deps, tools));
    lag.disable();
    const kept = (await store.get(reckonings, 'deadlines'))?.changed;
    say(
      table(
        [`${count} open tickets`, ''],
        [
          ['looked through, nothing changes (s)', (unchanged.wall / 1000).toFixed(2)],
          ['  of the processor', (unchanged.processor / 1000).toFixed(2)],
          ['after a holiday was added (s)', (took.wall / 1000).toFixed(2)],
          ['  of the processor', (took.processor / 1000).toFixed(2)],
          ['of them changed', kept ?? 0],
          ['event loop held up, median (ms)', ms(lag.percentile(50) / 1e6)],
          ['event loop held up, 99 % (ms)', ms(lag.percentile(99) / 1e6)],
          ['event loop held up, longest (ms)', ms(lag.max / 1e6)],
        ],
      ),
    );
  } finally {
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What settling one ticket costs, warm. */
async function settling(): Promise<void> {
  const organisation = await organisationOf();
  const settle = settleBy(organisation);
  const made = Array.from({ length: 20_000 }, (_, at) => aWorkedTicket(at, now - at * 30_000, organisation));
  const fresh = () => made.map((one) => ({ ...one }));
  for (const one of fresh()) settle(one);
  const again = fresh();
  const { wall, processor } = await costOf(async () => {
    for (const one of again) settle(one);
  });
  const each = (whole: number): string => ((whole * 1000) / again.length).toFixed(1);
  say(`one ticket settled, warm: ${each(wall)} µs, of the processor ${each(processor)} µs`);
}

const pages = [
  'order=burning&limit=50',
  'order=burning&departmentId=maintenance&limit=50',
  'order=burning&assigneeId=member-7&limit=50',
];

interface Measure {
  what: string;
  times: number;
  work(world: World): Promise<unknown>;
}

const measures: readonly Measure[] = [
  ...pages.map((page) => ({
    what: `GET /tickets?${page} (ms)`,
    times: 200,
    async work(world: World) {
      const { status, body } = await asAdministrator(world)('GET', `/api/v1/tickets?${page}`);
      if (status !== 200 || body.items.length === 0) throw new Error(`${page}: ${status}, ${body.items?.length} items`);
    },
  })),
  {
    what: 'looking for what is due, none is (ms)',
    times: 500,
    work: ({ store, deps }) => keepDuties(depsOn(store, deps.organisation), tools),
  },
];

/** Medians in ms for each of two queues, asked in turns, so that what else the machine does falls on both. */
async function compared(worlds: readonly [World, World], { times, work }: Measure): Promise<[number, number]> {
  const took: [number[], number[]] = [[], []];
  for (let round = -20; round < times; round += 1) {
    const [one, other] = [await timed(() => work(worlds[0])), await timed(() => work(worlds[1]))];
    if (round < 0) continue;
    took[0].push(one);
    took[1].push(other);
  }
  return [percentile(sorted(took[0]), 0.5), percentile(sorted(took[1]), 0.5)];
}

/** A queue of so many tickets, none of which is due. */
async function queueOf(count: number): Promise<World> {
  const world = await openWorld({ config: { rateLimits: false } });
  const ahead = (one: Ticket): Ticket => ({ ...one, nextAt: iso(now + day + Number(one.number.slice(2)) * 100) });
  const seeded = await timed(() =>
    keepTickets(world.store, world.deps.organisation(), { count, nowMs: now, spanMs: 10 * day, change: ahead }),
  );
  say(`${count} tickets kept in ${(seeded / 1000).toFixed(0)} s`);
  return world;
}

/** Casework at size: `casework [recomputed] [few] [many]`. */
export async function run(args: readonly string[]): Promise<void> {
  const [recomputed = 100_000, few = 10_000, many = 1_000_000] = args.map(Number);
  await settling();
  say();
  await recomputing(recomputed);
  say();
  const worlds: [World, World] = [await queueOf(few), await queueOf(many)];
  try {
    const rows: string[][] = [];
    for (const one of measures) {
      const [small, large] = await compared(worlds, one);
      rows.push([one.what, small.toFixed(3), large.toFixed(3), (large / small).toFixed(2)]);
    }
    say();
    say(table(['median', String(few), String(many), 'ratio'], rows));
  } finally {
    for (const world of worlds) await world.close();
  }
}
