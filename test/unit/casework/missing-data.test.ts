import { describe, expect, it } from 'vitest';
import { comesBack, giveData, reopenWithData } from '../../../src/casework/data-asked.ts';
import { confirm } from '../../../src/casework/duties/confirm.ts';
import { missingData } from '../../../src/casework/duties/missing-data.ts';
import { ask } from '../../../src/casework/steps/ask.ts';
import { call } from '../../../src/casework/steps/call.ts';
import { decide } from '../../../src/casework/steps/decide.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { anOrganisation, aScene, aTicket, after as folded, now, refusal, take } from './builders.ts';

const organisation = anOrganisation();
const atHalls: Partial<Ticket> = {
  status: 'in_progress',
  departmentId: 'halls',
  routedAt: '2026-11-25T06:30:00.000Z',
  assigneeId: 'majed',
  handlers: ['huda', 'majed'],
};
const text = 'ما رقم القاعة؟';

/** Asked by the care unit, on a Wednesday at eleven. */
const asked = (facts: Partial<Ticket> = {}) =>
  take(ask, aScene({ ticket: aTicket({ status: 'open', ...facts }) }), 'sara', { text });

const dutyOf = (ticket: Ticket) => {
  const [duty, ...others] = missingData(ticket, organisation);
  expect(others).toEqual([]);
  if (!duty) throw new Error('nothing is due');
  return duty;
};

/** What the ticket is after its duty, at the time of that. */
const kept = (ticket: Ticket) => {
  const duty = dutyOf(ticket);
  const scene = aScene({ ticket, now: duty.at });
  const outcome = duty.outcome(scene);
  return { at: duty.at, outcome, ticket: folded(scene, outcome) };
};

describe('asking a person for what is missing', () => {
  it('makes the ticket wait for them, and tells them what is needed', () => {
    const { outcome, ticket } = asked();
    expect(ticket).toMatchObject({ status: 'pending_customer', resumesAs: 'open', asked: { text, round: 1, at: now } });
    expect(ticket.pauses).toEqual([{ reason: 'customer', from: now, to: null, stops: true }]);
    expect(outcome.news).toEqual({ kind: 'asked', values: { text } });
  });

  it('by a department goes to its head as a note besides', () => {
    const { outcome } = take(ask, aScene({ ticket: aTicket(atHalls) }), 'majed', { text });
    expect(outcome.changes).toEqual([
      { kind: 'data-asked', text, fields: [], round: 1 },
      { kind: 'noted', text, to: 'head' },
    ]);
    expect(asked().outcome.changes).toHaveLength(1);
  });

  it('names fields of the form only', () => {
    const ticket = aTicket({ type: 'service', service: 'equipment-supply', status: 'open' });
    const fields = ['room', 'building', 'room'];
    expect(take(ask, aScene({ ticket }), 'sara', { text, fields }).ticket.asked?.fields).toEqual(['room', 'building']);
    const error = refusal(() => take(ask, aScene({ ticket }), 'sara', { text, fields: ['room', 'colour'] }));
    expect(error).toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/^body\.fields\.1: .*building, room/),
    });
  });

  it('is not done on what is over, nor by whom the ticket does not concern', () => {
    const closed = aScene({ ticket: aTicket({ status: 'closed' }) });
    expect(refusal(() => take(ask, closed, 'sara', { text }))?.code).toBe('not-allowed');
    const elsewhere = aScene({ ticket: aTicket(atHalls) });
    expect(refusal(() => take(ask, elsewhere, 'mishari', { text }))?.code).toBe('forbidden');
  });

  it('a second time tells the day of closing, three business days after this second contact', () => {
    const { outcome, ticket } = take(ask, aScene({ ticket: asked().ticket }), 'sara', { text: 'نذكّركم برقم القاعة' });
    expect(ticket).toMatchObject({ status: 'pending_customer', asked: { round: 2, text: 'نذكّركم برقم القاعة' } });
    expect(outcome.news).toEqual({
      kind: 'askedAgain',
      // Thursday, Sunday, Monday
      values: { text: 'نذكّركم برقم القاعة', expectedAt: '2026-11-30T08:00:00.000Z' },
    });
  });

  it('begins anew where the ticket waits for them for another reason', () => {
    const ticket = aTicket({ status: 'pending_customer', resumesAs: 'open' });
    expect(take(ask, aScene({ ticket }), 'sara', { text }).ticket.asked?.round).toBe(1);
  });
});

