import { describe, expect, it } from 'vitest';
import { restrict } from '../../../src/casework/steps/restrict.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { anOrganisation, aScene, aTicket, refusal, take } from './builders.ts';

const withHalls = aTicket({
  status: 'in_progress',
  departmentId: 'halls',
  assigneeId: 'majed',
  handlers: ['huda', 'majed'],
  absorbed: ['26000028'],
});

const keep = (given: object, ticket: Ticket = withHalls, by = 'samia', organisation = anOrganisation()) =>
  take(restrict, aScene({ ticket, organisation }), by, given);

describe('restricting a case', () => {
  it('shows it to its assignee, the named and those above, and tells whoever is new to it', () => {
    const { ticket, outcome } = keep({ restricted: true, visibleTo: ['sara'] });
    expect(ticket).toMatchObject({ restricted: true, visibleTo: ['sara'], assigneeId: 'majed', departmentId: 'halls' });
    expect(outcome.alerts).toEqual([{ kind: 'confidential', agentId: 'sara' }]);
    expect(outcome.news).toBeUndefined();
  });

  it('shows it to the confidants besides, and tells them once', () => {
    const organisation = anOrganisation({ confidants: ['salem'] });
    const { ticket } = keep({ restricted: true }, withHalls, 'samia', organisation);
    expect(ticket.visibleTo).toEqual(['salem']);
    const again = keep({ visibleTo: ['salem', 'sara'] }, ticket, 'samia', organisation);
    expect(again.outcome.alerts).toEqual([{ kind: 'confidential', agentId: 'sara' }]);
  });

  it('takes it out of the hands of the member whom it is about, and leaves it with their head', () => {
    const { ticket } = keep({ about: ['majed'] });
    expect(ticket).toMatchObject({ hiddenFrom: ['majed'], restricted: false, departmentId: 'halls', assigneeId: null });
  });

  it('routes it past the head whom it is about, to the care unit and those above', () => {
    const { ticket } = keep({ about: ['huda'] });
    expect(ticket).toMatchObject({ restricted: true, departmentId: 'care', assigneeId: null, status: 'in_progress' });
    expect([...ticket.hiddenFrom].sort()).toEqual(['huda', 'majed', 'mona']);
  });

  it('goes for the tickets that are part of it too', () => {
    const { outcome } = keep({ restricted: true });
    expect(outcome.also).toEqual([{ number: '26000028', changes: [outcome.changes[0]] }]);
  });

  it('keeps from whom it was kept until that is said otherwise, and opens again to all', () => {
    const kept = keep({ about: ['majed'], restricted: true, visibleTo: ['sara'] }).ticket;
    const opened = keep({ restricted: false }, kept).ticket;
    expect(opened).toMatchObject({ restricted: false, visibleTo: [], hiddenFrom: ['majed'] });
    expect(keep({ about: [] }, opened).ticket.hiddenFrom).toEqual([]);
  });

  it('is a supervisor’s step, whatever the status', () => {
    expect(refusal(() => keep({ restricted: true }, withHalls, 'sara'))).toMatchObject({ code: 'forbidden' });
    expect(keep({ restricted: true }, aTicket({ status: 'closed' }), 'adel').ticket.restricted).toBe(true);
  });

  it.each([
    ['nothing', {}, 'invalid', 'say who it is kept from'],
    ['an agent who is nobody', { about: ['nobody'] }, 'invalid', 'body.about.0: there is no such agent.'],
    ['a reader from whom it is kept', { about: ['huda'], visibleTo: ['sara', 'mona'] }, 'invalid', 'body.visibleTo.1'],
  ])('is refused with %s', (_what, given, code, sentence) => {
    const error = refusal(() => keep(given));
    expect(error?.code).toBe(code);
    expect(error?.message).toContain(sentence);
  });

  it('is refused for a ticket that is part of another', () => {
    const part = aTicket({ status: 'closed', mergedInto: '26000036' });
    expect(refusal(() => keep({ restricted: true }, part))?.message).toContain('merged into 26000036');
  });
});
