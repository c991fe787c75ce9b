import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { agents } from '../../../src/agent/agent.ts';
import { type Alert, type AlertKind, alerts } from '../../../src/alert/alert.ts';
import { iso } from '../../../src/clock.ts';
import { alertOps } from '../../../src/flow/casework/alert-ops.ts';
import type { Hint } from '../../../src/realtime/hints.ts';
import type { Op } from '../../../src/store/port.ts';
import { type Ticket, tickets } from '../../../src/ticket/ticket.ts';
import { aTicket } from '../../unit/casework/builders.ts';
import { asAdministrator, openWorld, password, signedIn, type World } from '../http-harness.ts';

let world: World;
let mona: Awaited<ReturnType<typeof signedIn>>;
let samia: Awaited<ReturnType<typeof signedIn>>;
const sockets: Socket[] = [];
beforeAll(async () => {
  world = await openWorld();
  mona = await signedIn(world, 'agent', 'mona@example.org');
  samia = await signedIn(world, 'supervisor', 'samia@example.org');
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});
afterAll(() => world.close());

let numbers = 0;
const ticketOf = async (facts: Partial<Ticket> = {}): Promise<string> => {
  const number = `26${String(++numbers).padStart(6, '0')}`;
  await world.store.write([{ op: 'insert', in: tickets, document: aTicket({ number, ...facts }) }]);
  return number;
};
const tell = async (agentId: string, more: Partial<Alert> = {}, kind: AlertKind = 'assigned'): Promise<string> => {
  world.clock.advance(1_000);
  const ticketNumber = more.ticketNumber === undefined ? await ticketOf() : more.ticketNumber;
  const about = { ticketNumber, cause: world.deps.ids.next(), at: iso(world.clock.now()) };
  const [op] = alertOps([{ kind, agentId }], about) as { document: Alert }[];
  if (!op) throw new Error('no alert');
  Object.assign(op.document, more, { ticketNumber });
  await world.store.write([op as unknown as Op]);
  return op.document.id;
};
const idsIn = (body: { items: { id: string }[] }): string[] => body.items.map(({ id }) => id);
const readAll = async ({ ask }: typeof mona): Promise<void> => {
  const { body } = await ask('GET', '/api/v1/alerts?limit=200');
  if (body.items.length > 0) await ask('POST', '/api/v1/alerts/read', { body: { ids: idsIn(body) } });
};

describe('the alerts of an agent', () => {
  it('are their own, the newest first, in pages, with the number of those that are not read', async () => {
    await readAll(mona);
    const mine = [await tell(mona.agent.id), await tell(mona.agent.id), await tell(mona.agent.id)];
    await tell(samia.agent.id);
    const first = await mona.ask('GET', '/api/v1/alerts?limit=2');
    expect(first).toMatchObject({ status: 200, body: { unread: 3 } });
    expect(idsIn(first.body)).toEqual([mine[2], mine[1]]);
    expect(first.body.items[0]).toMatchObject({ kind: 'assigned', readAt: null, mail: 'waiting', file: null });
    expect(Object.keys(first.body.items[0])).not.toContain('agentId');
    const next = await mona.ask('GET', `/api/v1/alerts?limit=1&cursor=${first.body.nextCursor}`);
    expect(idsIn(next.body)).toEqual([mine[0]]);
  });

  it('are marked as read by themselves alone, and once', async () => {
    await readAll(mona);
    const [one, other] = [await tell(mona.agent.id), await tell(mona.agent.id)];
    const theirs = await tell(samia.agent.id);
    const done = await mona.ask('POST', '/api/v1/alerts/read', { body: { ids: [one, theirs, 'nothing'] } });
    expect(done).toMatchObject({ status: 200, body: { unread: 1 } });
    const { readAt } = (await world.store.get(alerts, one)) ?? {};
    expect(readAt).toBe(iso(world.clock.now()));
    world.clock.advance(1_000);
    await mona.ask('POST', '/api/v1/alerts/read', { body: { ids: [one] } });
    expect(await world.store.get(alerts, one)).toMatchObject({ readAt });
    expect(await world.store.get(alerts, theirs)).toMatchObject({ readAt: null });
    const left = await mona.ask('GET', '/api/v1/alerts?unread=true');
    expect(idsIn(left.body)).toEqual([other]);
  });

  it('tell nothing of tickets that are kept from them meanwhile', async () => {
    await readAll(mona);
    const id = await tell(mona.agent.id, { ticketNumber: await ticketOf({ hiddenFrom: [mona.agent.id] }) });
    const restricted = await tell(mona.agent.id, { ticketNumber: await ticketOf({ restricted: true }) });
    const { body } = await mona.ask('GET', '/api/v1/alerts');
    expect(body.unread).toBe(0);
    expect(idsIn(body)).not.toContain(id);
    expect(idsIn(body)).not.toContain(restricted);
  });

  it('refuse what is no list of ids, and nobody reads them without signing in', async () => {
    const post = (body: unknown) => mona.ask('POST', '/api/v1/alerts/read', { body });
    expect((await post({ ids: [] })).status).toBe(400);
    expect((await post({ ids: 'all' })).status).toBe(400);
    expect((await post({})).status).toBe(400);
    expect((await fetch(`${world.url}/api/v1/alerts`)).status).toBe(401);
    expect((await mona.ask('GET', '/api/v1/alerts?cursor=nonsense')).status).toBe(400);
  });
});

