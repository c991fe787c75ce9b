import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Notice, notices } from '../../src/notice/notice.ts';
import { readTemplates, seedTemplates } from '../../src/organisation/settings.ts';
import { loadTemplates } from '../../src/template/load.ts';
import type { Template } from '../../src/template/template.ts';
import { ticketNumber } from '../../src/ticket/number.ts';
import { asAdministrator, openWorld, signedIn, type World, writer } from './http-harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

let tickets = 100;
const aTicket = async (facts: object = {}): Promise<string> => {
  const number = ticketNumber(2026, ++tickets);
  const contact = await writer(world).aContact();
  await writer(world).aTicket({ number, contactId: contact.id, ...facts });
  return number;
};

const base = { version: 1, values: {}, dueAt: null, faults: 0, cost: null, at: '2026-11-25T08:00:00.000Z' };
const put = (...documents: Notice[]) =>
  world.store.write(documents.map((document) => ({ op: 'insert', in: notices, document })));

describe('the steps of a ticket', () => {
  it('are taken at the version seen, with a note for staff', async () => {
    const ask = asAdministrator(world);
    const number = await aTicket();
    const post = (step: string, body: object) => ask('POST', `/api/v1/tickets/${number}/${step}`, { body });
    expect((await post('start', { version: 1, note: 'بدأنا' })).body).toMatchObject({
      status: 'in_progress',
      version: 2,
    });
    const stale = await post('resolve', { version: 1 });
    expect(stale.body.error).toMatchObject({ code: 'conflict', details: { current: { number, version: 2 } } });
    expect((await post('resolve', { version: 2 })).body).toMatchObject({ status: 'resolved', version: 3 });
    expect((await post('close', { version: 3 })).body).toMatchObject({ status: 'closed', version: 4 });
    expect((await post('close', {})).status).toBe(400);
    expect((await post('start', { version: 4, why: 'x' })).status).toBe(400);
  });

  it('tell of a delay with its reason and a time to come', async () => {
    const ask = asAdministrator(world);
    const number = await aTicket();
    const post = (body: object) => ask('POST', `/api/v1/tickets/${number}/delay`, { body: { version: 1, ...body } });
    const reason = 'ننتظر القطعة';
    for (const expectedAt of ['2026-11-25T07:59:00.000Z', '2028-01-01T00:00:00.000Z', 'soon', undefined])
      expect((await post({ reason, expectedAt })).status).toBe(400);
    expect((await post({ reason: ' ', expectedAt: '2026-11-27T09:00:00.000Z' })).status).toBe(400);
    expect((await post({ reason, expectedAt: '2026-11-27T12:00:00+03:00' })).body).toMatchObject({ version: 2 });
  });

  it('are not for those who only read, and not for those who may not know of the ticket', async () => {
    const number = await aTicket({ restricted: true });
    const post = async (role: 'management' | 'agent') => {
      const { ask } = await signedIn(world, role, `${role}-steps@example.org`);
      return (await ask('POST', `/api/v1/tickets/${number}/start`, { body: { version: 1 } })).status;
    };
    expect(await post('management')).toBe(403);
    expect(await post('agent')).toBe(404);
  });
});

