import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../src/agent/audit.ts';
import { conversations } from '../../src/conversation/conversation.ts';
import type { FirstWords, GivenWords } from '../../src/flow/flow.ts';
import { approvedTemplates } from '../../src/inbox/approved-templates.ts';
import { createWindowedChannel, type WindowedChannel } from '../fakes/windowed-channel.ts';
import { type Ask, asAdministrator, openWorld, signedIn, type World, writer } from './http-harness.ts';

let world: World;
let admin: Ask;
let agent: Ask;
let channel: WindowedChannel;
beforeEach(async () => {
  channel = createWindowedChannel();
  const state = { state: 'needs-login', reason: 'Scan the code.', phone: '+966500000009' } as const;
  channel.state = () => ({ ...state, login: { qr: 'qr-of-the-account', code: null, at: '2026-11-25T08:00:00.000Z' } });
  world = await openWorld({ channels: [channel] });
  admin = await asAdministrator(world);
  agent = (await signedIn(world)).ask;
});
afterEach(() => world.close());

const template = { name: 'ready', language: 'ar', parameters: [{ part: 'body', name: '1', value: 'x' }] };
const aConversation = async (facts: object = {}) => {
  const { aContact, aConversation: put } = writer(world);
  return put({ inboxId: 'numbers', channel: 'numbers', contactId: (await aContact()).id, ...facts });
};
const faults = ({ body }: { body: { error: { details: { faults: { path: string }[] } } } }) =>
  body.error.details.faults.map(({ path }) => path);

describe('an account that waits to be signed in', () => {
  it('shows its code to administrators who ask for it, and to nobody in the list', async () => {
    const { body } = await admin('GET', '/api/v1/inboxes/numbers');
    expect(body).toMatchObject({ login: { qr: 'qr-of-the-account' }, phone: '+966500000009', state: 'needs-login' });
    for (const ask of [admin, agent]) {
      const { body: listed } = await ask('GET', '/api/v1/inboxes');
      expect(listed.items).toMatchObject([
        { phone: '+966500000009', reason: 'Scan the code.', capabilities: { templates: true, phones: true } },
      ]);
      expect(JSON.stringify(listed)).not.toContain('qr-of-the-account');
    }
    expect((await agent('GET', '/api/v1/inboxes/numbers')).status).toBe(403);
  });
});

describe('a conversation', () => {
  it('tells until when free words are allowed, where its medium has such a limit', async () => {
    const { id } = await aConversation({ replyUntil: '2026-11-25T08:00:01.000Z' });
    const shown = async () => (await agent('GET', `/api/v1/conversations/${id}`)).body.window;
    expect(await shown()).toEqual({ open: true, until: '2026-11-25T08:00:01.000Z' });
    world.clock.advance(1_000);
    expect(await shown()).toEqual({ open: false, until: '2026-11-25T08:00:01.000Z' });
    await world.store.write([{ op: 'update', in: conversations, id, set: { replyUntil: null } }]);
    expect(await shown()).toEqual({ open: false, until: null });
    const { items } = (await agent('GET', '/api/v1/conversations')).body;
    expect(items).toMatchObject([{ window: { open: false } }]);
    const elsewhere = await aConversation({ inboxId: 'gone' });
    expect((await agent('GET', `/api/v1/conversations/${elsewhere.id}`)).body.window).toBeNull();
  });
});

describe('an agent who writes', () => {
  it('gives words, a template, or the message that is answered; and something of it', async () => {
    const { id } = await aConversation();
    const given: GivenWords[] = [];
    const { reply } = world.deps.flow.staff;
    world.deps.flow.staff.reply = (place, by, words, key) => {
      given.push(words);
      return reply(place, by, words, key);
    };
    const post = (body: object) => agent('POST', `/api/v1/conversations/${id}/messages`, { body });
    expect((await post({ template })).status).toBe(201);
    expect((await post({ text: 'نعم', replyTo: 'm1' })).status).toBe(201);
    expect(given).toEqual([{ template }, { text: 'نعم', replyTo: 'm1' }]);
    expect(faults(await post({}))).toEqual(['body.text']);
    expect(faults(await post({ text: '  ' }))).toEqual(['body.text']);
    expect(faults(await post({ template: { ...template, colour: 'x' } }))).toEqual(['body.template.colour']);
    expect((await post({ template: { name: 'x', language: 'ar' } })).status).toBe(400);
  });
});

