import { describe, expect, it } from 'vitest';
import { referenceIn, unmetConditions } from '../../../src/casework/conditions.ts';
import { accept } from '../../../src/casework/steps/accept.ts';
import type { AcceptanceRule } from '../../../src/organisation/casework.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { anOrganisation, aScene, aTicket, now, refusal, take } from './builders.ts';

const named = (id: string, rule: AcceptanceRule['rule'], others: Partial<AcceptanceRule> = {}): AcceptanceRule => ({
  id,
  name: { ar: 'شرط', en: `Condition ${id}` },
  rule,
  ...others,
});

const number = named('number', { is: 'field-given', field: 'reference' }, { types: ['complaint'] });
const overdue = named('overdue', { is: 'reference-overdue', field: 'reference' }, { group: 'reason' });
const technical = named('technical', { is: 'field-equals', field: 'asset', value: 'platform' }, { group: 'reason' });
const staffOnly = named('staff-only', { is: 'category', in: ['staff'] });

const sceneWith = (conditions: AcceptanceRule[], ticket: Partial<Ticket> = {}, others = {}) =>
  aScene({ organisation: anOrganisation({ conditions }), ticket: aTicket(ticket), ...others });

const earlier = (facts: Partial<Ticket>) => aTicket({ number: '26000028', status: 'open', ...facts });
const past = { firstResponse: null, routing: null, resolution: '2026-11-24T12:00:00.000Z' };
const toCome = { ...past, resolution: '2026-11-26T12:00:00.000Z' };
const fields = { reference: '26000028' };
const why = (scene: Parameters<typeof unmetConditions>[0]) => unmetConditions(scene).map((one) => [one.id, one.why]);

describe('a condition of acceptance', () => {
  it('asks that a field is filled, of the types that it is for', () => {
    expect(why(sceneWith([number]))).toEqual([['number', 'field-missing']]);
    expect(why(sceneWith([number], { fields: { reference: ' ' } }))).toEqual([['number', 'field-missing']]);
    expect(why(sceneWith([number], { fields }))).toEqual([]);
    expect(why(sceneWith([number], { type: 'inquiry' }))).toEqual([]);
  });

  it('of a service is not asked of other services', () => {
    const ofLabs = { ...number, services: ['maintenance'] };
    expect(why(sceneWith([ofLabs], { service: null }))).toEqual([]);
    expect(why(sceneWith([ofLabs], { service: 'maintenance' }))).toEqual([['number', 'field-missing']]);
  });

  it('asks that the time promised for the earlier request has passed', () => {
    const judged = (other: Ticket | null) => why(sceneWith([overdue], { fields }, { other }));
    expect(judged(null)).toEqual([['overdue', 'reference-unknown']]);
    expect(judged(earlier({ dueAt: toCome }))).toEqual([['overdue', 'reference-in-time']]);
    expect(judged(earlier({ dueAt: { ...past, resolution: null } }))).toEqual([['overdue', 'reference-in-time']]);
    expect(judged(earlier({ dueAt: past }))).toEqual([]);
  });

  it('counts an earlier request that was resolved late, not one that was in time or whose clock stood', () => {
    const judged = (facts: Partial<Ticket>) =>
      why(sceneWith([overdue], { fields }, { other: earlier({ dueAt: past, ...facts }) }));
    expect(judged({ resolvedAt: '2026-11-24T13:00:00.000Z', status: 'resolved' })).toEqual([]);
    expect(judged({ resolvedAt: '2026-11-24T11:00:00.000Z', status: 'resolved' })).toHaveLength(1);
    const pauses = [{ reason: 'customer', from: '2026-11-24T09:00:00.000Z', to: null, stops: true }];
    expect(judged({ status: 'pending_customer', pauses })).toHaveLength(1);
    expect(judged({ status: 'on_hold', pauses: pauses.map((one) => ({ ...one, stops: false })) })).toEqual([]);
  });

  it('asks for the category of the person', () => {
    expect(why(sceneWith([staffOnly]))).toEqual([['staff-only', 'category']]);
    expect(why(sceneWith([staffOnly], {}, { category: 'student' }))).toEqual([['staff-only', 'category']]);
    expect(why(sceneWith([staffOnly], {}, { category: 'staff' }))).toEqual([]);
  });

  it('stands for the others of its group', () => {
    const both = [overdue, technical];
    const scene = (asset: string) => sceneWith(both, { fields: { ...fields, asset } });
    expect(why(scene('lamp'))).toEqual([
      ['overdue', 'reference-unknown'],
      ['technical', 'field-differs'],
    ]);
    expect(why(scene('platform'))).toEqual([]);
    expect(why(sceneWith([...both, staffOnly], { fields: { asset: 'platform' } }))).toEqual([
      ['staff-only', 'category'],
    ]);
  });

  it('tells the number of the earlier request only where a rule asks for it', () => {
    expect(referenceIn(anOrganisation({ conditions: [number] }), aTicket({ fields }))).toBeUndefined();
    expect(referenceIn(anOrganisation({ conditions: [overdue] }), aTicket())).toBeUndefined();
    expect(referenceIn(anOrganisation({ conditions: [overdue] }), aTicket({ fields }))).toBe('26000028');
  });
});

