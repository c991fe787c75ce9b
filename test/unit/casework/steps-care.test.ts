import { describe, expect, it } from 'vitest';
import type { CaseScene } from '../../../src/casework/scene.ts';
import { approveReply } from '../../../src/casework/steps/approve-reply.ts';
import { classify } from '../../../src/casework/steps/classify.ts';
import { close } from '../../../src/casework/steps/close.ts';
import { declineReply } from '../../../src/casework/steps/decline-reply.ts';
import { delay } from '../../../src/casework/steps/delay.ts';
import { pause } from '../../../src/casework/steps/pause.ts';
import { reject } from '../../../src/casework/steps/reject.ts';
import { reopen } from '../../../src/casework/steps/reopen.ts';
import { reply } from '../../../src/casework/steps/reply.ts';
import { resolve } from '../../../src/casework/steps/resolve.ts';
import { resume } from '../../../src/casework/steps/resume.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { anOrganisation, aScene, aTicket, now, refusal, take } from './builders.ts';

const before = '2026-11-25T07:00:00.000Z';
const at = (facts: Partial<Ticket>, others: Partial<CaseScene> = {}): CaseScene =>
  aScene({ ticket: aTicket(facts), ...others });
const open = { status: 'open', acceptedAt: before } as const;
const answered: Partial<Ticket> = {
  status: 'returned',
  departmentId: 'halls',
  routedAt: before,
  acceptedAt: before,
  handlers: ['huda', 'majed'],
  hadBy: ['halls'],
  answer: { text: 'تم', departmentId: 'halls', byId: 'majed', at: before, doneOn: null, visitOn: null },
};
const told = { text: 'أُصلح الجهاز', byId: 'sara', at: now };
const reasonOf = (run: () => unknown) => {
  const error = refusal(run);
  return [error?.code, (error?.details as { reason?: string } | undefined)?.reason];
};
const kinds = ({ outcome }: ReturnType<typeof take>) => outcome.changes.map(({ kind }) => kind);
const toldTo = ({ outcome }: ReturnType<typeof take>) =>
  outcome.alerts?.map(({ kind, agentId }) => `${kind} ${agentId}`);

describe('rejecting', () => {
  it('tells the person why, and where to turn', () => {
    const guidance = 'يُقدَّم الطلب لدى عمادة القبول';
    const { ticket, outcome } = take(reject, at({}), 'sara', { reason: 'خارج الاختصاص', guidance });
    expect(ticket).toMatchObject({ status: 'rejected', closedAt: now });
    expect(outcome.news).toEqual({ kind: 'rejected', values: { reason: 'خارج الاختصاص', guidance } });
  });

  it('needs a reason, for which a note may stand', () => {
    expect(refusal(() => take(reject, at({}), 'sara'))?.message).toMatch(/^body\.reason/);
    expect(take(reject, at({}), 'sara', { note: 'مكرر' }).outcome.news?.values).toEqual({ reason: 'مكرر' });
    expect(reasonOf(() => take(reject, at({}), 'majed', { reason: 'x' }))).toEqual(['forbidden', 'not-your-step']);
  });
});

