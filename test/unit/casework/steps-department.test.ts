import { describe, expect, it } from 'vitest';
import type { CaseScene } from '../../../src/casework/scene.ts';
import { assign } from '../../../src/casework/steps/assign.ts';
import { returned } from '../../../src/casework/steps/return.ts';
import { sendBack } from '../../../src/casework/steps/send-back.ts';
import { start } from '../../../src/casework/steps/start.ts';
import { transfer } from '../../../src/casework/steps/transfer.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { aMember, anOrganisation, aScene, aStaff, aTicket, now, refusal, take } from './builders.ts';

const before = '2026-11-25T07:00:00.000Z';
const at = (facts: Partial<Ticket>, others: Partial<CaseScene> = {}): CaseScene =>
  aScene({ ticket: aTicket(facts), ...others });
const open = { status: 'open', acceptedAt: before } as const;
const withHalls = {
  status: 'transferred',
  departmentId: 'halls',
  assigneeId: 'huda',
  handlers: ['huda'],
  hadBy: ['halls'],
  routedAt: before,
  acceptedAt: before,
  counts: { transfers: 1, sentBack: 0, reopened: 0, unsatisfied: 0, nudges: 0, calls: 0 },
} as const satisfies Partial<Ticket>;
const facts = (changed: Partial<Ticket> = {}): Partial<Ticket> => ({
  ...withHalls,
  handlers: [...withHalls.handlers],
  hadBy: [...withHalls.hadBy],
  ...changed,
});
const reasonOf = (run: () => unknown) => {
  const error = refusal(run);
  return [error?.code, (error?.details as { reason?: string } | undefined)?.reason];
};
const toldTo = ({ outcome }: ReturnType<typeof take>) =>
  outcome.alerts?.map(({ kind, agentId }) => `${kind} ${agentId}`);

