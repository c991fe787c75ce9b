import { describe, expect, it } from 'vitest';
import type { Alert, AlertKind } from '../../../src/alert/alert.ts';
import type { Staff } from '../../../src/casework/staff.ts';
import { type FateScene, fateOf } from '../../../src/flow/casework/alert-fate.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { aMember, anOrganisation, aTicket } from '../casework/builders.ts';

const working = '2026-11-25T08:00:00.000Z';
const friday = '2026-11-27T08:00:00.000Z';
const sundayOpening = '2026-11-29T04:30:00.000Z';
const since = '2026-11-01T00:00:00.000Z';

const members = [
  aMember('sara'),
  aMember('huda', { role: 'head', departments: ['halls'] }),
  aMember('samia', { role: 'supervisor' }),
  aMember('gone', { disabledAt: since }),
];
const anAlert = (agentId: string, kind: AlertKind = 'assigned', facts: Partial<Alert> = {}): Alert => ({
  id: 'alert',
  version: 1,
  kind,
  agentId,
  ticketNumber: '26000010',
  values: {},
  file: null,
  at: working,
  mail: 'waiting',
  dueAt: working,
  tries: 0,
  readAt: null,
  ...facts,
});
const scene = (facts: Partial<FateScene> = {}): FateScene => ({
  ticket: aTicket(),
  staff: { members, deputies: [] },
  organisation: anOrganisation(),
  now: working,
  ...facts,
});
const standingIn = (agentId: string, deputyId: string, to: string | null = null): Staff => ({
  members,
  deputies: [{ agentId, deputyId, from: since, to }],
});
const of = (facts: Partial<Ticket>, more: Partial<FateScene> = {}): FateScene =>
  scene({ ticket: aTicket(facts), ...more });

describe('what becomes of an alert that is due', () => {
  it('goes to its agent within working hours', () => {
    expect(fateOf(anAlert('sara'), scene())).toMatchObject({ do: 'send', to: { id: 'sara' }, insteadOf: null });
  });

  it('goes to the deputy, and to the agent once they are back', () => {
    const away = scene({ staff: standingIn('huda', 'sara') });
    expect(fateOf(anAlert('huda'), away)).toMatchObject({ do: 'send', to: { id: 'sara' }, insteadOf: { id: 'huda' } });
    const back = scene({ staff: standingIn('huda', 'sara', '2026-11-20T00:00:00.000Z') });
    expect(fateOf(anAlert('huda'), back)).toMatchObject({ do: 'send', to: { id: 'huda' }, insteadOf: null });
  });

  it('goes to the deputy of somebody who has left', () => {
    expect(fateOf(anAlert('gone'), scene({ staff: standingIn('gone', 'samia') }))).toMatchObject({
      to: { id: 'samia' },
    });
    expect(fateOf(anAlert('gone'), scene())).toEqual({ do: 'drop' });
  });

  it('reaches nobody who may not know of the ticket, neither by themselves nor in the place of somebody who may', () => {
    expect(fateOf(anAlert('samia'), of({ hiddenFrom: ['samia'] }))).toEqual({ do: 'drop' });
    expect(fateOf(anAlert('huda'), of({ restricted: true }))).toEqual({ do: 'drop' });
    const named = of({ restricted: true, visibleTo: ['huda'] }, { staff: standingIn('huda', 'sara') });
    expect(fateOf(anAlert('huda', 'confidential'), named)).toMatchObject({ to: { id: 'huda' }, insteadOf: null });
    const kept = of({ hiddenFrom: ['huda', 'sara'] }, { staff: standingIn('huda', 'sara') });
    expect(fateOf(anAlert('huda'), kept)).toEqual({ do: 'drop' });
  });

  it('is no news any more where the ticket is gone, or over and nothing is left to do', () => {
    expect(fateOf(anAlert('sara'), scene({ ticket: null }))).toEqual({ do: 'drop' });
    expect(fateOf(anAlert('sara', 'warned'), of({ status: 'closed' }))).toEqual({ do: 'drop' });
    expect(fateOf(anAlert('sara', 'breached'), of({ status: 'closed' }))).toMatchObject({ do: 'send' });
    const report = anAlert('sara', 'weekly-report', { ticketNumber: null });
    expect(fateOf(report, scene({ ticket: null }))).toMatchObject({ do: 'send' });
  });

  it('waits for the next opening, unless it is urgent or confidential', () => {
    expect(fateOf(anAlert('sara'), scene({ now: friday }))).toEqual({ do: 'wait', until: sundayOpening });
    expect(fateOf(anAlert('sara'), of({ urgent: true }, { now: friday }))).toMatchObject({ do: 'send' });
    expect(fateOf(anAlert('samia', 'confidential'), scene({ now: friday }))).toMatchObject({ do: 'send' });
  });

  it('waits for a confirmed holiday to end, and for none that is only proposed', () => {
    const { calendars } = anOrganisation();
    const proposed = (confirmed: boolean) => [{ date: '2026-11-25', name: { ar: 'يوم', en: 'Day' }, confirmed }];
    const on = (confirmed: boolean) =>
      anOrganisation({}, { calendars: calendars.map((one) => ({ ...one, proposed: proposed(confirmed) })) });
    expect(fateOf(anAlert('sara'), scene({ organisation: on(false) }))).toMatchObject({ do: 'send' });
    expect(fateOf(anAlert('sara'), scene({ organisation: on(true) }))).toEqual({
      do: 'wait',
      until: '2026-11-26T04:30:00.000Z',
    });
  });

  it('does not wait for ever on a calendar that never opens', () => {
    const { calendars } = anOrganisation();
    const never = calendars.map((one) => ({ ...one, holidays: [], calendar: { timeZone: 'Asia/Riyadh', week: {} } }));
    const organisation = anOrganisation({}, { calendars: never });
    expect(fateOf(anAlert('sara'), scene({ organisation, now: friday }))).toMatchObject({ do: 'send' });
  });
});