describe('classifying', () => {
  it('changes what is named and leaves the rest', () => {
    const given = {
      service: 'maintenance',
      complexity: 'complex',
      action: 'treatment',
      rootCause: 'waiting',
      urgent: true,
    };
    const { ticket, outcome } = take(classify, at({}), 'sara', given);
    expect(outcome.changes).toEqual([{ kind: 'classified', ...given }]);
    expect(ticket).toMatchObject({ ...given, type: 'complaint', status: 'new' });
  });

  it('knows only services, departments and root causes that there are', () => {
    for (const field of ['service', 'departmentId', 'rootCause'])
      expect(refusal(() => take(classify, at({}), 'sara', { [field]: 'moon' }))?.message).toMatch(
        new RegExp(`^body\\.${field}: there is no such .*Known: `),
      );
    expect(take(classify, at({ rootCause: 'waiting' }), 'sara', { rootCause: null }).ticket.rootCause).toBeNull();
    expect(refusal(() => take(classify, at({}), 'sara'))?.code).toBe('invalid');
  });

  it('reads the fields of the form that the case then has, keeps the others, and takes away what is null', () => {
    const supply = { type: 'service', service: 'equipment-supply', fields: { building: 'أ', room: '12' } } as const;
    const { ticket } = take(classify, at(supply), 'sara', { fields: { room: ' ١٤ ', building: null } });
    expect(ticket.fields).toEqual({ room: '١٤' });
    const other = take(classify, at({}), 'sara', { service: 'maintenance', fields: { asset: 'A-7' } });
    expect(other.ticket.fields).toEqual({ asset: 'A-7' });
    expect(refusal(() => take(classify, at({}), 'sara', { fields: { asset: 'A-7' } }))?.message).toMatch(
      /^body\.fields\.asset/,
    );
    const gone = at({ service: 'maintenance' });
    expect(refusal(() => take(classify, gone, 'sara', { service: null, fields: { asset: 'A-7' } }))?.code).toBe(
      'invalid',
    );
  });

  it('moves a case to another department only until it went to one', () => {
    expect(take(classify, at({}), 'sara', { departmentId: 'labs' }).ticket.departmentId).toBe('labs');
    const routed = at({ ...answered, status: 'transferred', assigneeId: 'huda' });
    expect(reasonOf(() => take(classify, routed, 'sara', { departmentId: 'labs' }))).toEqual([
      'not-allowed',
      'transfer-it',
    ]);
    expect(take(classify, routed, 'huda', { departmentId: 'halls', importance: 'high' }).ticket.importance).toBe(
      'high',
    );
  });

  it('is for whoever works on the case, as long as it is not over', () => {
    expect(reasonOf(() => take(classify, at({ departmentId: 'halls' }), 'huda', { importance: 'low' }))[0]).toBe(
      'forbidden',
    );
    expect(reasonOf(() => take(classify, at({ status: 'closed' }), 'sara', { importance: 'low' }))).toEqual([
      'not-allowed',
      'ticket-over',
    ]);
  });
});

describe('replying', () => {
  it('says the words to the person, and leaves the status', () => {
    const { ticket, outcome } = take(reply, at(answered), 'sara', { text: ' سيزوركم الفني غدًا ' });
    const text = 'سيزوركم الفني غدًا';
    expect(ticket).toMatchObject({ status: 'returned', respondedAt: now, reply: { text, byId: 'sara' } });
    expect(outcome).toMatchObject({ news: { kind: 'answered', values: { text } } });
    for (const status of ['pending_customer', 'resolved'] as const)
      expect(take(reply, at({ ...answered, status }), 'sara', { note: text }).outcome.news?.values).toEqual({ text });
  });

  it('needs words, and the care unit', () => {
    expect(refusal(() => take(reply, at(answered), 'sara'))?.message).toMatch(/^body\.text/);
    expect(reasonOf(() => take(reply, at({ ...answered, status: 'in_progress' }), 'huda', { text: 'x' }))).toEqual([
      'forbidden',
      'not-your-step',
    ]);
    expect(reasonOf(() => take(reply, at({ ...answered, notBy: ['sara'] }), 'sara', { text: 'x' }))[0]).toBe(
      'forbidden',
    );
  });

  it('is never on behalf of a ticket that was merged', () => {
    const merged = at({ ...answered, mergedInto: '26000028' });
    for (const step of [reply, resolve])
      expect(reasonOf(() => take(step, merged, 'sara', { text: 'x' }))).toEqual(['not-allowed', 'merged']);
  });
});

