import { describe, expect, it } from 'vitest';
import { type OpeningFacts, openCase } from '../../../src/casework/open.ts';
import type { FormField } from '../../../src/organisation/casework.ts';
import { ticketChange } from '../../../src/ticket/events.ts';
import { applyEvent } from '../../../src/ticket/fold.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { aMember, anOrganisation, aStaff, now } from './builders.ts';

const day: FormField = { id: 'visit', name: { ar: 'الموعد', en: 'Visit' }, kind: 'date', required: false };

const facts = (given: Partial<OpeningFacts> = {}): OpeningFacts => ({
  type: 'complaint',
  subject: 'لم يصلني رد',
  contactId: 'noura',
  channel: 'desk',
  language: 'ar',
  ...given,
});

const open = (given: Partial<OpeningFacts> = {}, { organisation = anOrganisation(), staff = aStaff() } = {}) => {
  const { changes, alerts } = openCase({ organisation, staff, now }, facts(given));
  const ticket = changes.reduce<Ticket | null>(
    (before, change, at) =>
      applyEvent(before, {
        ...{ id: `${at}`, version: 1, ticketNumber: '26000010', seq: at + 1, at: now, cause: 'c' },
        actor: { kind: 'agent', id: 'sara' },
        change: ticketChange.parse(change),
      }),
    null,
  );
  if (!ticket) throw new Error('nothing was opened');
  return { ticket, alerts, changes };
};

describe('a new matter', () => {
  it('goes to the department of its service, else to the care unit, with what it is promised', () => {
    expect(open().ticket).toMatchObject({ departmentId: 'care', status: 'new', complexity: 'routine', hiddenFrom: [] });
    const { ticket } = open({ service: 'maintenance', type: 'service' });
    expect(ticket.departmentId).toBe('maintenance');
    expect(ticket.dueAt.resolution).not.toBeNull();
    expect(open({ departmentId: 'halls' }).ticket.departmentId).toBe('halls');
  });

  it('keeps the values of its form as they are read, days counted from the local date', () => {
    const organisation = anOrganisation({ forms: [day] });
    expect(open({ fields: { visit: 'غدا' } }, { organisation }).ticket.fields).toEqual({ visit: '2026-11-26' });
    expect(() => open({ fields: { room: '12' } }, { organisation })).toThrow('body.fields.room');
  });

  it('keeps for whom it is written, and where it was raised before', () => {
    const behalf = { name: 'والدة الطالبة', relation: 'mother' };
    const origin = { platform: 'Tawasul', number: 'TW-9' };
    expect(open({ behalf, origin }).ticket).toMatchObject({ behalf, origin });
  });

  it('tells nobody of staff where nothing about it is out of the ordinary', () => {
    expect(open().alerts).toEqual([]);
  });
});

describe('a matter that cannot wait', () => {
  it('is of high importance, and the head of its department hears of it', () => {
    const { ticket, alerts } = open({ urgent: true, departmentId: 'halls', importance: 'low' });
    expect(ticket).toMatchObject({ urgent: true, importance: 'high' });
    expect(alerts).toEqual([{ kind: 'transferred', agentId: 'huda', values: { urgent: true } }]);
  });

  it('is told to those above where the department has no head', () => {
    const { alerts } = open({ urgent: true, departmentId: 'care' });
    expect(alerts.map(({ agentId }) => agentId)).toEqual(['samia']);
  });
});

describe('a matter from another platform', () => {
  const origin = { platform: 'Tawasul', number: 'TW-9' };

  it('is told to the coordinators that are named', () => {
    const { alerts } = open({ origin }, { organisation: anOrganisation({ coordinators: ['salem@example.org'] }) });
    expect(alerts).toEqual([{ kind: 'platform-ticket', agentId: 'salem', values: origin }]);
  });

  it('is told to all coordinators where none is named', () => {
    const staff = aStaff([aMember('ghada', { role: 'coordinator' })]);
    expect(open({ origin }, { staff }).alerts).toEqual([{ kind: 'platform-ticket', agentId: 'ghada', values: origin }]);
  });
});

describe('a complaint about a person', () => {
  it('goes past that person, and who sees it is told', () => {
    const { ticket, alerts } = open({ about: ['huda'], departmentId: 'halls', urgent: true });
    expect(ticket).toMatchObject({ departmentId: 'care', restricted: true });
    expect([...ticket.hiddenFrom].sort()).toEqual(['huda', 'majed', 'mona']);
    expect(alerts.map(({ kind, agentId }) => [kind, agentId])).toEqual([
      ['transferred', 'samia'],
      ['confidential', 'samia'],
    ]);
  });

  it('is seen by the confidants where it is restricted, and they hear of it', () => {
    const organisation = anOrganisation({ confidants: ['sara', 'salem'] });
    const { ticket, alerts } = open({ restricted: true, about: ['salem'] }, { organisation });
    expect(ticket).toMatchObject({ restricted: true, visibleTo: ['sara'], hiddenFrom: ['salem'] });
    expect(alerts).toEqual([{ kind: 'confidential', agentId: 'sara' }]);
  });

  it('is not told to a coordinator whom it is about, nor to the head', () => {
    const staff = aStaff([aMember('ghada', { role: 'coordinator', departments: ['halls'] })]);
    const origin = { platform: 'Tawasul', number: 'TW-9' };
    expect(open({ about: ['ghada'], origin }, { staff }).alerts).toEqual([]);
    const urgent = open({ about: ['majed'], urgent: true, departmentId: 'halls' });
    expect(urgent.alerts.map(({ agentId }) => agentId)).toEqual(['huda']);
  });

  it('cannot be about somebody who is nobody here', () => {
    expect(() => open({ about: ['huda', 'nobody'] })).toThrow('body.about.1: there is no such agent.');
  });
});
