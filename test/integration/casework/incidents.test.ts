import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refer } from '../../../src/casework/steps/refer.ts';
import { keepIncidents } from '../../../src/flow/casework/incidents.ts';
import type { FlowDeps } from '../../../src/flow/deps.ts';
import { type Incident, incidents } from '../../../src/incident/incident.ts';
import { type Notice, notices } from '../../../src/notice/notice.ts';
import { type Referral, referrals } from '../../../src/referral/referral.ts';
import type { Op, Store } from '../../../src/store/port.ts';
import { ticketEvents } from '../../../src/ticket/events.ts';
import { ticketNumber } from '../../../src/ticket/number.ts';
import { type Ticket, tickets, untouched } from '../../../src/ticket/ticket.ts';
import { aScene, take } from '../../unit/casework/builders.ts';
import { asAdministrator, openWorld, signedIn, silentLog, type World, writer } from '../http-harness.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const message = { ar: 'الخدمة متوقفة ونعمل على إعادتها.', en: 'The service is down; we are working on it.' };
const repaired = { ar: 'عادت الخدمة.', en: 'The service is back.' };

/** Two tickets each of so many people, every third of them in English, all tied to the incident. */
async function ticketsOf(people: number, incidentId: string): Promise<void> {
  const at = world.clock.now();
  const unit: Op[] = [];
  for (let person = 0; person < people; person += 1) {
    for (const counter of [2 * person + 1, 2 * person + 2]) {
      const number = ticketNumber(2026, counter);
      const openedAt = new Date(at - counter * 1000).toISOString();
      const document: Ticket = {
        ...untouched,
        ...{ id: number, version: 1, number, type: 'technical', service: null, subject: 'النت مقطوع', status: 'open' },
        ...{ importance: 'medium', complexity: 'routine', restricted: false, departmentId: 'care' },
        ...{ contactId: `person-${person}`, conversationId: null, channel: 'chat' },
        ...{ language: person % 3 === 0 ? 'en' : 'ar', openedAt, statusAt: openedAt },
        ...{
          dueAt: { firstResponse: null, routing: null, resolution: null },
          eventCount: 1,
          causeKey: number,
          incidentId,
        },
      };
      unit.push({ op: 'insert', in: tickets, document });
    }
  }
  await world.store.write(unit);
}

async function anIncident(): Promise<Incident> {
  const coordinator = asAdministrator(world);
  const body = { title: message, message, words: ['الشبكة'] };
  const made = await coordinator('POST', '/api/v1/incidents', { body });
  expect(made.status).toBe(201);
  return made.body;
}

async function all<T extends { id: string; version: number }>(
  read: (cursor?: string) => Promise<{ items: T[]; nextCursor: string | null }>,
) {
  const found: T[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await read(cursor);
    found.push(...page.items);
    if (!page.nextCursor) return found;
    cursor = page.nextCursor;
  }
}

const allNotices = (): Promise<Notice[]> =>
  all((cursor) => world.store.find(notices, { index: 'by-due', where: {}, limit: 1000, cursor }));
const tied = (incidentId: string): Promise<Ticket[]> =>
  all((cursor) => world.store.find(tickets, { index: 'by-incident', where: { incidentId }, limit: 1000, cursor }));

/** The job as a process runs it. */
const runJob = (store: Store = world.store): Promise<void> =>
  keepIncidents(
    {
      ...world.deps,
      store,
      log: silentLog,
      content: { organisation: world.deps.organisation },
    } as unknown as FlowDeps,
    { deliver: () => undefined, isStopped: () => false },
  );

/** A store that dies at the write of that number. */
function dyingAt(count: number): Store {
  let writes = 0;
  const write: Store['write'] = async (unit) => {
    writes += 1;
    if (writes >= count) throw new Error('this process is gone');
    return world.store.write(unit);
  };
  return Object.assign(Object.create(world.store) as Store, { write });
}

const kept = async (id: string): Promise<Incident> => {
  const found = await world.store.get(incidents, id);
  if (!found) throw new Error('the incident is gone');
  return found;
};