describe('a sensitive reply', () => {
  const approval = { types: ['complaint' as const], restricted: true };
  const scene = (facts: Partial<Ticket> = {}) =>
    at({ ...answered, ...facts }, { organisation: anOrganisation({ approval }) });
  const draft = { text: 'نعتذر عما حدث', byId: 'sara', at: before };

  it('waits, and those above and the head are told, not its author', () => {
    const taken = take(reply, scene(), 'sara', { text: draft.text });
    expect(kinds(taken)).toEqual(['reply-drafted']);
    expect(taken.ticket).toMatchObject({ draft: { text: draft.text, byId: 'sara' }, reply: null, respondedAt: null });
    expect(taken.outcome.news).toBeUndefined();
    expect(toldTo(taken)).toEqual(['approval-wanted samia', 'approval-wanted huda']);
    expect(toldTo(take(reply, scene(), 'samia', { text: draft.text }))).toEqual(['approval-wanted huda']);
  });

  it('is every reply of a restricted ticket, of which the head hears only where they may know of it', () => {
    const restricted = scene({ type: 'inquiry', restricted: true });
    expect(toldTo(take(reply, restricted, 'sara', { text: 'x' }))).toEqual(['approval-wanted samia']);
    expect(kinds(take(reply, scene({ type: 'inquiry' }), 'sara', { text: 'x' }))).toEqual(['replied']);
  });

  it('leaves with the approval of somebody else; administrators may approve their own', () => {
    const taken = take(approveReply, scene({ draft }), 'samia', { note: 'صيغة مناسبة' });
    expect(kinds(taken)).toEqual(['noted', 'replied']);
    expect(taken.ticket).toMatchObject({ draft: null, reply: { text: draft.text } });
    expect(taken.outcome.news).toEqual({ kind: 'answered', values: { text: draft.text } });
    expect(take(approveReply, scene({ draft }), 'huda').ticket.draft).toBeNull();
    const own = (byId: string) => () => take(approveReply, scene({ draft: { ...draft, byId } }), byId);
    expect(reasonOf(own('samia'))).toEqual(['forbidden', 'own-draft']);
    expect(refusal(own('adel'))).toBeNull();
    for (const id of ['sara', 'majed', 'hamad'])
      expect(reasonOf(() => take(approveReply, scene({ draft }), id))).toEqual(['forbidden', 'not-your-step']);
    expect(reasonOf(() => take(approveReply, scene(), 'samia'))).toEqual(['not-allowed', 'no-draft']);
  });

  it('that is declined stays unsaid, and its author is told why', () => {
    const taken = take(declineReply, scene({ draft }), 'samia', { reason: 'يُذكر الموعد' });
    expect(taken.ticket).toMatchObject({ draft: null, reply: null });
    expect(taken.outcome.alerts).toEqual([
      { kind: 'reply-declined', agentId: 'sara', values: { reason: 'يُذكر الموعد', by: 'samia' } },
    ]);
    expect(taken.outcome.news).toBeUndefined();
    expect(refusal(() => take(declineReply, scene({ draft }), 'samia'))?.message).toMatch(/^body\.reason/);
    expect(reasonOf(() => take(declineReply, scene(), 'samia', { reason: 'x' }))).toEqual(['not-allowed', 'no-draft']);
  });

  it('given with the end waits too, and the ticket ends only when it was sent', () => {
    const waiting = take(resolve, scene(), 'sara', { text: draft.text });
    expect(kinds(waiting)).toEqual(['reply-drafted']);
    expect(waiting.ticket.status).toBe('returned');
    for (const step of [resolve, close])
      expect(reasonOf(() => take(step, scene({ draft }), 'sara'))).toEqual(['not-allowed', 'answer-waits']);
    const late = scene({ draft, status: 'resolved', outcome: 'done' });
    expect(reasonOf(() => take(close, late, 'sara'))).toEqual(['not-allowed', 'answer-waits']);
    const { ticket } = take(approveReply, scene({ draft }), 'samia');
    expect(take(resolve, aScene({ ticket }), 'sara').ticket.status).toBe('resolved');
  });
});

describe('resolving', () => {
  it('carries the answer and asks whether it is solved', () => {
    const taken = take(resolve, at(answered), 'sara', { text: told.text, note: 'أُبلغ هاتفيًا' });
    expect(kinds(taken)).toEqual(['replied', 'resolved']);
    expect(taken.ticket).toMatchObject({
      status: 'resolved',
      outcome: 'done',
      resolvedAt: now,
      reply: { text: told.text },
    });
    expect(taken.outcome.news).toEqual({
      kind: 'resolved',
      values: { text: told.text, choices: ['solved:yes', 'solved:no'] },
    });
  });

  it('needs an answer to the person once a department answered, and takes the one that was given since', () => {
    expect(reasonOf(() => take(resolve, at(answered), 'sara'))).toEqual(['not-allowed', 'answer-missing']);
    const earlier = { ...told, at: '2026-11-25T06:30:00.000Z' };
    expect(reasonOf(() => take(resolve, at({ ...answered, reply: earlier }), 'sara'))[1]).toBe('answer-missing');
    expect(take(resolve, at({ ...answered, reply: told }), 'sara').outcome.news?.values).toEqual({
      choices: ['solved:yes', 'solved:no'],
    });
    expect(kinds(take(resolve, at(open), 'sara'))).toEqual(['resolved']);
  });

  it('tells the person also what could not be done', () => {
    const { ticket, outcome } = take(resolve, at(open), 'sara', { outcome: 'not_done', text: 'لا يتوفر' });
    expect([ticket.outcome, outcome.news?.kind]).toEqual(['not_done', 'resolved']);
  });

  it('accepts a new case on the way', () => {
    expect(kinds(take(resolve, at({}), 'sara', { text: 'تم' }))).toEqual(['accepted', 'replied', 'resolved']);
  });

  it.each([
    ['transferred', null],
    ['in_progress', null],
    ['on_hold', 'in_progress'],
    ['pending_customer', 'transferred'],
  ] as const)('of what is %s at a department is possible only after it came back', (status, resumesAs) => {
    const scene = at({ ...answered, status, resumesAs, assigneeId: 'majed' });
    for (const id of ['sara', 'samia', 'adel'])
      expect(reasonOf(() => take(resolve, scene, id, { text: 'x' }))).toEqual(['not-allowed', 'return-first']);
  });

  it('ends what the care unit worked on itself, or waited for', () => {
    expect(take(resolve, at({ ...open, status: 'in_progress' }), 'sara').ticket.status).toBe('resolved');
    const waiting = at({ ...answered, status: 'pending_customer', resumesAs: 'returned', reply: told });
    expect(take(resolve, waiting, 'sara').ticket).toMatchObject({ status: 'resolved', resumesAs: null });
  });
});

