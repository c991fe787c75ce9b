import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Alert, alerts } from '../../../src/alert/alert.ts';
import { deputies } from '../../../src/casework/deputies.ts';
import { iso } from '../../../src/clock.ts';
import { sendWeeklyReports } from '../../../src/flow/casework/weekly-report.ts';
import { settings } from '../../../src/organisation/settings.ts';
import { weeklyReports } from '../../../src/report/weekly-sending.ts';
import { openReportWorld, type ReportWorld, readWorkbook } from './reports-harness.ts';

let world: ReportWorld;
const hour = 3_600_000;
const day = 24 * hour;

beforeEach(async () => {
  // a Wednesday, 11:00 in Riyadh; the report is due on Sundays at 08:00
  world = await openReportWorld();
  await world.run(sendWeeklyReports);
});
afterEach(() => world.close());

const alertsOf = async (agentId: string): Promise<Alert[]> =>
  (await world.store.find(alerts, { index: 'by-agent', where: { agentId } })).items;

async function workbookOf({ file }: Alert) {
  const stream = await world.store.blobs.get(file?.blobId ?? '');
  if (!stream) throw new Error('the file of the alert is not there');
  const bytes = await buffer(stream);
  expect(bytes.byteLength).toBe(file?.bytes);
  return readWorkbook(bytes);
}

/** To Sunday, 08:00 in Riyadh. */
const untilDue = 3 * day + 21 * hour;

const lacking = [
  { kind: 'transferred', departmentId: 'halls', assigneeId: null },
  { kind: 'stock-awaited', item: 'شاشة عرض <65 بوصة> & حامل' },
  { kind: 'closed', how: 'staff', outcome: 'not_done', creditedTo: 'halls' },
] as const;

