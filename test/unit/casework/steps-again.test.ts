import { describe, expect, it } from 'vitest';
import type { CaseScene } from '../../../src/casework/scene.ts';
import { sendAgain } from '../../../src/casework/send-again.ts';
import { awaitStock } from '../../../src/casework/steps/await-stock.ts';
import { close } from '../../../src/casework/steps/close.ts';
import { reopen } from '../../../src/casework/steps/reopen.ts';
import { resolve } from '../../../src/casework/steps/resolve.ts';
import { returned } from '../../../src/casework/steps/return.ts';
import { stockArrived } from '../../../src/casework/steps/stock-arrived.ts';
import { supplyDate } from '../../../src/casework/steps/supply-date.ts';
import { unsatisfied } from '../../../src/casework/steps/unsatisfied.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { after, aMember, aScene, aStaff, aTicket, now, refusal, take } from './builders.ts';

const before = '2026-11-25T07:00:00.000Z';
const noCounts = { transfers: 1, sentBack: 0, reopened: 0, unsatisfied: 0, nudges: 0, calls: 0 };
const told: Partial<Ticket> = {
  status: 'resolved',
  departmentId: 'halls',
  routedAt: before,
  acceptedAt: before,
  resolvedAt: before,
  outcome: 'done',
  handlers: ['huda', 'majed'],
  hadBy: ['halls'],
  counts: noCounts,
  answer: { text: 'تم', departmentId: 'halls', byId: 'majed', at: before, doneOn: null, visitOn: null },
  reply: { text: 'أُصلح', byId: 'sara', at: before },
};
const at = (facts: Partial<Ticket>, others: Partial<CaseScene> = {}): CaseScene =>
  aScene({ ticket: aTicket({ ...told, ...facts }), ...others });
const text = 'ما زال الجهاز معطلاً';
const again = (scene: CaseScene) => {
  const outcome = sendAgain(scene, text);
  const to = outcome.alerts?.map(({ kind, agentId }) => `${kind} ${agentId}`);
  return { ticket: after(scene, outcome), to };
};
const reasonOf = (run: () => unknown) => {
  const error = refusal(run);
  return [error?.code, (error?.details as { reason?: string } | undefined)?.reason];
};

describe('a person who is not satisfied', () => {
  it('gets their case back to the department that answered, to somebody who did not handle it', () => {
    const { ticket, to } = again(at({}));
    expect(ticket).toMatchObject({
      status: 'transferred',
      departmentId: 'halls',
      assigneeId: 'mona',
      outcome: null,
      resolvedAt: null,
      notBy: ['huda', 'majed'],
      counts: { unsatisfied: 1, reopened: 0 },
    });
    expect(to).toEqual(['unsatisfied mona', 'unsatisfied huda']);
  });

  it('whose department has nobody else gets it to its head, who may then treat it', () => {
    const scene = at({ handlers: ['huda', 'majed', 'mona'] });
    const { ticket, to } = again(scene);
    expect(ticket).toMatchObject({ assigneeId: 'huda', notBy: ['majed', 'mona'] });
    expect(to).toEqual(['unsatisfied huda']);
    expect(take(returned, aScene({ ticket }), 'huda', { text: 'بُدّل الجهاز' }).ticket.status).toBe('returned');
  });

  it('whose head is kept out as well leaves it to those above', () => {
    const { ticket, to } = again(at({ handlers: ['majed', 'mona'], notBy: ['huda'] }));
    expect(ticket).toMatchObject({ status: 'transferred', assigneeId: null });
    expect(to).toEqual(['nobody-there samia', 'unsatisfied huda']);
  });

  it('is told to management from the set round on', () => {
    const round = (unsatisfiedBefore: number) =>
      again(at({ counts: { ...noCounts, unsatisfied: unsatisfiedBefore } })).to?.includes('unsatisfied maha');
    expect([round(0), round(1), round(2), round(3)]).toEqual([false, false, true, true]);
  });

  it('is not told to whom the matter is kept from, and never given to them', () => {
    const { ticket, to } = again(at({ hiddenFrom: ['mona', 'huda', 'maha'], counts: { ...noCounts, unsatisfied: 5 } }));
    expect(ticket.assigneeId).toBeNull();
    expect(to).toEqual(['nobody-there samia']);
  });

  it('whom the care unit answered itself gets another of its agents', () => {
    const own = {
      departmentId: 'care',
      routedAt: null,
      hadBy: [],
      answer: null,
      handlers: ['sara'],
      assigneeId: 'sara',
    };
    const { ticket, to } = again(at(own));
    expect(ticket).toMatchObject({ status: 'open', departmentId: 'care', assigneeId: 'salem', notBy: ['sara'] });
    expect(to).toEqual(['unsatisfied salem']);
    const alone = aStaff([aMember('salem', { departments: ['care'], disabledAt: before })]);
    const nobody = again(at(own, { staff: alone }));
    expect([nobody.ticket.assigneeId, nobody.to]).toEqual([null, ['nobody-there samia']]);
  });

  it('goes round after round, each time to somebody new', () => {
    const first = again(at({})).ticket;
    const second = again(aScene({ ticket: { ...first, status: 'resolved' } })).ticket;
    expect([first.assigneeId, second.assigneeId]).toEqual(['mona', null]);
    expect(second.counts.unsatisfied).toBe(2);
  });

  it('on the phone is recorded by staff, and told that it goes on', () => {
    const { ticket, outcome } = take(unsatisfied, at({}), 'sara', { text: ` ${text} ` });
    expect(outcome.changes[0]).toMatchObject({ kind: 'unsatisfied', text });
    expect(outcome.news).toEqual({ kind: 'reopened', values: {} });
    expect(ticket.status).toBe('transferred');
    expect(reasonOf(() => take(unsatisfied, at({}), 'huda', { text }))).toEqual(['forbidden', 'not-your-step']);
    expect(reasonOf(() => take(unsatisfied, at({ status: 'open' }), 'sara', { text }))[0]).toBe('not-allowed');
    expect(unsatisfied.given.safeParse({}).success).toBe(false);
  });
});

