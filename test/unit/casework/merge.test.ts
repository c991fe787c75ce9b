import { describe, expect, it } from 'vitest';
import { merge } from '../../../src/casework/steps/merge.ts';
import { unmerge } from '../../../src/casework/steps/unmerge.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { after, aScene, aTicket, refusal, take } from './builders.ts';

const first = aTicket({ number: '26000010', status: 'open' });
const second = aTicket({ number: '26000028', status: 'in_progress', departmentId: 'halls', assigneeId: 'majed' });

const mergeInto = (ticket: Ticket, other: Ticket | null, by = 'sara', given = {}) =>
  take(merge, aScene({ ticket, other }), by, { otherNumber: other?.number ?? '26000036', ...given });

/** What becomes of the other ticket of an outcome. */
function otherAfter(other: Ticket, { outcome }: ReturnType<typeof mergeInto>): Ticket {
  const also = outcome.also?.find(({ number }) => number === other.number);
  return after(aScene({ ticket: other }), { changes: also?.changes ?? [] });
}

const bothMerged = () => {
  const taken = mergeInto(first, second);
  return { survivor: taken.ticket, part: otherAfter(second, taken) };
};

const takeOff = (ticket: Ticket, other: Ticket, by = 'sara') =>
  take(unmerge, aScene({ ticket, other }), by, { otherNumber: other.number });

describe('merging two tickets', () => {
  it('makes one part of the other, which ends without a word of its own', () => {
    const taken = mergeInto(first, second, 'sara', { note: 'the same flat' });
    expect(taken.ticket).toMatchObject({ absorbed: ['26000028'], status: 'open' });
    expect(taken.outcome.changes.at(-1)).toEqual({ kind: 'noted', text: 'the same flat' });
    expect(otherAfter(second, taken)).toMatchObject({
      mergedInto: '26000010',
      status: 'closed',
    });
  });

  it('is told once to the person of both', () => {
    expect(mergeInto(first, second).outcome.news).toEqual({ kind: 'merged', values: { other: '26000028' } });
  });

  it('of different people is a supervisor’s, and nobody is told', () => {
    const theirs = aTicket({ number: '26000028', contactId: 'fahad' });
    expect(refusal(() => mergeInto(first, theirs))).toMatchObject({
      code: 'forbidden',
      details: { reason: 'different-people' },
    });
    expect(mergeInto(first, theirs, 'samia').outcome.news).toBeNull();
  });

  it('decides on the other ticket as it was looked at', () => {
    expect(mergeInto(first, second).outcome.also?.[0]?.seen).toBe(second);
  });

  it('takes over what was part of the other', () => {
    const third = aTicket({ number: '26000036', status: 'open' });
    const { survivor } = bothMerged();
    expect(mergeInto(third, survivor).ticket.absorbed).toEqual(['26000010', '26000028']);
  });

  it('reads the number in Arabic digits', () => {
    expect(merge.other?.({ otherNumber: ' ٢٦٠٠٠٠٢٨ ' }, aScene())).toBe('26000028');
  });

  it.each([
    ['itself', first, 'cannot become part of itself'],
    ['one that is part of another', { ...second, mergedInto: '26000036' }, 'part of 26000036 already'],
    ['one that is over', { ...second, status: 'closed' as const }, 'what is over is not merged'],
    ['one that was rejected', { ...second, status: 'rejected' as const }, 'what is over is not merged'],
    ['one that is with an outside body', { ...second, referralId: 'r' }, 'withdraw the referral'],
    ['one that is kept from somebody', { ...second, hiddenFrom: ['majed'] }, 'restrict both alike'],
  ])('is refused with %s', (_what, other, sentence) => {
    const error = refusal(() => mergeInto(first, other));
    expect(error?.code).toBe('not-allowed');
    expect(error?.message).toContain(sentence);
  });

  it('is refused with a restricted one, and for whoever may not know of it as if it were not there', () => {
    const restricted = { ...second, restricted: true };
    expect(refusal(() => mergeInto(first, restricted, 'samia'))?.message).toContain('restrict both alike');
    expect(refusal(() => mergeInto(first, restricted))).toMatchObject({ code: 'not-found' });
    expect(refusal(() => mergeInto(first, null))).toMatchObject({ code: 'not-found' });
  });

  it('cannot go round: a part takes nothing in', () => {
    const { survivor, part } = bothMerged();
    expect(refusal(() => mergeInto(part, survivor))).toMatchObject({ code: 'not-allowed' });
    const open = { ...part, status: 'open' as const };
    expect(refusal(() => mergeInto(open, survivor))?.message).toContain('merge into that one');
  });
});