describe('transferring', () => {
  it('leads to the head of the department, who is told, and tells the person the first time', () => {
    const taken = take(transfer, at(open), 'sara', { departmentId: 'halls', note: 'للإفادة' });
    expect(taken.ticket).toMatchObject({
      status: 'transferred',
      departmentId: 'halls',
      assigneeId: 'huda',
      routedAt: now,
      hadBy: ['halls'],
      counts: { transfers: 1 },
    });
    expect(taken.outcome.alerts).toEqual([
      {
        kind: 'transferred',
        agentId: 'huda',
        values: { from: 'وحدة العناية بالمستفيدين', by: 'sara', note: 'للإفادة' },
      },
    ]);
    expect(taken.outcome.news).toEqual({ kind: 'inProgress', values: {} });
    const again = take(transfer, at(facts({ status: 'returned' })), 'sara', { departmentId: 'maintenance' });
    expect(again.outcome.news).toBeNull();
  });

  it('accepts a new case on the way, where its form and its conditions are met', () => {
    const { outcome } = take(transfer, at({}), 'sara', { departmentId: 'halls' });
    expect(outcome.changes.map(({ kind }) => kind)).toEqual(['accepted', 'transferred']);
    const form = at({ type: 'service', service: 'equipment-supply' });
    expect(reasonOf(() => take(transfer, form, 'sara', { departmentId: 'halls' }))).toEqual([
      'not-allowed',
      'fields-missing',
    ]);
  });

  it('leads to the deputy of a head who is away', () => {
    const staff = aStaff([], [{ agentId: 'huda', deputyId: 'mona', from: before, to: null }]);
    const taken = take(transfer, at(open, { staff }), 'sara', { departmentId: 'halls' });
    expect(taken.ticket.assigneeId).toBe('mona');
    expect(toldTo(taken)).toEqual(['transferred mona']);
  });

  it.each([['notBy'], ['hiddenFrom']] as const)('never leads to somebody of %s; then those above are told', (list) => {
    const taken = take(transfer, at({ ...open, [list]: ['huda'] }), 'sara', { departmentId: 'halls' });
    expect(taken.ticket).toMatchObject({ status: 'transferred', assigneeId: null });
    expect(toldTo(taken)).toEqual(['nobody-there samia']);
  });

  it('to a department without a head leaves it with nobody, and tells administrators where there is no supervisor', () => {
    const staff = aStaff([aMember('samia', { role: 'supervisor', disabledAt: before })]);
    const taken = take(transfer, at(open, { staff }), 'sara', { departmentId: 'labs' });
    expect(taken.ticket).toMatchObject({ status: 'transferred', departmentId: 'labs', assigneeId: null });
    expect(toldTo(taken)).toEqual(['nobody-there adel']);
  });

  it('may name somebody of the department', () => {
    const to = (assigneeId: string) => take(transfer, at(open), 'sara', { departmentId: 'halls', assigneeId });
    expect(to('majed').ticket.assigneeId).toBe('majed');
    expect(reasonOf(() => to('mishari'))).toEqual(['not-allowed', 'agent-elsewhere']);
    expect(reasonOf(() => to('nobody'))[0]).toBe('invalid');
  });

  it('needs another department that there is', () => {
    const from = (scene: CaseScene, departmentId: string, by = 'sara') =>
      reasonOf(() => take(transfer, scene, by, { departmentId }));
    expect(from(at(open), 'moon')[0]).toBe('invalid');
    expect(from(at(open), 'care')).toEqual(['not-allowed', 'same-department']);
    expect(from(at(facts()), 'halls')).toEqual(['not-allowed', 'same-department']);
    expect(from(at(facts()), 'care', 'huda')).toEqual(['not-allowed', 'return-it']);
    expect(from(at(facts({ status: 'returned' })), 'halls')).toEqual(['not-allowed', 'send-it-back']);
  });

  it('leads to the department of the service also where the case was opened for it', () => {
    const taken = take(transfer, at({ ...open, departmentId: 'halls' }), 'sara', { departmentId: 'halls' });
    expect(taken.ticket).toMatchObject({ status: 'transferred', assigneeId: 'huda' });
  });

  it('is possible from one department to another', () => {
    const taken = take(transfer, at(facts()), 'huda', { departmentId: 'maintenance' });
    expect(taken.ticket).toMatchObject({
      departmentId: 'maintenance',
      assigneeId: 'hamad',
      hadBy: ['halls', 'maintenance'],
    });
    expect(taken.outcome.alerts?.[0]?.values).toMatchObject({ from: 'قسم القاعات والتجهيزات التعليمية' });
  });

  it('in circles needs a reason, and from the fourth time on a supervisor', () => {
    const back = facts({ departmentId: 'maintenance', hadBy: ['halls', 'maintenance'], assigneeId: 'hamad' });
    expect(reasonOf(() => take(transfer, at(back), 'hamad', { departmentId: 'halls' }))).toEqual([
      'not-allowed',
      'transfer-again',
    ]);
    const given = { departmentId: 'halls', note: 'العطل في القاعة نفسها' };
    expect(take(transfer, at(back), 'hamad', given).ticket.departmentId).toBe('halls');
    const often = { ...back, counts: { ...withHalls.counts, transfers: 3 } };
    const error = refusal(() => take(transfer, at(often), 'hamad', given));
    expect(error).toMatchObject({ code: 'not-allowed', details: { reason: 'transfer-loop' } });
    expect(error?.message).toContain('Loops of transfers');
    expect(take(transfer, at(often), 'samia', given).ticket.departmentId).toBe('halls');
  });

  it('is not for a department that does not have the case, nor for those who only read', () => {
    for (const id of ['huda', 'majed', 'maha'])
      expect(
        reasonOf(() => take(transfer, at({ ...open, departmentId: 'halls' }), id, { departmentId: 'labs' })),
      ).toEqual(['forbidden', 'not-your-step']);
  });
});

