import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agents } from '../../../src/agent/agent.ts';
import { alerts } from '../../../src/alert/alert.ts';
import { reckonings } from '../../../src/casework/reckoning.ts';
import { settleBy } from '../../../src/casework/settle.ts';
import { keepDuties } from '../../../src/flow/casework/keep-duties.ts';
import { recompute } from '../../../src/flow/casework/recompute.ts';
import type { FlowDeps } from '../../../src/flow/deps.ts';
import { figuresOf } from '../../../src/flow/figures.ts';
import { tokens } from '../../../src/language/fold.ts';
import { type OrganisationSnapshot, seedSettings, settings } from '../../../src/organisation/settings.ts';
import type { Op, Store } from '../../../src/store/port.ts';
import { ticketEvents } from '../../../src/ticket/events.ts';
import { type Ticket, tickets } from '../../../src/ticket/ticket.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { anOrganisation, aTicket } from '../../unit/casework/builders.ts';

/** A Wednesday morning; what is opened then is due within two working days, so on Sunday at 09:00 in Riyadh. */
const opened = '2026-11-25T06:00:00.000Z';
const sunday = '2026-11-29T06:00:00.000Z';
const monday = '2026-11-30T06:00:00.000Z';

const withHolidays = (...holidays: string[]): OrganisationSnapshot => {
  const base = anOrganisation({ ladders: [] });
  return {
    ...base,
    sla: { calendarId: 'office', rows: [{ resolution: { amount: 2, unit: 'business_days' } }] },
    calendars: base.calendars.map((one) => ({ ...one, calendar: { ...one.calendar, holidays } })),
  };
};

let test: TestFlow;
let organisation: OrganisationSnapshot;
let deps: FlowDeps;

beforeEach(async () => {
  test = await openFlow({ at: opened });
  await test.flow.stop();
  organisation = withHolidays();
  await seedSettings(test.store, organisation);
  deps = { ...test.deps, content: { ...test.deps.content, organisation: () => organisation } };
});
afterEach(() => test.cleanUp());

const run = (job: typeof recompute, over: Partial<FlowDeps> = {}, isStopped = () => false): Promise<void> =>
  job({ ...deps, ...over }, { deliver: () => undefined, isStopped });

const keep = async (...facts: Partial<Ticket>[]): Promise<void> => {
  const settle = settleBy(organisation);
  const document = (one: Partial<Ticket>) => settle(aTicket({ openedAt: opened, ...one }));
  await test.store.write(facts.map((one): Op => ({ op: 'insert', in: tickets, document: document(one) })));
};

/** An administrator edits the calendar; this process has heard of it, unless told otherwise. */
const edit = async (after: OrganisationSnapshot, isHeard = true): Promise<void> => {
  const set = { value: after.calendars };
  await test.store.write([{ op: 'update', in: settings, id: 'calendars', set }]);
  if (isHeard) organisation = after;
};

const ticketOf = async (number: string): Promise<Ticket> => (await test.store.get(tickets, number))!;
const dueOf = async (number: string): Promise<string | null> => (await ticketOf(number)).dueAt.resolution;

/** A store that has something happen before the first unit of writes that touches tickets. */
const interrupted = (before: () => Promise<unknown>): Store => {
  let isDone = false;
  return {
    ...test.store,
    write: async (unit) => {
      if (!isDone && unit.some((op) => op.in.name === 'tickets')) {
        isDone = true;
        await before();
      }
      return test.store.write(unit);
    },
  };
};

const counting = () => {
  const written: Op[] = [];
  const store: Store = {
    ...test.store,
    write: (unit) => {
      written.push(...unit);
      return test.store.write(unit);
    },
  };
  return { store, written };
};