describe('closing', () => {
  it('counts for the department that answered, and says nothing that was said', () => {
    const resolved = at({ ...answered, status: 'resolved', outcome: 'not_done', reply: told, resolvedAt: before });
    const taken = take(close, resolved, 'sara', { note: 'أكد هاتفيًا' });
    expect(taken.outcome).toEqual({
      changes: [{ kind: 'closed', how: 'staff', creditedTo: 'halls', note: 'أكد هاتفيًا' }],
    });
    expect(taken.ticket).toMatchObject({
      status: 'closed',
      outcome: 'not_done',
      creditedTo: 'halls',
      resolvedAt: before,
    });
  });

  it('at first contact passes the same states in one go', () => {
    const taken = take(close, at({}), 'sara', { outcome: 'other' });
    expect(kinds(taken)).toEqual(['accepted', 'classified', 'resolved', 'closed']);
    expect(taken.ticket).toMatchObject({
      status: 'closed',
      action: 'first_contact',
      outcome: 'other',
      acceptedAt: now,
      respondedAt: now,
      resolvedAt: now,
      closedAt: now,
      creditedTo: 'care',
      routedAt: null,
    });
    expect(taken.outcome.news).toEqual({ kind: 'closed', values: {} });
  });

  it('of what a department answered needs that the person was answered, and is no first contact', () => {
    expect(reasonOf(() => take(close, at(answered), 'sara'))).toEqual(['not-allowed', 'answer-missing']);
    const taken = take(close, at({ ...answered, reply: told }), 'sara');
    expect(kinds(taken)).toEqual(['resolved', 'closed']);
    expect(taken.ticket).toMatchObject({ action: null, creditedTo: 'halls', outcome: 'done' });
  });

  it('is not possible while a department has it', () => {
    const scene = at({ ...answered, status: 'in_progress', assigneeId: 'majed' });
    expect(reasonOf(() => take(close, scene, 'samia'))).toEqual(['not-allowed', 'return-first']);
  });
});

