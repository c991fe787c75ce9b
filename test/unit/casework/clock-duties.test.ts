import { describe, expect, it } from 'vitest';
import { breach } from '../../../src/casework/duties/breach.ts';
import { warn } from '../../../src/casework/duties/warn.ts';
import type { Duty } from '../../../src/casework/scene.ts';
import { settleBy } from '../../../src/casework/settle.ts';
import type { OrganisationSnapshot } from '../../../src/organisation/settings.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { after, anOrganisation, aScene, aStaff, aTicket, everybody } from './builders.ts';

/** Opened on a Wednesday at 09:00 in Riyadh: treatment within two working days, so on Sunday at 09:00. */
const rows: OrganisationSnapshot['sla']['rows'] = [{ resolution: { amount: 2, unit: 'business_days' } }];
const organisation = anOrganisation({}, { sla: { calendarId: 'office', rows } });
const due = '2026-11-29T06:00:00.000Z';
const aCase = (facts: Partial<Ticket> = {}): Ticket => aTicket({ departmentId: 'halls', ...facts });

const of = (find: typeof warn, ticket: Ticket, at = organisation): Duty[] => find(ticket, at);
const keep = (duty: Duty, ticket: Ticket, now: string) => {
  const scene = aScene({ ticket, organisation, now });
  const outcome = duty.outcome(scene);
  return { outcome, ticket: after(scene, outcome) };
};
const paused = (facts: Partial<Ticket> = {}) =>
  aCase({
    status: 'pending_customer',
    pauses: [{ reason: 'customer', from: '2026-11-25T08:00:00.000Z', to: null, stops: true }],
    ...facts,
  });

describe('the warning before a deadline', () => {
  it('comes when three quarters of the working time are gone, to whoever has the ticket', () => {
    const ticket = aCase({ assigneeId: 'majed' });
    const [warning, ...others] = of(warn, ticket);
    expect(others).toEqual([]);
    // 14 hours are promised: 10.5 of them are over on Thursday at 12:30
    expect(warning?.at).toBe('2026-11-26T09:30:00.000Z');
    const kept = keep(warning!, ticket, warning!.at);
    expect(kept.outcome).toMatchObject({
      changes: [{ kind: 'warned', clock: 'resolution', dueAt: due }],
      alerts: [{ kind: 'warned', agentId: 'majed', values: { clock: 'resolution', expectedAt: due } }],
    });
    expect(of(warn, kept.ticket)).toEqual([]);
  });

  it('goes to the head where nobody has it, and to the supervisors where there is no head', () => {
    const told = (ticket: Ticket) => keep(of(warn, ticket)[0]!, ticket, '2026-11-26T09:30:00.000Z').outcome.alerts;
    expect(told(aCase())).toMatchObject([{ agentId: 'huda' }]);
    expect(told(aCase({ departmentId: 'care' }))).toMatchObject([{ agentId: 'samia' }]);
  });

  it('never goes to whom the ticket is kept from, and of a restricted one to no head', () => {
    const told = (ticket: Ticket) => keep(of(warn, ticket)[0]!, ticket, '2026-11-26T09:30:00.000Z').outcome.alerts;
    expect(told(aCase({ hiddenFrom: ['huda'] }))).toMatchObject([{ agentId: 'samia' }]);
    expect(told(aCase({ restricted: true }))).toMatchObject([{ agentId: 'samia' }]);
  });

  it('comes once for a deadline, and again for one that was moved', () => {
    const warned = aCase({ warned: [{ clock: 'resolution', dueAt: due }] });
    expect(of(warn, warned)).toEqual([]);
    const { calendars } = organisation;
    const holiday = calendars.map((one) => ({ ...one, calendar: { ...one.calendar, holidays: ['2026-11-26'] } }));
    expect(of(warn, warned, { ...organisation, calendars: holiday })).toHaveLength(1);
  });

  it('does not come while the ticket waits, nor of what is met or over', () => {
    expect(of(warn, paused())).toEqual([]);
    expect(of(warn, aCase({ resolvedAt: '2026-11-25T08:00:00.000Z' }))).toEqual([]);
    expect(of(warn, aCase({ closedAt: '2026-11-25T08:00:00.000Z' }))).toEqual([]);
  });

  it('tells nobody where the deadline has passed as well', () => {
    const ticket = aCase();
    expect(keep(of(warn, ticket)[0]!, ticket, '2026-11-30T06:00:00.000Z').outcome).toMatchObject({
      changes: [{ kind: 'warned' }],
      alerts: [],
    });
  });

  it('is spared where so little time was promised that nobody could act on it', () => {
    const short = (amount: number) =>
      anOrganisation({}, { sla: { calendarId: 'office', rows: [{ firstResponse: { amount, unit: 'minutes' } }] } });
    expect(of(warn, aCase(), short(9))).toEqual([]);
    expect(of(warn, aCase(), short(15))).toHaveLength(1);
  });
});