describe('deadlines after a calendar was edited', () => {
  it('are computed anew for all that is not over, and only what changed is written', async () => {
    await keep(
      { number: '1' },
      { number: '2', status: 'closed', closedAt: opened },
      { number: '3', openedAt: '2026-11-22T06:00:00.000Z' },
    );
    await run(recompute);
    await edit(withHolidays('2026-11-26'));
    const { store, written } = counting();
    await run(recompute, { store });
    expect([await dueOf('1'), await dueOf('2'), await dueOf('3')]).toEqual([
      monday,
      sunday,
      '2026-11-24T06:00:00.000Z',
    ]);
    expect(written.filter((op) => op.in.name === 'tickets')).toHaveLength(1);
    expect(await ticketOf('1')).toMatchObject({ burnsAt: monday, nextAt: '2026-11-29T09:30:00.000Z' });
  });

  it('are not looked at again before the next edit', async () => {
    await keep({ number: '1' });
    await run(recompute);
    const { store, written } = counting();
    await run(recompute, { store });
    expect(written).toEqual([]);
    expect(await test.store.get(reckonings, 'deadlines')).toMatchObject({ seen: 1, againAt: null });
  });

  it('wait until this process itself decides by the edit', async () => {
    await keep({ number: '1' });
    await run(recompute);
    const after = withHolidays('2026-11-26');
    await edit(after, false);
    await run(recompute);
    expect(await dueOf('1')).toBe(sunday);
    organisation = after;
    await run(recompute);
    expect(await dueOf('1')).toBe(monday);
  });

  it('are all computed anew after a process that ended half way', async () => {
    await keep(...Array.from({ length: 600 }, (_, at) => ({ number: `${at}` })));
    await run(recompute);
    await edit(withHolidays('2026-11-26'));
    let pages = 0;
    await run(recompute, {}, () => ++pages > 1);
    const due = async () => (await Promise.all(Array.from({ length: 600 }, (_, at) => dueOf(`${at}`)))).sort();
    expect(new Set(await due())).toEqual(new Set([sunday, monday]));
    await run(recompute);
    expect(new Set(await due())).toEqual(new Set([monday]));
  });

  it('are right also of a ticket that somebody changes in the same moment', async () => {
    await keep({ number: '1' }, { number: '2' }, { number: '3' });
    await run(recompute);
    await edit(withHolidays('2026-11-26'));
    const set = { subject: 'موضوع آخر' };
    const store = interrupted(() => test.store.write([{ op: 'update', in: tickets, id: '2', set }]));
    await run(recompute, { store });
    expect([await dueOf('1'), await dueOf('2'), await dueOf('3')]).toEqual([monday, monday, monday]);
    expect((await ticketOf('2')).subject).toBe('موضوع آخر');
    const found = async (word: string) =>
      (await test.store.search(tickets, tokens(word))).items.map(({ number }) => number);
    expect(await found('موضوع')).toEqual(['2']);
    expect(await found('لم يصلني')).toEqual(['3', '1']);
  });

  it('are the work of one process, which looks once more for what others entered by the calendar before', async () => {
    await keep({ number: '1' });
    await run(recompute);
    const before = organisation;
    await edit(withHolidays('2026-11-26'));
    const group = (isMine: boolean) => ({ members: { ...deps.members, count: () => 2, isMine: () => isMine } });
    await run(recompute, group(false));
    expect(await dueOf('1')).toBe(sunday);
    await run(recompute, group(true));
    const late = settleBy(before)(aTicket({ number: '2', openedAt: opened }));
    await test.store.write([{ op: 'insert', in: tickets, document: late }]);
    test.clock.advance(9_000);
    await run(recompute, group(true));
    expect([await dueOf('1'), await dueOf('2')]).toEqual([monday, sunday]);
    test.clock.advance(1_000);
    await run(recompute, group(true));
    expect(await dueOf('2')).toBe(monday);
    expect(await test.store.get(reckonings, 'deadlines')).toMatchObject({ againAt: null });
  });

  it('move also where the holiday has passed; what was breached stays breached', async () => {
    await keep({ number: '1', breached: [{ clock: 'resolution', dueAt: sunday }] });
    await run(recompute);
    test.clock.set(Date.parse('2026-11-29T08:00:00.000Z'));
    await edit(withHolidays('2026-11-26'));
    await run(recompute);
    expect(await ticketOf('1')).toMatchObject({
      dueAt: { resolution: monday },
      breached: [{ clock: 'resolution', dueAt: sunday }],
    });
  });

  it('are none where the calendar was left without open time, and the operator is told once', async () => {
    await keep({ number: '1' });
    await run(recompute);
    const warnings: string[] = [];
    const log = { ...deps.log, warn: (_: object, message: string) => void warnings.push(message) };
    const closed = withHolidays();
    closed.calendars = closed.calendars.map((one) => ({ ...one, calendar: { timeZone: 'Asia/Riyadh', week: {} } }));
    await edit(closed);
    await run(recompute, { log });
    await run(recompute, { log });
    expect(await ticketOf('1')).toMatchObject({ dueAt: { resolution: null }, burnsAt: null });
    expect(warnings).toEqual(['the calendar of the SLA has no open time ahead: no working time can be promised']);
  });
});

