import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReportWorld, type ReportWorld, readWorkbook } from './reports-harness.ts';

let world: ReportWorld;
let head: Awaited<ReturnType<ReportWorld['enters']>>;
let management: Awaited<ReturnType<ReportWorld['enters']>>;

const transferred = { kind: 'transferred', departmentId: 'halls', assigneeId: null } as const;
const returned = { kind: 'returned', text: 'أُصلح', doneOn: '2026-11-25', visitOn: null } as const;
const resolved = { kind: 'resolved', outcome: 'done' } as const;
const closed = { kind: 'closed', how: 'confirmed', creditedTo: 'halls' } as const;

beforeAll(async () => {
  world = await openReportWorld();
  head = await world.enters('head', ['halls']);
  management = await world.enters('management', []);
  await world.opens('26000011', { departmentId: 'care' }, [
    { kind: 'accepted' },
    transferred,
    { kind: 'started' },
    returned,
    resolved,
    closed,
    { kind: 'rated', score: 4 },
  ]);
  await world.opens('26000012', { departmentId: 'care' }, [{ kind: 'accepted' }, transferred]);
  await world.opens('26000013', { type: 'inquiry', channel: 'web-chat', departmentId: 'care' }, [
    { kind: 'accepted' },
    resolved,
    { ...closed, creditedTo: 'care' },
  ]);
  await world.opens('26000014', {}, [{ kind: 'rejected', reason: 'خارج الاختصاص' }]);
  await world.opens('26000015', { restricted: true }, [transferred]);
  await world.opens('26000016', {}, [{ kind: 'paused', reason: 'parts', status: 'on_hold', stops: true }]);
});
afterAll(() => world.close());

const kpi = (query = '') => management.ask('GET', `/api/v1/reports/kpi${query}`);

describe('GET /reports/kpi', () => {
  it('tells the key figures of this month', async () => {
    const { status, body } = await kpi();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      from: '2026-11-01',
      to: '2026-11-26',
      departmentId: null,
      uncounted: 0,
      recounting: false,
      received: 6,
      treated: 2,
      closed: 2,
      outcomes: { done: 2, notDone: 0, other: 0 },
      firstContact: { count: 1, of: 2, rate: 0.5 },
      acceptance: { accepted: 4, rejected: 1, rate: 0.8 },
      rightFirst: { count: 1, of: 1, rate: 1 },
      inquiriesAtOnce: { count: 1, of: 1, rate: 1 },
      inquiriesOnTime: { onTime: 1, late: 0, rate: 1 },
      satisfaction: { complaints: { rated: 1, mean: 4, satisfied: 1, rate: 1 }, inquiries: { rated: 0, mean: null } },
      accuracy: { count: 2, of: 2, rate: 1 },
      treatment: {
        count: 2,
        meanMs: 210_000,
        meanWorkMs: 210_000,
        channels: [
          { channel: 'email', count: 1, meanMs: 300_000 },
          { channel: 'web-chat', count: 1, meanMs: 120_000 },
        ],
      },
    });
    const complaints = body.onTime.complaints.map((one: { complexity: string }) => one.complexity);
    expect(complaints).toEqual(['routine', 'complex', 'critical']);
    expect(body.onTime.complaints[0].treatment).toEqual({ onTime: 1, late: 0, rate: 1 });
  });

  it('tells of a department alone, and of a period in which nothing happened', async () => {
    expect((await kpi('?departmentId=care')).body).toMatchObject({ departmentId: 'care', received: 1, treated: 1 });
    const { body } = await kpi('?from=2026-01-01&to=2026-02-01');
    expect(body).toMatchObject({
      received: 0,
      firstContact: { count: 0, of: 0, rate: null },
      treatment: { meanMs: null },
    });
  });

  it('follows what happens to a ticket afterwards', async () => {
    await world.happens('26000011', { kind: 'reopened', why: 'person', status: 'open' });
    expect((await kpi()).body).toMatchObject({ received: 6, treated: 1, closed: 1 });
    await world.happens('26000011', resolved, closed);
    expect((await kpi()).body).toMatchObject({ received: 6, treated: 2, closed: 2 });
  });

  it('refuses what is no period and no department, and says why', async () => {
    const faults = [
      ['?from=2026-11-10&to=2026-11-10', 'query.to: it must come after "from"'],
      ['?from=2026-02-30', 'write a date as YYYY-MM-DD'],
      ['?from=2027-05-01', 'query.from: it lies after today'],
      ['?from=2001-01-01', 'ten years at most'],
      ['?from=1900-01-01&to=1905-01-01', 'query.from: not before 2000-01-01'],
      ['?departmentId=nowhere', 'there is no department "nowhere"'],
      ['?form=2026-11-01', 'form'],
    ];
    for (const [query, sentence] of faults) {
      const { status, body } = await kpi(query);
      expect(status, query).toBe(400);
      expect(body.error.message, query).toContain(sentence);
    }
  });
});

