import { describe, expect, it } from 'vitest';
import { checkSeen } from '../../../src/flow/retrying.ts';
import type { TicketChange } from '../../../src/ticket/events.ts';
import { enter } from '../../../src/ticket/ledger.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';

const opened: TicketChange = {
  kind: 'opened',
  type: 'inquiry',
  service: null,
  subject: 'سؤال',
  importance: 'medium',
  restricted: false,
  departmentId: 'care',
  contactId: 'noura',
  conversationId: null,
  channel: 'desk',
  language: 'ar',
  dueAt: { firstResponse: null, resolution: null },
};

/** The ticket after each unit of changes, with the version that a store gives it. */
const ticketOf = (...units: TicketChange[][]): Ticket =>
  units.reduce<Ticket | null>((before, changes, place) => {
    const actor = { kind: 'system', id: null } as const;
    const { ticket } = enter(before, changes, {
      number: '26000010',
      at: '2026-11-22T08:00:00.000Z',
      actor,
      cause: `${place}`,
    });
    return { ...ticket, version: place + 1 };
  }, null) as Ticket;

describe('a view of a ticket', () => {
  it('is not stale by what comes by itself', () => {
    const quiet = ticketOf([opened], [{ kind: 'message-added', messageId: 'm' }], [{ kind: 'noted', text: 'لم يصل' }]);
    expect(quiet.version).toBe(3);
    expect(() => checkSeen(quiet, 1)).not.toThrow();
  });

  it('is stale where somebody acted since, and where it is of no version that there was', () => {
    const moved = ticketOf([opened], [{ kind: 'accepted' }], [{ kind: 'message-added', messageId: 'm' }]);
    expect(() => checkSeen(moved, 1)).toThrow('changed meanwhile');
    expect(() => checkSeen(moved, 2)).not.toThrow();
    expect(() => checkSeen(moved, 4)).toThrow('changed meanwhile');
  });
});
