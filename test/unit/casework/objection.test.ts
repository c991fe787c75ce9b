import { describe, expect, it } from 'vitest';
import { type EarlierObjection, mayObject } from '../../../src/casework/may-object.ts';
import { objectionTo } from '../../../src/casework/objection.ts';
import { requireObjection } from '../../../src/casework/require-objection.ts';
import type { CaseScene } from '../../../src/casework/scene.ts';
import type { Ladder } from '../../../src/organisation/casework.ts';
import { foldTicket } from '../../../src/ticket/fold.ts';
import { type Ticket, ticket as ticketSchema } from '../../../src/ticket/ticket.ts';
import { aMember, anOrganisation, aScene, aStaff, aTicket, now, refusal } from './builders.ts';

const organisation = anOrganisation();
const yesterday = '2026-11-24T08:00:00.000Z';
const reply = { text: 'لا يمكن ذلك', byId: 'sara', at: yesterday };
const answered = (facts: Partial<Ticket> = {}): Ticket =>
  aTicket({
    status: 'closed',
    outcome: 'not_done',
    departmentId: 'halls',
    routedAt: '2026-11-23T08:00:00.000Z',
    assigneeId: 'sara',
    handlers: ['huda', 'majed', 'sara'],
    resolvedAt: yesterday,
    closedAt: yesterday,
    answer: { text: 'لا يمكن', departmentId: 'halls', byId: 'mona', at: yesterday, doneOn: null, visitOn: null },
    reply,
    ...facts,
  });
const number = '26000036';
const earlier = (facts: Partial<EarlierObjection> = {}): EarlierObjection[] => [
  { number, status: 'closed', closedAt: '2026-11-25T07:00:00.000Z', ...facts },
];
const anObjection = (level: number, why = 'objection', facts: Partial<Ticket> = {}) =>
  answered({ type: 'objection', objectionTo: number, escalation: { level, at: yesterday, why }, ...facts });

describe('whether a person may object', () => {
  const cases: [string, Ticket, object, EarlierObjection[]?][] = [
    ['to a ticket that was closed', answered(), { eligible: true, level: 2 }],
    ['to one that was rejected', answered({ status: 'rejected', reply: null }), { eligible: true, level: 2 }],
    ['to one that was resolved', answered({ status: 'resolved', closedAt: null }), { eligible: true, level: 2 }],
    [
      'to an answer while it is worked on',
      answered({ status: 'in_progress', closedAt: null, resolvedAt: null }),
      { eligible: true, level: 2 },
    ],
    [
      'before there is an answer',
      aTicket({ status: 'open', dueAt: { firstResponse: null, routing: null, resolution: now } }),
      { eligible: false, reason: 'no-answer-yet', promisedAt: now },
    ],
    [
      'after the grace time',
      answered({ closedAt: '2026-11-01T08:00:00.000Z' }),
      { eligible: false, reason: 'too-late', until: '2026-11-15T08:00:00.000Z' },
    ],
    ['to what was merged', answered({ mergedInto: number }), { eligible: false, reason: 'merged', into: number }],
    [
      'twice, while the first is open',
      answered({ objections: [number] }),
      { eligible: false, reason: 'objection-open', number },
      earlier({ status: 'in_progress', closedAt: null }),
    ],
    [
      'twice, where nothing is known of the first',
      answered({ objections: [number] }),
      { eligible: false, reason: 'objection-open', number },
    ],
    [
      'to the same answer once its objection was answered',
      answered({ objections: [number] }),
      { eligible: false, reason: 'objection-answered', number },
      earlier(),
    ],
    [
      'to a new answer after an objection',
      answered({ objections: [number], reply: { ...reply, at: '2026-11-25T07:30:00.000Z' } }),
      { eligible: true, level: 2 },
      earlier(),
    ],
    ['to the answer to an objection', anObjection(2), { eligible: true, level: 3 }],
    ['to an objection that its supervisor left lying', anObjection(3, 'overdue'), { eligible: true, level: 3 }],
    ['beyond the highest level', anObjection(3), { eligible: false, reason: 'highest-decided' }],
  ];

  it.each(cases)('%s', (_what, ticket, answer, known = []) => {
    expect(mayObject(ticket, organisation, now, known)).toEqual(answer);
  });

  it('at the level above departments that the setting has', () => {
    const after = { amount: 0, unit: 'business_hours' } as const;
    const ladder = (...to: Ladder['levels'][number]['to'][]) =>
      anOrganisation({ ladders: [{ id: 'one', levels: to.map((one) => ({ after, to: one })) }] });
    expect(mayObject(answered(), ladder('management', 'head'), now)).toEqual({ eligible: true, level: 1 });
    expect(mayObject(answered(), ladder('head'), now)).toEqual({ eligible: true, level: 2 });
    expect(mayObject(anObjection(2), ladder('head'), now)).toEqual({ eligible: true, level: 3 });
    expect(mayObject(anObjection(3), ladder('head'), now)).toMatchObject({ reason: 'highest-decided' });
  });

  it('is told to staff in a sentence, with the reason', () => {
    const scene = aScene({ ticket: anObjection(3) });
    expect(refusal(() => requireObjection(scene))).toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('highest level'),
      details: { reason: 'highest-decided' },
    });
    expect(requireObjection(aScene({ ticket: answered() }))).toBe(2);
  });
});

