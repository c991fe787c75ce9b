import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { unnamed } from '../../src/agent/ensure-administrator.ts';
import { decisions } from '../../src/conversation/conversation.ts';
import { asAdministrator, openWorld, signedIn, type World, writer } from './http-harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const base = '/api/v1/conversations';

describe('the list of conversations', () => {
  it('pages from the newest to the oldest without loss or doubles while new ones come', async () => {
    const own = await openWorld();
    const { aContact, aConversation } = writer(own);
    const contact = await aContact();
    const made: string[] = [];
    for (let count = 0; count < 7; count += 1) {
      own.clock.advance(1000);
      made.unshift((await aConversation({ contactId: contact.id })).id);
    }
    const ask = asAdministrator(own);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await ask('GET', `${base}?limit=3${cursor ? `&cursor=${cursor}` : ''}`);
      expect(page.status).toBe(200);
      seen.push(...page.body.items.map((one: { id: string }) => one.id));
      cursor = page.body.nextCursor;
      own.clock.advance(1000);
      await aConversation({ contactId: contact.id });
    } while (cursor);
    expect(seen).toEqual(made);
    await own.close();
  });

  it('narrows by channel, status, contact and who has it', async () => {
    const { aContact, aConversation } = writer(world);
    const [one, other] = [await aContact(), await aContact()];
    const mine = await aConversation({ contactId: one.id, status: 'closed', handledBy: 'agent', assigneeId: 'a1' });
    await aConversation({ contactId: one.id });
    await aConversation({ contactId: other.id, channel: 'mail', inboxId: 'mail' });
    const ask = asAdministrator(world);
    const idsOf = async (query: string) =>
      (await ask('GET', `${base}?${query}`)).body.items.map((found: { id: string }) => found.id);
    expect(await idsOf(`contactId=${one.id}`)).toHaveLength(2);
    expect(await idsOf(`contactId=${one.id}&status=closed`)).toEqual([mine.id]);
    expect(await idsOf('assigneeId=a1')).toEqual([mine.id]);
    expect(await idsOf('channel=mail')).toHaveLength(1);
    expect(await idsOf('channel=mail&status=closed')).toEqual([]);
  });

  it('shows those who wait for a person first, the longest first', async () => {
    const { aContact, aConversation } = writer(world);
    const contact = await aContact();
    const waitingSince = (minute: number) => `2026-11-24T08:0${minute}:00.000Z`;
    const later = await aConversation({ contactId: contact.id, handledBy: 'nobody', waitingSince: waitingSince(5) });
    const first = await aConversation({ contactId: contact.id, handledBy: 'nobody', waitingSince: waitingSince(1) });
    const page = await asAdministrator(world)('GET', `${base}?waiting=true`);
    expect(page.body.items.map((one: { id: string }) => one.id)).toEqual([first.id, later.id]);
  });

  it('finds by a ticket number in Arabic digits', async () => {
    const own = await openWorld();
    const { aContact, aConversation } = writer(own);
    const contact = await aContact();
    const conversation = await aConversation({ contactId: contact.id });
    await aConversation({ contactId: contact.id });
    const ask = asAdministrator(own);
    const body = { contactId: contact.id, conversationId: conversation.id, type: 'inquiry', subject: 'سؤال' };
    const ticket = (await ask('POST', '/api/v1/tickets', { body })).body;
    const arabic = String(ticket.number).replace(/\d/g, (digit: string) => String.fromCharCode(0x660 + Number(digit)));
    const found = await ask('GET', `${base}?q=${encodeURIComponent(arabic)}`);
    expect(found.body.items.map((one: { id: string }) => one.id)).toEqual([conversation.id]);
    await own.close();
  });

  it('finds by words of the name or of a ticket, however the letters are spelt', async () => {
    const own = await openWorld();
    const { aContact, aConversation, aTicket } = writer(own);
    const [one, other] = [await aContact({ name: 'أحمد الغامدي', entity: 'كلية الآداب' }), await aContact()];
    const [first, second] = [
      await aConversation({ contactId: one.id }),
      await aConversation({ contactId: other.id, status: 'closed' }),
    ];
    await aTicket({ number: 'n1', contactId: other.id, conversationId: second.id, subject: 'صيانة جهاز العرض' });
    await aTicket({ number: 'n2', contactId: other.id, conversationId: second.id, subject: 'سر', restricted: true });
    const { ask } = await signedIn(own);
    const found = async (list: string, q: string) => {
      const { items } = (await ask('GET', `/api/v1/${list}?q=${encodeURIComponent(q)}`)).body;
      return items.map((each: { id?: string; number?: string }) => each.id ?? each.number);
    };
    expect(await found('conversations', 'احمد')).toEqual([first.id]);
    expect(await found('conversations', 'الغامدى كليه')).toEqual([first.id]);
    expect(await found('conversations', 'صيانه جهاز')).toEqual([second.id]);
    expect(await found('conversations', 'سر')).toEqual([]);
    expect(await found('conversations', '؟!')).toEqual([]);
    expect(await found('tickets', 'جهاز')).toEqual(['n1']);
    expect(await found('tickets', 'سر')).toEqual([]);
    expect(await found('contacts', 'أحمد')).toEqual([one.id]);
    expect((await ask('GET', `/api/v1/conversations?q=${encodeURIComponent('صيانة')}&status=open`)).body.items).toEqual(
      [],
    );
    await own.close();
  });

  it('refuses a cursor that is none of its own', async () => {
    const reply = await asAdministrator(world)('GET', `${base}?cursor=garbled`);
    expect(reply.status).toBe(400);
    expect(reply.body.error.code).toBe('invalid');
  });
});

