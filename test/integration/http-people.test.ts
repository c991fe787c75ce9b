import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ticketNumber } from '../../src/ticket/number.ts';
import { asAdministrator, asking, openWorld, password, signedIn, type World, writer } from './http-harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe('contacts', () => {
  it('have masked phones in lists and full ones by themselves, which is noted', async () => {
    const own = await openWorld();
    const { agent, ask } = await signedIn(own);
    const { id } = await writer(own).aContact({ phone: '+966512345678' });
    const list = await ask('GET', '/api/v1/contacts');
    expect(list.body.items[0].phone).toBe('+••••••••••78');
    expect((await ask('GET', `/api/v1/contacts/${id}`)).body.phone).toBe('+966512345678');
    const audit = await asAdministrator(own)('GET', `/api/v1/audit?subject=${id}`);
    expect(audit.body.items).toMatchObject([{ action: 'contact.read', actorId: agent.id, subject: id }]);
    expect(JSON.stringify(audit.body)).not.toContain('512345678');
    await own.close();
  });

  it('stay masked for those who only read', async () => {
    const { ask } = await signedIn(world, 'management');
    const { id } = await writer(world).aContact({ phone: '+966512345678' });
    expect((await ask('GET', `/api/v1/contacts/${id}`)).body.phone).toBe('+••••••••••78');
    expect((await ask('PATCH', `/api/v1/contacts/${id}`, { body: { version: 1, name: 'x' } })).status).toBe(403);
  });

  it('are corrected at the version seen, and a stale change shows what is there now', async () => {
    const { ask } = await signedIn(world, 'agent', 'corrects@example.org');
    const { id } = await writer(world).aContact();
    const body = { version: 1, name: 'محمد', category: 'student', phone: null };
    const changed = await ask('PATCH', `/api/v1/contacts/${id}`, { body });
    expect(changed.body).toMatchObject({ version: 2, name: 'محمد', category: 'student', phone: null });
    const stale = await ask('PATCH', `/api/v1/contacts/${id}`, { body: { version: 1, name: 'أحمد' } });
    expect(stale.status).toBe(409);
    expect(stale.body.error.details.current).toMatchObject({ id, version: 2, name: 'محمد' });
  });

  it.each([
    [{ category: 'no-such' }],
    [{ phone: '0512345678' }],
    [{ email: 'not an address' }],
    [{ blockedAt: null }],
    [{ name: '' }],
  ])('refuse %j', async (change) => {
    const { id } = await writer(world).aContact();
    const reply = await asAdministrator(world)('PATCH', `/api/v1/contacts/${id}`, { body: { version: 1, ...change } });
    expect(reply.status).toBe(400);
  });
});

