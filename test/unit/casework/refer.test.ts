import { describe, expect, it } from 'vitest';
import { missingData } from '../../../src/casework/duties/missing-data.ts';
import { ask } from '../../../src/casework/steps/ask.ts';
import { refer } from '../../../src/casework/steps/refer.ts';
import { resume } from '../../../src/casework/steps/resume.ts';
import { withdrawReferral } from '../../../src/casework/steps/withdraw-referral.ts';
import { steps } from '../../../src/casework/steps.ts';
import { nextOf, type Referral } from '../../../src/referral/referral.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { anOrganisation, aScene, aTicket, after as folded, now, refusal, take } from './builders.ts';

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

  it('gives no number or address in the words of staff where the person did not agree', () => {
    const text = 'نأمل التواصل مع 0551234567، هويته 1012345672.';
    const asked = (consent: boolean) =>
      referralIn(take(refer, aScene(), 'sara', { ...given, text, consent }).outcome.ops).text;
    expect(asked(false)).not.toMatch(/\d{4}/);
    expect(asked(false)).toContain('نأمل التواصل مع');
    expect(asked(true)).toBe(text);
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

describe('while an outside body is asked', () => {
  const asked = take(refer, aScene({ ticket: aTicket({ status: 'open' }) }), 'sara', given).ticket;
  const scene = (ticket: Ticket) => aScene({ ticket });
  const refused = (name: string, by = 'sara', what: object = {}) => {
    const step = steps.find((one) => one.name === name);
    if (!step) throw new Error(name);
    return refusal(() => take(step, scene(asked), by, what))?.code ?? null;
  };

  it('the person may be asked too, and the body is waited for on', () => {
    const both = take(ask, scene(asked), 'sara', { text: 'رقم العداد' }).ticket;
    expect(both).toMatchObject({ status: 'pending_customer', referralId: asked.referralId, resumesAs: 'open' });
    const gone = take(resume, scene(both), 'sara').ticket;
    expect(gone).toMatchObject({ status: 'pending_third_party', referralId: asked.referralId, asked: null });
    expect(take(withdrawReferral, scene(both), 'sara').ticket).toMatchObject({
      status: 'pending_customer',
      referralId: null,
    });
  });

  it('the ticket is never closed for want of data: it waits for the body alone, and staff hear of it', () => {
    const round = { text: 'رقم العداد', fields: [], round: 2 as const, at: now };
    const both = { ...take(ask, scene(asked), 'sara', { text: 'رقم العداد' }).ticket, asked: round };
    const [duty] = missingData(both, anOrganisation());
    const outcome = duty?.outcome(scene(both)) ?? { changes: [] };
    const left = folded(scene(both), outcome);
    expect(left).toMatchObject({ status: 'pending_third_party', referralId: asked.referralId, closedAt: null });
    expect(outcome.news ?? null).toBeNull();
    expect(outcome.alerts?.map(({ kind }) => kind)).toEqual(['no-data']);
    expect(missingData(left, anOrganisation())).toEqual([]);
  });

  it.each(['resolve', 'close', 'reject', 'transfer', 'refer', 'pause'])('%s is refused', (name) => {
    const what = { refer: given, transfer: { departmentId: 'halls' }, reject: { reason: 'x' }, resolve: { text: 'x' } };
    expect(refused(name, 'sara', what[name as keyof typeof what] ?? {})).toBe('not-allowed');
  });

  it('a ticket that went on all the same can end it, and ask no second body before', () => {
    const on = aTicket({ status: 'open', referralId: 'r' });
    expect(refusal(() => take(refer, scene(on), 'sara', given))).toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('withdraw the referral first'),
      details: { reason: 'referral-open' },
    });
    expect(take(withdrawReferral, scene(on), 'sara').ticket).toMatchObject({ status: 'open', referralId: null });
  });

  it('the end of an earlier one changes nothing', () => {
    const ended = { kind: 'referral-ended' as const, referralId: 'earlier', why: 'expired' as const };
    const { status, referralId } = folded(scene(asked), { changes: [ended] });
    expect([status, referralId]).toEqual(['pending_third_party', asked.referralId]);
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
