import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAgent } from '../../../src/agent/change-agents.ts';
import type { AgentRole } from '../../../src/agent/roles.ts';
import { alerts } from '../../../src/alert/alert.ts';
import { conversations } from '../../../src/conversation/conversation.ts';
import { createIds } from '../../../src/ids.ts';
import { messages } from '../../../src/message/message.ts';
import { type HookGateway, openHookGateway, said } from '../hook-gateway.ts';

const password = 'correct horse battery';
const ids = createIds(Date.now);
type Reply = Awaited<ReturnType<HookGateway['ask']>>;
type Ask = (method: string, path: string, body?: unknown) => Promise<Reply>;
interface Somebody {
  id: string;
  ask: Ask;
}

let hook: HookGateway;
let sara: Somebody;
let huda: Somebody;
let majed: Somebody;
let samia: Somebody;
let place: { contactId: string; conversationId: string };

beforeAll(async () => {
  hook = await openHookGateway(['1']);
  sara = await signedIn('sara', 'agent', ['care']);
  huda = await signedIn('huda', 'head', ['halls']);
  majed = await signedIn('majed', 'member', ['halls']);
  samia = await signedIn('samia', 'supervisor', ['care']);
  place = await somebodyWrites('hala');
}, 60_000);
afterAll(() => hook.close());

/** An agent of the gateway, in a session of their own. */
async function signedIn(name: string, role: AgentRole, departments: string[]): Promise<Somebody> {
  const email = `${name}@example.org`;
  const deps = { store: hook.gateway.store, ids, now: Date.now() };
  const { id } = await createAgent(deps, { email, name, role, departments, password });
  const began = await fetch(`${hook.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const cookie = began.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { csrfToken } = (await began.json()) as { csrfToken: string };
  const headers = { cookie, 'x-csrf-token': csrfToken, 'content-type': 'application/json' };
  const ask: Ask = async (method, path, body) => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${hook.url}/api/v1${path}`, { method, headers, ...init });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  return { id, ask };
}

async function somebodyWrites(address: string) {
  await hook.post(said(`first-${address}`, 'السلام عليكم', address));
  await hook.gateway.flow.idle();
  const where = { inboxId: 'inbox-1', address };
  const found = await hook.gateway.store.find(conversations, { index: 'by-address', where });
  const [conversation] = found.items;
  if (!conversation) throw new Error('nobody wrote');
  return { contactId: conversation.contactId, conversationId: conversation.id };
}

async function open(facts: object = {}): Promise<string> {
  const about = { ...place, type: 'complaint', subject: 'جهاز العرض معطل في القاعة ١٢' };
  const reply = await sara.ask('POST', '/tickets', { ...about, ...facts });
  expect([reply.status, reply.body.error]).toEqual([201, undefined]);
  return reply.body.number;
}

/** Takes steps at the version at which the ticket stands. */
const stepper =
  (number: string) =>
  async (who: Somebody, step: string, given: object = {}) => {
    const { version } = (await samia.ask('GET', `/tickets/${number}`)).body;
    const reply = await who.ask('POST', `/tickets/${number}/${step}`, { version, ...given });
    expect([step, reply.status, reply.body.error]).toEqual([step, 200, undefined]);
    return reply.body;
  };

const refusedStep = async (number: string, who: Somebody, step: string, given: object = {}) => {
  const { version } = (await samia.ask('GET', `/tickets/${number}`)).body;
  const { status, body } = await who.ask('POST', `/tickets/${number}/${step}`, { version, ...given });
  return [status, body.error.details?.reason];
};

const kindsOf = async (number: string): Promise<string[]> => {
  const { items } = (await samia.ask('GET', `/tickets/${number}/events?limit=200`)).body;
  return items.map((one: { change: { kind: string } }) => one.change.kind);
};

const toldTo = async (who: Somebody, number: string): Promise<string[]> => {
  const where = { ticketNumber: number };
  const { items } = await hook.gateway.store.find(alerts, { index: 'by-ticket', where, limit: 100 });
  return items.filter(({ agentId }) => agentId === who.id).map(({ kind }) => kind);
};

const toPerson = async (conversationId: string): Promise<string[]> => {
  await hook.gateway.flow.idle();
  const where = { conversationId };
  const { items } = await hook.gateway.store.find(messages, { index: 'by-conversation', where, limit: 200 });
  return items.filter(({ direction }) => direction === 'outbound').map(({ text }) => text);
};