describe('assigning', () => {
  it('is the head’s: somebody of the department gets the ticket and is told', () => {
    const taken = take(assign, at(facts()), 'huda', { assigneeId: 'majed', note: 'اليوم لو سمحت' });
    expect(taken.ticket).toMatchObject({ status: 'transferred', assigneeId: 'majed', handlers: ['huda', 'majed'] });
    expect(taken.outcome.alerts).toEqual([
      { kind: 'assigned', agentId: 'majed', values: { by: 'huda', note: 'اليوم لو سمحت' } },
    ]);
    for (const id of ['majed', 'hamad', 'sara'])
      expect(reasonOf(() => take(assign, at(facts()), id, { assigneeId: 'mona' }))).toEqual([
        'forbidden',
        'not-your-step',
      ]);
  });

  it('is the deputy’s while the head is away', () => {
    const staff = aStaff([], [{ agentId: 'huda', deputyId: 'mona', from: before, to: null }]);
    expect(take(assign, at(facts(), { staff }), 'mona', { assigneeId: 'majed' }).ticket.assigneeId).toBe('majed');
  });

  it('refuses who left, works elsewhere, or may not handle or know it', () => {
    const staff = aStaff([aMember('mona', { role: 'member', departments: ['halls'], disabledAt: before })]);
    const to = (assigneeId: string, changed: Partial<Ticket> = {}) =>
      reasonOf(() => take(assign, at(facts(changed), { staff }), 'huda', { assigneeId }));
    expect(to('mona')).toEqual(['not-allowed', 'agent-left']);
    expect(to('sara')).toEqual(['not-allowed', 'agent-elsewhere']);
    expect(to('majed', { notBy: ['majed'] })).toEqual(['not-allowed', 'agent-kept-out']);
    expect(to('majed', { hiddenFrom: ['majed'] })).toEqual(['not-allowed', 'agent-kept-out']);
    expect(to('ghost')[0]).toBe('invalid');
  });

  it('of nobody gives it back to the head, and at the care unit to the queue', () => {
    const back = take(assign, at(facts({ assigneeId: 'majed' })), 'samia', { assigneeId: null });
    expect(back.ticket.assigneeId).toBe('huda');
    expect(toldTo(back)).toEqual(['assigned huda']);
    const queue = take(assign, at({ ...open, assigneeId: 'salem' }), 'sara', { assigneeId: null });
    expect([queue.ticket.assigneeId, toldTo(queue)]).toEqual([null, []]);
  });

  it('of what is with the care unit leads to its own agents, whatever its service', () => {
    const scene = at({ ...open, departmentId: 'halls' });
    expect(take(assign, scene, 'sara', { assigneeId: 'salem' }).ticket.assigneeId).toBe('salem');
    expect(reasonOf(() => take(assign, scene, 'sara', { assigneeId: 'majed' }))).toEqual([
      'not-allowed',
      'agent-elsewhere',
    ]);
  });
});

describe('starting', () => {
  it('gives the ticket to whoever begins, where nobody has it', () => {
    const unassigned = at(facts({ assigneeId: null }));
    expect(take(start, unassigned, 'majed').ticket).toMatchObject({ status: 'in_progress', assigneeId: 'majed' });
    expect(take(start, at(facts()), 'huda').ticket.assigneeId).toBe('huda');
    expect(reasonOf(() => take(start, at(facts()), 'majed'))).toEqual(['forbidden', 'not-your-step']);
  });

  it('at the care unit accepts the case, makes it the care unit’s own and tells the person', () => {
    const { ticket, outcome } = take(start, at({ departmentId: 'halls' }), 'sara');
    expect(outcome.changes.map(({ kind }) => kind)).toEqual(['accepted', 'classified', 'assigned', 'started']);
    expect(ticket).toMatchObject({ status: 'in_progress', departmentId: 'care', assigneeId: 'sara' });
    expect(outcome.news).toEqual({ kind: 'inProgress', values: {} });
    expect(take(start, at(facts()), 'huda').outcome.news).toBeNull();
  });

  it('is not for who may not handle it', () => {
    const scene = at(facts({ assigneeId: 'majed', notBy: ['majed'] }));
    expect(reasonOf(() => take(start, scene, 'majed'))).toEqual(['forbidden', 'not-your-step']);
  });
});

