import { describe, expect, it } from 'vitest';
import { mayEscalate } from '../../../src/casework/may-escalate.ts';
import { raise } from '../../../src/casework/raise.ts';
import { escalate } from '../../../src/casework/steps/escalate.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { anOrganisation, aScene, aTicket, after as folded, now, refusal, take } from './builders.ts';

const before = '2026-11-24T08:00:00.000Z';
const tomorrow = '2026-11-26T08:00:00.000Z';
const dueAt = (resolution: string | null) => ({ firstResponse: null, routing: null, resolution });
const reply = { text: 'تم الإصلاح', byId: 'sara', at: before };
const working: Partial<Ticket> = {
  status: 'in_progress',
  departmentId: 'halls',
  routedAt: before,
  assigneeId: 'majed',
  handlers: ['huda', 'majed'],
};
const raised = (why: string): Partial<Ticket> => ({ escalation: { level: 1, at: before, why } });
const stands = (from: string): Partial<Ticket> => ({
  status: 'pending_customer',
  pauses: [{ reason: 'customer', from, to: null, stops: true }],
});
const over = (facts: Partial<Ticket> = {}): Partial<Ticket> => ({
  status: 'closed',
  outcome: 'done',
  closedAt: before,
  reply,
  ...facts,
});

describe('whether a person may escalate', () => {
  const cases: [string, Partial<Ticket>, object][] = [
    [
      'before the promised time',
      { dueAt: dueAt(tomorrow) },
      { eligible: false, reason: 'not-yet', promisedAt: tomorrow },
    ],
    ['where no time is promised', {}, { eligible: false, reason: 'not-yet', promisedAt: null }],
    ['once the promised time has passed', { dueAt: dueAt(before) }, { eligible: true, why: 'person' }],
    ['at the promised time itself', { dueAt: dueAt(now) }, { eligible: true, why: 'person' }],
    [
      'while it waits for them, though the day has gone by',
      { dueAt: dueAt(before), ...stands('2026-11-23T08:00:00.000Z') },
      { eligible: false, reason: 'waiting', status: 'pending_customer', pause: 'customer', promisedAt: before },
    ],
    [
      'while it waits, where it was late already',
      { dueAt: dueAt(before), ...stands('2026-11-24T09:00:00.000Z') },
      { eligible: true, why: 'person' },
    ],
    [
      'a second time',
      { dueAt: dueAt(before), ...raised('person') },
      { eligible: false, reason: 'escalated-already', level: 1, at: before },
    ],
    [
      'after it was raised by itself',
      { dueAt: dueAt(before), ...raised('overdue') },
      { eligible: true, why: 'person' },
    ],
    ['closed as done, and answered', over(), { eligible: false, reason: 'closed-treated', status: 'closed' }],
    [
      'resolved as done, and answered',
      over({ status: 'resolved', closedAt: null }),
      { eligible: false, reason: 'closed-treated', status: 'resolved' },
    ],
    ['closed as not done', over({ outcome: 'not_done' }), { eligible: true, why: 'untreated' }],
    ['closed for want of data', over({ outcome: 'other' }), { eligible: true, why: 'untreated' }],
    ['closed without an answer', over({ reply: null }), { eligible: true, why: 'untreated' }],
    [
      'closed untreated again',
      over({ outcome: 'other', ...raised('untreated') }),
      { eligible: true, why: 'untreated' },
    ],
    ['rejected', { status: 'rejected', closedAt: before }, { eligible: false, reason: 'rejected' }],
    [
      'merged into another',
      over({ outcome: 'other', mergedInto: '26000028' }),
      { eligible: false, reason: 'merged', into: '26000028' },
    ],
  ];

  it.each(cases)('%s', (_when, facts, answer) => {
    expect(mayEscalate(aTicket({ ...working, ...facts }), now)).toEqual(answer);
  });
});

