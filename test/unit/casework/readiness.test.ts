import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type StepName, stepsNow } from '../../../src/casework/path.ts';
import { refer } from '../../../src/casework/steps/refer.ts';
import { steps } from '../../../src/casework/steps.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { actor, aScene, aTicket, everybody, refusal, take } from './builders.ts';

const before = '2026-11-25T07:00:00.000Z';
/** What is given for each step, so that only what the ticket shows can stand in its way. */
const givens: Partial<Record<StepName, object>> = {
  accept: {},
  reject: { reason: 'x' },
  start: {},
  return: { text: 'x' },
  'send-back': { reason: 'x' },
  'approve-reply': {},
  'decline-reply': { reason: 'x' },
  ask: { text: 'x' },
  call: { result: 'busy' },
  decide: { text: 'x' },
  pause: {},
  resume: {},
  close: {},
  reopen: { note: 'x' },
  escalate: { note: 'x' },
  refer: { bodyId: 'telecom', text: 'x' },
  'withdraw-referral': {},
  'await-stock': { item: 'x' },
  'supply-date': { supplyOn: '2026-12-01' },
  'stock-arrived': {},
  restrict: { restricted: true },
  delay: { reason: 'x', expectedAt: '2026-12-01T08:00:00.000Z' },
  unsatisfied: { text: 'x' },
};
const words = { text: 'x', byId: 'sara', at: before };
const answer = { text: 'x', departmentId: 'halls', byId: 'majed', at: before, doneOn: null, visitOn: null };
const stock = { stock: { item: 'x', since: before, supplyOn: null }, stockOf: 'halls', outcome: 'not_done' as const };
const counts = (facts: object) => ({ counts: { ...aTicket().counts, ...facts } });

const stands = fc.constantFrom<Partial<Ticket>[]>(
  [{ status: 'new' }],
  [{ status: 'open' }, { draft: words }],
  [{ status: 'open', referralId: 'r' }],
  [{ status: 'transferred' }, counts({ transfers: 3 })],
  [{ status: 'in_progress' }, { draft: words }],
  [{ status: 'returned', answer }],
  [{ status: 'returned', answer, reply: words }, { absorbed: ['26000028'] }],
  [{ status: 'returned', answer }, counts({ sentBack: 4 })],
  [{ status: 'pending_customer', resumesAs: 'open', referralId: 'r' }],
  [{ status: 'pending_third_party', resumesAs: 'in_progress', referralId: 'r' }],
  [{ status: 'pending_third_party', resumesAs: 'open' }],
  [{ status: 'on_hold', resumesAs: 'returned' }],
  [{ status: 'resolved', resolvedAt: before, outcome: 'done' }, { draft: words }],
  [{ status: 'resolved', resolvedAt: before }, stock],
  [{ status: 'closed', closedAt: before, outcome: 'done', mergedInto: '26000036' }],
  [{ status: 'closed', closedAt: before }, stock],
  [{ status: 'rejected', closedAt: before }],
);
const tickets = fc
  .tuple(stands, fc.constantFrom('care', 'halls'), fc.constantFrom(null, before), fc.boolean())
  .map(([facts, departmentId, routedAt, restricted]) =>
    aTicket(Object.assign({ departmentId, routedAt, restricted, acceptedAt: before }, ...facts)),
  );
const people = fc.constantFrom(...everybody.map(({ id }) => id));

const offered = (facts: Partial<Ticket>, by = 'samia') => stepsNow(aScene({ ticket: aTicket(facts) }), actor(by));

describe('a step that is offered', () => {
  it('is not refused for what the ticket itself shows', () => {
    let taken = 0;
    fc.assert(
      fc.property(tickets, people, (ticket, by) => {
        const scene = aScene({ ticket });
        for (const name of stepsNow(scene, actor(by))) {
          const step = steps.find((one) => one.name === name);
          const given = givens[name];
          if (!step || !given) continue;
          expect([name, refusal(() => take(step, scene, by, given))]).toEqual([name, null]);
          taken += 1;
        }
      }),
      { numRuns: 300 },
    );
    expect(taken).toBeGreaterThan(300);
  });

  it.each<[StepName, Partial<Ticket>, Partial<Ticket>]>([
    ['approve-reply', { status: 'open', draft: words }, { status: 'open' }],
    ['decline-reply', { status: 'open', draft: words }, { status: 'open' }],
    ['unmerge', { status: 'open', absorbed: ['26000028'] }, { status: 'open' }],
    ['stock-arrived', { status: 'closed', ...stock }, { status: 'closed', outcome: 'not_done' }],
    ['supply-date', { status: 'closed', ...stock }, { status: 'open', stock: stock.stock, stockOf: 'halls' }],
    ['resume', { status: 'pending_third_party' }, { status: 'pending_third_party', referralId: 'r' }],
    [
      'close',
      { status: 'returned', routedAt: before, answer, reply: words },
      { status: 'returned', routedAt: before, answer },
    ],
    ['close', { status: 'resolved' }, { status: 'resolved', draft: words }],
    ['reopen', { status: 'closed' }, { status: 'closed', mergedInto: '26000036' }],
    ['escalate', { status: 'closed' }, { status: 'closed', mergedInto: '26000036' }],
    ['object', { status: 'closed', closedAt: before }, { status: 'closed', closedAt: before, mergedInto: '26000036' }],
    ['object', { status: 'open', reply: words }, { status: 'open' }],
    ['restrict', { status: 'closed' }, { status: 'closed', mergedInto: '26000036' }],
    ['refer', { status: 'open' }, { status: 'open', referralId: 'r' }],
    ['withdraw-referral', { status: 'open', referralId: 'r' }, { status: 'open' }],
  ])('is offered where it leads on, and only there: %s', (name, ready, unready) => {
    expect([offered(ready).includes(name), offered(unready).includes(name)]).toEqual([true, false]);
  });

  it('is left to those above where a ticket goes round in circles, and to others than its author where an answer waits', () => {
    const round = { status: 'returned' as const, answer, ...counts({ sentBack: 4, transfers: 3 }) };
    for (const name of ['send-back', 'transfer'] as const)
      expect([offered(round).includes(name), offered(round, 'sara').includes(name)]).toEqual([true, false]);
    const own = { status: 'open' as const, draft: { ...words, byId: 'samia' } };
    expect([offered(own).includes('approve-reply'), offered(own, 'adel').includes('approve-reply')]).toEqual([
      false,
      true,
    ]);
  });

  it('is among those that a refusal names', () => {
    const scene = aScene({ ticket: aTicket({ status: 'open', referralId: 'r' }) });
    const error = refusal(() => take(refer, scene, 'sara', { bodyId: 'telecom', text: 'x' }));
    const allowed = stepsNow(scene, actor('sara'));
    expect(allowed).toContain('withdraw-referral');
    expect(error?.details).toEqual({ reason: 'referral-open', status: 'open', allowed });
  });

  it('may be an objection again once the last one was answered and the person was answered anew', () => {
    const ticket = aTicket({
      status: 'open',
      reply: { ...words, at: '2026-11-25T07:30:00.000Z' },
      objections: ['26000028'],
    });
    const objection = (closedAt: string | null) =>
      aTicket({ number: '26000028', status: closedAt ? 'closed' : 'open', closedAt });
    const now = (objections: Ticket[]) => stepsNow(aScene({ ticket, objections }), actor('sara')).includes('object');
    expect([now([objection(before)]), now([objection(null)]), now([])]).toEqual([true, false, false]);
  });
});
