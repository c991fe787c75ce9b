import { afterAll, beforeAll, expect, it } from 'vitest';
import { asAdministrator, openWorld, signedIn, type World, writer } from '../http-harness.ts';

/** A Wednesday, 09:00 in Riyadh; it is 11:00 by the clock of the test. */
const openedAt = '2026-11-25T06:00:00.000Z';
let world: World;

beforeAll(async () => {
  world = await openWorld();
  const { aContact, aTicket } = writer(world);
  const { id: contactId } = await aContact();
  const inquiry = { contactId, type: 'inquiry' as const, channel: 'desk', openedAt, statusAt: openedAt };
  const waited = { reason: 'customer', stops: true, from: '2026-11-25T07:00:00.000Z', to: '2026-11-25T07:30:00.000Z' };
  await aTicket({ ...inquiry, number: '26000018', respondedAt: openedAt, pauses: [waited] });
  await aTicket({ ...inquiry, number: '26000026', restricted: true });
  await aTicket({
    ...inquiry,
    number: '26000034',
    breached: [{ clock: 'resolution', dueAt: '2026-11-24T06:00:00.000Z' }],
  });
});
afterAll(() => world.close());

const deadlines = async (number: string) =>
  (await asAdministrator(world)('GET', `/api/v1/tickets/${number}/deadlines`)).body;

it('each clock tells when it is due, how it stands, and how that came about', async () => {
  const { firstResponse, routing, resolution } = await deadlines('26000018');
  expect(firstResponse).toMatchObject({ state: 'met', metAt: openedAt, promised: { amount: 20, unit: 'seconds' } });
  expect(routing).toBeNull();
  expect(resolution).toMatchObject({
    promised: { amount: 2, unit: 'business_days' },
    startedAt: openedAt,
    dueAt: '2026-11-29T06:30:00.000Z',
    state: 'running',
    metAt: null,
    workingMinutes: { promised: 840, used: 90 },
    breaches: [],
  });
  expect(
    resolution.lines.map((line: { minutes: number; counted: boolean; reason: string }) => [
      line.minutes,
      line.counted,
      line.reason,
    ]),
  ).toEqual([
    [60, true, 'open'],
    [30, false, 'paused:customer'],
    [240, true, 'open'],
    [1020, false, 'after-closing'],
    [420, true, 'open'],
    [570, false, 'after-closing'],
    [2880, false, 'closed'],
    [450, false, 'before-opening'],
    [120, true, 'open'],
  ]);
});

it('a breach of a deadline that was moved afterwards is shown as one that does not stand', async () => {
  const { resolution } = await deadlines('26000034');
  expect(resolution.breaches).toEqual([{ dueAt: '2026-11-24T06:00:00.000Z', stands: false }]);
});

it('a holiday that is added moves what is shown, and is named', async () => {
  const ask = asAdministrator(world);
  const { body } = await ask('GET', '/api/v1/settings/calendars');
  const [office] = body.value;
  const value = [{ ...office, calendar: { ...office.calendar, holidays: ['2026-11-26'] } }];
  const put = await ask('PUT', '/api/v1/settings/calendars', { body: { version: body.version, value } });
  expect(put.status).toBe(200);
  await expect.poll(async () => (await deadlines('26000018')).resolution.dueAt).toBe('2026-11-30T06:30:00.000Z');
  const reasons = (await deadlines('26000018')).resolution.lines.map((line: { reason: string }) => line.reason);
  expect(reasons).toContain('holiday');
});

it('are nobody’s who may not know of the ticket', async () => {
  const member = await signedIn(world, 'member');
  expect((await member.ask('GET', '/api/v1/tickets/26000026/deadlines')).status).toBe(404);
  expect((await asAdministrator(world)('GET', '/api/v1/tickets/26000099/deadlines')).status).toBe(404);
});

it('a calendar that never opens is told as such by the preview', async () => {
  const body = {
    calendar: { timeZone: 'Asia/Riyadh', week: {} },
    from: openedAt,
    add: { amount: 1, unit: 'business_days' },
  };
  const refused = await asAdministrator(world)('POST', '/api/v1/calendars/preview', { body });
  expect(refused.status).toBe(400);
  expect(refused.body.error.details).toEqual({ reason: 'never-open' });
});