describe('a conversation', () => {
  it('shows the person in it and keeps what is internal to itself', async () => {
    const { aContact, aConversation } = writer(world);
    const contact = await aContact({ name: 'نورة' });
    const { id } = await aConversation({ contactId: contact.id });
    const { body } = await asAdministrator(world)('GET', `${base}/${id}`);
    expect(body).toMatchObject({ id, version: 1, channel: 'chat', contact: { id: contact.id, name: 'نورة' } });
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['address', 'key', 'dialogue']));
  });

  it('gives its messages in order, with deliveries and without what the provider said raw', async () => {
    const { aContact, aConversation, aMessage, aDelivery } = writer(world);
    const contact = await aContact();
    const { id } = await aConversation({ contactId: contact.id });
    await aMessage({ conversationId: id, seq: 1, text: 'first' });
    const sent = await aMessage({ conversationId: id, seq: 2, direction: 'outbound', author: 'assistant' });
    await aDelivery({ messageId: sent.id, conversationId: id, part: 1, status: 'queued', seq: 2 });
    await aDelivery({ messageId: sent.id, conversationId: id, part: 0, status: 'read', seq: 2 });
    const { body } = await asAdministrator(world)('GET', `${base}/${id}/messages`);
    expect(body.items.map((one: { seq: number }) => one.seq)).toEqual([1, 2]);
    expect(body.items[1].deliveries.map((one: { status: string }) => one.status)).toEqual(['read', 'queued']);
    expect(JSON.stringify(body)).not.toContain('of the provider');
    const newest = await asAdministrator(world)('GET', `${base}/${id}/messages?order=desc&limit=1`);
    expect(newest.body.items[0].id).toBe(sent.id);
  });

  it('tells what the assistant decided and why', async () => {
    const { aContact, aConversation } = writer(world);
    const { id } = await aConversation({ contactId: (await aContact()).id });
    const document = {
      id: `decision-${id}`,
      version: 1,
      conversationId: id,
      messageIds: ['m1'],
      at: '2026-11-25T08:00:00.000Z',
      language: 'ar' as const,
      reasons: ['greeting: salam'],
      actions: [],
    };
    await world.store.write([{ op: 'insert', in: decisions, document }]);
    const { body } = await asAdministrator(world)('GET', `${base}/${id}/decisions`);
    expect(body.items).toMatchObject([{ id: document.id, reasons: ['greeting: salam'] }]);
  });

  it('that does not exist is not found, with its messages and decisions', async () => {
    const ask = asAdministrator(world);
    for (const path of ['', '/messages', '/decisions']) {
      const reply = await ask('GET', `${base}/nothing${path}`);
      expect([reply.status, reply.body.error.code]).toEqual([404, 'not-found']);
    }
  });
});

