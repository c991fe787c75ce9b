import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settleBy } from '../../../src/casework/settle.ts';
import { iso } from '../../../src/clock.ts';
import { alone } from '../../../src/cluster/members.ts';
import { countTickets } from '../../../src/flow/casework/tally.ts';
import type { FlowDeps } from '../../../src/flow/deps.ts';
import { contributions, countsFor } from '../../../src/report/contributions.ts';
import { type Counted, plus, present } from '../../../src/report/measures.ts';
import { officeOf } from '../../../src/report/office.ts';
import { readCaseloads, readFigures } from '../../../src/report/read-tallies.ts';
import { caseloads, recounts, talliedTickets, tallies } from '../../../src/report/tally.ts';
import type { AnyCollection, Collection, Document, Store } from '../../../src/store/port.ts';
import { StoreError } from '../../../src/store/port.ts';
import type { TicketChange } from '../../../src/ticket/events.ts';
import { enter } from '../../../src/ticket/ledger.ts';
import { type Ticket, tickets } from '../../../src/ticket/ticket.ts';
import { untallied } from '../../../src/ticket/untallied.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { openStoreOf, removeStore } from '../../support/store-env.ts';
import { anOrganisation } from '../../unit/casework/builders.ts';
import { aChange, anOpening } from './random-ledgers.ts';

const organisation = anOrganisation();
const office = officeOf(organisation);
const settle = settleBy(organisation);
const clock = createFakeClock('2026-11-01T06:00:00.000Z');
let directory: string;
let store: Store;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'wasl-tally-'));
  store = await openStoreOf(directory, clock.now);
});
afterAll(async () => {
  await store.close();
  await removeStore(directory);
});

/** The job of one process, on a store of its own way. */
async function count(on: Store = store): Promise<void> {
  const log = { debug() {}, info() {}, warn() {}, error: (fields: object) => failures.push(fields) };
  const content = { organisation: () => organisation };
  const deps = { store: on, clock, log, content, members: alone('the test') } as unknown as FlowDeps;
  await countTickets(deps, { deliver: () => undefined, isStopped: () => false });
}
const failures: object[] = [];
/** Told where a test fails, so that it can be had again. */
const seed = Date.now() % 1_000_000;

/** A process that dies around its nth write: before it, or when it is done and nobody knows. */
function dyingAt(nth: number, isDone: boolean): Store {
  let left = nth;
  const gone = () => Promise.reject(new StoreError('unavailable', 'the process is gone'));
  return new Proxy(store, {
    get(target, name: keyof Store) {
      const own = target[name];
      if (typeof own !== 'function') return own;
      const call = (own as (...given: unknown[]) => Promise<unknown>).bind(target);
      if (name !== 'write') return (...given: unknown[]) => (left < 0 ? gone() : call(...given));
      return async (...given: unknown[]) => {
        left -= 1;
        if (left >= 0) return call(...given);
        if (left === -1 && isDone) await call(...given);
        return gone();
      };
    },
  });
}

async function all<T extends Document>(from: Collection<T>, index: string): Promise<T[]> {
  const found: T[] = [];
  for (let cursor: string | undefined, more = true; more; ) {
    const page = await store.find(from, { index, limit: 1_000, cursor });
    found.push(...page.items);
    more = page.nextCursor !== null;
    cursor = page.nextCursor ?? undefined;
  }
  return found;
}

const removeAll = (from: AnyCollection, ids: readonly string[]) =>
  store.write(ids.map((id) => ({ op: 'remove' as const, in: from, id })));

let opened = 0;
async function happens(number: string | null, changes: readonly TicketChange[]): Promise<string> {
  const before = number === null ? null : await store.get(tickets, number);
  const own = number ?? String(26_000_000 + ++opened);
  const actor = { kind: 'system' as const, id: null };
  const cause = `cause-${own}-${before?.eventCount ?? 0}`;
  const { ops } = enter(before, changes, { number: own, at: iso(clock.now()), actor, cause, settle });
  const result = await store.write(ops);
  expect(result.ok).toBe(true);
  return own;
}

const keyOf = (time: string, one: Pick<Ticket, 'type' | 'complexity' | 'channel'> & { departmentId: string }) =>
  [time, one.departmentId, one.type, one.complexity, one.channel].join('|');

/** What the figures have to be: everything counted from the tickets themselves. */
function straightCount(every: readonly Ticket[]): Record<string, Counted> {
  const sum = new Map<string, Counted>();
  for (const one of every.flatMap((ticket) => contributions(ticket, office)))
    for (const time of [one.day, one.day.slice(0, 7)])
      sum.set(keyOf(time, one), plus(sum.get(keyOf(time, one)) ?? {}, one.counted));
  return Object.fromEntries([...sum].map(([key, figures]) => [key, present(figures)]));
}

async function storedFigures(): Promise<Record<string, Counted>> {
  const cells = (await all(tallies, 'by-time')).map(({ id: _i, version: _v, span: _s, ...cell }): [string, Counted] => {
    const { at, departmentId, type, complexity, channel, ...counted } = cell;
    return [keyOf(at, { departmentId, type, complexity, channel }), present(counted)];
  });
  return Object.fromEntries(cells.filter(([, counted]) => Object.keys(counted).length > 0));
}