describe('what a person was told', () => {
  it('is listed with how it went, how far it came and what it cost, without any number or address', async () => {
    const { aContact, aConversation, aMessage, aDelivery } = writer(world);
    const number = await aTicket();
    const conversation = await aConversation({ contactId: (await aContact()).id, address: '+966500000099' });
    const said = await aMessage({ conversationId: conversation.id, seq: 1, direction: 'outbound' });
    const place = { messageId: said.id, conversationId: conversation.id };
    await aDelivery({ ...place, status: 'delivered' });
    await aDelivery({ ...place, part: 1, status: 'sent' });
    const lost = { inboxId: 'chat', channel: 'chat', by: 'conversation', messageId: 'gone', at: base.at } as const;
    const tried = [
      { ...lost, failure: 'rejected' },
      { inboxId: 'paid', channel: 'paid', by: 'phone', messageId: said.id, at: base.at },
    ] satisfies Notice['tried'];
    const own = { ticketNumber: number, contactId: 'c' };
    const cost = { units: 2, amount: 0.1, currency: 'SAR' };
    await put(
      { ...base, ...own, id: `${number}-1`, kind: 'closed', state: 'told', tried, messageIds: ['gone', said.id], cost },
      {
        ...base,
        ...own,
        id: `${number}-2`,
        kind: 'delayed',
        values: { reason: 'سر' },
        state: 'waiting',
        dueAt: '2026-11-26T04:00:00.000Z',
        tried: [],
        messageIds: [],
      },
    );
    const reply = await asAdministrator(world)('GET', `/api/v1/tickets/${number}/notices`);
    expect(reply.body.items).toEqual([
      {
        id: `${number}-1`,
        ticketNumber: number,
        kind: 'closed',
        state: 'told',
        dueAt: null,
        cost,
        at: base.at,
        tried: [
          { ...tried[0], status: null },
          { ...tried[1], failure: null, status: 'sent' },
        ],
      },
      expect.objectContaining({ kind: 'delayed', state: 'waiting', dueAt: '2026-11-26T04:00:00.000Z', tried: [] }),
    ]);
    expect(JSON.stringify(reply.body)).not.toMatch(/500000099|سر/);
  });

  it('is not told of a restricted ticket to those who may not know of it', async () => {
    const number = await aTicket({ restricted: true });
    const { ask } = await signedIn(world, 'agent', 'notices@example.org');
    expect((await ask('GET', `/api/v1/tickets/${number}/notices`)).status).toBe(404);
  });
});

describe('what a person does not want', () => {
  it('are kinds of channels that there are', async () => {
    const ask = asAdministrator(world);
    const { id } = await writer(world).aContact();
    const mute = (version: number, mutedChannels: unknown) =>
      ask('PATCH', `/api/v1/contacts/${id}`, { body: { version, mutedChannels } });
    expect((await mute(1, ['pigeons'])).body.error.message).toContain('mutedChannels.0');
    expect((await mute(1, 'chat')).status).toBe(400);
    expect((await mute(1, ['chat'])).body).toMatchObject({ version: 2, mutedChannels: ['chat'] });
    expect((await mute(2, [])).body).toMatchObject({ mutedChannels: [] });
  });
});

describe('texts of an older version', () => {
  it('get the brief forms that are new, and stay as they were edited', async () => {
    const own = await openWorld();
    const shipped = await loadTemplates('templates');
    const before = shipped.map((one) =>
      one.id === 'notice-in-progress' ? { ...one, texts: { ar: 'نعمل على {{ number }}', en: 'We are at it' } } : one,
    );
    await seedTemplates(own.store, before);
    await seedTemplates(own.store, shipped);
    const after = (await readTemplates(own.store)).find(({ id }) => id === 'notice-in-progress');
    const briefs = shipped.find(({ id }) => id === 'notice-in-progress')?.texts;
    expect(after?.texts).toEqual({ ...briefs, ar: 'نعمل على {{ number }}', en: 'We are at it' });
    await own.close();
  });
});

describe('texts that cost more than they need', () => {
  it('are told of where they are changed', async () => {
    await seedTemplates(world.store, await loadTemplates('templates'));
    const ask = asAdministrator(world);
    const { version, value } = (await ask('GET', '/api/v1/settings/templates')).body;
    const change = (at: number, ar: string) =>
      ask('PUT', '/api/v1/settings/templates', {
        body: {
          version: at,
          value: (value as Template[]).map((one) =>
            one.id === 'notice-closed' ? { ...one, texts: { ...one.texts, 'ar.brief': ar } } : one,
          ),
        },
      });
    const long = await change(version, `انتهت معالجة طلبكم {{ number }}: {{ subject }} {{ organisation }}`);
    expect(long.body.warnings).toEqual([{ template: 'notice-closed', language: 'ar', segments: 2 }]);
    expect((await change(long.body.version, 'انتهت معالجة {{ number }}')).body.warnings).toEqual([]);
    expect((await ask('GET', '/api/v1/settings/templates')).body.warnings).toBeUndefined();
  });
});