describe('GET /reports/departments', () => {
  it('counts in the words of the weekly report, restricted tickets too', async () => {
    const { body } = await management.ask('GET', '/api/v1/reports/departments');
    const halls = body.departments.find((one: { departmentId: string }) => one.departmentId === 'halls');
    expect(halls).toMatchObject({ open: 2, onHold: 1, inProgress: 0, closed: 1, total: 4, received: 5 });
    expect(halls.statuses).toEqual({ transferred: 2, on_hold: 1, closed: 1, rejected: 1 });
    expect(body.total).toMatchObject({ open: 2, onHold: 1, closed: 2, total: 5, received: 6 });
    expect(body.departments).toHaveLength(world.deps.organisation().departments.length);
  });

  it('shows a head their own department, and agents and members none', async () => {
    const own = await head.ask('GET', '/api/v1/reports/departments');
    expect(own.body.departments.map((one: { departmentId: string }) => one.departmentId)).toEqual(['halls']);
    expect((await head.ask('GET', '/api/v1/reports/kpi?departmentId=care')).status).toBe(403);
    const ofOther = await head.ask('POST', '/api/v1/reports/weekly/send', { body: { departmentId: 'maintenance' } });
    expect(ofOther.status).toBe(403);
    for (const role of ['agent', 'member', 'coordinator'] as const) {
      const other = await world.enters(role, ['halls']);
      expect((await other.ask('GET', '/api/v1/reports/kpi')).status, role).toBe(403);
    }
  });
});

describe('GET /reports/weekly', () => {
  it('lists what is open and what was closed, but nothing that is restricted', async () => {
    const { body } = await head.ask('GET', '/api/v1/reports/weekly?departmentId=halls');
    expect(body).toMatchObject({ from: '2026-11-19', to: '2026-11-26', open: 2, onHold: 1, closed: 1, total: 4 });
    expect(body.tickets.open.map((one: { number: string }) => one.number)).toEqual(['26000012', '26000016']);
    expect(body.tickets.closed.map((one: { number: string }) => one.number)).toEqual(['26000011']);
    const above = await management.ask('GET', '/api/v1/reports/weekly?departmentId=halls');
    expect(JSON.stringify(above.body)).not.toContain('26000015');
  });

  it('asks for the department', async () => {
    expect((await head.ask('GET', '/api/v1/reports/weekly')).body.error.message).toContain('departmentId');
  });

  it('is a file to be saved', async () => {
    const response = await fetch(`${world.url}/api/v1/reports/weekly/file?departmentId=halls`, {
      headers: { cookie: head.cookie },
    });
    expect(response.headers.get('content-type')).toContain('spreadsheetml');
    expect(response.headers.get('content-disposition')).toContain('weekly-halls-2026-11-26.xlsx');
    const [sheet] = readWorkbook(new Uint8Array(await response.arrayBuffer()));
    expect(sheet?.isRightToLeft).toBe(true);
    expect(sheet?.rows).toContainEqual(['الإجمالي', '4']);
  });
});
