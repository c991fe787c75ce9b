import { describe, expect, it } from 'vitest';
import { ladder } from '../../../src/casework/duties/ladder.ts';
import { climb, ladderOf } from '../../../src/casework/ladder.ts';
import type { CaseScene } from '../../../src/casework/scene.ts';
import type { Ladder } from '../../../src/organisation/casework.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { ticketStatuses } from '../../../src/ticket/types.ts';
import { after, aMember, anOrganisation, aScene, aStaff, aTicket } from './builders.ts';

const organisation = anOrganisation();
const due = '2026-11-25T10:00:00.000Z';
const overdue = (facts: Partial<Ticket> = {}): Ticket =>
  aTicket({
    status: 'in_progress',
    departmentId: 'halls',
    routedAt: '2026-11-25T06:30:00.000Z',
    assigneeId: 'majed',
    handlers: ['majed'],
    dueAt: { firstResponse: null, routing: null, resolution: due },
    ...facts,
  });

const levels = (...list: Ladder['levels']) => anOrganisation({ ladders: [{ id: 'only', levels: list }] });
const atOnce = { amount: 0, unit: 'business_hours' } as const;

/** Climbs until nothing is due, and tells when it reached whom. */
const story = (ticket: Ticket, setting = organisation, facts: Partial<CaseScene> = {}) => {
  const told: [string, number, string[]][] = [];
  for (let at = ticket; told.length < 9; ) {
    const [duty] = ladder(at, setting);
    if (!duty) return told;
    const scene = aScene({ ticket: at, now: duty.at, organisation: setting, ...facts });
    const outcome = duty.outcome({ ...scene, now: duty.at });
    for (const change of outcome.changes)
      if (change.kind === 'escalated') told.push([duty.at, change.level, change.to]);
    at = after({ ...scene, now: duty.at }, outcome);
  }
  throw new Error('the ladder does not end');
};

describe('the ladder of a type', () => {
  const [any, both, one]: Ladder[] = [
    { id: 'any', levels: [{ after: atOnce, to: 'head' }] },
    { id: 'both', types: ['complaint', 'report'], levels: [{ after: atOnce, to: 'head' }] },
    { id: 'one', types: ['complaint'], levels: [{ after: atOnce, to: 'head' }] },
  ] as const;
  it.each([
    ['complaint', [any, both, one], 'one'],
    ['report', [any, both, one], 'both'],
    ['inquiry', [any, both, one], 'any'],
    ['inquiry', [both, one], undefined],
  ] as const)('of %s among %#', (type, ladders, id) => {
    expect(ladderOf(anOrganisation({ ladders: [...ladders] as Ladder[] }), type)?.id).toBe(id);
  });
});

describe('an overdue ticket', () => {
  it('climbs level after level within the hours of staff', () => {
    expect(story(overdue())).toEqual([
      ['2026-11-25T10:00:00.000Z', 1, ['huda']],
      ['2026-11-26T10:00:00.000Z', 2, ['samia']],
      // Thursday, then Sunday and Monday
      ['2026-11-30T10:00:00.000Z', 3, ['maha']],
    ]);
  });

  it.each([
    ['at the end of a day', '2026-11-25T11:30:00.000Z', '2026-11-26T04:30:00.000Z'],
    ['at night', '2026-11-25T22:00:00.000Z', '2026-11-26T04:30:00.000Z'],
    ['on a weekend', '2026-11-27T09:00:00.000Z', '2026-11-29T04:30:00.000Z'],
  ])('that fell due %s reaches nobody before the next opening', (_when, resolution, at) => {
    const ticket = overdue({ dueAt: { firstResponse: null, routing: null, resolution } });
    expect(ladder(ticket, organisation)[0]?.at).toBe(at);
  });

  it('reaches nobody at night where a level is so many plain hours later', () => {
    const setting = levels({ after: { amount: 6, unit: 'hours' }, to: 'head' });
    expect(ladder(overdue(), setting)[0]?.at).toBe('2026-11-26T04:30:00.000Z');
  });

  it('goes on from the level to which somebody raised it', () => {
    const escalation = { level: 1, at: due, why: 'person' };
    expect(story(overdue({ escalation })).map(([, level]) => level)).toEqual([2, 3]);
    expect(ladder(overdue({ escalation: { ...escalation, level: 3 } }), organisation)).toEqual([]);
  });

  it('takes with it the levels that are not reached yet where its deadline moves', () => {
    const moved = { firstResponse: null, routing: null, resolution: '2026-12-02T10:00:00.000Z' };
    const escalation = { level: 1, at: due, why: 'overdue' };
    expect(ladder(overdue({ escalation, dueAt: moved }), organisation)[0]?.at).toBe('2026-12-03T10:00:00.000Z');
    expect(ladder(overdue({ dueAt: { ...moved, resolution: null } }), organisation)).toEqual([]);
  });

  it('does not climb while its clock stands, nor once it is answered or over', () => {
    const pauses = [{ reason: 'customer', from: due, to: null, stops: true }];
    expect(ladder(overdue({ status: 'pending_customer', pauses }), organisation)).toEqual([]);
    expect(
      ladder(overdue({ status: 'on_hold', pauses: [{ ...pauses[0]!, stops: false }] }), organisation),
    ).toHaveLength(1);
    const climbs = ticketStatuses.filter((status) => ladder(overdue({ status }), organisation).length > 0);
    expect(climbs).not.toContain('resolved');
    expect(climbs).not.toContain('closed');
    expect(climbs).not.toContain('rejected');
    expect(climbs).toContain('returned');
  });

  it('has no ladder where none is set', () => {
    expect(ladder(overdue(), anOrganisation({ ladders: [] }))).toEqual([]);
  });
});