describe('what staff do in a conversation', () => {
  it('is done by the one who is signed in', async () => {
    const { agent, ask } = await signedIn(world, 'agent', 'doer@example.org');
    const { aContact, aConversation } = writer(world);
    const { id } = await aConversation({ contactId: (await aContact()).id });
    const taken = await ask('POST', `${base}/${id}/assign`, { body: { version: 1 } });
    expect(taken.body).toMatchObject({ id, version: 2, handledBy: 'agent', assigneeId: agent.id });
    const said = await ask('POST', `${base}/${id}/messages`, { body: { text: 'أهلًا بك' } });
    expect(said.status).toBe(201);
    expect(said.body).toMatchObject({ author: 'agent', agentId: agent.id, agentName: 'The agent', deliveries: [] });
    expect((await ask('POST', `${base}/${id}/handoff`)).body.handledBy).toBe('nobody');
    expect((await ask('POST', `${base}/${id}/resume`, { body: {} })).body.handledBy).toBe('assistant');
    expect((await ask('POST', `${base}/${id}/close`)).body.status).toBe('closed');
  });

  it('at a stale version answers 409 with the conversation as it is shown', async () => {
    const { ask } = await signedIn(world, 'agent', 'stale@example.org');
    const { aContact, aConversation } = writer(world);
    const { id } = await aConversation({ contactId: (await aContact()).id });
    await ask('POST', `${base}/${id}/assign`, { body: { version: 1 } });
    const stale = await ask('POST', `${base}/${id}/handoff`, { body: { version: 1 } });
    expect(stale.status).toBe(409);
    expect(stale.body.error).toMatchObject({ code: 'conflict', details: { current: { id, version: 2 } } });
    expect(stale.body.error.details.current.dialogue).toBeUndefined();
  });

  it('tells a person the name of who answers, but no role or key in the place of a name', async () => {
    const assign = vi.spyOn(world.flow.staff, 'assign');
    const named = await signedIn(world, 'agent', 'named@example.org');
    const first = await signedIn(world, 'administrator', 'first@example.org');
    const admin = asAdministrator(world);
    await admin('PATCH', `/api/v1/agents/${first.agent.id}`, { body: { version: 1, name: unnamed } });
    const { aContact, aConversation } = writer(world);
    const { id } = await aConversation({ contactId: (await aContact()).id });
    await named.ask('POST', `${base}/${id}/assign`, { body: {} });
    await first.ask('POST', `${base}/${id}/assign`, { body: {} });
    await admin('POST', `${base}/${id}/assign`, { body: { agentId: first.agent.id } });
    await admin('POST', `${base}/${id}/assign`, { body: {} });
    expect(assign.mock.calls.map(([, , to]) => to.name)).toEqual(['The agent', '', '', '']);
    assign.mockRestore();
  });

  it('gives a conversation only to agents who may answer', async () => {
    const { ask } = await signedIn(world, 'supervisor', 'giver@example.org');
    const reader = await signedIn(world, 'management', 'reader@example.org');
    const { aContact, aConversation } = writer(world);
    const { id } = await aConversation({ contactId: (await aContact()).id });
    const toReader = await ask('POST', `${base}/${id}/assign`, { body: { agentId: reader.agent.id } });
    const toNobody = await ask('POST', `${base}/${id}/assign`, { body: { agentId: 'no such' } });
    expect([toReader.status, toNobody.status]).toEqual([422, 400]);
  });

  it('needs words or a file', async () => {
    const { aContact, aConversation } = writer(world);
    const { id } = await aConversation({ contactId: (await aContact()).id });
    const reply = await asAdministrator(world)('POST', `${base}/${id}/messages`, { body: { text: ' \n ' } });
    expect(reply.status).toBe(400);
    expect(reply.body.error.details.faults[0].path).toBe('body.text');
  });

  it('cannot begin where only the person may begin', async () => {
    const contact = await writer(world).aContact();
    const body = { contactId: contact.id, inboxId: 'chat', text: 'مرحبًا' };
    const reply = await asAdministrator(world)('POST', base, { body });
    expect([reply.status, reply.body.error.code]).toEqual([422, 'not-allowed']);
    expect(reply.body.error.message).toMatch(/only the person can begin/);
  });

  it('moves a message to a ticket and off it again', async () => {
    const { aContact, aConversation, aMessage, aTicket } = writer(world);
    const contact = await aContact();
    const { id } = await aConversation({ contactId: contact.id });
    const message = await aMessage({ conversationId: id, seq: 1 });
    await aTicket({ number: '26000017', contactId: contact.id });
    const ask = asAdministrator(world);
    const moved = await ask('PATCH', `/api/v1/messages/${message.id}`, { body: { ticketNumber: '26000017' } });
    expect(moved.body).toMatchObject({ id: message.id, ticketNumber: '26000017' });
    const listed = await ask('GET', '/api/v1/tickets/26000017/messages');
    expect(listed.body.items.map((one: { id: string }) => one.id)).toEqual([message.id]);
    const off = await ask('PATCH', `/api/v1/messages/${message.id}`, { body: { ticketNumber: null } });
    expect(off.body.ticketNumber).toBeNull();
    const nowhere = await ask('PATCH', `/api/v1/messages/${message.id}`, { body: { ticketNumber: '1' } });
    expect(nowhere.status).toBe(404);
  });
});