describe('tickets', () => {
  it('are opened, read, corrected and noted on, with every step in the ledger of the flow', async () => {
    const { ask } = await signedIn(world, 'agent', 'opens@example.org');
    const contact = await writer(world).aContact();
    const body = { contactId: contact.id, type: 'complaint', subject: 'تأخر الصيانة', importance: 'high' };
    const opened = await ask('POST', '/api/v1/tickets', { body });
    expect(opened.status).toBe(201);
    expect(opened.body).toMatchObject({ type: 'complaint', channel: 'desk', status: 'new', version: 1 });
    const { number } = opened.body;
    const changed = await ask('PATCH', `/api/v1/tickets/${number}`, { body: { version: 1, type: 'inquiry' } });
    expect(changed.body).toMatchObject({ number, version: 2, type: 'inquiry', importance: 'high' });
    const noted = await ask('POST', `/api/v1/tickets/${number}/notes`, { body: { version: 2, note: 'اتصلت به' } });
    expect(noted.body.version).toBe(3);
    const stale = await ask('PATCH', `/api/v1/tickets/${number}`, { body: { version: 1, type: 'media' } });
    expect(stale.body.error).toMatchObject({ code: 'conflict', details: { current: { number, version: 3 } } });
    expect(stale.body.error.details.current.causeKey).toBeUndefined();
  });

  it('are listed by status, type, department and contact', async () => {
    const { aContact, aTicket } = writer(world);
    const contact = await aContact();
    const mine = { contactId: contact.id };
    await aTicket({ number: 'n1', ...mine, status: 'open', type: 'complaint', departmentId: 'd1' });
    await aTicket({ number: 'n2', ...mine, status: 'closed', departmentId: 'd1' });
    await aTicket({ number: 'n3', ...mine, status: 'open', departmentId: 'd2' });
    const ask = asAdministrator(world);
    const numbers = async (query: string) =>
      (await ask('GET', `/api/v1/tickets?${query}&contactId=${contact.id}`)).body.items
        .map((one: { number: string }) => one.number)
        .sort();
    expect(await numbers('')).toEqual(['n1', 'n2', 'n3']);
    expect(await numbers('status=open')).toEqual(['n1', 'n3']);
    expect(await numbers('departmentId=d1')).toEqual(['n1', 'n2']);
    expect(await numbers('type=complaint&status=open')).toEqual(['n1']);
  });

  it('refuse a service, department, contact or conversation that does not fit', async () => {
    const { aContact, aConversation } = writer(world);
    const [one, other] = [await aContact(), await aContact()];
    const conversation = await aConversation({ contactId: other.id });
    const good = { contactId: one.id, type: 'inquiry', subject: 'x' };
    const ask = asAdministrator(world);
    const status = async (body: object) =>
      (await ask('POST', '/api/v1/tickets', { body: { ...good, ...body } })).status;
    expect(await status({ service: 'no-such' })).toBe(400);
    expect(await status({ departmentId: 'no-such' })).toBe(400);
    expect(await status({ contactId: 'no-such' })).toBe(404);
    expect(await status({ conversationId: conversation.id })).toBe(400);
    expect(await status({ type: 'rumour' })).toBe(400);
    const strange = await ask('POST', '/api/v1/tickets', { body: { ...good, channel: 'pigeon' } });
    expect([strange.status, strange.body.error.message]).toEqual([400, expect.stringMatching(/desk, phone, visit/)]);
    // asked for before the person is looked for
    for (const channel of ['visit', world.deps.inboxes.kinds[0]])
      expect(await status({ channel, contactId: 'no-such' })).toBe(404);
  });

  it('that are restricted do not exist for those who may not know of them', async () => {
    const { aContact, aTicket } = writer(world);
    const contact = await aContact();
    const trusted = await signedIn(world, 'agent', 'trusted@example.org');
    const other = await signedIn(world, 'agent', 'other@example.org');
    const above = await signedIn(world, 'supervisor', 'above@example.org');
    const number = ticketNumber(2026, 2);
    await aTicket({ number, contactId: contact.id, restricted: true, assigneeId: trusted.agent.id });
    const paths = ['', '/events', '/messages'].map((path) => `/api/v1/tickets/${number}${path}`);
    for (const path of paths) {
      expect((await trusted.ask('GET', path)).status).toBe(200);
      expect((await above.ask('GET', path)).status).toBe(200);
      expect((await other.ask('GET', path)).status).toBe(404);
    }
    const change = { body: { version: 1, type: 'report' } };
    expect((await other.ask('PATCH', `/api/v1/tickets/${number}`, change)).status).toBe(404);
    expect((await other.ask('POST', `/api/v1/tickets/${number}/notes`, { body: { note: 'x' } })).status).toBe(404);
    const listed = async ({ ask }: typeof other, query: string) =>
      (await ask('GET', `/api/v1/tickets?${query}`)).body.items.map((one: { number: string }) => one.number);
    expect(await listed(other, `contactId=${contact.id}`)).toEqual([]);
    expect(await listed(other, `q=${number}`)).toEqual([]);
    for (const query of [`contactId=${contact.id}`, `q=${number}`])
      expect(await listed(trusted, query)).toEqual([number]);
  });
});