describe('what time brings to a deadline', () => {
  const majed = {
    id: 'majed',
    version: 1,
    name: 'ماجد',
    email: 'majed@example.org',
    role: 'member',
    departments: ['halls'],
    passwordHash: 'none',
    disabledAt: null,
    createdAt: opened,
  };
  const kinds = async (number: string) => {
    const where = { ticketNumber: number };
    const found = await test.store.find(ticketEvents, { index: 'by-ticket', where });
    return found.items.map(({ change, at }) => `${change.kind} ${at}`);
  };
  const told = async () =>
    (await test.store.find(alerts, { index: 'by-agent', where: { agentId: 'majed' } })).items.map(({ kind }) => kind);

  it('is warned of before and written when it passes, each once, however often it is looked', async () => {
    await test.store.write([{ op: 'insert', in: agents, document: agents.schema.parse(majed) }]);
    await keep({ number: '1', assigneeId: 'majed', departmentId: 'halls', status: 'in_progress' });
    const looks = ['2026-11-26T09:29:59.999Z', '2026-11-26T09:30:00.000Z', '2026-11-26T09:31:00.000Z', sunday, monday];
    for (const at of looks) {
      test.clock.set(Date.parse(at));
      await run(keepDuties);
    }
    expect(await kinds('1')).toEqual(['warned 2026-11-26T09:30:00.000Z', `breached ${sunday}`]);
    expect(await told()).toEqual(['warned', 'breached']);
    expect(await ticketOf('1')).toMatchObject({ warned: [{ dueAt: sunday }], breached: [{ dueAt: sunday }] });
  });

  it('ends where the deadline was moved and the ticket was not computed anew yet', async () => {
    await keep({ number: '1' });
    test.clock.set(Date.parse('2026-11-26T10:00:00.000Z'));
    await edit(withHolidays('2026-11-26'));
    await run(keepDuties);
    expect(await ticketOf('1')).toMatchObject({ warned: [], nextAt: '2026-11-29T09:30:00.000Z' });
  });

  it('is counted while it waits to be done, with its age', async () => {
    await keep({ number: '1' }, { number: '2', openedAt: '2026-11-25T07:00:00.000Z' });
    const at = Date.parse('2026-11-26T10:00:00.000Z');
    expect(await figuresOf(test.store, at)).toMatchObject({ dutiesDue: 1, dutiesOldestAt: '2026-11-26T09:30:00.000Z' });
    test.clock.set(at);
    await run(keepDuties);
    expect(await figuresOf(test.store, at)).toMatchObject({ dutiesDue: 0, dutiesOldestAt: null });
  });

  it('is not held up by what other processes keep, however much of it is due first', async () => {
    const others = Array.from({ length: 120 }, (_, at) => ({ number: `other-${at}` }));
    await keep(...others, { number: 'ours', openedAt: '2026-11-25T06:00:01.000Z' });
    test.clock.set(Date.parse(monday));
    await run(keepDuties, { members: { ...deps.members, isMine: (id) => id === 'ours' } });
    expect((await ticketOf('ours')).breached).toHaveLength(1);
    expect((await ticketOf('other-0')).breached).toEqual([]);
  });
});