describe('taking a merged ticket off again', () => {
  it('leaves both as they were', () => {
    const { survivor, part } = bothMerged();
    const taken = takeOff(survivor, part);
    expect(taken.ticket.absorbed).toEqual([]);
    expect(otherAfter(part, taken)).toMatchObject({
      mergedInto: null,
      status: 'in_progress',
      assigneeId: 'majed',
      closedAt: null,
      counts: { reopened: 0 },
    });
    expect(taken.outcome.news).toBeUndefined();
  });

  it('gives one that was answered its answer again', () => {
    const answered = aTicket({
      number: '26000028',
      status: 'resolved',
      outcome: 'not_done',
      resolvedAt: first.openedAt,
    });
    const taken = mergeInto(first, answered);
    const part = otherAfter(answered, taken);
    expect(otherAfter(part, takeOff(taken.ticket, part))).toMatchObject({ status: 'resolved', outcome: 'not_done' });
  });

  it.each<[string, Partial<Ticket>]>([
    [
      'waited for its person, with what they were asked',
      {
        status: 'pending_customer',
        resumesAs: 'transferred',
        asked: { text: 'رقم العداد', fields: [], round: 2, at: '2026-11-24T08:00:00.000Z' },
        pauses: [{ reason: 'customer', from: '2026-11-24T08:00:00.000Z', to: null, stops: true }],
      },
    ],
    [
      'was on hold',
      {
        status: 'on_hold',
        resumesAs: 'in_progress',
        pauses: [{ reason: 'parts', from: '2026-11-24T08:00:00.000Z', to: null, stops: false }],
      },
    ],
    ['had a draft', { status: 'returned', draft: { text: 'تم', byId: 'sara', at: first.openedAt } }],
    [
      'lacked stock',
      {
        status: 'resolved',
        outcome: 'not_done',
        resolvedAt: first.openedAt,
        stock: { item: 'مصباح', since: first.openedAt, supplyOn: null },
        stockOf: 'halls',
        pauses: [{ reason: 'resolved', from: first.openedAt, to: null, stops: true }],
      },
    ],
  ])('puts one that %s exactly where it stood', (_what, facts) => {
    const other = aTicket({ ...second, ...facts });
    const taken = mergeInto(first, other);
    const part = otherAfter(other, taken);
    expect(part).toMatchObject({ status: 'closed', asked: null, draft: null, stockOf: null });
    const back = otherAfter(part, takeOff(taken.ticket, part));
    const { status, resumesAs, asked, draft, stock, stockOf, outcome, resolvedAt, closedAt, assigneeId } = other;
    expect(back).toMatchObject({
      status,
      resumesAs,
      asked,
      draft,
      stock,
      stockOf,
      outcome,
      resolvedAt,
      closedAt,
      assigneeId,
    });
    const open = (one: Ticket) =>
      one.pauses.filter(({ to }) => to === null).map(({ reason, stops }) => [reason, stops]);
    expect(open(back)).toEqual(open(other));
  });

  it('counts the time that it was part of another for nothing of the time to answer', () => {
    const asked = { text: 'رقم العداد', fields: [], round: 1 as const, at: '2026-11-25T07:00:00.000Z' };
    const other = aTicket({ ...second, status: 'pending_customer', resumesAs: 'open', asked });
    const taken = mergeInto(first, other);
    const part = otherAfter(other, taken);
    const off = takeOff(taken.ticket, part).outcome.also?.[0]?.changes ?? [];
    const dayLater = aScene({ ticket: part, now: '2026-11-26T08:00:00.000Z' });
    expect(after(dayLater, { changes: off }).asked?.at).toBe('2026-11-26T07:00:00.000Z');
  });

  it('takes along what came with it', () => {
    const { survivor, part } = bothMerged();
    const third = aTicket({ number: '26000036', status: 'open' });
    const taken = mergeInto(third, survivor);
    const off = takeOff(taken.ticket, otherAfter(survivor, taken));
    expect(off.ticket.absorbed).toEqual([]);
    expect(refusal(() => takeOff(taken.ticket, part))?.message).toContain('is part of 26000010');
  });

  it('is refused for a ticket that stands by itself', () => {
    expect(refusal(() => takeOff(first, second))?.message).toContain('Nothing was merged');
    const whole = { ...first, absorbed: ['26000036'] };
    expect(refusal(() => takeOff(whole, second))?.message).toContain('stands by itself');
  });
});