describe('a person who does not answer', () => {
  it('is asked again by itself after a business day, over a weekend too', () => {
    const first = kept(asked().ticket);
    expect(first.at).toBe('2026-11-26T08:00:00.000Z');
    expect(first.ticket.asked).toMatchObject({ text, round: 2, at: first.at });
    expect(first.outcome.news).toMatchObject({ kind: 'askedAgain', values: { text } });
    const thursday = asked({ ...atHalls, status: 'in_progress' }).ticket;
    const late = { ...thursday, asked: { text, fields: [], round: 1 as const, at: '2026-11-26T11:00:00.000Z' } };
    expect(dutyOf(late).at).toBe('2026-11-29T11:00:00.000Z');
  });

  it('finds the ticket closed three business days after the second contact, and is told until when they may come back', () => {
    const again = kept(asked(atHalls).ticket);
    const { at, outcome, ticket } = kept(again.ticket);
    expect(at).toBe('2026-12-01T08:00:00.000Z');
    expect(ticket).toMatchObject({ status: 'closed', outcome: 'other', closedAt: at, creditedTo: 'halls' });
    expect(outcome.changes).toMatchObject([{ kind: 'closed', how: 'no-data' }]);
    expect(outcome.news).toEqual({
      kind: 'closedWithoutData',
      values: { expectedAt: '2026-12-15T08:00:00.000Z' },
    });
    expect(outcome.alerts).toEqual([{ kind: 'no-data', agentId: 'majed' }]);
    expect(missingData(ticket, organisation)).toEqual([]);
  });

  it('has nothing come upon them while the ticket does not wait for them', () => {
    for (const ticket of [
      aTicket(),
      aTicket({ status: 'pending_customer', resumesAs: 'open' }),
      { ...asked().ticket, status: 'closed' as const },
    ])
      expect(missingData(ticket, organisation)).toEqual([]);
  });
});

describe('what was missing and comes', () => {
  it('lets the ticket go on where it was, and tells whoever has it', () => {
    const scene = aScene({ ticket: asked(atHalls).ticket, now: '2026-11-25T09:00:00.000Z' });
    const outcome = giveData(scene, 'message-1');
    expect(folded(scene, outcome)).toMatchObject({
      status: 'in_progress',
      asked: null,
      resumesAs: null,
      pauses: [{ reason: 'customer', from: now, to: scene.now }],
    });
    expect(outcome.changes).toEqual([{ kind: 'data-given', messageId: 'message-1' }]);
    expect(outcome.alerts).toEqual([{ kind: 'data-given', agentId: 'majed' }]);
  });

  it('goes on waiting for an outside body that was asked before', () => {
    const scene = aScene({ ticket: { ...asked(atHalls).ticket, referralId: 'referral-1' } });
    expect(folded(scene, giveData(scene, 'm'))).toMatchObject({
      status: 'pending_third_party',
      resumesAs: 'in_progress',
    });
  });

  it('may come in a call that reaches the person', () => {
    const scene = aScene({ ticket: asked(atHalls).ticket });
    const { outcome, ticket } = take(call, scene, 'sara', { result: 'reached', dataGiven: true, note: 'القاعة 12' });
    expect(outcome.changes.map(({ kind }) => kind)).toEqual(['call-tried', 'responded', 'data-given']);
    expect(ticket).toMatchObject({ status: 'in_progress', counts: { calls: 1 }, respondedAt: now });
    expect(outcome.alerts).toEqual([{ kind: 'data-given', agentId: 'majed' }]);
    const own = take(call, scene, 'majed', { result: 'reached', dataGiven: true });
    expect(own.outcome.alerts).toEqual([]);
  });

  it('does not come where nobody was reached, nor where nothing was asked', () => {
    const waiting = aScene({ ticket: asked().ticket });
    const missed = { result: 'busy', dataGiven: true };
    expect(refusal(() => take(call, waiting, 'sara', missed))?.code).toBe('invalid');
    const open = aScene({ ticket: aTicket({ status: 'open' }) });
    const given = { result: 'reached', dataGiven: true };
    expect(refusal(() => take(call, open, 'sara', given))?.code).toBe('not-allowed');
  });
});