describe('raising', () => {
  it('a ticket that is worked on brings it to the next level, and leaves it where it is', () => {
    const scene = aScene({ ticket: aTicket({ ...working, ...raised('overdue') }) });
    const outcome = raise(scene, { why: 'person', text: ' تأخر طلبي كثيراً ' });
    expect(outcome).toEqual({
      changes: [
        { kind: 'escalation-asked', text: 'تأخر طلبي كثيراً' },
        { kind: 'escalated', level: 2, why: 'person', to: ['samia'] },
      ],
      news: { kind: 'escalated', values: {} },
      alerts: [{ kind: 'escalated', agentId: 'samia', values: { level: 2 } }],
    });
    expect(folded(scene, outcome)).toMatchObject({
      status: 'in_progress',
      assigneeId: 'majed',
      escalation: { level: 2, why: 'person', at: now },
    });
  });

  it('one that was closed untreated opens it again with the head of its department', () => {
    const scene = aScene({ ticket: aTicket({ ...working, ...over({ outcome: 'other' }) }) });
    const ticket = folded(scene, raise(scene, { why: 'untreated', text: 'لم تُحل' }));
    expect(ticket).toMatchObject({
      status: 'transferred',
      assigneeId: 'huda',
      outcome: null,
      closedAt: null,
      escalation: { level: 1, why: 'untreated' },
    });
  });

  it('a second time brings it to a supervisor, in the care unit', () => {
    const scene = aScene({ ticket: aTicket({ ...working, ...over({ outcome: 'other' }), ...raised('untreated') }) });
    expect(folded(scene, raise(scene, { why: 'untreated', text: 'لم تُحل' }))).toMatchObject({
      status: 'open',
      assigneeId: 'samia',
      escalation: { level: 2 },
    });
  });

  it('gives it to nobody who may not handle it', () => {
    const facts = { ...working, ...over({ outcome: 'other' }), notBy: ['huda'] };
    const scene = aScene({ ticket: aTicket(facts) });
    expect(folded(scene, raise(scene, { why: 'untreated', text: 'لم تُحل' }))).toMatchObject({
      assigneeId: 'majed',
      escalation: { level: 1 },
    });
  });

  it('reaches the highest level again where there is none above', () => {
    const scene = aScene({ ticket: aTicket({ ...working, escalation: { level: 3, at: before, why: 'overdue' } }) });
    expect(raise(scene, { why: 'person', text: 'ما زلت أنتظر' }).changes.at(-1)).toMatchObject({
      level: 3,
      to: ['maha'],
    });
  });

  it('has levels where the setting has no ladder', () => {
    const scene = aScene({ ticket: aTicket(working), organisation: anOrganisation({ ladders: [] }) });
    expect(raise(scene, { why: 'person', text: 'أين طلبي؟' }).changes.at(-1)).toMatchObject({ level: 1, to: ['huda'] });
  });

  it('is not done to one that is part of another', () => {
    const scene = aScene({ ticket: aTicket({ ...over({ outcome: 'other' }), mergedInto: '26000028' }) });
    expect(refusal(() => raise(scene, { why: 'person' }))).toMatchObject({ code: 'not-allowed' });
  });
});

describe('staff', () => {
  it('raise a ticket at any time, by themselves', () => {
    const { outcome, ticket } = take(escalate, aScene({ ticket: aTicket(working) }), 'sara', { note: 'الحالة حرجة' });
    expect(outcome.changes).toEqual([
      { kind: 'noted', text: 'الحالة حرجة' },
      { kind: 'escalated', level: 1, why: 'staff', to: ['huda'] },
    ]);
    expect(outcome.alerts).toEqual([{ kind: 'escalated', agentId: 'huda', values: { note: 'الحالة حرجة', level: 1 } }]);
    expect(outcome.news).toBeUndefined();
    expect(ticket.status).toBe('in_progress');
  });

  it('are not told of what they did, and tell the person only with words for them', () => {
    const { outcome } = take(escalate, aScene({ ticket: aTicket(working) }), 'huda', { text: 'رفعنا طلبكم' });
    expect(outcome.alerts).toEqual([]);
    expect(outcome.news).toEqual({ kind: 'escalated', values: { text: 'رفعنا طلبكم' } });
  });

  it('open one again that is over', () => {
    const scene = aScene({ ticket: aTicket({ ...working, ...over() }) });
    const { outcome, ticket } = take(escalate, scene, 'samia', { note: 'لم يُعالج' });
    expect(outcome.changes.map(({ kind }) => kind)).toEqual(['reopened', 'escalated']);
    expect(ticket).toMatchObject({ status: 'transferred', assigneeId: 'huda' });
  });

  it('of other departments do not', () => {
    const scene = aScene({ ticket: aTicket(working) });
    expect(refusal(() => take(escalate, scene, 'mishari'))?.code).toBe('forbidden');
  });
});
