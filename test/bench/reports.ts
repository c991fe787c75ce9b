import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collections } from '../../src/collections.ts';
import { departmentRows } from '../../src/report/departments.ts';
import { kpiOf } from '../../src/report/kpi.ts';
import type { Counted } from '../../src/report/measures.ts';
import { dayAfter } from '../../src/report/office.ts';
import { type Asked, readCaseloads, readFigures } from '../../src/report/read-tallies.ts';
import { type Tally, tallies } from '../../src/report/tally.ts';
import type { Op, Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { complexities, ticketTypes } from '../../src/ticket/types.ts';
import { seeded } from './support/story.ts';
import { ms, percentile, say, sorted, table } from './support/table.ts';

const departments = Array.from({ length: 10 }, (_, at) => ({
  id: `department-${at}`,
  name: { ar: `القسم ${at}`, en: `Department ${at}` },
}));
const channels = ['web-chat', 'whatsapp', 'email', 'x', 'sms', 'desk', 'portal'];
const firstDay = '2025-03-15';
const days = 366;

/** What a ticket is counted as on the day on which it is settled; the same sums up to the month. */
const settled: Counted = {
  received: 1,
  accepted: 1,
  responded: 1,
  responseMs: 1_000_000,
  responseWorkMs: 400_000,
  responseOnTime: 1,
  treated: 1,
  treatmentMs: 90_000_000,
  treatmentWorkMs: 30_000_000,
  treatmentOnTime: 1,
  done: 1,
  rightFirst: 1,
  stood: 1,
  closed: 1,
};

/** Cells of a year by id: so many tickets, spread at random over departments, types, complexities and channels. */
function cellsOf(count: number): Map<string, Tally> {
  const random = seeded(1);
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const cells = new Map<string, Tally>();
  const add = (
    span: Tally['span'],
    at: string,
    where: Pick<Tally, 'departmentId' | 'type' | 'complexity' | 'channel'>,
  ) => {
    const id = [span, at, where.departmentId, where.type, where.complexity, where.channel].join('|');
    const cell: Tally = cells.get(id) ?? { id, version: 1, span, at, ...where };
    for (const [name, value] of Object.entries(settled) as [keyof Counted, number][])
      cell[name] = (cell[name] ?? 0) + value;
    cells.set(id, cell);
  };
  for (let left = count; left > 0; left--) {
    const day = dayAfter(firstDay, Math.floor(random() * days));
    const where = {
      departmentId: any(departments).id,
      type: any(ticketTypes),
      complexity: any(complexities),
      channel: any(channels),
    };
    add('day', day, where);
    add('month', day.slice(0, 7), where);
  }
  return cells;
}

async function fill(store: Store, count: number): Promise<number> {
  const cells = [...cellsOf(count).values()];
  for (let at = 0; at < cells.length; at += 2_000) {
    const unit = cells.slice(at, at + 2_000).map((document): Op => ({ op: 'insert', in: tallies, document }));
    await store.write(unit);
  }
  return cells.length;
}

async function measure(store: Store, name: string, asked: Asked): Promise<string[]> {
  const times: number[] = [];
  let received = 0;
  const before = process.cpuUsage();
  for (let left = 7; left > 0; left--) {
    const began = performance.now();
    const figures = await readFigures(store, asked);
    const loads = await readCaseloads(store, asked.departmentIds);
    received = kpiOf(figures).received;
    departmentRows(departments, { figures, loads });
    times.push(performance.now() - began);
  }
  const { user, system } = process.cpuUsage(before);
  const all = sorted(times);
  return [
    name,
    String(received),
    ms(percentile(all, 0.5)),
    ms(all.at(-1) ?? Number.NaN),
    ms((user + system) / 1_000 / all.length),
  ];
}

/** How long the key figures of a period take where so many tickets were counted in a year: `reports [tickets]`. */
export async function run(args: readonly string[]): Promise<void> {
  const count = Number(args[0] ?? 1_000_000);
  const directory = mkdtempSync(join(tmpdir(), 'wasl-reports-'));
  const store = await openSqliteStore({ directory, collections });
  try {
    const cells = await fill(store, count);
    const end = dayAfter(firstDay, days);
    const halls = ['department-3'];
    const rows = [
      await measure(store, 'a whole month', { from: '2025-06-01', to: '2025-07-01', departmentIds: null }),
      await measure(store, 'a quarter', { from: '2025-07-01', to: '2025-10-01', departmentIds: null }),
      await measure(store, 'a year of whole months', { from: '2025-04-01', to: '2026-03-01', departmentIds: null }),
      await measure(store, 'a year from mid-month to mid-month', { from: firstDay, to: end, departmentIds: null }),
      await measure(store, 'the same of one department', { from: firstDay, to: end, departmentIds: halls }),
      await measure(store, 'its last week', { from: dayAfter(end, -7), to: end, departmentIds: halls }),
    ];
    say(`${count} tickets in ${cells} cells of ${departments.length} departments, ${channels.length} channels\n`);
    say(table(['key figures of', 'tickets', 'p50 ms', 'longest ms', 'CPU ms'], rows));
  } finally {
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
