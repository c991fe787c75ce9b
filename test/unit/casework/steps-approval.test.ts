import { describe, expect, it } from 'vitest';
import { approveReply } from '../../../src/casework/steps/approve-reply.ts';
import { close } from '../../../src/casework/steps/close.ts';
import { reply } from '../../../src/casework/steps/reply.ts';
import { resolve } from '../../../src/casework/steps/resolve.ts';
import { returned } from '../../../src/casework/steps/return.ts';
import { transfer } from '../../../src/casework/steps/transfer.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { aMember, anOrganisation, aScene, aStaff, aTicket, now, refusal, take } from './builders.ts';

const sensitive = anOrganisation({ approval: { types: [], restricted: true } });
const sceneOf = (ticket: Ticket) => aScene({ organisation: sensitive, ticket });
const restricted = aTicket({ type: 'inquiry', status: 'open', restricted: true });
const text = 'تم ما طُلب.';

describe('an answer that needs approval and ends the ticket', () => {
  it('remembers the outcome, and resolves the ticket with it once it is approved', () => {
    const { ticket, outcome } = take(resolve, sceneOf(restricted), 'sara', { outcome: 'other', text, note: 'سُلّم' });
    expect(ticket).toMatchObject({ status: 'open', reply: null, draft: { text, byId: 'sara', resolves: 'other' } });
    expect(outcome.news ?? null).toBeNull();

    const approved = take(approveReply, sceneOf(ticket), 'samia');
    expect(approved.ticket).toMatchObject({ status: 'resolved', outcome: 'other', draft: null, reply: { text } });
    expect(approved.outcome.news).toEqual({
      kind: 'resolved',
      values: { text, choices: ['solved:yes', 'solved:no'] },
    });
    expect(approved.outcome.changes.at(-1)).toEqual({ kind: 'resolved', outcome: 'other', note: 'سُلّم' });
  });

  it('is accepted on the way when it is approved', () => {
    const { ticket } = take(resolve, sceneOf({ ...restricted, status: 'new' }), 'sara', { text });
    expect(ticket.status).toBe('new');
    const approved = take(approveReply, sceneOf(ticket), 'samia');
    expect(approved.ticket).toMatchObject({ status: 'resolved', acceptedAt: now });
  });

  it('is only an answer where it was written as one', () => {
    const { ticket } = take(reply, sceneOf(restricted), 'sara', { text });
    const approved = take(approveReply, sceneOf(ticket), 'samia');
    expect(approved.ticket.status).toBe('open');
    expect(approved.outcome.news?.kind).toBe('answered');
  });

  it('waits alone: a second one is refused while it waits', () => {
    const { ticket } = take(resolve, sceneOf(restricted), 'sara', { text });
    for (const step of [reply, resolve]) {
      const error = refusal(() => take(step, sceneOf(ticket), 'salem', { text: 'رد آخر' }));
      expect(error).toMatchObject({ code: 'not-allowed', details: { reason: 'draft-waiting' } });
    }
  });
});

describe('an end without words to the person', () => {
  const asked = {
    reason: 'third_party',
    from: '2026-11-24T08:00:00.000Z',
    to: '2026-11-24T10:00:00.000Z',
    stops: true,
  };
  const plain = aTicket({ type: 'inquiry', status: 'open' });
  const said = (at: string) => ({ text, byId: 'sara', at });

  it('is possible where all was done at first contact', () => {
    expect(take(resolve, aScene({ ticket: plain }), 'sara').ticket.status).toBe('resolved');
    expect(take(close, aScene({ ticket: plain }), 'sara').ticket.status).toBe('closed');
  });

  it.each([
    ['it could not be done', plain, { outcome: 'not_done' }],
    ['a body outside had it', { ...plain, pauses: [asked] }, {}],
    ['it was answered before that only', { ...plain, pauses: [asked], reply: said('2026-11-24T09:00:00.000Z') }, {}],
  ])('is refused where %s', (_why, ticket, given) => {
    for (const step of [resolve, close]) {
      const error = refusal(() => take(step, aScene({ ticket }), 'sara', given));
      expect(error).toMatchObject({ code: 'not-allowed', details: { reason: 'answer-missing' } });
    }
  });

  it('is possible once the person was answered since', () => {
    const ticket = { ...plain, pauses: [asked], reply: said('2026-11-24T11:00:00.000Z') };
    expect(take(resolve, aScene({ ticket }), 'sara', { outcome: 'not_done' }).ticket.status).toBe('resolved');
  });
});