describe('a ticket', () => {
  it('goes the whole path: a department answers, is asked again, and it is closed for that department', async () => {
    const number = await open();
    const take = stepper(number);
    await take(sara, 'accept');
    await take(sara, 'classify', { service: 'equipment-loan', complexity: 'complex', rootCause: 'waiting' });
    await take(sara, 'transfer', { departmentId: 'halls', note: 'للإفادة' });
    expect(await refusedStep(number, majed, 'start')).toEqual([403, 'not-your-step']);
    await take(huda, 'assign', { assigneeId: majed.id, note: 'اليوم لو سمحت' });
    await take(majed, 'start');
    expect(await refusedStep(number, sara, 'resolve', { text: 'تم' })).toEqual([422, 'return-first']);
    await take(majed, 'return', { text: 'فُحص الجهاز' });
    await take(sara, 'send-back', { reason: 'متى يُصلح؟' });
    await take(huda, 'assign', { assigneeId: majed.id });
    await take(majed, 'return', { text: 'استُبدل المصباح', doneOn: '2030-01-02' });
    expect(await refusedStep(number, sara, 'resolve')).toEqual([422, 'answer-missing']);
    await take(sara, 'reply', { text: 'استُبدل مصباح الجهاز، ويمكن استعماله الآن.' });
    const resolved = await take(sara, 'resolve');
    expect(resolved).toMatchObject({ status: 'resolved', outcome: 'done', counts: { transfers: 1, sentBack: 1 } });
    const closed = await take(sara, 'close');
    expect(closed).toMatchObject({ status: 'closed', creditedTo: 'halls', rootCause: 'waiting', hadBy: ['halls'] });
    const beside = ['responded', 'message-added', 'surveyed'];
    expect((await kindsOf(number)).filter((kind) => !beside.includes(kind))).toEqual([
      ...['opened', 'accepted', 'classified', 'transferred', 'assigned', 'started', 'returned', 'sent-back'],
      ...['assigned', 'returned', 'replied', 'resolved', 'closed'],
    ]);
    expect(await toldTo(huda, number)).toEqual(expect.arrayContaining(['transferred', 'sent-back']));
    expect(await toldTo(majed, number)).toEqual(['assigned', 'assigned']);
    const words = await toPerson(place.conversationId);
    const about = words.filter((text) => text.includes(number) && !text.includes('/survey/'));
    expect(about).toEqual([
      expect.stringContaining('تم تسجيل'),
      expect.stringContaining('قيد المعالجة'),
      expect.stringContaining('استُبدل مصباح الجهاز'),
      expect.stringMatching(/هل حُلّ الموضوع؟/),
    ]);
  });

  it('is seen by two at once: the second is shown what changed', async () => {
    const number = await open();
    const [first, second] = await Promise.all([
      sara.ask('POST', `/tickets/${number}/accept`, { version: 1 }),
      samia.ask('POST', `/tickets/${number}/reject`, { version: 1, reason: 'مكرر' }),
    ]);
    const [won, lost] = first.status === 200 ? [first, second] : [second, first];
    expect([won.status, lost.status]).toEqual([200, 409]);
    expect(lost.body.error).toMatchObject({
      code: 'conflict',
      details: { current: { number, version: 2, status: won.body.status } },
    });
    const kinds = await kindsOf(number);
    expect(kinds.filter((kind) => kind === 'accepted' || kind === 'rejected')).toHaveLength(1);
  });

  it('offers to each what they may do, and takes nothing else', async () => {
    const number = await open();
    const offered = async ({ ask }: Somebody) => (await ask('GET', `/tickets/${number}/steps`)).body.steps;
    expect(await offered(majed)).toEqual([]);
    expect(await offered(sara)).toEqual(expect.arrayContaining(['accept', 'reject', 'transfer', 'resolve', 'close']));
    await stepper(number)(sara, 'transfer', { departmentId: 'halls' });
    expect(await offered(huda)).toEqual(expect.arrayContaining(['assign', 'start', 'return', 'pause']));
    expect(await offered(sara)).not.toContain('resolve');
    expect(await refusedStep(number, sara, 'return', { text: 'x' })).toEqual([403, 'not-your-step']);
    expect((await sara.ask('POST', `/tickets/${number}/transfer`, { departmentId: 'labs' })).status).toBe(400);
    expect(
      (await sara.ask('POST', `/tickets/${number}/assign`, { version: 1, assigneeId: null, why: 'x' })).status,
    ).toBe(400);
  });

  it('is refused at the door where its form is not filled, and says what is missing', async () => {
    const number = await open({ type: 'service', service: 'equipment-supply', fields: { room: '12' } });
    const reply = await sara.ask('POST', `/tickets/${number}/accept`, { version: 1 });
    expect([reply.status, reply.body.error.details.fields[0].id]).toEqual([422, 'building']);
    const patched = await sara.ask('PATCH', `/tickets/${number}`, { version: 1, fields: { building: 'أ' } });
    expect(patched.body.fields).toEqual({ room: '12', building: 'أ' });
    expect((await stepper(number)(sara, 'accept')).status).toBe('open');
    const unknown = { ...place, type: 'complaint', subject: 'x', fields: { colour: 'red' } };
    expect((await sara.ask('POST', '/tickets', unknown)).body.error.message).toMatch(/^body\.fields\.colour/);
  });

  it('solved at first contact is closed in one step', async () => {
    const number = await open({ type: 'inquiry', subject: 'مواعيد الدوام' });
    const closed = await stepper(number)(sara, 'close');
    expect(closed).toMatchObject({ status: 'closed', action: 'first_contact', outcome: 'done', creditedTo: 'care' });
    expect((await kindsOf(number)).filter((kind) => ['accepted', 'resolved', 'closed'].includes(kind))).toEqual([
      'accepted',
      'resolved',
      'closed',
    ]);
  });
});

