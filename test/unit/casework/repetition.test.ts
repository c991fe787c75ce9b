import { describe, expect, it } from 'vitest';
import { findRepetition, type Repetition } from '../../../src/casework/repetition.ts';
import type { TicketChange } from '../../../src/ticket/events.ts';
import { mattersOf } from '../../../src/ticket/matters.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { ticketTypes } from '../../../src/ticket/types.ts';
import { aMember, anOrganisation, aStaff, aTicket, now } from './builders.ts';

const organisation = anOrganisation({ repetition: { count: 3, days: 10 } });
const staff = aStaff([aMember('saud', { role: 'supervisor' })]);
const service = organisation.services[0]!;
const subject = `service:${service.id}`;
const some = (count: number, facts: Partial<Ticket> = {}): Ticket[] =>
  Array.from({ length: count }, (_, at) => aTicket({ number: `2600${at}`, service: service.id, ...facts }));
const told = (at: string): Repetition => ({
  id: 'earlier',
  version: 1,
  subject,
  at,
  count: 3,
  days: 10,
  ticketNumbers: [],
  toldTo: [],
});
const find = (tickets: readonly Ticket[], facts: { subject?: string; last?: Repetition } = {}) =>
  findRepetition({ subject, last: null, now, tickets, ...facts }, organisation, staff);

describe('what comes again and again', () => {
  it('is told to management and supervisors from the set number on', () => {
    expect(find(some(2))).toBeNull();
    const found = find(some(3));
    expect(found?.repetition).toMatchObject({ subject, count: 3, days: 10, toldTo: ['maha', 'samia', 'saud'] });
    expect(found?.repetition.ticketNumbers).toEqual(['26000', '26001', '26002']);
    expect(found?.alerts).toContainEqual({
      kind: 'repetition',
      agentId: 'maha',
      values: { count: 3, days: 10, other: service.name.ar },
    });
  });

  it('is told once in a window', () => {
    expect(find(some(9), { last: told('2026-11-16T08:00:00.000Z') })).toBeNull();
    expect(find(some(3), { last: told('2026-11-15T07:59:00.000Z') })).not.toBeNull();
  });

  it('counts no ticket that was merged, turned away, or turned out to be something else', () => {
    for (const facts of [
      { mergedInto: '26000028' },
      { status: 'rejected' },
      { type: 'inquiry' },
      { service: 'another' },
    ] as Partial<Ticket>[])
      expect(find([...some(2), ...some(4, facts)])).toBeNull();
  });

  it('is never told to the person concerned, nor to whom one of the tickets is kept from', () => {
    const found = find(some(3, { hiddenFrom: ['samia', 'maha'] }), { subject: 'person:samia' });
    expect(found?.repetition.toldTo).toEqual(['saud']);
    expect(find(some(3), { subject: 'person:samia' })?.repetition.toldTo).toEqual(['maha', 'saud']);
    expect(found?.alerts[0]?.values).toMatchObject({ other: 'samia' });
  });
});

describe('a ledger entry', () => {
  const opened = (facts: Partial<TicketChange & { kind: 'opened' }> = {}) =>
    ({ kind: 'opened', ...facts }) as TicketChange;
  const marks = (changes: TicketChange[], ticket: Ticket) =>
    mattersOf(changes, ticket, now).map((op) => (op.op === 'insert' ? op.document.subject : ''));

  it('marks the service and the people that it speaks against', () => {
    const ticket = aTicket({ service: 'halls' });
    expect(marks([opened({ about: ['huda', 'huda'] })], ticket)).toEqual(['service:halls', 'person:huda']);
    expect(marks([{ kind: 'classified', service: 'halls' }], ticket)).toEqual(['service:halls']);
    const kept: TicketChange = {
      kind: 'kept',
      restricted: true,
      visibleTo: [],
      hiddenFrom: ['huda', 'mona'],
      about: ['huda'],
    };
    expect(marks([kept], ticket)).toEqual(['person:huda']);
    expect(marks([{ kind: 'noted', text: 'x' }], ticket)).toEqual([]);
  });

  it('marks complaints, reports and objections only', () => {
    const marked = ticketTypes.filter((type) => marks([opened()], aTicket({ type, service: 'halls' })).length > 0);
    expect(marked).toEqual(['complaint', 'objection', 'report']);
  });

  it('marks the same ticket once', () => {
    const ticket = aTicket({ service: 'halls' });
    const ids = [opened(), { kind: 'classified', service: 'halls' } as const].map(
      (change) => mattersOf([change], ticket, now).map((op) => op.op === 'insert' && op.document.id)[0],
    );
    expect(new Set(ids).size).toBe(1);
  });
});