describe('agents', () => {
  it('are added and changed by administrators only', async () => {
    const admin = asAdministrator(world);
    const body = { email: 'New@Example.org', name: 'جديد', role: 'agent', password };
    const made = await admin('POST', '/api/v1/agents', { body });
    expect(made.body).toMatchObject({ email: 'new@example.org', role: 'agent', disabledAt: null, version: 1 });
    expect((await admin('POST', '/api/v1/agents', { body: { ...body, email: ' new@example.ORG' } })).status).toBe(400);
    expect((await admin('POST', '/api/v1/agents', { body: { ...body, email: 'new@example.ORG' } })).status).toBe(409);
    const { ask } = await signedIn(world, 'supervisor', 'no-admin@example.org');
    expect((await ask('POST', '/api/v1/agents', { body })).status).toBe(403);
    expect((await ask('GET', '/api/v1/agents')).status).toBe(200);
  });

  it('that are disabled are out at once and cannot come in again', async () => {
    const { agent, ask } = await signedIn(world, 'agent', 'leaves@example.org');
    expect((await ask('GET', '/api/v1/session')).status).toBe(200);
    const admin = asAdministrator(world);
    await admin('PATCH', `/api/v1/agents/${agent.id}`, { body: { version: 1, disabled: true } });
    expect((await ask('GET', '/api/v1/session')).status).toBe(401);
    const again = await asking(world)('POST', '/api/v1/session', { body: { email: agent.email, password } });
    expect(again.status).toBe(401);
  });

  it('needs a password of twelve characters, at first and later', async () => {
    const admin = asAdministrator(world);
    const facts = { email: 'short@example.org', name: 'Short', role: 'agent' };
    const short = await admin('POST', '/api/v1/agents', { body: { ...facts, password: 'x'.repeat(11) } });
    const enough = await admin('POST', '/api/v1/agents', { body: { ...facts, password: 'x'.repeat(12) } });
    expect([short.status, enough.status]).toEqual([400, 201]);
    const body = { version: 1, password: 'y'.repeat(11) };
    expect((await admin('PATCH', `/api/v1/agents/${enough.body.id}`, { body })).status).toBe(400);
  });

  it('with a new password must sign in anew', async () => {
    const { agent, ask } = await signedIn(world, 'agent', 'renewed@example.org');
    const body = { version: 1, password: 'another long password' };
    await asAdministrator(world)('PATCH', `/api/v1/agents/${agent.id}`, { body });
    expect((await ask('GET', '/api/v1/session')).status).toBe(401);
    const fresh = { email: agent.email, password: body.password };
    expect((await asking(world)('POST', '/api/v1/session', { body: fresh })).status).toBe(200);
  });

  it('keep at least one administrator, even when two are disabled at the same moment', async () => {
    const own = await openWorld();
    const one = await signedIn(own, 'administrator', 'one@example.org');
    const two = await signedIn(own, 'administrator', 'two@example.org');
    const admin = asAdministrator(own);
    const disable = (id: string) => admin('PATCH', `/api/v1/agents/${id}`, { body: { version: 1, disabled: true } });
    const statuses = (await Promise.all([disable(one.agent.id), disable(two.agent.id)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 422]);
    const agents = (await admin('GET', '/api/v1/agents')).body.items;
    const left = agents.filter((found: { disabledAt: string | null }) => !found.disabledAt);
    const demote = { body: { version: 1, role: 'agent' } };
    expect((await admin('PATCH', `/api/v1/agents/${left[0].id}`, demote)).status).toBe(422);
    await own.close();
  });
});

describe('roles', () => {
  it('management reads and changes nothing', async () => {
    const { ask } = await signedIn(world, 'management', 'watches@example.org');
    const { aContact, aConversation } = writer(world);
    const { id } = await aConversation({ contactId: (await aContact()).id });
    for (const path of ['/conversations', `/conversations/${id}`, '/tickets', '/contacts', '/inboxes', '/articles'])
      expect((await ask('GET', `/api/v1${path}`)).status).toBe(200);
    for (const step of ['assign', 'handoff', 'resume', 'close'])
      expect((await ask('POST', `/api/v1/conversations/${id}/${step}`)).status).toBe(403);
    expect((await ask('POST', `/api/v1/conversations/${id}/messages`, { body: { text: 'x' } })).status).toBe(403);
  });

  it('a member of a department sees tickets and no conversations', async () => {
    const { ask } = await signedIn(world, 'member');
    expect((await ask('GET', '/api/v1/tickets')).status).toBe(200);
    expect((await ask('GET', '/api/v1/conversations')).status).toBe(403);
    expect((await ask('GET', '/api/v1/contacts')).status).toBe(403);
  });

  it('nobody without sign-in sees anything', async () => {
    const ask = asking(world);
    for (const path of ['conversations', 'contacts', 'tickets', 'agents', 'tokens', 'audit', 'settings/sla', 'session'])
      expect((await ask('GET', `/api/v1/${path}`)).status).toBe(401);
  });
});