describe('lack of stock', () => {
  const working: Partial<Ticket> = {
    status: 'in_progress',
    assigneeId: 'majed',
    answer: null,
    reply: null,
    outcome: null,
    resolvedAt: null,
  };
  const item = 'مصباح جهاز عرض';
  const lacking: Partial<Ticket> = {
    status: 'closed',
    outcome: 'not_done',
    closedAt: before,
    stock: { item, since: before, supplyOn: null },
    stockOf: 'halls',
  };

  it('ends a case as not done, tells the person and the head, and puts it on the list', () => {
    const { ticket, outcome } = take(awaitStock, at(working), 'majed', { item: ` ${item} `, text: 'نعتذر عن التأخر' });
    expect(ticket).toMatchObject({
      status: 'resolved',
      outcome: 'not_done',
      stock: { item, since: now, supplyOn: null },
      stockOf: 'halls',
    });
    expect(outcome.news).toEqual({ kind: 'supply', values: { text: 'نعتذر عن التأخر' } });
    expect(outcome.alerts).toEqual([{ kind: 'stock-list', agentId: 'huda', values: { item } }]);
    expect(reasonOf(() => take(awaitStock, at({ ...working, status: 'open' }), 'sara', { item }))[0]).toBe(
      'not-allowed',
    );
    expect(reasonOf(() => take(awaitStock, at(working), 'mona', { item }))[0]).toBe('forbidden');
  });

  it('gets a day of supply from the head, which the person is told', () => {
    const { ticket, outcome } = take(supplyDate, at(lacking), 'huda', { supplyOn: '2026-12-01' });
    expect(ticket.stock?.supplyOn).toBe('2026-12-01');
    expect(outcome.news).toEqual({ kind: 'supply', values: { expectedAt: '2026-12-01T09:00:00.000Z' } });
    const given = (supplyOn: string) => () => take(supplyDate, at(lacking), 'huda', { supplyOn });
    expect(refusal(given('2026-11-24'))?.message).toMatch(/^body\.supplyOn/);
    expect(refusal(given('2026-11-25'))).toBeNull();
    expect(reasonOf(() => take(supplyDate, at({}), 'huda', { supplyOn: '2026-12-01' }))).toEqual([
      'not-allowed',
      'no-stock',
    ]);
    for (const id of ['majed', 'hamad', 'sara'])
      expect(reasonOf(() => take(supplyDate, at(lacking), id, { supplyOn: '2026-12-01' }))[0]).toBe('forbidden');
  });

  it('ends when the stock arrives: the case is open again with the head, and the person is told', () => {
    const { ticket, outcome } = take(stockArrived, at(lacking), 'huda');
    expect(ticket).toMatchObject({
      status: 'transferred',
      assigneeId: 'huda',
      stock: null,
      stockOf: null,
      outcome: null,
      closedAt: null,
      counts: { reopened: 1 },
    });
    expect(outcome.changes.map(({ kind }) => kind)).toEqual(['stock-arrived', 'reopened', 'assigned']);
    expect(outcome.news?.kind).toBe('reopened');
    expect(outcome.alerts).toEqual([]);
    const byMember = take(stockArrived, at(lacking), 'majed');
    expect(byMember.outcome.alerts).toEqual([{ kind: 'stock-arrived', agentId: 'huda', values: { item } }]);
    expect(reasonOf(() => take(stockArrived, aScene({ ticket }), 'huda'))).toEqual(['not-allowed', 'no-stock']);
    expect(reasonOf(() => take(stockArrived, at(lacking), 'hamad'))[0]).toBe('forbidden');
  });

  it('of what was opened again meanwhile is refused: it left the list', () => {
    const again = take(reopen, at(lacking), 'sara', { note: 'x' }).ticket;
    expect([again.stock, again.stockOf]).toEqual([null, null]);
    const done = take(resolve, aScene({ ticket: again }), 'sara', { text: 'تم' }).ticket;
    const closed = take(close, aScene({ ticket: done }), 'sara').ticket;
    expect(reasonOf(() => take(stockArrived, aScene({ ticket: closed }), 'huda'))).toEqual(['not-allowed', 'no-stock']);
  });

  it('goes on being waited for where it is closed as not done, not where it was done after all', () => {
    const resolved = at({ ...lacking, status: 'resolved', closedAt: null });
    expect(take(close, resolved, 'sara').ticket.stockOf).toBe('halls');
    expect(take(close, resolved, 'sara', { outcome: 'done' }).ticket).toMatchObject({ stock: null, stockOf: null });
  });
});
