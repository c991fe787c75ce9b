import { describe, expect, it } from 'vitest';
import type { TicketChange, TicketEvent } from '../../../src/ticket/events.ts';
import { foldTicket } from '../../../src/ticket/fold.ts';
import { type Ticket, ticket } from '../../../src/ticket/ticket.ts';

const opened: TicketChange = {
  kind: 'opened',
  type: 'complaint',
  service: null,
  subject: 'لم يصلني رد',
  importance: 'medium',
  restricted: false,
  departmentId: 'care',
  contactId: 'noura',
  conversationId: null,
  channel: 'desk',
  language: 'ar',
  dueAt: { firstResponse: null, resolution: null },
};

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 22, 8, minute)).toISOString();

/** The ticket of a ledger in which a change happens every minute; agent `sara` does all. */
function ticketOf(...changes: TicketChange[]): Ticket {
  const events = [opened, ...changes].map(
    (change, place): TicketEvent => ({
      id: String(place),
      version: 1,
      ticketNumber: '26000010',
      seq: place + 1,
      at: at(place),
      actor: { kind: 'agent', id: 'sara' },
      cause: 'test',
      change,
    }),
  );
  return ticket.parse(foldTicket(events));
}

const transferred: TicketChange = { kind: 'transferred', departmentId: 'halls', assigneeId: 'huda' };
const returned: TicketChange = { kind: 'returned', text: 'أُصلح الجهاز', doneOn: '2026-11-23', visitOn: null };
const resolved: TicketChange = { kind: 'resolved', outcome: 'done' };

describe('a ticket as the fold of its ledger', () => {
  it('goes to a department, comes back with its answer and counts for it when closed', () => {
    const done = ticketOf({ kind: 'accepted' }, transferred, { kind: 'started' }, returned, resolved, {
      kind: 'closed',
      how: 'confirmed',
      creditedTo: 'halls',
    });
    expect(done).toMatchObject({
      status: 'closed',
      outcome: 'done',
      creditedTo: 'halls',
      acceptedAt: at(1),
      routedAt: at(2),
      resolvedAt: at(5),
      closedAt: at(6),
      handlers: ['huda'],
      assigneeId: null,
      answer: { text: 'أُصلح الجهاز', departmentId: 'halls', byId: 'sara', doneOn: '2026-11-23' },
    });
  });

  it('comes back from waiting to where it was, and keeps the time as an interval', () => {
    const paused: TicketChange = { kind: 'paused', reason: 'parts', status: 'on_hold', stops: true };
    expect(ticketOf(transferred, { kind: 'started' }, paused)).toMatchObject({
      status: 'on_hold',
      resumesAs: 'in_progress',
    });
    expect(ticketOf(transferred, { kind: 'started' }, paused, { kind: 'resumed' })).toMatchObject({
      status: 'in_progress',
      resumesAs: null,
      pauses: [{ reason: 'parts', from: at(3), to: at(4), stops: true }],
    });
  });

  it('waits for the person once, however often they are asked', () => {
    const ask = (round: 1 | 2): TicketChange => ({ kind: 'data-asked', text: 'رقم الجهاز؟', fields: ['asset'], round });
    const waiting = ticketOf(transferred, ask(1), ask(2));
    expect(waiting).toMatchObject({ status: 'pending_customer', asked: { round: 2, at: at(3) } });
    expect(waiting.pauses).toEqual([{ reason: 'customer', from: at(2), to: null, stops: true }]);
    expect(ticketOf(transferred, ask(1), ask(2), { kind: 'data-given', messageId: 'm' })).toMatchObject({
      status: 'transferred',
      asked: null,
    });
  });

  it('counts no time between the answer and the word that it does not help', () => {
    const again: TicketChange = {
      kind: 'unsatisfied',
      text: 'ما زال معطلا',
      departmentId: 'halls',
      assigneeId: 'omar',
      status: 'transferred',
    };
    expect(ticketOf(transferred, returned, resolved, again)).toMatchObject({
      status: 'transferred',
      outcome: null,
      resolvedAt: null,
      handlers: ['huda', 'omar'],
      notBy: ['huda'],
      counts: { unsatisfied: 1 },
      pauses: [{ reason: 'resolved', from: at(3), to: at(4), stops: true }],
    });
  });

  it('may go again to the one person there is, who is then not kept from handling it', () => {
    const again: TicketChange = {
      kind: 'unsatisfied',
      text: 'ما زال معطلا',
      departmentId: 'halls',
      assigneeId: 'huda',
      status: 'transferred',
    };
    expect(ticketOf(transferred, returned, resolved, again)).toMatchObject({ assigneeId: 'huda', notBy: [] });
  });

  it('knows the departments that had it, each once', () => {
    const on: TicketChange = { ...transferred, departmentId: 'labs', assigneeId: 'reem' };
    expect(ticketOf(transferred, on, transferred)).toMatchObject({
      hadBy: ['halls', 'labs'],
      counts: { transfers: 3 },
    });
  });

  it('stands on the list of lacking stock until the stock arrives', () => {
    const awaited = ticketOf(
      transferred,
      { kind: 'stock-awaited', item: 'مصباح' },
      { kind: 'supply-dated', supplyOn: '2026-12-01' },
    );
    expect(awaited).toMatchObject({ stockOf: 'halls', stock: { item: 'مصباح', supplyOn: '2026-12-01' } });
    expect(ticketOf(transferred, { kind: 'stock-awaited', item: 'مصباح' }, { kind: 'stock-arrived' })).toMatchObject({
      stockOf: null,
      stock: null,
    });
  });

  it('gets its status back when it is parted from the ticket that it was merged into', () => {
    const merged = ticketOf(transferred, { kind: 'merged', into: '26000028' });
    expect(merged).toMatchObject({ status: 'closed', mergedInto: '26000028', resumesAs: null });
    expect(
      ticketOf(
        transferred,
        { kind: 'merged', into: '26000028' },
        { kind: 'reopened', why: 'unmerged', status: 'transferred' },
      ),
    ).toMatchObject({ status: 'transferred', mergedInto: null, closedAt: null, counts: { reopened: 0 } });
  });

  it('keeps what was first true: the first answer, the first department', () => {
    const twice = ticketOf(transferred, { kind: 'replied', text: 'نعمل عليها' }, returned, transferred, {
      kind: 'replied',
      text: 'انتهت',
    });
    expect(twice).toMatchObject({
      routedAt: at(1),
      respondedAt: at(2),
      reply: { text: 'انتهت', at: at(5) },
      counts: { transfers: 2 },
    });
  });

  it('does not begin without being opened', () => {
    const stray: TicketEvent = {
      id: '1',
      version: 1,
      ticketNumber: '26000010',
      seq: 1,
      at: at(0),
      actor: { kind: 'system', id: null },
      cause: 'test',
      change: { kind: 'accepted' },
    };
    expect(() => foldTicket([stray])).toThrow('does not begin with "opened"');
  });
});
