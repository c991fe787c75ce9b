import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type StepName, stepsNow } from '../../../src/casework/path.ts';
import type { CaseScene } from '../../../src/casework/scene.ts';
import { steps } from '../../../src/casework/steps.ts';
import { WaslError } from '../../../src/errors.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { actor, anOrganisation, aScene, aStaff, aTicket, everybody, take } from './builders.ts';

/** What is given for each step of the walk; a text may be missing. */
const givens: Partial<Record<StepName, fc.Arbitrary<object>>> = {
  accept: fc.constant({}),
  reject: fc.constant({ reason: 'خارج الاختصاص' }),
  classify: fc.constantFrom({ urgent: true }, { departmentId: 'labs' }, { action: 'treatment' }),
  transfer: fc.record({
    departmentId: fc.constantFrom('halls', 'maintenance', 'labs', 'care'),
    note: fc.constant('للإفادة'),
  }),
  assign: fc.record({ assigneeId: fc.constantFrom('majed', 'mona', 'mishari', 'salem', null) }),
  start: fc.constant({}),
  return: fc.constantFrom({ text: 'تم' }, {}),
  'send-back': fc.constant({ reason: 'غير مكتمل' }),
  reply: fc.constant({ text: 'أُصلح الجهاز' }),
  'approve-reply': fc.constant({}),
  'decline-reply': fc.constant({ reason: 'يُعدّل' }),
  pause: fc.constantFrom({ reason: 'parts' }, { reason: 'customer' }, {}),
  resume: fc.constant({}),
  resolve: fc.constantFrom({ text: 'تم' }, {}, { outcome: 'not_done', text: 'تعذّر' }),
  close: fc.constant({}),
  reopen: fc.record({ note: fc.constant('ما زال قائمًا'), toDepartment: fc.boolean() }),
  unsatisfied: fc.constant({ text: 'لم يُحل' }),
  'await-stock': fc.constant({ item: 'مصباح' }),
  'supply-date': fc.constant({ supplyOn: '2026-12-01' }),
  'stock-arrived': fc.constant({}),
};

const names = Object.keys(givens) as StepName[];
const move = fc.record({
  by: fc.constantFrom(...everybody.map(({ id }) => id)),
  /** Which of the steps that are offered; now and then one that is not. */
  pick: fc.nat(1000),
  isStray: fc.nat(9).map((n) => n === 0),
  given: fc.record(givens),
});
const waiting: readonly Ticket['status'][] = ['pending_customer', 'pending_third_party', 'on_hold'];

/** What holds of every ticket, whatever was done to it. */
function check(ticket: Ticket, before: Ticket): void {
  expect(ticket.pauses.filter(({ to }) => to === null).length).toBeLessThanOrEqual(1);
  expect(waiting.includes(ticket.status)).toBe(ticket.resumesAs !== null);
  expect(ticket.closedAt !== null).toBe(ticket.status === 'closed' || ticket.status === 'rejected');
  expect(ticket.creditedTo !== null).toBe(ticket.status === 'closed');
  if (ticket.status === 'resolved' || ticket.status === 'closed') expect(ticket.outcome).not.toBeNull();
  if (ticket.status === 'returned') expect(ticket.answer).not.toBeNull();
  if (!['new', 'rejected'].includes(ticket.resumesAs ?? ticket.status)) expect(ticket.acceptedAt).not.toBeNull();
  expect(ticket.hiddenFrom).not.toContain(ticket.assigneeId);
  if (ticket.assigneeId !== before.assigneeId) expect(ticket.notBy).not.toContain(ticket.assigneeId);
  expect(new Set(ticket.hadBy).size).toBe(ticket.hadBy.length);
}

const scenes = fc.record({
  hiddenFrom: fc.constantFrom<string[]>([], ['huda'], ['majed', 'maha']),
  notBy: fc.constantFrom<string[]>([], ['mona'], ['hamad']),
  restricted: fc.boolean(),
});
const approval = { types: ['complaint' as const], restricted: true };
const organisations = { free: anOrganisation(), approving: anOrganisation({ approval }) };

describe('any walk on the path', () => {
  it('keeps a ticket whole, tells nobody whom it is kept from, and refuses with a reason', () => {
    let taken = 0;
    fc.assert(
      fc.property(
        scenes,
        fc.constantFrom('free' as const, 'approving' as const),
        fc.array(move, { minLength: 30, maxLength: 40 }),
        (facts, kind, moves) => {
          let ticket = aTicket(facts);
          moves.forEach(({ by, pick, isStray, given }, place) => {
            const now = new Date(Date.UTC(2026, 10, 25, 8, place)).toISOString();
            const scene: CaseScene = aScene({ ticket, now, organisation: organisations[kind], staff: aStaff() });
            const offered = isStray ? names : stepsNow(scene, actor(by)).filter((one) => names.includes(one));
            const name = offered[pick % offered.length];
            const after = name && tryStep(name, scene, by, given[name] ?? {});
            if (!after) return;
            taken += 1;
            check(after.ticket, ticket);
            for (const { agentId } of after.outcome.alerts ?? []) {
              expect(facts.hiddenFrom).not.toContain(agentId);
              expect(agentId).not.toBe(by);
            }
            ticket = after.ticket;
          });
        },
      ),
      { numRuns: 60 },
    );
    expect(taken).toBeGreaterThan(400);
  });
});

/** The ticket after a step, or null where it is refused as a caller may be told. */
function tryStep(name: StepName, scene: CaseScene, by: string, given: object) {
  const step = steps.find((one) => one.name === name);
  if (!step) throw new Error(`there is no step ${name}`);
  try {
    return take(step, scene, by, given);
  } catch (error) {
    if (!(error instanceof WaslError)) throw error;
    expect(['invalid', 'not-allowed', 'forbidden']).toContain(error.code);
    return null;
  }
}