describe('a known outage', () => {
  it('is told to each person once, in their language, whatever number of tickets they have, also where a process dies', async () => {
    const { id } = await anIncident();
    await ticketsOf(70, id);
    const ask = asAdministrator(world);
    const told = await ask('POST', `/api/v1/incidents/${id}/tell`, { body: { message } });
    expect(told.body).toMatchObject({ busy: true, state: 'open' });
    const again = await ask('POST', `/api/v1/incidents/${id}/tell`, { body: { message } });
    expect(again.status).toBe(422);

    await runJob(dyingAt(2)).catch(() => undefined);
    expect((await kept(id)).telling).toMatchObject({ people: 50 });
    world.clock.advance(61_000);
    await runJob();

    const found = await allNotices();
    expect(found).toHaveLength(70);
    expect(new Set(found.map(({ contactId }) => contactId)).size).toBe(70);
    expect(found.map(({ values }) => values.text).filter((text) => text === message.en)).toHaveLength(24);
    expect(await kept(id)).toMatchObject({ state: 'open', telling: null, nextAt: null, told: [{ people: 70 }] });
  });

  it('that is over ends every ticket that is tied to it, each person hearing of it once, also where a process dies', async () => {
    const { id } = await anIncident();
    await ticketsOf(52, id);
    const [first] = await tied(id);
    await world.store.write([{ op: 'update', in: tickets, id: first?.id ?? '', set: { status: 'rejected' } }]);
    const ask = asAdministrator(world);
    await ask('POST', `/api/v1/incidents/${id}/close`, { body: { message: repaired } });
    expect((await kept(id)).state).toBe('closing');

    for (const dies of [37, 30]) {
      await runJob(dyingAt(dies)).catch(() => undefined);
      world.clock.advance(61_000);
    }
    await runJob();

    const ended = await tied(id);
    expect(ended).toHaveLength(104);
    expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(['closed', 'rejected']));
    const one = ended.find(({ status }) => status === 'closed');
    const events = await world.store.find(ticketEvents, {
      index: 'by-ticket',
      where: { ticketNumber: one?.number ?? '' },
    });
    expect(events.items.map(({ change }) => change)).toEqual([
      { kind: 'closed', how: 'incident', outcome: 'done', creditedTo: 'care' },
    ]);
    const found = await allNotices();
    expect(found.map(({ contactId }) => contactId).sort()).toEqual(
      [...new Set(ended.map(({ contactId }) => contactId))].sort(),
    );
    expect(await kept(id)).toMatchObject({ state: 'closed', telling: null, nextAt: null });
    expect((await kept(id)).closedAt).not.toBeNull();
    expect((await ask('POST', `/api/v1/incidents/${id}/tell`, { body: { message } })).status).toBe(422);
  });

  it('that is over lets go of the outside body that was asked about a ticket of it', async () => {
    const { id } = await anIncident();
    const { aContact, aTicket } = writer(world);
    const { id: contactId } = await aContact();
    const number = ticketNumber(2026, 601);
    const waits = { status: 'pending_third_party' as const, resumesAs: 'open' as const, referralId: 'asked' };
    await aTicket({ number, contactId, incidentId: id, ...waits });
    const { outcome } = take(refer, aScene(), 'sara', { bodyId: 'telecom', text: 'نأمل فحص الخط' });
    const [op] = outcome.ops ?? [];
    if (op?.op !== 'insert') throw new Error('nothing was referred');
    const document = { ...(op.document as Referral), id: 'asked', ticketNumber: number };
    await world.store.write([{ op: 'insert', in: referrals, document }]);
    await asAdministrator(world)('POST', `/api/v1/incidents/${id}/close`, { body: { message: repaired } });
    await runJob();
    expect(await world.store.get(tickets, number)).toMatchObject({ status: 'closed', referralId: null });
    expect(await world.store.get(referrals, 'asked')).toMatchObject({ state: 'withdrawn', nextAt: null });
  });

  it('has tickets tied to it by whoever works, but none that is over or may not be known of', async () => {
    const { id } = await anIncident();
    const { aContact, aTicket } = writer(world);
    const { id: contactId } = await aContact();
    const open = await aTicket({ number: ticketNumber(2026, 501), contactId, status: 'open' });
    const over = await aTicket({ number: ticketNumber(2026, 502), contactId, status: 'closed' });
    const secret = await aTicket({ number: ticketNumber(2026, 503), contactId, restricted: true });
    const agent = await signedIn(world, 'agent');
    const tie = (...ticketNumbers: string[]) =>
      agent.ask('POST', `/api/v1/incidents/${id}/tickets`, { body: { ticketNumbers } });
    expect((await tie(open.number, over.number)).status).toBe(422);
    expect((await tie(secret.number)).status).toBe(404);
    expect((await tie(open.number)).body).toEqual({ tied: 1 });
    expect((await tie(open.number)).body).toEqual({ tied: 0 });
    const list = await agent.ask('GET', `/api/v1/incidents/${id}/tickets`);
    expect(list.body.items.map(({ number }: Ticket) => number)).toEqual([open.number]);
    const untie = `/api/v1/incidents/${id}/tickets/${open.number}`;
    expect((await agent.ask('DELETE', untie)).status).toBe(204);
    expect((await agent.ask('DELETE', untie)).status).toBe(404);
    expect((await agent.ask('POST', `/api/v1/incidents/${id}/tell`, { body: { message } })).status).toBe(403);
  });

  it('needs a service that there is, or words to be recognised by', async () => {
    const ask = asAdministrator(world);
    const open = (facts: object) => ask('POST', '/api/v1/incidents', { body: { title: message, message, ...facts } });
    expect((await open({})).body.error.message).toContain('give a service or words');
    expect((await open({ service: 'catering' })).body.error.message).toContain('no such service');
    const made = await open({ service: 'maintenance' });
    const path = `/api/v1/incidents/${made.body.id}`;
    expect((await ask('PATCH', path, { body: { version: 1, service: null } })).status).toBe(400);
    expect((await ask('PATCH', path, { body: { version: 1, message: repaired } })).body.message).toEqual(repaired);
    expect((await ask('PATCH', path, { body: { version: 1, message } })).status).toBe(409);
    expect((await ask('GET', '/api/v1/incidents?state=open')).body.items).toHaveLength(1);
  });
});
