import { describe, expect, it } from 'vitest';
import { contributions } from '../../../src/report/contributions.ts';
import type { Counted } from '../../../src/report/measures.ts';
import { plus } from '../../../src/report/measures.ts';
import { officeOf } from '../../../src/report/office.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { anOrganisation, aTicket } from '../casework/builders.ts';

const office = officeOf(anOrganisation());
/** Riyadh time, three hours ahead of UTC; the office is open from 07:30 to 14:30, Sunday to Thursday. */
const at = (day: string, clock: string): string => new Date(`${day}T${clock}:00+03:00`).toISOString();
const hour = 3_600_000;

/** What a ticket adds, by day. */
const byDay = (facts: Partial<Ticket>): Record<string, Counted> =>
  Object.fromEntries(contributions(aTicket(facts), office).map(({ day, counted }) => [day, counted]));
/** What a ticket adds on all days together. */
const inAll = (facts: Partial<Ticket>): Counted =>
  contributions(aTicket(facts), office).reduce<Counted>((sum, { counted }) => plus(sum, counted), {});

const wednesday = '2026-11-25';
const thursday = '2026-11-26';
const sunday = '2026-11-29';

const closed: Partial<Ticket> = {
  status: 'closed',
  openedAt: at(wednesday, '10:00'),
  acceptedAt: at(wednesday, '10:30'),
  respondedAt: at(wednesday, '11:00'),
  resolvedAt: at(sunday, '08:30'),
  closedAt: at(sunday, '09:00'),
  outcome: 'done',
  creditedTo: 'halls',
};

describe('what a ticket adds to the figures', () => {
  it('counts each thing on the local day on which it happened, for the department that it was credited to', () => {
    const all = contributions(aTicket({ ...closed, departmentId: 'care' }), office);
    expect(all.map(({ day, departmentId }) => [day, departmentId])).toEqual([
      [wednesday, 'halls'],
      [sunday, 'halls'],
    ]);
    expect(all[0]?.counted).toEqual({ received: 1, accepted: 1, responded: 1, responseMs: hour, responseWorkMs: hour });
    expect(all[1]?.counted).toMatchObject({ treated: 1, done: 1, closed: 1 });
  });

  it('takes the evening in UTC for the next day of the office', () => {
    expect(Object.keys(byDay({ openedAt: '2026-11-25T21:30:00.000Z' }))).toEqual([thursday]);
  });

  it('measures treatment in passing and in open time, without the waiting that stops the clock', () => {
    const pauses = [
      { reason: 'customer', from: at(thursday, '08:30'), to: at(thursday, '10:30'), stops: true },
      { reason: 'other', from: at(thursday, '11:00'), to: at(thursday, '12:00'), stops: false },
      { reason: 'resolved', from: at(sunday, '08:30'), to: null, stops: true },
    ];
    // open: Wednesday 10:00-14:30, Thursday 7 hours less 2, Sunday 07:30-08:30
    expect(inAll({ ...closed, pauses })).toMatchObject({
      treatmentMs: (4 * 24 - 1.5 - 2) * hour,
      treatmentWorkMs: (4.5 + 5 + 1) * hour,
    });
  });

  it('counts what was kept on its day, and what was late on the day of the deadline', () => {
    const dueAt = { firstResponse: at(wednesday, '12:00'), routing: null, resolution: at(thursday, '14:00') };
    expect(byDay({ ...closed, dueAt })).toMatchObject({
      [wednesday]: { responseOnTime: 1 },
      [thursday]: { treatmentLate: 1 },
    });
  });

  it('counts a breach as late while nobody has answered yet, unless the deadline has moved', () => {
    const dueAt = { firstResponse: at(thursday, '08:00'), routing: null, resolution: null };
    const breached = [{ clock: 'firstResponse' as const, dueAt: dueAt.firstResponse }];
    expect(inAll({ status: 'open', dueAt })).not.toHaveProperty('responseLate');
    expect(inAll({ status: 'open', dueAt, breached })).toHaveProperty('responseLate', 1);
    const moved = { ...dueAt, firstResponse: at(sunday, '08:00') };
    expect(inAll({ status: 'open', dueAt: moved, breached })).not.toHaveProperty('responseLate');
  });

  it('takes a refusal for an answer, and for no treatment', () => {
    const counted = inAll({
      status: 'rejected',
      openedAt: at(wednesday, '10:00'),
      acceptedAt: at(wednesday, '10:10'),
      closedAt: at(wednesday, '11:00'),
    });
    expect(counted).toEqual({ received: 1, rejected: 1, responded: 1, responseMs: hour, responseWorkMs: hour });
  });

  it('tells first contact, and at once, from what went to a department, was asked back or came again', () => {
    const first = { ...closed, resolvedAt: at(wednesday, '10:10'), closedAt: at(wednesday, '10:10') };
    expect(inAll(first)).toMatchObject({ firstContact: 1, atOnce: 1 });
    expect(inAll({ ...first, resolvedAt: at(wednesday, '10:20') })).not.toHaveProperty('atOnce');
    const counts = { ...aTicket().counts, reopened: 1 };
    const asked = [{ reason: 'customer', from: at(wednesday, '10:02'), to: at(wednesday, '10:05'), stops: true }];
    for (const facts of [{ routedAt: at(wednesday, '10:05') }, { counts }, { pauses: asked }])
      expect(inAll({ ...first, ...facts })).not.toHaveProperty('firstContact');
  });

  it('tells a department’s answer that was right at first from one that was sent back', () => {
    const answer = {
      text: 'تم',
      departmentId: 'halls',
      byId: 'huda',
      at: at(thursday, '09:00'),
      doneOn: null,
      visitOn: null,
    };
    expect(inAll({ ...closed, answer })).toMatchObject({ rightFirst: 1 });
    const counts = { ...aTicket().counts, sentBack: 2 };
    expect(inAll({ ...closed, answer, counts })).toMatchObject({ sentBack: 1 });
    expect(inAll({ ...closed, counts })).not.toHaveProperty('sentBack');
  });

  it('holds an answer to stand until the person says that it does not help, or objects', () => {
    expect(inAll(closed)).toHaveProperty('stood', 1);
    expect(inAll({ ...closed, objections: ['26000011'] })).not.toHaveProperty('stood');
    expect(inAll({ ...closed, counts: { ...aTicket().counts, unsatisfied: 1 } })).not.toHaveProperty('stood');
  });

  it('counts a rating with the treatment, and does not lose it while that goes on anew', () => {
    expect(byDay({ ...closed, satisfaction: 5 })[sunday]).toMatchObject({ rated: 1, ratingSum: 5, satisfied: 1 });
    const again = { openedAt: at(wednesday, '10:00'), status: 'transferred' as const, satisfaction: 2 };
    expect(byDay(again)[wednesday]).toMatchObject({ rated: 1, ratingSum: 2 });
  });

  it('counts a merged ticket as received and merged, and as nothing closed or treated', () => {
    const merged = { status: 'closed' as const, mergedInto: '26000011', closedAt: at(thursday, '09:00') };
    const dueAt = { firstResponse: null, routing: null, resolution: at(thursday, '08:00') };
    expect(inAll({ ...merged, dueAt })).toEqual({ received: 1, merged: 1 });
  });

  it('does without open time where the setting names no calendar that is there', () => {
    const [, last] = contributions(aTicket(closed), { ...office, calendar: null });
    expect(last?.counted.treatmentMs).toBeGreaterThan(0);
    expect(last?.counted.treatmentWorkMs).toBeUndefined();
  });
});
