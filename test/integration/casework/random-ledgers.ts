import fc from 'fast-check';
import type { TicketChange } from '../../../src/ticket/events.ts';

const departments = ['care', 'halls', 'maintenance'] as const;
const department = fc.constantFrom(...departments);
const somebody = fc.constantFrom('huda', 'majed', null);
const outcome = fc.constantFrom('done' as const, 'not_done' as const, 'other' as const);
const type = fc.constantFrom('inquiry' as const, 'complaint' as const, 'service' as const);
const complexity = fc.constantFrom('routine' as const, 'critical' as const);

/** The first change of a ledger. */
export const anOpening: fc.Arbitrary<TicketChange & { kind: 'opened' }> = fc.record({
  kind: fc.constant('opened' as const),
  type,
  service: fc.constant(null),
  subject: fc.constant('جهاز العرض لا يعمل'),
  importance: fc.constant('medium' as const),
  restricted: fc.boolean(),
  departmentId: department,
  contactId: fc.constant('noura'),
  conversationId: fc.constant(null),
  channel: fc.constantFrom('email', 'web-chat', 'desk'),
  language: fc.constant('ar' as const),
  complexity,
  dueAt: fc.constant({ firstResponse: null, resolution: null }),
});

const of = <K extends TicketChange['kind'], T extends object>(kind: K, rest: { [P in keyof T]: fc.Arbitrary<T[P]> }) =>
  fc.record({ kind: fc.constant(kind), ...rest } as never) as unknown as fc.Arbitrary<TicketChange>;
const text = fc.constant('نص');

/** Whatever can happen to a ticket and touches a figure, in any order: what is counted follows the fold, not the path. */
export const aChange: fc.Arbitrary<TicketChange> = fc.oneof(
  of('accepted', {}),
  of('rejected', { reason: text }),
  of('transferred', { departmentId: department, assigneeId: somebody }),
  of('started', {}),
  of('returned', { text, doneOn: fc.constant(null), visitOn: fc.constant(null) }),
  of('sent-back', { reason: text, assigneeId: somebody }),
  of('replied', { text }),
  of('responded', {}),
  of('resolved', { outcome }),
  of('closed', { how: fc.constant('confirmed' as const), creditedTo: department }),
  of('reopened', { why: fc.constant('person' as const), status: fc.constant('open' as const) }),
  of('unsatisfied', {
    text,
    departmentId: department,
    assigneeId: somebody,
    status: fc.constant('transferred' as const),
  }),
  of('paused', { reason: text, status: fc.constant('on_hold' as const), stops: fc.boolean() }),
  of('resumed', {}),
  of('classified', { type, complexity, departmentId: department }),
  of('objected', { number: text }),
  of('merged', { into: text }),
  of('rated', { score: fc.integer({ min: 1, max: 5 }) }),
  of('noted', { text }),
);