describe('a remark', () => {
  it('is for staff alone, and may be meant for the head', async () => {
    const number = await open();
    const noted = await sara.ask('POST', `/tickets/${number}/notes`, { note: 'ينقص رقم القاعة', to: 'head' });
    expect([noted.status, noted.body.version]).toEqual([200, 2]);
    const { items } = (await huda.ask('GET', `/tickets/${number}/events`)).body;
    expect(items.at(-1).change).toEqual({ kind: 'noted', text: 'ينقص رقم القاعة', to: 'head' });
    expect((await toPerson(place.conversationId)).join()).not.toContain('ينقص رقم القاعة');
    expect((await sara.ask('POST', `/tickets/${number}/notes`, { note: 'x', to: 'moon' })).status).toBe(400);
  });
});

describe('lists', () => {
  it('of lacking stock hold what waits, and many are opened again at once', async () => {
    const numbers = [await open(), await open()];
    for (const number of numbers) {
      await stepper(number)(sara, 'transfer', { departmentId: 'halls' });
      await stepper(number)(huda, 'await-stock', { item: 'مصباح' });
    }
    const listed = async (query = '') =>
      (await huda.ask('GET', `/tickets/stock${query}`)).body.items.map((one: { number: string }) => one.number);
    expect(await listed('?departmentId=halls')).toEqual(numbers);
    expect(await listed()).toEqual(numbers);
    expect(await listed('?departmentId=labs')).toEqual([]);
    const dated = await stepper(numbers[0] ?? '')(huda, 'supply-date', { supplyOn: '2030-01-02' });
    expect(dated.stock).toMatchObject({ item: 'مصباح', supplyOn: '2030-01-02' });
    const reply = await huda.ask('POST', '/stock/arrived', { ticketNumbers: [...numbers, '26999999'] });
    expect(reply.body.items).toMatchObject([
      { ticketNumber: numbers[0], done: true, error: null },
      { ticketNumber: numbers[1], done: true, error: null },
      { ticketNumber: '26999999', done: false, error: { code: 'not-found' } },
    ]);
    expect(await listed()).toEqual([]);
    expect((await huda.ask('GET', `/tickets/${numbers[0]}`)).body).toMatchObject({
      status: 'transferred',
      assigneeId: huda.id,
    });
  });

  it('of what burns begin with the urgent, page by page, and queues hold what is one’s own', async () => {
    const fresh = await somebodyWrites('nasser');
    const about = { ...fresh, type: 'complaint', subject: 'x' };
    const usual = [await open(about), await open(about)];
    const urgent = await open({ ...about, urgent: true });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = `order=burning&contactId=${fresh.contactId}&limit=1${cursor ? `&cursor=${cursor}` : ''}`;
      const { body } = await sara.ask('GET', `/tickets?${query}`);
      seen.push(...body.items.map((one: { number: string }) => one.number));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(seen[0]).toBe(urgent);
    expect(seen.toSorted()).toEqual([...usual, urgent].toSorted());
    const list = async ({ ask }: Somebody, query: string) =>
      (await ask('GET', `/tickets?contactId=${fresh.contactId}&${query}`)).body.items.map(
        (one: { number: string }) => one.number,
      );
    expect(await list(sara, 'urgent=true')).toEqual([urgent]);
    expect(await list(sara, 'queue=department')).toHaveLength(3);
    expect(await list(majed, 'queue=department')).toEqual([]);
    await stepper(urgent)(sara, 'transfer', { departmentId: 'halls', assigneeId: majed.id });
    expect(await list(majed, 'queue=mine')).toEqual([urgent]);
    expect(await list(majed, 'queue=mine&order=burning')).toEqual([urgent]);
    expect(await list(huda, 'queue=department')).toEqual([urgent]);
    expect(await list(huda, 'queue=department&order=burning')).toEqual([urgent]);
    expect(await list(sara, 'queue=department')).toHaveLength(2);
    expect((await sara.ask('GET', '/tickets?order=burning&cursor=nonsense')).status).toBe(400);
    expect((await sara.ask('GET', '/tickets?order=burning&cursor=urgent.nonsense')).status).toBe(400);
  });
});
