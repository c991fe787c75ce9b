import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alerts } from '../../../src/alert/alert.ts';
import { openSealed } from '../../../src/casework/seal.ts';
import { notices } from '../../../src/notice/notice.ts';
import { derive } from '../../../src/secrets.ts';
import { type TicketEvent, ticketEvents } from '../../../src/ticket/events.ts';
import { type OutsideGateway, openOutsideGateway } from './outside-gateway.ts';

const api = '/api/v1';
const nationalId = '1000000008';

let open: OutsideGateway;
beforeAll(async () => {
  open = await openOutsideGateway();
});
afterAll(() => open.close());

const ask = (method: string, path: string, body?: unknown) => open.ask(method, `${api}${path}`, body);

async function eventsOf(number: string): Promise<TicketEvent['change'][]> {
  const { store } = open.gateway;
  const page = await store.find(ticketEvents, { index: 'by-ticket', where: { ticketNumber: number }, limit: 200 });
  return page.items.map(({ change }) => change);
}

const kindsOf = async (number: string): Promise<string[]> => (await eventsOf(number)).map(({ kind }) => kind);

async function toldOf(number: string): Promise<string[]> {
  const where = { ticketNumber: number };
  const page = await open.gateway.store.find(notices, { index: 'by-ticket', where, limit: 200 });
  return page.items.map(({ kind }) => kind);
}

async function alertedOf(number: string): Promise<string[]> {
  const where = { ticketNumber: number };
  const page = await open.gateway.store.find(alerts, { index: 'by-ticket', where, limit: 200 });
  return page.items.map(({ kind, agentId }) => `${kind} ${agentId}`);
}

async function anAgent(name: string, role: string, departments: string[]): Promise<string> {
  const facts = { email: `${name}@example.org`, name, role, departments, password: 'correct horse battery' };
  const { status, body } = await ask('POST', '/agents', facts);
  expect(status).toBe(201);
  return body.id;
}

/** Somebody who has signed in, to read with their own rights. */
async function signedInAs(name: string, role: string, departments: string[]) {
  await anAgent(name, role, departments);
  const body = JSON.stringify({ email: `${name}@example.org`, password: 'correct horse battery' });
  const headers = { 'content-type': 'application/json' };
  const began = await open.look(`${api}/session`, { method: 'POST', headers, body });
  const cookie = began.headers.get('set-cookie')?.split(';')[0] ?? '';
  return (path: string) => open.look(`${api}${path}`, { headers: { cookie } });
}

describe('a national ID on a form', () => {
  it('is nowhere in the clear: not in the ledger, the ticket or an answer, and opens under the key alone', async () => {
    const setting = (await ask('GET', '/settings/casework')).body;
    const field = { id: 'holder', name: { ar: 'رقم الهوية', en: 'ID' }, kind: 'national-id', required: false };
    const value = { ...setting.value, forms: [...setting.value.forms, { ...field, types: ['complaint'] }] };
    const put = await ask('PUT', '/settings/casework', { version: setting.version, value });
    expect(put.status).toBe(200);

    const ticket = await open.aTicket({ fields: { holder: '١٠٠٠٠٠٠٠٠٨' } });
    expect(ticket.fields).toEqual({ holder: '••••••0008' });
    const shown = await ask('GET', `/tickets/${ticket.number}/events`);
    expect(shown.body.items[0].change.fields).toEqual({ holder: '••••••0008' });

    const kept = await open.ticket(ticket.number);
    expect(JSON.stringify([kept, await eventsOf(ticket.number)])).not.toContain(nationalId);
    const secret = (purpose: string) => derive(Buffer.from('07'.repeat(32), 'hex'), purpose);
    expect(openSealed(secret, kept.fields.holder ?? '')).toBe(nationalId);

    const whole = await ask('GET', `/tickets/${ticket.number}/fields/holder`);
    expect(whole.body).toEqual({ field: 'holder', value: nationalId });
    const lines = (await ask('GET', '/audit')).body.items as { action: string; subject: string; fields: string[] }[];
    const read = lines.filter(({ action }) => action === 'ticket.field-read');
    expect(read).toMatchObject([{ subject: ticket.number, fields: ['holder'] }]);
    expect((await ask('GET', `/tickets/${ticket.number}/fields/toString`)).status).toBe(404);
    const elsewhere = await signedInAs('elsewhere', 'head', ['maintenance']);
    expect((await elsewhere(`/tickets/${ticket.number}/fields/holder`)).status).toBe(403);

    const wrong = await ask('POST', '/tickets', {
      ...{ contactId: kept.contactId, type: 'complaint', subject: 'x' },
      fields: { holder: '1000000009' },
    });
    expect(wrong.body.error).toMatchObject({ code: 'invalid' });
    expect(wrong.body.error.message).toContain('body.fields.holder');
    expect(wrong.body.error.message).not.toContain('1000000009');
  });

  it('stays sealed where other fields are corrected, and is sealed where it is corrected itself', async () => {
    const { number } = await open.aTicket({ fields: { holder: nationalId } });
    const before = (await open.ticket(number)).fields.holder;
    const { version } = await open.ticket(number);
    const patched = await ask('PATCH', `/tickets/${number}`, { version, fields: { reference: 'TW-9' } });
    expect(patched.body.fields).toEqual({ holder: '••••••0008', reference: 'TW-9' });
    expect((await open.ticket(number)).fields.holder).toBe(before);
    const again = await ask('PATCH', `/tickets/${number}`, { version: version + 1, fields: { holder: '2000000006' } });
    expect(again.body.fields.holder).toBe('••••••0006');
    expect(JSON.stringify([await open.ticket(number), await eventsOf(number)])).not.toContain('2000000006');
  });
});