describe('coming back to a ticket that was closed for want of data', () => {
  const closed = kept(kept(asked(atHalls).ticket).ticket).ticket;

  it.each([
    ['at once', '2026-12-01T08:00:01.000Z', true],
    ['on the last morning', '2026-12-15T07:59:59.000Z', true],
    ['when the grace time is over', '2026-12-15T08:00:00.000Z', false],
    ['long afterwards', '2027-03-01T08:00:00.000Z', false],
  ])('%s', (_when, at, back) => {
    expect(comesBack(closed, organisation, at)).toEqual({ back, until: '2026-12-15T08:00:00.000Z' });
  });

  it('is no matter of tickets that ended otherwise', () => {
    for (const ticket of [
      aTicket({ status: 'closed', closedAt: now, outcome: 'other' }),
      asked().ticket,
      { ...closed, mergedInto: '26000028' },
    ])
      expect(comesBack(ticket, organisation, now)).toBeNull();
  });

  it('opens it again where it was, and no time was lost to it meanwhile', () => {
    const scene = aScene({ ticket: closed, now: '2026-12-06T08:00:00.000Z' });
    const outcome = reopenWithData(scene);
    const ticket = folded(scene, outcome);
    expect(ticket).toMatchObject({
      status: 'in_progress',
      asked: null,
      outcome: null,
      closedAt: null,
      resolvedAt: null,
      assigneeId: 'majed',
      counts: { reopened: 1 },
    });
    expect(ticket.pauses.map(({ from, to }) => [from, to])).toEqual([
      [now, closed.closedAt],
      [closed.closedAt, scene.now],
    ]);
    expect(outcome.alerts).toEqual([{ kind: 'data-given', agentId: 'majed' }]);
  });
});

describe('calls and decisions', () => {
  it.each(['reached', 'no-answer', 'busy', 'switched-off', 'wrong-number'])('counts a call: %s', (result) => {
    const scene = aScene({ ticket: aTicket({ status: 'open', counts: { ...aTicket().counts, calls: 2 } }) });
    const { ticket, outcome } = take(call, scene, 'sara', { result });
    expect(ticket.counts.calls).toBe(3);
    expect(ticket.respondedAt).toBe(result === 'reached' ? now : null);
    expect(outcome.changes[0]).toEqual({ kind: 'call-tried', result });
  });

  it('keeps what was decided, and nothing else changes', () => {
    const before = aTicket({ status: 'open' });
    const { ticket, outcome } = take(decide, aScene({ ticket: before }), 'sara', { text: ' يُغلق بعد ثلاث محاولات ' });
    expect(outcome.changes).toEqual([{ kind: 'decided', text: 'يُغلق بعد ثلاث محاولات' }]);
    expect({ ...ticket, eventCount: 1 }).toEqual(before);
    expect(() => decide.given.parse({ text: '  ' })).toThrow();
  });
});

describe('silence after the answer', () => {
  const resolved = aTicket({
    status: 'resolved',
    outcome: 'done',
    resolvedAt: '2026-11-26T08:00:00.000Z',
    ...{ departmentId: 'halls' },
  });

  it('closes the ticket after the set time, credited to whoever answered', () => {
    const [duty] = confirm(resolved, organisation);
    // Sunday, Monday, Tuesday
    expect(duty?.at).toBe('2026-12-01T08:00:00.000Z');
    const scene = aScene({ ticket: resolved, now: duty?.at ?? '' });
    const outcome = duty?.outcome(scene);
    expect(outcome).toEqual({ changes: [{ kind: 'closed', how: 'silence', creditedTo: 'halls' }] });
    const ticket = folded(scene, outcome ?? { changes: [] });
    expect(ticket).toMatchObject({
      status: 'closed',
      outcome: 'done',
      closedAt: scene.now,
      resolvedAt: resolved.resolvedAt,
    });
    expect(confirm(ticket, organisation)).toEqual([]);
  });

  it('is nothing where it was not answered', () => {
    for (const status of ['open', 'returned', 'pending_customer', 'closed', 'rejected'] as const)
      expect(confirm(aTicket({ status }), organisation)).toEqual([]);
  });
});