describe('an agent who writes first', () => {
  const started: FirstWords[] = [];
  beforeEach(() => {
    started.length = 0;
    world.deps.flow.staff.start = async (_by, words) => {
      started.push(words);
      return aConversation();
    };
  });
  const start = (body: object, ask = agent) =>
    ask('POST', '/api/v1/conversations', { body: { inboxId: 'numbers', ...body } });

  it('names a contact, a number or a ticket', async () => {
    const { aTicket } = writer(world);
    await aTicket({ number: '26000010', contactId: 'c' });
    for (const whom of [{ contactId: 'c' }, { phone: '+966500000001' }, { ticketNumber: '26000010' }])
      expect((await start({ ...whom, template })).status).toBe(201);
    expect(faults(await start({ template }))).toEqual(['body.contactId']);
  });

  it('writes a number as people do', async () => {
    for (const phone of ['0500000001', '٠٥٠٠٠٠٠٠٠١', '+966 50 000 0001', '00966500000001', '+966500000001'])
      expect((await start({ phone, text: 'مرحبًا' })).status).toBe(201);
    expect(new Set(started.map(({ phone }) => phone))).toEqual(new Set(['+966500000001']));
    for (const phone of ['12345', 'number', '0500000001 0500000002'])
      expect((await start({ phone, text: 'مرحبًا' })).status).toBe(400);
  });

  it('gives words or a template, one of them', async () => {
    expect(faults(await start({ contactId: 'c' }))).toEqual(['body.text']);
    expect(faults(await start({ contactId: 'c', text: 'x', template }))).toEqual(['body.text']);
  });

  it('does not do so about a ticket that they may not know of', async () => {
    await writer(world).aTicket({ number: '26000099', contactId: 'c', restricted: true });
    expect((await start({ ticketNumber: '26000099', template })).status).toBe(404);
    const { ask } = await signedIn(world, 'supervisor');
    expect((await start({ ticketNumber: '26000099', template }, ask)).status).toBe(201);
    const management = await signedIn(world, 'management');
    expect((await start({ contactId: 'c', template }, management.ask)).status).toBe(403);
  });
});

describe('the templates of an inbox', () => {
  const path = '/api/v1/inboxes/numbers/templates';
  const one = {
    id: 'one',
    version: 1,
    inboxId: 'numbers',
    name: 'ready',
    language: 'ar',
    category: 'UTILITY',
    status: 'approved' as const,
    parts: [{ part: 'body' as const, text: 'طلبك {{1}} جاهز.' }],
    variables: [{ part: 'body' as const, name: '1', example: '26000010' }],
    notice: null,
    syncedAt: '2026-11-25T08:00:00.000Z',
  };
  beforeEach(async () => {
    await world.store.write([{ op: 'insert', in: approvedTemplates, document: one }]);
  });

  it('are read by those who write to people', async () => {
    expect((await agent('GET', path)).body).toEqual({ items: [one], nextCursor: null });
    expect((await agent('GET', '/api/v1/inboxes/none/templates')).status).toBe(404);
    const member = await signedIn(world, 'member');
    expect((await member.ask('GET', path)).status).toBe(403);
  });

  it('are asked for anew by administrators', async () => {
    world.deps.flow.syncTemplates = async (inboxId) => (inboxId === 'numbers' ? 7 : 0);
    expect((await admin('POST', `${path}/sync`, { body: {} })).body).toEqual({ templates: 7 });
    expect((await agent('POST', `${path}/sync`)).status).toBe(403);
  });

  it('are given a notice that they stand for, which is noted', async () => {
    const notice = 'notice-in-progress';
    expect((await admin('PATCH', `${path}/one`, { body: { notice } })).body).toMatchObject({ notice, version: 2 });
    expect((await admin('PATCH', `${path}/one`, { body: { notice: null, version: 1 } })).status).toBe(409);
    expect((await admin('PATCH', `${path}/one`, { body: { notice: 'no-such' } })).status).toBe(400);
    expect((await admin('PATCH', `${path}/none`, { body: { notice } })).status).toBe(404);
    expect((await admin('PATCH', '/api/v1/inboxes/other/templates/one', { body: { notice } })).status).toBe(404);
    expect((await agent('PATCH', `${path}/one`, { body: { notice } })).status).toBe(403);
    const { items } = await world.store.find(audit, { index: 'by-subject', where: { subject: 'numbers' } });
    expect(items).toMatchObject([{ action: 'inbox.changed', fields: ['templates'] }]);
  });
});