describe('the breach of a deadline', () => {
  it('is written at the time of the deadline and told once', () => {
    const ticket = aCase({ assigneeId: 'majed' });
    const [breached] = of(breach, ticket);
    expect(breached?.at).toBe(due);
    const kept = keep(breached!, ticket, due);
    expect(kept.outcome).toMatchObject({
      changes: [{ kind: 'breached', clock: 'resolution', dueAt: due }],
      alerts: [{ kind: 'breached', agentId: 'majed' }],
    });
    expect(of(breach, kept.ticket)).toEqual([]);
    expect(of(warn, kept.ticket)).toEqual([]);
  });

  it('does not happen while the ticket waits, nor where a thanks comes after the answer', () => {
    expect(of(breach, paused())).toEqual([]);
    const answered = aCase({ status: 'resolved', resolvedAt: '2026-11-25T08:00:00.000Z' });
    expect(of(breach, answered)).toEqual([]);
    const thanked = after(aScene({ ticket: answered }), { changes: [{ kind: 'message-added', messageId: 'thanks' }] });
    expect(of(breach, settleBy(organisation)(thanked))).toEqual([]);
    expect(settleBy(organisation)(thanked).burnsAt).toBeNull();
  });

  it('goes to the deputy of an assignee who is away, and to the head where the assignee has left', () => {
    const ticket = aCase({ assigneeId: 'majed' });
    const away = { agentId: 'majed', deputyId: 'mona', from: '2026-11-01T00:00:00.000Z', to: null };
    const told = (staff: ReturnType<typeof aStaff>) =>
      of(breach, ticket)[0]!.outcome(aScene({ ticket, organisation, staff, now: due })).alerts;
    expect(told(aStaff([], [away]))).toMatchObject([{ agentId: 'mona' }]);
    const left = { ...everybody.find(({ id }) => id === 'majed')!, disabledAt: '2026-11-20T00:00:00.000Z' };
    expect(told(aStaff([left]))).toMatchObject([{ agentId: 'huda' }]);
  });
});

describe('what a ticket is settled to', () => {
  it('burns at the first deadline that runs, and is looked at when time first brings something', () => {
    const settled = settleBy(organisation)(aCase());
    expect(settled).toMatchObject({ dueAt: { resolution: due }, burnsAt: due, nextAt: '2026-11-26T09:30:00.000Z' });
  });

  it('burns at no time while it is paused, met or over', () => {
    for (const facts of [
      paused(),
      aCase({ status: 'resolved', resolvedAt: '2026-11-25T08:00:00.000Z' }),
      aCase({ status: 'rejected', closedAt: '2026-11-25T08:00:00.000Z' }),
    ])
      expect(settleBy(organisation)(facts).burnsAt).toBeNull();
  });

  it('opens with no deadline on a calendar that never opens', () => {
    const never = organisation.calendars.map((one) => ({ ...one, calendar: { timeZone: 'Asia/Riyadh', week: {} } }));
    const settled = settleBy({ ...organisation, calendars: never })(aCase());
    expect(settled).toMatchObject({ dueAt: { firstResponse: null, resolution: null }, burnsAt: null });
  });
});