describe('the weekly report of a department', () => {
  it('goes to its head with a file, from right to left in Arabic, that tells its week', async () => {
    const { agent } = await world.enters('head', ['halls']);
    await world.opens('26000011', { service: 'equipment-supply' }, [
      { kind: 'transferred', departmentId: 'halls', assigneeId: agent.id },
    ]);
    await world.opens('26000012', { restricted: true, subject: 'سر' });
    await world.opens('26000013', {}, lacking);
    world.clock.advance(untilDue);
    await world.run(sendWeeklyReports);

    const [report, stock] = (await alertsOf(agent.id)).sort((one, other) => other.kind.localeCompare(one.kind));
    expect(report).toMatchObject({ kind: 'weekly-report', ticketNumber: null, mail: 'waiting' });
    expect(report?.values).toMatchObject({ period: 'من 2026-11-22 إلى 2026-11-28' });
    expect(report?.file).toMatchObject({ name: 'weekly-halls-2026-11-29.xlsx' });
    expect(stock).toMatchObject({ kind: 'stock-list', values: { count: 1 } });

    const [main, list] = await workbookOf(report as Alert);
    expect(main).toMatchObject({ name: 'التقرير الأسبوعي', isRightToLeft: true });
    expect(main?.rows).toEqual(
      expect.arrayContaining([
        ['الفترة', '2026-11-22', '2026-11-28'],
        ['الحالة', 'العدد'],
        ['مفتوحة / محوّلة', '2'],
        ['معلّقة', '0'],
        ['تحت الإجراء', '0'],
        ['مغلقة خلال الفترة', '1'],
        ['الإجمالي', '3'],
      ]),
    );
    const [opened] = main?.rows.filter(([number]) => number === '26000011') ?? [];
    expect(opened?.slice(0, 5)).toEqual([
      '26000011',
      'شكوى',
      expect.stringMatching(/\p{Script=Arabic}/u),
      'محالة إلى القسم',
      '2026-11-25',
    ]);
    expect(opened?.at(-1)).toBe('The head');
    expect(main?.xml).toMatch(/<cols>.*width="30/s);
    expect(main?.xml).not.toContain('26000012');
    expect(list).toMatchObject({ name: 'نقص المواد', isRightToLeft: true });
    expect(list?.rows.at(-1)).toEqual(['26000013', '', 'شاشة عرض <65 بوصة> & حامل', '2026-11-25', 'لم يُحدَّد']);
  });

  it('is not due before its minute, and goes once however often it is looked at', async () => {
    const { agent } = await world.enters('head', ['halls']);
    world.clock.advance(untilDue - 1);
    await world.run(sendWeeklyReports);
    expect(await alertsOf(agent.id)).toEqual([]);
    world.clock.advance(1);
    await Promise.all([world.run(sendWeeklyReports), world.run(sendWeeklyReports)]);
    world.clock.advance(hour);
    await world.run(sendWeeklyReports);
    expect(await alertsOf(agent.id)).toHaveLength(1);
  });

  it('that was missed goes at the next start, once, and of several weeks the last', async () => {
    const { agent } = await world.enters('head', ['halls']);
    world.clock.advance(untilDue + 16 * day);
    await world.run(sendWeeklyReports);
    const sent = await alertsOf(agent.id);
    expect(sent.map(({ file }) => file?.name)).toEqual(['weekly-halls-2026-12-13.xlsx']);
  });

  it('of a time before the plan is not sent', async () => {
    const { agent } = await world.enters('head', ['halls']);
    const { value } = (await world.store.get(settings, 'casework')) as { value: object };
    const set = { value: { ...value, weeklyReport: { day: 'tue', at: '08:00' } } };
    await world.store.write([{ op: 'update', in: settings, id: 'casework', set }]);
    await expect.poll(() => world.deps.organisation().casework.weeklyReport?.day).toBe('tue');
    await world.run(sendWeeklyReports);
    expect(await alertsOf(agent.id)).toEqual([]);
    world.clock.advance(6 * day);
    await world.run(sendWeeklyReports);
    expect(await alertsOf(agent.id)).toHaveLength(1);
  });

  it('goes on where a process died after some departments', async () => {
    const halls = await world.enters('head', ['halls']);
    const maintenance = await world.enters('head', ['maintenance']);
    world.clock.advance(untilDue);
    const { put } = world.store.blobs;
    let left = 1;
    world.store.blobs.put = (...given) => (left-- > 0 ? put(...given) : Promise.reject(new Error('the process died')));
    await expect(world.run(sendWeeklyReports)).rejects.toThrow('the process died');
    world.store.blobs.put = put;
    await world.run(sendWeeklyReports);
    for (const { agent } of [halls, maintenance]) expect(await alertsOf(agent.id)).toHaveLength(1);
  });

  it('goes to the head and who stands in for them, and where nobody heads a department that has tickets, to those above', async () => {
    const { agent } = await world.enters('head', ['halls']);
    const deputy = await world.enters('member', ['halls']);
    const supervisor = await world.enters('supervisor', []);
    const from = iso(world.clock.now());
    const document = { id: 'd', version: 1, agentId: agent.id, deputyId: deputy.agent.id, from, to: null, at: from };
    await world.store.write([{ op: 'insert', in: deputies, document }]);
    await world.opens('26000011', { departmentId: 'maintenance' });
    world.clock.advance(untilDue);
    await world.run(sendWeeklyReports);
    for (const { id } of [agent, deputy.agent])
      expect((await alertsOf(id)).map(({ file }) => file?.name)).toEqual(['weekly-halls-2026-11-29.xlsx']);
    const above = (await alertsOf(supervisor.agent.id)).map(({ file }) => file?.name);
    expect(above).toEqual(['weekly-maintenance-2026-11-29.xlsx']);
    const kept = await world.store.find(weeklyReports, { index: 'by-department' });
    expect(kept.items).toHaveLength(world.deps.organisation().departments.length);
  });

  it('is sent on demand, in the language of the organisation, and refused where nobody is there', async () => {
    const supervisor = await world.enters('supervisor', []);
    const send = (departmentId: string) =>
      supervisor.ask('POST', '/api/v1/reports/weekly/send', { body: { departmentId } });
    expect(await send('halls')).toMatchObject({
      status: 422,
      body: { error: { details: { reason: 'nobody-there' } } },
    });
    expect(await send('nowhere')).toMatchObject({ status: 400 });
    const { agent } = await world.enters('head', ['halls']);
    const { value } = (await world.store.get(settings, 'organisation')) as { value: object };
    await world.store.write([
      { op: 'update', in: settings, id: 'organisation', set: { value: { ...value, defaultLanguage: 'en' } } },
    ]);
    await expect.poll(() => world.deps.organisation().organisation.defaultLanguage).toBe('en');
    expect(await send('halls')).toMatchObject({ status: 200, body: { to: [{ id: agent.id, name: 'The head' }] } });
    const [alert] = await alertsOf(agent.id);
    const [sheet] = await workbookOf(alert as Alert);
    expect(sheet).toMatchObject({ name: 'Weekly report', isRightToLeft: false });
    expect(sheet?.rows).toContainEqual(['Total', '0']);
  });
});
