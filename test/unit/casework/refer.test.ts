import { describe, expect, it } from 'vitest';
import { refer } from '../../../src/casework/steps/refer.ts';
import { withdrawReferral } from '../../../src/casework/steps/withdraw-referral.ts';
import { nextOf, type Referral } from '../../../src/referral/referral.ts';
import { anOrganisation, aScene, aTicket, now, refusal, take } from './builders.ts';

const given = { bodyId: 'telecom', text: 'نأمل فحص الخط' };
const referralIn = (ops: ReturnType<typeof take>['outcome']['ops']): Referral => {
  const [op] = ops ?? [];
  if (op?.op !== 'insert') throw new Error('nothing was referred');
  return op.document;
};

describe('referring', () => {
  it('has the ticket wait, tells the person, and writes to the body on a clock of its own', () => {
    const { outcome, ticket } = take(refer, aScene(), 'sara', given);
    const referral = referralIn(outcome.ops);
    expect(ticket).toMatchObject({ status: 'pending_third_party', resumesAs: 'new', referralId: referral.id });
    expect(ticket.pauses).toMatchObject([{ reason: 'third_party', to: null, stops: true }]);
    expect(outcome.news).toEqual({
      kind: 'referred',
      values: { other: 'مزود خدمة الاتصالات', expectedAt: referral.dueAt },
    });
    expect(referral).toMatchObject({
      state: 'waiting',
      mail: 'waiting',
      mailAt: now,
      nextAt: now,
      consent: false,
      by: 'sara',
    });
    // Wednesday at 11:00: after three, five and twenty working days of the shipped calendar
    expect([referral.remindAt, referral.dueAt, referral.expiresAt]).toEqual([
      '2026-11-30T08:00:00.000Z',
      '2026-12-02T08:00:00.000Z',
      '2026-12-23T08:00:00.000Z',
    ]);
  });

  it('writes no letter to a body without an address', () => {
    const bodies = [{ id: 'telecom', name: { ar: 'مزود', en: 'Provider' } }];
    const { outcome } = take(refer, aScene({ organisation: anOrganisation({ bodies }) }), 'sara', given);
    const referral = referralIn(outcome.ops);
    expect(referral).toMatchObject({ mail: 'none', mailAt: null, nextAt: referral.remindAt });
  });

  it('keeps the remark for staff', () => {
    const { outcome } = take(refer, aScene(), 'sara', { ...given, note: 'اتصلت بهم' });
    expect(outcome.changes.at(-1)).toEqual({ kind: 'noted', text: 'اتصلت بهم' });
  });

  it('names the bodies that there are to whoever names another', () => {
    const error = refusal(() => take(refer, aScene(), 'sara', { ...given, bodyId: 'nobody' }));
    expect(error).toMatchObject({ code: 'invalid', message: expect.stringContaining('telecom, supplier') });
  });

  it.each(['resolved', 'closed', 'rejected', 'pending_third_party'] as const)('is refused while %s', (status) => {
    expect(refusal(() => take(refer, aScene({ ticket: aTicket({ status }) }), 'sara', given))?.code).toBe(
      'not-allowed',
    );
  });

  it("is not another department's", () => {
    expect(refusal(() => take(refer, aScene(), 'majed', given))?.code).toBe('forbidden');
  });
});

describe('withdrawing a referral', () => {
  const waiting = { status: 'pending_third_party', resumesAs: 'in_progress', referralId: 'r' } as const;

  it('has the ticket go on where it was, and ends the link', () => {
    const { outcome, ticket } = take(withdrawReferral, aScene({ ticket: aTicket(waiting) }), 'sara');
    expect(ticket).toMatchObject({ status: 'in_progress', referralId: null });
    expect(outcome.ops).toMatchObject([{ op: 'update', id: 'r', set: { state: 'withdrawn', nextAt: null } }]);
  });

  it('is refused where nothing was referred', () => {
    const scene = aScene({ ticket: aTicket({ ...waiting, referralId: null }) });
    expect(refusal(() => take(withdrawReferral, scene, 'sara'))?.code).toBe('not-allowed');
  });
});

describe('what time brings to a referral', () => {
  const times = { mailAt: '1', remindAt: '2', dueAt: '3', expiresAt: '4', remindedAt: null, lateAt: null };
  const at = (facts: Partial<Referral>) => nextOf({ state: 'waiting', ...times, ...facts } as Referral);

  it('comes in its order, each once', () => {
    expect(at({})).toBe('1');
    expect(at({ mailAt: null })).toBe('2');
    expect(at({ mailAt: null, remindedAt: '2' })).toBe('3');
    expect(at({ mailAt: null, remindedAt: '2', lateAt: '3' })).toBe('4');
  });

  it.each(['answered', 'withdrawn', 'expired'] as const)('is nothing once it is %s', (state) => {
    expect(at({ state })).toBeNull();
  });
});