describe('opening again', () => {
  const over = { ...answered, status: 'closed', closedAt: before, resolvedAt: before, creditedTo: 'halls' } as const;

  it('leads to the care unit, or to the head of the department that had it', () => {
    const taken = take(reopen, at(over), 'sara', { note: 'اتصل المستفيد' });
    expect(taken.ticket).toMatchObject({ status: 'open', closedAt: null, creditedTo: null, counts: { reopened: 1 } });
    expect(taken.outcome.news).toEqual({ kind: 'reopened', values: {} });
    const back = take(reopen, at(over), 'sara', { note: 'لم يصلح', toDepartment: true });
    expect(back.ticket).toMatchObject({ status: 'transferred', departmentId: 'halls', assigneeId: 'huda' });
    expect(toldTo(back)).toEqual(['transferred huda']);
  });

  it('needs a note, and a department that had it', () => {
    expect(reopen.given.safeParse({}).success).toBe(false);
    const own = at({ status: 'closed', acceptedAt: before });
    expect(reasonOf(() => take(reopen, own, 'sara', { note: 'x', toDepartment: true }))).toEqual([
      'not-allowed',
      'no-department',
    ]);
    expect(reasonOf(() => take(reopen, at({ ...over, mergedInto: '26000028' }), 'sara', { note: 'x' }))[1]).toBe(
      'merged',
    );
    expect(reasonOf(() => take(reopen, at(over), 'huda', { note: 'x' }))).toEqual(['forbidden', 'not-your-step']);
    expect(reasonOf(() => take(reopen, at(open), 'sara', { note: 'x' }))).toEqual(['not-allowed', 'step-not-possible']);
  });

  it('takes it from whoever of a department had it last, not from one of the care unit', () => {
    const whoHas = (assigneeId: string) =>
      take(reopen, at({ ...over, assigneeId }), 'sara', { note: 'x' }).ticket.assigneeId;
    expect([whoHas('majed'), whoHas('salem')]).toEqual([null, 'salem']);
  });

  it('accepts what was rejected', () => {
    const taken = take(reopen, at({ status: 'rejected', closedAt: before }), 'sara', { note: 'تبيّن أنه من اختصاصنا' });
    expect(kinds(taken)).toEqual(['reopened', 'accepted']);
    expect(taken.ticket).toMatchObject({ status: 'open', acceptedAt: now });
  });
});

describe('waiting', () => {
  it('has the status and the clock of its reason, and goes on where it was', () => {
    const paused = take(pause, at(answered), 'sara', { reason: 'parts', note: 'طُلب المصباح' });
    expect(paused.ticket).toMatchObject({
      status: 'on_hold',
      resumesAs: 'returned',
      pauses: [{ reason: 'parts', from: now, to: null, stops: true }],
    });
    expect(reasonOf(() => take(pause, aScene({ ticket: paused.ticket }), 'sara'))).toEqual([
      'not-allowed',
      'step-not-possible',
    ]);
    const resumed = take(resume, aScene({ ticket: paused.ticket }), 'sara');
    expect(resumed.ticket).toMatchObject({ status: 'returned', resumesAs: null, pauses: [{ to: now }] });
  });

  it('is by itself for another reason; reasons that nobody decided are none', () => {
    expect(take(pause, at(open), 'sara').ticket.pauses[0]?.reason).toBe('other');
    expect(refusal(() => take(pause, at(open), 'sara', { reason: 'tea' }))?.message).toMatch(/^body\.reason.*customer/);
  });

  it('for an outside body that has the case ends by taking it back', () => {
    const referred = at({ ...open, status: 'pending_third_party', resumesAs: 'open', referralId: 'r' });
    expect(reasonOf(() => take(resume, referred, 'sara'))).toEqual(['not-allowed', 'withdraw-first']);
    const alone = at({ ...open, status: 'pending_third_party', resumesAs: 'open' });
    expect(take(resume, alone, 'sara').ticket.status).toBe('open');
  });

  it('is put on by whoever has the case', () => {
    const scene = at({ ...answered, status: 'in_progress', assigneeId: 'majed' });
    expect(take(pause, scene, 'majed', { reason: 'parts' }).ticket.status).toBe('on_hold');
    expect(reasonOf(() => take(pause, scene, 'mona'))).toEqual(['forbidden', 'not-your-step']);
  });
});

describe('a delay', () => {
  it('is told with its reason and a time to come, at most a year ahead', () => {
    const given = (expectedAt: string) => ({ reason: ' ننتظر القطعة ', expectedAt });
    const { outcome } = take(delay, at(open), 'sara', given('2026-11-27T12:00:00+03:00'));
    const values = { reason: 'ننتظر القطعة', expectedAt: '2026-11-27T09:00:00.000Z' };
    expect(outcome).toEqual({ changes: [{ kind: 'delay-told', ...values }], news: { kind: 'delayed', values } });
    for (const time of [now, '2026-11-25T07:59:59.000Z', '2028-01-01T00:00:00.000Z'])
      expect(refusal(() => take(delay, at(open), 'sara', given(time)))?.message).toMatch(/^body\.expectedAt/);
  });

  it('is late once the person has the answer', () => {
    for (const status of ['resolved', 'closed'] as const)
      expect(
        refusal(() => take(delay, at({ status }), 'sara', { reason: 'x', expectedAt: '2026-11-27T09:00:00Z' }))?.code,
      ).toBe('not-allowed');
  });
});