describe('the file of an alert', () => {
  it('is given to its agent alone', async () => {
    const blobId = world.deps.ids.next();
    async function* content() {
      yield Buffer.from('the week');
    }
    await world.store.blobs.put(blobId, content(), 100);
    const file = { blobId, name: 'week.xlsx', type: 'application/vnd.ms-excel', bytes: 8 };
    const id = await tell(mona.agent.id, { file, ticketNumber: null }, 'weekly-report');
    expect(await mona.ask('GET', `/api/v1/alerts/${id}/file`)).toMatchObject({ status: 200, body: 'the week' });
    expect((await samia.ask('GET', `/api/v1/alerts/${id}/file`)).status).toBe(404);
    const without = await tell(mona.agent.id);
    expect((await mona.ask('GET', `/api/v1/alerts/${without}/file`)).status).toBe(404);
    const shown = (await mona.ask('GET', '/api/v1/alerts')).body.items.find((one: { id: string }) => one.id === id);
    expect(shown.file).toEqual({ name: 'week.xlsx', type: 'application/vnd.ms-excel', bytes: 8 });
  });
});

describe('alerts that did not arrive', () => {
  it('are seen by supervisors without what they say, of tickets that they may know of', async () => {
    const failedAt = iso(world.clock.now());
    const failure = { mail: 'failed' as const, failedAt, values: { note: 'SECRET' } };
    const id = await tell(mona.agent.id, failure);
    const hidden = await ticketOf({ hiddenFrom: [samia.agent.id] });
    await tell(mona.agent.id, { ...failure, ticketNumber: hidden });
    const found = await samia.ask('GET', '/api/v1/alerts/failed');
    expect(idsIn(found.body)).toEqual([id]);
    expect(found.body.items[0]).toMatchObject({ agentId: mona.agent.id, mail: 'failed', failedAt });
    expect(JSON.stringify(found.body)).not.toContain('SECRET');
    expect((await mona.ask('GET', '/api/v1/alerts/failed')).status).toBe(403);
  });
});

describe('the console of an agent', () => {
  const listen = (cookie: string): Promise<Hint[]> =>
    new Promise((resolve, reject) => {
      const options = { extraHeaders: { cookie }, transports: ['websocket'], forceNew: true };
      const socket = io(`${world.url}/console`, options);
      sockets.push(socket);
      const heard: Hint[] = [];
      socket.on('changed', (hints: Hint[]) => heard.push(...hints));
      socket.on('connect', () => resolve(heard));
      socket.on('connect_error', reject);
    });

  it('hears of their alerts, and nobody else does', async () => {
    const [hers, others] = [await listen(mona.cookie), await listen(samia.cookie)];
    const id = await tell(mona.agent.id);
    const theirs = await tell(samia.agent.id);
    await vi.waitFor(() => {
      world.clock.advance(100);
      if (hers.length === 0 || others.length === 0) throw new Error('not yet');
    });
    const alertsIn = (heard: Hint[]) => heard.filter(({ collection }) => collection === 'alerts').map((one) => one.id);
    await vi.waitFor(() => {
      world.clock.advance(100);
      expect(alertsIn(hers)).toEqual([id]);
      expect(alertsIn(others)).toEqual([theirs]);
    });
  });
});

describe('the phone of an agent', () => {
  const phone = '+966500000007';

  it('is given with the agent or later, shown whole to whoever changes it, masked in the list, and taken away', async () => {
    const administrator = asAdministrator(world);
    const body = { email: 'nasser@example.org', name: 'ناصر', role: 'coordinator', password, phone };
    const made = await administrator('POST', '/api/v1/agents', { body });
    expect(made).toMatchObject({ status: 201, body: { phone } });
    const list = await samia.ask('GET', '/api/v1/agents?limit=200');
    const shown = list.body.items.find(({ id }: { id: string }) => id === made.body.id);
    expect(shown.phone).toBe('+••••••••••07');
    const change = (set: object, version: number) =>
      administrator('PATCH', `/api/v1/agents/${made.body.id}`, { body: { version, ...set } });
    expect(await change({ phone: null }, 1)).toMatchObject({ status: 200, body: { phone: null } });
    expect(await change({ phone }, 2)).toMatchObject({ status: 200, body: { phone } });
    expect(await world.store.get(agents, made.body.id)).toMatchObject({ phone });
  });

  it('must be a mobile number', async () => {
    const ask = asAdministrator(world);
    for (const wrong of ['0500000007', '+966114567890', 'phone', '']) {
      const body = { email: 'wrong@example.org', name: 'ناصر', role: 'coordinator', password, phone: wrong };
      expect((await ask('POST', '/api/v1/agents', { body })).status).toBe(400);
    }
  });
});