async function expectCounted(): Promise<void> {
  const every = await all(tickets, 'by-opened');
  expect(await storedFigures(), `seed ${seed}`).toEqual(straightCount(every));
  const loads = new Map<string, number>();
  for (const one of every) {
    const key = `${countsFor(one)} ${one.status}`;
    loads.set(key, (loads.get(key) ?? 0) + 1);
  }
  const stored = (await all(caseloads, 'by-department')).filter((one) => one.tickets !== 0);
  expect(new Map(stored.map((one) => [`${one.departmentId} ${one.status}`, one.tickets]))).toEqual(loads);
  expect(await store.count(untallied, { index: 'by-at' })).toBe(0);
}

const round = fc.record({
  opening: fc.array(anOpening, { maxLength: 4 }),
  changes: fc.array(fc.tuple(fc.nat(), fc.array(aChange, { minLength: 1, maxLength: 3 })), { maxLength: 12 }),
  hours: fc.integer({ min: 0, max: 90 }),
  dies: fc.option(fc.tuple(fc.nat({ max: 2 }), fc.boolean())),
});

type Round = typeof round extends fc.Arbitrary<infer R> ? R : never;

/** Lets a round happen; its changes meet tickets by their place. */
async function play({ opening, changes, hours }: Round): Promise<void> {
  for (const one of opening) await happens(null, [one]);
  for (const [at, some] of opened === 0 ? [] : changes) {
    clock.advance(60_000);
    await happens(String(26_000_001 + (at % opened)), some);
  }
  clock.advance(hours * 3_600_000);
}

describe('the figures', () => {
  it('equal a straight count over all tickets, however the counting was cut off', async () => {
    for (const one of fc.sample(round, { numRuns: 24, seed })) {
      await play(one);
      if (one.dies) await count(dyingAt(...one.dies)).catch((error) => expect(error).toBeInstanceOf(StoreError));
      if (one.dies?.[1]) continue; // the next round goes on where this one died
      await count();
      await expectCounted();
    }
    await count();
    await expectCounted();
    expect(failures).toEqual([]);
  });

  it('count each ticket once where several processes count the same ones at the same time', async () => {
    for (const one of fc.sample(round, { numRuns: 6, seed })) {
      await play(one);
      await Promise.all([count(), count(), count()]);
      await count();
      await expectCounted();
    }
  });

  it('are read of a period as they are of its days, for all departments and for one', async () => {
    const every = await all(tickets, 'by-opened');
    const inPeriod = (day: string): boolean => day >= '2026-11-09' && day < '2027-01-04';
    const received = every
      .flatMap((one) => contributions(one, office))
      .filter(({ day, departmentId }) => inPeriod(day) && departmentId === 'halls')
      .reduce((sum, { counted }) => sum + (counted.received ?? 0), 0);
    const asked = { from: '2026-11-09', to: '2027-01-04' };
    const ofHalls = await readFigures(store, { ...asked, departmentIds: ['halls'] });
    expect(ofHalls.reduce((sum, { counted }) => sum + (counted.received ?? 0), 0)).toBe(received);
    const ofAll = await readFigures(store, { ...asked, departmentIds: null });
    expect(ofAll.filter(({ departmentId }) => departmentId === 'halls')).toEqual(ofHalls);
    const open = every.filter((one) => countsFor(one) === 'halls' && one.status === 'transferred').length;
    expect((await readCaseloads(store, ['halls'])).get('halls')?.transferred ?? 0).toBe(open);
  });

  it('count the tickets of a store from before there were figures, once', async () => {
    for (const [from, index] of [
      [tallies, 'by-time'],
      [caseloads, 'by-department'],
    ] as [AnyCollection, string][])
      await removeAll(
        from,
        (await all(from, index)).map(({ id }) => id),
      );
    await removeAll(
      talliedTickets,
      (await all(tickets, 'by-opened')).map(({ id }) => id),
    );
    await store.write([{ op: 'remove', in: recounts, id: 'recount' }]);
    await count(dyingAt(2, true)).catch(() => undefined);
    await count();
    await count();
    await expectCounted();
    expect(await store.get(recounts, 'recount')).toMatchObject({ done: true });
  });

  it('count a ticket once that another process counts while it is counted anew', async () => {
    const number = await happens(null, fc.sample(anOpening, 1));
    await count();
    await happens(number, [{ kind: 'accepted' }]);
    for (const { id } of await all(untallied, 'by-at')) await store.write([{ op: 'remove', in: untallied, id }]);
    await store.write([{ op: 'update', in: recounts, id: 'recount', set: { done: false, cursor: null } }]);
    let isFirst = true;
    const slow = new Proxy(store, {
      get(target, name: keyof Store) {
        const own = target[name];
        if (name !== 'write') return typeof own === 'function' ? own.bind(target) : own;
        return async (unit: Parameters<Store['write']>[0]) => {
          if (isFirst) {
            isFirst = false;
            await happens(number, [{ kind: 'rejected', reason: 'خارج الاختصاص' }]);
            await count();
          }
          return target.write(unit);
        };
      },
    });
    await count(slow);
    await expectCounted();
  });
});