describe('returning', () => {
  const working = facts({ status: 'in_progress', assigneeId: 'majed', handlers: ['sara', 'huda', 'majed'] });

  it('brings the answer of the department, and tells those of the care unit who had the ticket', () => {
    const taken = take(returned, at(working), 'majed', { text: ' استُبدل المصباح ' });
    expect(taken.ticket).toMatchObject({
      status: 'returned',
      assigneeId: null,
      answer: { text: 'استُبدل المصباح', departmentId: 'halls', byId: 'majed', doneOn: null, visitOn: null },
    });
    expect(toldTo(taken)).toEqual(['returned sara']);
  });

  it('tells nobody where nobody at the care unit had it', () => {
    expect(toldTo(take(returned, at(facts()), 'huda', { note: 'تم' }))).toEqual([]);
  });

  it('is not possible without an answer', () => {
    const error = refusal(() => take(returned, at(working), 'majed'));
    expect(error).toMatchObject({ code: 'invalid' });
    expect(error?.message).toMatch(/^body\.text: .*answer/);
    expect(returned.given.safeParse({ text: '  ' }).success).toBe(false);
  });

  it.each([
    ['done', {}, { visitOn: '2026-11-26' }, { doneOn: '2026-11-25' }],
    ['visit', {}, { doneOn: '2026-11-26' }, { visitOn: '2026-11-30' }],
    ['either', {}, {}, { visitOn: '2026-11-30' }],
  ] as const)('of a service that needs "%s" needs that date', (needs, without, other, right) => {
    const organisation = anOrganisation({ answerDates: [{ services: ['maintenance'], needs }] });
    const scene = at({ ...working, service: 'maintenance' }, { organisation });
    for (const given of [without, other])
      expect(refusal(() => take(returned, scene, 'majed', { text: 'تم', ...given }))?.message).toMatch(/date: say/);
    const { ticket } = take(returned, scene, 'majed', { text: 'تم', ...right });
    expect(ticket.answer).toMatchObject(right);
  });

  it('takes no day that has passed on the organisation’s own clock', () => {
    const lateEvening = '2026-11-25T21:30:00.000Z';
    const given = (doneOn: string) => () =>
      take(returned, at(working, { now: lateEvening }), 'majed', { text: 'تم', doneOn });
    expect(refusal(given('2026-11-25'))?.message).toContain('2026-11-26');
    expect(refusal(given('2026-11-26'))).toBeNull();
    expect(returned.given.safeParse({ text: 'تم', doneOn: '2026-02-30' }).success).toBe(false);
  });

  it('is possible from hold, and not of what the care unit has itself', () => {
    const held = facts({ status: 'on_hold', resumesAs: 'in_progress', assigneeId: 'majed' });
    expect(take(returned, at(held), 'majed', { text: 'تم' }).ticket.status).toBe('returned');
    const own = at({ status: 'in_progress', assigneeId: 'sara', handlers: ['sara'] });
    expect(reasonOf(() => take(returned, own, 'sara', { text: 'تم' }))).toEqual(['not-allowed', 'with-care-unit']);
  });
});

describe('sending back', () => {
  const came = facts({
    status: 'returned',
    assigneeId: null,
    handlers: ['huda', 'majed'],
    answer: { text: 'تم', departmentId: 'halls', byId: 'majed', at: before, doneOn: null, visitOn: null },
  });

  it('counts, and leads to the head with the reason', () => {
    const taken = take(sendBack, at(came), 'sara', { reason: 'لم يُذكر الموعد' });
    expect(taken.ticket).toMatchObject({
      status: 'transferred',
      assigneeId: 'huda',
      counts: { sentBack: 1, transfers: 1 },
    });
    expect(taken.outcome.alerts).toEqual([
      { kind: 'sent-back', agentId: 'huda', values: { reason: 'لم يُذكر الموعد', by: 'sara' } },
    ]);
    expect(taken.outcome.news).toBeUndefined();
  });

  it('needs a reason, and is the care unit’s', () => {
    const back = (sentBack: number, by: string) =>
      take(sendBack, at({ ...came, counts: { ...aTicket().counts, sentBack } }), by, { reason: 'x' });
    const above = (sentBack: number) =>
      back(sentBack, 'sara').outcome.alerts?.filter(({ kind }) => kind === 'escalated');
    expect(above(1)).toEqual([]);
    expect(above(2)).toEqual(
      ['samia', 'maha'].map((agentId) => ({ kind: 'escalated', agentId, values: { reason: 'x' } })),
    );
    expect(reasonOf(() => back(4, 'sara'))).toEqual(['not-allowed', 'return-loop']);
    expect(back(4, 'samia').ticket.counts.sentBack).toBe(5);
    expect(refusal(() => take(sendBack, at(came), 'sara'))?.message).toMatch(/^body\.reason/);
    expect(reasonOf(() => take(sendBack, at(came), 'huda', { reason: 'x' }))).toEqual(['forbidden', 'not-your-step']);
    expect(reasonOf(() => take(sendBack, at(facts()), 'sara', { reason: 'x' }))).toEqual([
      'not-allowed',
      'step-not-possible',
    ]);
  });
});