describe('a level', () => {
  const up = (ticket: Ticket, setting = organisation, facts: Partial<CaseScene> = {}) =>
    climb(aScene({ ticket, organisation: setting, ...facts }), { from: 0, why: 'overdue' });

  it('at which nobody is lets the ticket go on to the next at once, and is entered as empty', () => {
    const staff = aStaff([aMember('huda', { role: 'head', departments: ['halls'], disabledAt: due })]);
    const { changes, alerts } = up(overdue(), organisation, { staff });
    expect(changes).toEqual([
      { kind: 'escalated', level: 1, why: 'overdue', to: [] },
      { kind: 'escalated', level: 2, why: 'overdue', to: ['samia'] },
    ]);
    expect(alerts).toEqual([{ kind: 'escalated', agentId: 'samia', values: { level: 2 } }]);
    expect(story(overdue(), organisation, { staff }).map(([at, level]) => [at, level])).toEqual([
      [due, 1],
      [due, 2],
      ['2026-11-30T10:00:00.000Z', 3],
    ]);
  });

  it('reaches whoever stands in for an absent one', () => {
    const staff = aStaff([], [{ agentId: 'huda', deputyId: 'mona', from: '2026-11-01T00:00:00.000Z', to: null }]);
    expect(up(overdue(), organisation, { staff }).alerts.map(({ agentId }) => agentId)).toEqual(['mona']);
  });

  it('reaches nobody from whom the ticket is kept, nor who may not see a restricted one', () => {
    expect(up(overdue({ hiddenFrom: ['huda', 'majed'] })).changes).toMatchObject([{ to: [] }, { to: ['samia'] }]);
    const restricted = up(overdue({ restricted: true, hiddenFrom: ['samia'], visibleTo: ['maha'] }));
    expect(restricted.changes).toMatchObject([{ to: [] }, { to: [] }, { level: 3, to: ['maha'] }]);
  });

  it('may be the assignee, or agents by id or address', () => {
    const setting = levels(
      { after: atOnce, to: 'assignee' },
      { after: atOnce, to: 'agents', agentIds: ['adel', 'maha@example.org'] },
    );
    expect(up(overdue(), setting).changes).toMatchObject([{ level: 1, to: ['majed'] }]);
    expect(up(overdue({ assigneeId: null }), setting).changes).toMatchObject([{ to: [] }, { to: ['adel', 'maha'] }]);
  });

  it('takes the ticket over where it says so, but for those who may not handle it and for management', () => {
    const setting = levels(
      { after: atOnce, to: 'supervisor', moves: true },
      { after: atOnce, to: 'management', moves: true },
    );
    const second = aMember('saud', { role: 'supervisor', createdAt: '2026-02-01T00:00:00.000Z' });
    const scene = aScene({ ticket: overdue({ notBy: ['samia'] }), organisation: setting, staff: aStaff([second]) });
    const climbed = climb(scene, { from: 0, why: 'overdue' });
    expect(climbed.changes).toMatchObject([{ level: 1, to: ['samia', 'saud'], assigneeId: 'saud' }]);
    expect(after(scene, climbed)).toMatchObject({
      assigneeId: 'saud',
      status: 'in_progress',
      handlers: ['majed', 'saud'],
    });
    expect(climb(scene, { from: 1, why: 'overdue' }).changes).toEqual([
      { kind: 'escalated', level: 2, why: 'overdue', to: ['maha'] },
    ]);
  });

  it('leaves it to those above where nobody is at any level', () => {
    const staff = { members: [aMember('adel', { role: 'administrator' })], deputies: [] };
    const { changes, alerts } = up(overdue(), organisation, { staff });
    expect(changes.map((one) => one.kind === 'escalated' && one.to)).toEqual([[], [], []]);
    expect(alerts).toEqual([{ kind: 'nobody-there', agentId: 'adel', values: {} }]);
  });
});