describe('accepting', () => {
  it('opens a case whose conditions are met, and none are by default', () => {
    const { ticket, outcome } = take(accept, aScene(), 'sara', { note: 'ضمن الاختصاص' });
    expect(ticket).toMatchObject({ status: 'open', acceptedAt: now });
    expect(outcome).toEqual({ changes: [{ kind: 'accepted', note: 'ضمن الاختصاص' }] });
  });

  it('is refused with the list of what is not met', () => {
    const error = refusal(() => take(accept, sceneWith([number, staffOnly]), 'sara'));
    expect(error).toMatchObject({
      code: 'not-allowed',
      details: {
        reason: 'conditions-unmet',
        conditions: [
          { id: 'number', why: 'field-missing', group: null },
          { id: 'staff-only', why: 'category' },
        ],
      },
    });
    expect(error?.message).toContain('Condition number; Condition staff-only');
  });

  it('against the conditions is for those above, who say why', () => {
    const scene = sceneWith([number]);
    const override = true;
    expect(refusal(() => take(accept, scene, 'sara', { override, note: 'حالة إنسانية' }))?.code).toBe('not-allowed');
    expect(refusal(() => take(accept, scene, 'samia', { override }))?.code).toBe('invalid');
    expect(take(accept, scene, 'samia', { override, note: 'حالة إنسانية' }).ticket.status).toBe('open');
    expect(refusal(() => take(accept, scene, 'samia', { note: 'حالة إنسانية' }))?.code).toBe('not-allowed');
  });

  it('waits for the mandatory fields of the form, and names them', () => {
    const facts = { type: 'service', service: 'equipment-supply' } as const;
    const error = refusal(() => take(accept, sceneWith([], { ...facts, fields: { room: '12' } }), 'sara'));
    expect(error).toMatchObject({
      code: 'not-allowed',
      details: { reason: 'fields-missing', fields: [{ id: 'building' }] },
    });
    expect(error?.message).toMatch(/building.*ask.*classify/);
    const filled = sceneWith([], { ...facts, fields: { room: '12', building: 'أ' } });
    expect(take(accept, filled, 'sara').ticket.status).toBe('open');
  });

  it('is the care unit’s, once', () => {
    for (const id of ['huda', 'majed', 'maha'])
      expect(refusal(() => take(accept, aScene(), id))?.code).toBe('forbidden');
    const open = aScene({ ticket: aTicket({ status: 'open' }) });
    expect(refusal(() => take(accept, open, 'sara'))).toMatchObject({
      code: 'not-allowed',
      details: { reason: 'step-not-possible', status: 'open', allowed: expect.arrayContaining(['transfer', 'reject']) },
    });
  });
});
