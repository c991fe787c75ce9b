import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agents } from '../../../src/agent/agent.ts';
import { alerts } from '../../../src/alert/alert.ts';
import { comesBack, giveData, reopenWithData } from '../../../src/casework/data-asked.ts';
import type { StepName } from '../../../src/casework/path.ts';
import { repetitions } from '../../../src/casework/repetition.ts';
import type { CaseScene, StepOutcome } from '../../../src/casework/scene.ts';
import { iso } from '../../../src/clock.ts';
import { conversations } from '../../../src/conversation/conversation.ts';
import { enterOutcome } from '../../../src/flow/casework/enter-outcome.ts';
import { sceneOf } from '../../../src/flow/casework/scene-of.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { ticketEvents } from '../../../src/ticket/events.ts';
import { foldTicket } from '../../../src/ticket/fold.ts';
import { type Ticket, tickets } from '../../../src/ticket/ticket.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { actor, everybody } from '../../unit/casework/builders.ts';

const conversationId = conversationIdOf('fake', 'visitor');

let test: TestFlow;
let contactId = '';
beforeEach(async () => {
  test = await openFlow();
  const documents = everybody.map((one) => ({ ...one, version: 1, passwordHash: '' }));
  await test.store.write(documents.map((document) => ({ op: 'insert', in: agents, document })));
  await test.say('السلام عليكم');
  contactId = (await test.store.get(conversations, conversationId))?.contactId ?? '';
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

let keys = 0;
const open = async (
  facts: { departmentId?: string; service?: string; type?: Ticket['type'] } = {},
): Promise<string> => {
  const about = {
    contactId,
    conversationId,
    type: 'complaint' as const,
    subject: 'تأخر الرد',
    channel: 'desk',
    ...facts,
  };
  const { number } = await test.flow.staff.openTicket(actor('sara'), about, `ticket-${++keys}`);
  await test.flow.idle();
  test.channel.sent.length = 0;
  return number;
};
const now = (number: string): Promise<Ticket> =>
  test.store.get(tickets, number).then((found) => {
    if (!found) throw new Error(`no ticket ${number}`);
    return found;
  });
const step = async (number: string, by: string, name: StepName, given: object = {}): Promise<Ticket> => {
  const { version } = await now(number);
  const ticket = await test.flow.staff.takeStep(number, actor(by), { name, given: { ...given }, version });
  await test.flow.idle();
  return ticket;
};
const at = async (time: string): Promise<void> => {
  test.clock.set(Date.parse(time));
  await test.flow.idle();
};
const eventsOf = async (number: string) =>
  (await test.store.find(ticketEvents, { index: 'by-ticket', where: { ticketNumber: number }, limit: 1000 })).items;
const happened = async (number: string) =>
  (await eventsOf(number)).map(({ at: when, change }) => [when.slice(0, 16), change.kind]);
const said = (): string[] => test.channel.sent.map(({ text }) => text);
const alertsOf = async (agentId: string) =>
  (await test.store.find(alerts, { index: 'by-agent', where: { agentId }, limit: 100 })).items;

/** What a part of the flow does that has its own way in, such as a conversation. */
const enterBy = async (number: string, decide: (scene: CaseScene) => StepOutcome): Promise<void> => {
  const ticket = await now(number);
  const cause = test.deps.ids.next();
  const outcome = decide(await sceneOf(test.deps, ticket, { cause }));
  const doing = { at: iso(test.clock.now()), actor: { kind: 'contact' as const, id: contactId }, cause };
  const { ops } = await enterOutcome(test.deps, ticket, { outcome, doing });
  expect(await test.store.write(ops)).toMatchObject({ ok: true });
  await test.flow.idle();
};

describe('an overdue ticket', () => {
  it('climbs three levels, each within the hours of staff, and its people hear of it', async () => {
    const number = await open({ departmentId: 'maintenance' });
    const due = (await now(number)).dueAt.resolution ?? '';
    // ten business days after a Sunday morning
    expect(due.slice(0, 16)).toBe('2026-12-06T07:00');
    await at('2026-12-06T06:59:00.000Z');
    expect((await now(number)).escalation).toBeNull();
    await at('2026-12-06T07:00:30.000Z');
    await at('2026-12-07T07:01:00.000Z');
    await at('2026-12-07T20:00:00.000Z');
    await at('2026-12-09T06:59:00.000Z');
    expect((await now(number)).escalation).toMatchObject({ level: 2 });
    await at('2026-12-09T07:01:00.000Z');
    await at('2026-12-16T07:00:00.000Z');
    const climbed = (await eventsOf(number)).filter(({ change }) => change.kind === 'escalated');
    expect(climbed.map(({ at: when, actor: by, change }) => [when.slice(0, 16), by.kind, change])).toEqual([
      ['2026-12-06T07:00', 'system', { kind: 'escalated', level: 1, why: 'overdue', to: ['hamad'] }],
      ['2026-12-07T07:01', 'system', { kind: 'escalated', level: 2, why: 'overdue', to: ['samia'] }],
      ['2026-12-09T07:01', 'system', { kind: 'escalated', level: 3, why: 'overdue', to: ['maha'] }],
    ]);
    for (const id of ['hamad', 'samia', 'maha'])
      expect((await alertsOf(id)).filter(({ kind }) => kind === 'escalated')).toHaveLength(1);
  });

  it('stops climbing where its promise comes to be later, and goes on from there when that has passed', async () => {
    const number = await open({ type: 'report', departmentId: 'maintenance' });
    await at('2026-11-25T07:00:30.000Z');
    expect((await now(number)).escalation).toMatchObject({ level: 1 });
    await step(number, 'sara', 'classify', { type: 'suggestion' });
    expect((await now(number)).dueAt.resolution).toBe('2026-12-06T07:00:00.000Z');
    await at('2026-12-05T12:00:00.000Z');
    expect((await now(number)).escalation).toMatchObject({ level: 1 });
    await at('2026-12-08T07:00:00.000Z');
    expect((await now(number)).escalation).toMatchObject({ level: 2 });
  });
});

describe('a person who is asked for what is missing', () => {
  it('is asked again, finds the ticket closed after three business days, comes back and is heard', async () => {
    await at('2026-11-25T08:00:00.000Z');
    const number = await open();
    await step(number, 'sara', 'ask', { text: 'ما رقم القاعة؟' });
    expect(said()).toEqual([expect.stringMatching(/ما رقم القاعة؟/)]);
    await at('2026-11-26T08:00:00.000Z');
    expect(await now(number)).toMatchObject({ status: 'pending_customer', asked: { round: 2 } });
    expect(said()).toHaveLength(2);
    // a weekend lies in between: Sunday, Monday, Tuesday
    await at('2026-11-29T08:00:00.000Z');
    await at('2026-12-01T07:59:00.000Z');
    expect(await now(number)).toMatchObject({ status: 'pending_customer' });
    await at('2026-12-01T08:00:00.000Z');
    expect(await now(number)).toMatchObject({ status: 'closed', outcome: 'other' });
    expect(said()).toHaveLength(3);
    expect((await happened(number)).filter(([, kind]) => kind === 'data-asked' || kind === 'closed')).toEqual([
      ['2026-11-25T08:00', 'data-asked'],
      ['2026-11-26T08:00', 'data-asked'],
      ['2026-12-01T08:00', 'closed'],
    ]);

    await at('2026-12-10T08:00:00.000Z');
    const closed = await now(number);
    expect(comesBack(closed, test.deps.content.organisation(), iso(test.clock.now()))).toMatchObject({ back: true });
    const promised = (await eventsOf(number))[0]?.change;
    await enterBy(number, reopenWithData);
    const reopened = await now(number);
    expect(reopened).toMatchObject({ status: 'new', asked: null, closedAt: null, escalation: null });
    // what it waited for, and lay closed, counts for nobody
    expect(promised?.kind === 'opened' && promised.dueAt.resolution).toBe('2026-12-09T08:00:00.000Z');
    expect(reopened.dueAt.resolution).toBe('2026-12-24T08:00:00.000Z');
    expect(foldTicket(await eventsOf(number))).toMatchObject({ status: 'new', counts: { reopened: 1 } });
  });

  it('answers, and the ticket goes on at once', async () => {
    const number = await open();
    await step(number, 'sara', 'accept');
    await step(number, 'sara', 'ask', { text: 'ما رقم القاعة؟', fields: [] });
    await enterBy(number, (scene) => giveData(scene, null));
    expect(await now(number)).toMatchObject({ status: 'open', asked: null });
    await at('2026-11-30T08:00:00.000Z');
    expect((await happened(number)).map(([, kind]) => kind)).not.toContain('closed');
  });

  it('is reached by phone at the third attempt', async () => {
    const number = await open();
    await step(number, 'sara', 'ask', { text: 'ما رقم القاعة؟' });
    await step(number, 'sara', 'call', { result: 'no-answer' });
    await step(number, 'sara', 'call', { result: 'switched-off' });
    await step(number, 'sara', 'decide', { text: 'نتصل مرة أخيرة' });
    const ticket = await step(number, 'sara', 'call', { result: 'reached', dataGiven: true });
    expect(ticket).toMatchObject({ status: 'new', counts: { calls: 3 } });
  });
});

describe('an objection', () => {
  const answered = async (): Promise<string> => {
    const number = await open();
    await step(number, 'samia', 'close', { note: 'أُجيب هاتفياً' });
    return number;
  };

  it('is a ticket one level up, past whoever handled the earlier, and its person is told its number', async () => {
    const number = await open();
    await step(number, 'sara', 'reply', { text: 'لا يمكن ذلك' });
    await step(number, 'samia', 'resolve', { text: 'لا يمكن ذلك وفق اللائحة' });
    test.channel.sent.length = 0;
    const { version } = await now(number);
    const given = { text: 'الرد لم يتناول شكواي', version };
    const objection = await test.flow.staff.openObjection(number, actor('sara'), given, 'key');
    await test.flow.idle();
    expect(objection).toMatchObject({
      type: 'objection',
      objectionTo: number,
      assigneeId: 'maha',
      escalation: { level: 3, why: 'objection' },
    });
    expect(objection.notBy).toContain('samia');
    expect(await now(number)).toMatchObject({ objections: [objection.number], status: 'resolved' });
    expect(said()).toEqual([expect.stringMatching(new RegExp(`${number}[^]*${objection.number}`))]);
    expect((await alertsOf('maha')).map(({ kind, ticketNumber }) => [kind, ticketNumber])).toEqual([
      ['objection', objection.number],
    ]);

    const again = await test.flow.staff.openObjection(number, actor('sara'), given, 'key');
    expect(again.number).toBe(objection.number);
    const twice = test.flow.staff.openObjection(number, actor('sara'), { ...given, version: undefined }, 'other');
    await expect(twice).rejects.toMatchObject({ code: 'not-allowed', details: { reason: 'objection-open' } });
  });

  it('climbs no higher than the highest level', async () => {
    const number = await answered();
    const object = async (to: string, key: string) => {
      const given = { text: 'أعترض', version: (await now(to)).version };
      return test.flow.staff.openObjection(to, actor('sara'), given, key);
    };
    const first = await object(number, 'first');
    expect(first.escalation).toMatchObject({ level: 2 });
    await step(first.number, 'sara', 'close');
    const second = await object(first.number, 'second');
    expect(second.escalation).toMatchObject({ level: 3 });
    await step(second.number, 'sara', 'close');
    await expect(object(second.number, 'third')).rejects.toMatchObject({ details: { reason: 'highest-decided' } });
  });

  it('is no step of a department, and waits for an answer', async () => {
    const number = await answered();
    const given = { text: 'أعترض', version: undefined };
    const byMember = test.flow.staff.openObjection(number, actor('mishari'), given, 'key');
    await expect(byMember).rejects.toMatchObject({ code: 'forbidden' });
    const fresh = await open();
    const early = test.flow.staff.openObjection(fresh, actor('sara'), given, 'early');
    await expect(early).rejects.toMatchObject({ code: 'not-allowed' });
    const stale = test.flow.staff.openObjection(number, actor('sara'), { ...given, version: 1 }, 'stale');
    await expect(stale).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('silence after the answer', () => {
  it('closes the ticket after three business days, and the person is asked how it was', async () => {
    const number = await open();
    await step(number, 'sara', 'resolve', { text: 'تم الرد على طلبكم' });
    test.channel.sent.length = 0;
    await at('2026-11-25T06:59:00.000Z');
    expect((await now(number)).status).toBe('resolved');
    await at('2026-11-25T07:00:30.000Z');
    expect(await now(number)).toMatchObject({ status: 'closed', outcome: 'done', creditedTo: 'care' });
    expect(said()).toEqual([expect.stringContaining('/survey/')]);
  });
});

describe('complaints about one service', () => {
  it('are told to those above once, from the set number on', async () => {
    const found = () => test.store.find(repetitions, { index: 'by-at', limit: 10 });
    const service = test.deps.content.organisation().services[0]?.id ?? '';
    const { count } = test.deps.content.organisation().casework.repetition;
    for (let at = 1; at < count; at += 1) await open({ service });
    test.clock.advance(3_000);
    await test.flow.idle();
    expect((await found()).items).toEqual([]);
    await open({ service });
    await open({ service });
    test.clock.advance(3_000);
    await test.flow.idle();
    expect((await found()).items).toMatchObject([{ subject: `service:${service}`, toldTo: ['maha', 'samia'] }]);
    await open({ service });
    test.clock.advance(3_000);
    await test.flow.idle();
    expect((await found()).items).toHaveLength(1);
    expect((await alertsOf('maha')).filter(({ kind }) => kind === 'repetition')).toHaveLength(1);
  });
});
