import { describe, expect, it } from 'vitest';
import { surveyAtEnd } from '../../../src/survey/survey-at-end.ts';
import type { TicketChange } from '../../../src/ticket/events.ts';
import { enter } from '../../../src/ticket/ledger.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { aTicket, now } from '../casework/builders.ts';

const entry = { cause: 'cause-1', at: now };
type How = Extract<TicketChange, { kind: 'closed' }>['how'];
const closed = (how: How = 'staff'): TicketChange => ({ kind: 'closed', how, creditedTo: 'halls' });
const ending = (change: TicketChange, facts: Partial<Ticket> = {}) => surveyAtEnd(aTicket(facts), [change], entry);

describe('the survey at the end of a ticket', () => {
  it.each(['staff', 'confirmed', 'silence'] as const)('is due at once where it was closed: %s', (how) => {
    const survey = ending(closed(how), { creditedTo: 'halls' });
    expect(survey).toMatchObject({
      state: 'waiting',
      skipReason: null,
      nextAt: now,
      sentAt: null,
      departmentId: 'halls',
    });
  });

  it('is there of no other change', () => {
    expect(ending({ kind: 'started' })).toBeNull();
    expect(ending({ kind: 'resolved', outcome: 'done' })).toBeNull();
  });

  it.each([
    ['rejected', { kind: 'rejected', reason: 'لا يدخل في الاختصاص' }, {}],
    ['merged', { kind: 'merged', into: '26000011' }, {}],
    ['merged', closed('merged'), {}],
    ['incident', closed('incident'), {}],
    ['incident', closed(), { incidentId: 'outage' }],
    ['no-data', closed('no-data'), {}],
    ['restricted', closed(), { restricted: true }],
  ] as const)('is skipped as "%s", and keeps why', (why, change, facts) => {
    expect(ending(change, facts)).toMatchObject({ state: 'skipped', skipReason: why, nextAt: null });
  });

  it('is of whoever answered last for the department, else of whoever had it', () => {
    const answer = { text: '', departmentId: 'halls', byId: 'majed', at: now, doneOn: null, visitOn: null };
    expect(ending(closed(), { answer, handlers: ['huda', 'mona'] })?.agentId).toBe('majed');
    expect(ending(closed(), { handlers: ['huda', 'mona'] })?.agentId).toBe('mona');
    expect(ending(closed())?.agentId).toBeNull();
  });

  it('is the same of the same cause, another of another', () => {
    const again = surveyAtEnd(aTicket(), [closed()], { ...entry, cause: 'cause-2' });
    expect(ending(closed())?.id).toBe(ending(closed())?.id);
    expect(again?.id).not.toBe(ending(closed())?.id);
  });
});

describe('a ledger', () => {
  const unitOf = (change: TicketChange) =>
    enter(aTicket(), [change], { ...entry, number: '26000010', actor: { kind: 'agent', id: 'sara' } }).ops.filter(
      (op) => op.in.name === 'ticketEvents' || op.in.name === 'surveys',
    );
  const written = (change: TicketChange) =>
    unitOf(change).map((op) => (op.op === 'insert' ? `${op.in.name} ${op.document.change?.kind ?? ''}` : op.op));

  it('has the survey in the unit that closes the ticket', () => {
    expect(written(closed())).toEqual(['ticketEvents closed', 'surveys ', 'ticketEvents surveyed']);
  });

  it('tells of no survey that is skipped', () => {
    expect(written({ kind: 'rejected', reason: 'خارج الاختصاص' })).toEqual(['ticketEvents rejected', 'surveys ']);
  });
});