const facts = {
  text: 'الرد لم يتناول شكواي',
  channel: 'desk',
  conversationId: null,
  dueAt: { firstResponse: null, routing: null, resolution: null },
};

/** The new ticket, folded. */
function opened(scene: CaseScene, more: { note?: string; by?: { id: string } } = {}) {
  const objection = objectionTo(scene, 2, { ...facts, ...more });
  const events = objection.changes.map((change, place) => ({
    ...{ id: `${place}`, version: 1, ticketNumber: number, seq: place + 1, at: now, cause: 'cause', change },
    actor: { kind: 'agent' as const, id: 'sara' },
  }));
  return { ...objection, ticket: ticketSchema.parse(foldTicket(events)) };
}

describe('an objection', () => {
  it('is a ticket of its own, tied to the earlier, one level up, with nobody who handled that', () => {
    const { ticket, alerts, changes } = opened(aScene({ ticket: answered() }));
    expect(ticket).toMatchObject({
      type: 'objection',
      objectionTo: '26000010',
      subject: 'اعتراض: لم يصلني رد',
      departmentId: 'halls',
      contactId: 'noura',
      status: 'new',
      assigneeId: 'samia',
      notBy: ['huda', 'majed', 'sara', 'mona'],
      escalation: { level: 2, why: 'objection' },
      fields: { reference: '26000010' },
    });
    expect(changes).toContainEqual({ kind: 'escalation-asked', text: facts.text });
    expect(alerts).toEqual([{ kind: 'objection', agentId: 'samia', values: { other: '26000010' } }]);
  });

  it('goes past supervisors who answered the earlier', () => {
    const bySamia = answered({ reply: { ...reply, byId: 'samia' } });
    expect(opened(aScene({ ticket: bySamia })).ticket).toMatchObject({ assigneeId: 'maha', escalation: { level: 3 } });
    const staff = aStaff([aMember('saud', { role: 'supervisor' })]);
    expect(opened(aScene({ ticket: bySamia, staff })).ticket).toMatchObject({
      assigneeId: 'saud',
      escalation: { level: 2 },
    });
  });

  it('goes past those who were excluded from the earlier already', () => {
    const { ticket } = opened(aScene({ ticket: answered({ notBy: ['samia'] }) }));
    expect(ticket.assigneeId).toBe('maha');
    expect(ticket.notBy).toContain('samia');
  });

  it('is as restricted and hidden as the earlier', () => {
    const kept = answered({ restricted: true, hiddenFrom: ['samia'], visibleTo: ['adel'] });
    const { ticket, alerts } = opened(aScene({ ticket: kept }));
    expect(ticket).toMatchObject({ restricted: true, hiddenFrom: ['samia'], visibleTo: ['adel'], assigneeId: 'maha' });
    expect(alerts.map(({ agentId }) => agentId)).toEqual(['maha']);
  });

  it('lies with nobody where nobody is left, and those above hear of it', () => {
    const handled = answered({ notBy: ['samia', 'maha'] });
    const { ticket, alerts } = opened(aScene({ ticket: handled }));
    expect(ticket.assigneeId).toBeNull();
    expect(alerts).toEqual([{ kind: 'nobody-there', agentId: 'samia', values: { other: '26000010' } }]);
  });

  it('is in the language of the person, with what staff remark beside it', () => {
    const english = answered({ language: 'en', subject: `${'long '.repeat(60)}`.trim() });
    const { ticket, changes, alerts } = opened(aScene({ ticket: english }), { note: 'هاتفياً', by: { id: 'samia' } });
    expect(ticket.subject).toMatch(/^Objection: long long/);
    expect(ticket.subject.length).toBeLessThanOrEqual(300);
    expect(changes).toContainEqual({ kind: 'noted', text: 'هاتفياً' });
    expect(alerts).toEqual([]);
    const again = { ...english, subject: 'Objection: late' };
    expect(opened(aScene({ ticket: again })).ticket.subject).toBe('Objection: late');
  });
});