describe('a department’s answer', () => {
  const given = { text: 'أُصلح.' };

  it('is told to whoever of the care unit transferred the ticket, though it was never assigned to them', () => {
    const open = aTicket({ type: 'inquiry', status: 'open' });
    const { ticket } = take(transfer, aScene({ ticket: open }), 'salem', { departmentId: 'halls' });
    expect(ticket.careAgentId).toBe('salem');
    const { outcome } = take(returned, aScene({ ticket }), 'huda', given);
    expect(outcome.alerts?.map(({ kind, agentId }) => [kind, agentId])).toEqual([['returned', 'salem']]);
  });

  it('is told to who stands in for them', () => {
    const ticket = aTicket({ status: 'in_progress', departmentId: 'halls', type: 'inquiry', careAgentId: 'salem' });
    const away = { agentId: 'salem', deputyId: 'sara', from: '2026-11-01T00:00:00.000Z', to: null };
    const { outcome } = take(returned, aScene({ ticket, staff: aStaff([], [away]) }), 'huda', given);
    expect(outcome.alerts?.map(({ agentId }) => agentId)).toEqual(['sara']);
  });
});

describe('a transfer into a department', () => {
  const open = aTicket({ type: 'inquiry', status: 'open' });

  it('is refused where everybody there is kept from the ticket', () => {
    const ticket = { ...open, hiddenFrom: ['huda'], notBy: ['majed', 'mona'] };
    const error = refusal(() => take(transfer, aScene({ ticket }), 'sara', { departmentId: 'halls' }));
    expect(error).toMatchObject({ code: 'not-allowed', details: { reason: 'nobody-there' } });
  });

  it('reaches those above where nobody works there yet', () => {
    const gone = aMember('hamad', { role: 'head', departments: ['maintenance'], disabledAt: now });
    const left = aMember('mishari', { role: 'member', departments: ['maintenance'], disabledAt: now });
    const scene = aScene({ ticket: open, staff: aStaff([gone, left]) });
    const { ticket, outcome } = take(transfer, scene, 'sara', { departmentId: 'maintenance' });
    expect(ticket).toMatchObject({ status: 'transferred', assigneeId: null });
    expect(outcome.alerts?.map(({ kind }) => kind)).toEqual(['nobody-there']);
  });
});

describe('the days that a department’s answer names', () => {
  const answer = { text, departmentId: 'halls', byId: 'huda', at: now, doneOn: '2026-12-01', visitOn: '2026-11-30' };
  const ticket = aTicket({ type: 'inquiry', status: 'returned', departmentId: 'halls', routedAt: now, answer });
  const days = { doneOn: '2026-12-01', visitOn: '2026-11-30' };

  it('are told to the person with the reply', () => {
    expect(take(reply, aScene({ ticket }), 'sara', { text }).outcome.news?.values).toEqual({ text, ...days });
    expect(take(resolve, aScene({ ticket }), 'sara', { text }).outcome.news?.values).toMatchObject(days);
    const { ticket: waiting } = take(resolve, sceneOf({ ...ticket, restricted: true }), 'sara', { text });
    expect(take(approveReply, sceneOf(waiting), 'samia').outcome.news?.values).toMatchObject(days);
  });

  it('are not told again once they were', () => {
    const { ticket: told } = take(reply, aScene({ ticket }), 'sara', { text });
    expect(take(reply, aScene({ ticket: told }), 'sara', { text }).outcome.news?.values).toEqual({ text });
  });
});