describe('the casework setting', () => {
  it('names agents that there are, by id or address', async () => {
    const id = await anAgent('confidant', 'agent', ['care']);
    const { version, value } = (await ask('GET', '/settings/casework')).body;
    const wrong = await ask('PUT', '/settings/casework', {
      version,
      value: { ...value, confidants: [id, 'nobody@example.org'], coordinators: ['gone'] },
    });
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.details.faults).toEqual([
      { path: 'body.value.coordinators.0', message: expect.stringContaining('There is no agent "gone"') },
      { path: 'body.value.confidants.1', message: expect.stringContaining('"nobody@example.org"') },
    ]);
    const right = { ...value, confidants: [id, 'Confidant@example.org '] };
    expect((await ask('PUT', '/settings/casework', { version, value: right })).status).toBe(200);
  });
});

describe('two tickets of one matter', () => {
  it('become one and two again, and their person hears of it once', async () => {
    const first = await open.aTicket();
    const second = await open.aTicket();
    const merged = await open.step(first.number, 'merge', { otherNumber: second.number });
    expect(merged.absorbed).toEqual([second.number]);
    expect(await open.ticket(second.number)).toMatchObject({ status: 'closed', mergedInto: first.number });
    expect((await toldOf(first.number)).filter((kind) => kind === 'merged')).toHaveLength(1);
    expect(await toldOf(second.number)).not.toContain('merged');
    expect(await toldOf(second.number)).not.toContain('closed');

    const { version } = await open.ticket(first.number);
    const round = await ask('POST', `/tickets/${second.number}/merge`, { version: 2, otherNumber: first.number });
    expect(round.status).toBe(422);
    const self = await ask('POST', `/tickets/${first.number}/merge`, { version, otherNumber: first.number });
    expect(self.body.error.message).toContain('part of itself');

    await open.step(first.number, 'unmerge', { otherNumber: second.number });
    expect(await open.ticket(second.number)).toMatchObject({ status: 'new', mergedInto: null, closedAt: null });
    expect(await kindsOf(first.number)).toEqual(expect.arrayContaining(['absorbed', 'released']));
    expect(await toldOf(second.number)).not.toContain('reopened');
  });
});

describe('an agent who leaves', () => {
  it('with tickets in hand is kept until it is said who gets them; then each goes where it can', async () => {
    const leaving = await anAgent('leaving', 'member', ['halls']);
    const head = await anAgent('head', 'head', ['halls']);
    const heir = await anAgent('heir', 'member', ['halls']);
    const [first, second, third] = [await open.aTicket(), await open.aTicket(), await open.aTicket()];
    for (const { number } of [first, second, third]) {
      await open.step(number, 'transfer', { departmentId: 'halls' });
      await open.step(number, 'assign', { assigneeId: leaving });
    }
    await open.step(second.number, 'restrict', { about: [heir] });

    const refused = await ask('PATCH', `/agents/${leaving}`, { version: 1, disabled: true });
    expect(refused.status).toBe(422);
    expect(refused.body.error).toMatchObject({ details: { reason: 'open-tickets', count: 3 } });
    expect(refused.body.error.message).toContain('3 open tickets');
    const wrong = await ask('PATCH', `/agents/${leaving}`, { version: 1, disabled: true, handOver: leaving });
    expect(wrong.status).toBe(400);

    const left = await ask('PATCH', `/agents/${leaving}`, { version: 1, disabled: true, handOver: heir });
    expect(left.status).toBe(200);
    expect(left.body.disabledAt).not.toBeNull();
    expect((await open.ticket(first.number)).assigneeId).toBe(heir);
    expect((await open.ticket(second.number)).assigneeId).toBe(head);
    expect(await alertedOf(third.number)).toContain(`assigned ${heir}`);
    expect((await kindsOf(first.number)).at(-1)).toBe('assigned');
    const again = await ask('PATCH', `/agents/${leaving}`, { version: 2, disabled: true, handOver: 'head' });
    expect(again.status).toBe(200);
    expect((await open.ticket(first.number)).assigneeId).toBe(heir);
  });
});
