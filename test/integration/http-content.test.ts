import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAdministrator, openWorld, signedIn, type World } from './http-harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const article = {
  id: 'opening-hours',
  status: 'published',
  title: { ar: 'أوقات العمل' },
  body: { ar: 'من الأحد إلى الخميس.' },
  phrasings: { ar: ['متى تفتحون'] },
};

describe('settings', () => {
  it('are read and decided anew at the version seen', async () => {
    const ask = asAdministrator(world);
    const { version, value } = (await ask('GET', '/api/v1/settings/intake')).body;
    const next = { questions: value.questions.slice(0, 2) };
    const changed = await ask('PUT', '/api/v1/settings/intake', { body: { version, value: next } });
    expect(changed.body).toEqual({ name: 'intake', version: version + 1, value: next });
    const stale = await ask('PUT', '/api/v1/settings/intake', { body: { version, value } });
    expect(stale.body.error).toMatchObject({ code: 'conflict', details: { current: changed.body } });
  });

  it('must agree with one another', async () => {
    const ask = asAdministrator(world);
    const put = async (name: string, edit: (value: never) => unknown) => {
      const { version, value } = (await ask('GET', `/api/v1/settings/${name}`)).body;
      return ask('PUT', `/api/v1/settings/${name}`, { body: { version, value: edit(value as never) } });
    };
    type Named = { id: string; careUnit?: boolean };
    const faults = [
      await put('services', (all: object[]) => all.map((one) => ({ ...one, departmentId: 'no-such' }))),
      await put('departments', (all: Named[]) => all.filter(({ careUnit }) => careUnit)),
      await put('departments', (all: Named[]) => all.map((one) => ({ ...one, careUnit: false }))),
      await put('departments', (all: Named[]) => [...all, all[0]]),
      await put('calendars', (all: Named[]) => all.map((one) => ({ ...one, id: 'other' }))),
      await put('sla', (sla: object) => ({ ...sla, calendarId: 'no-such' })),
      await put('organisation', (all: object) => ({ ...all, calendarId: 'no-such' })),
    ];
    expect(faults.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400, 400]);
    expect(faults[0]?.body.error.details.faults[0].path).toBe('body.value.0.departmentId');
  });

  it('are changed by administrators only, and that is noted', async () => {
    const { ask } = await signedIn(world, 'supervisor', 'settings@example.org');
    const { version, value } = (await ask('GET', '/api/v1/settings/sla')).body;
    expect((await ask('PUT', '/api/v1/settings/sla', { body: { version, value } })).status).toBe(403);
    const admin = await signedIn(world, 'administrator', 'decides@example.org');
    expect((await admin.ask('PUT', '/api/v1/settings/sla', { body: { version, value } })).status).toBe(200);
    const audit = await admin.ask('GET', `/api/v1/audit?actorId=${admin.agent.id}`);
    expect(audit.body.items[0]).toMatchObject({ action: 'setting.changed', subject: 'sla' });
  });
});

describe('articles', () => {
  it('are written, changed at the version seen, listed and taken out', async () => {
    const ask = asAdministrator(world);
    const made = await ask('POST', '/api/v1/articles', { body: article });
    expect([made.status, made.body.version]).toEqual([201, 1]);
    expect((await ask('POST', '/api/v1/articles', { body: article })).status).toBe(409);
    const path = '/api/v1/articles/opening-hours';
    const changed = await ask('PATCH', path, { body: { version: 1, status: 'draft' } });
    expect(changed.body).toMatchObject({ version: 2, status: 'draft', title: article.title });
    const stale = await ask('PATCH', path, { body: { version: 1, status: 'published' } });
    expect(stale.body.error.details.current.version).toBe(2);
    expect((await ask('GET', '/api/v1/articles?status=draft')).body.items).toHaveLength(1);
    expect((await ask('DELETE', `${path}?version=1`)).status).toBe(409);
    expect((await ask('DELETE', `${path}?version=2`)).status).toBe(204);
    expect((await ask('GET', path)).status).toBe(404);
  });

  it.each([
    [{ title: {} }],
    [{ body: {} }],
    [{ service: 'no-such' }],
    [{ departmentId: 'no-such' }],
    [{ id: '../x' }],
    [{ status: 'hidden' }],
  ])('refuse %j', async (wrong) => {
    const reply = await asAdministrator(world)('POST', '/api/v1/articles', { body: { ...article, id: 'w', ...wrong } });
    expect(reply.status).toBe(400);
  });

  it('are written by supervisors and read by all', async () => {
    const { ask } = await signedIn(world, 'member', 'reads@example.org');
    expect((await ask('GET', '/api/v1/articles')).status).toBe(200);
    expect((await ask('POST', '/api/v1/articles', { body: article })).status).toBe(403);
  });
});

it('the knowledge bank answers without anything being stored', async () => {
  const reply = await asAdministrator(world)('POST', '/api/v1/answer', {
    body: { text: 'متى تفتحون؟', language: 'ar' },
  });
  expect(reply.body).toEqual({
    outcome: 'answer',
    articles: [{ id: 'hours', title: 'Hours', confidence: 0.9 }],
    text: 'متى تفتحون؟',
  });
});

it('a working calendar is reckoned line by line, both ways', async () => {
  const ask = asAdministrator(world);
  const calendar = { timeZone: 'Asia/Riyadh', week: { sun: [['07:30', '14:30']] } };
  const from = '2026-11-22T10:30:00.000Z';
  const due = { calendar, from, add: { amount: 2, unit: 'business_hours' } };
  const dueAt = await ask('POST', '/api/v1/calendars/preview', { body: due });
  expect(dueAt.body.dueAt).toBe('2026-11-29T05:30:00.000Z');
  expect(dueAt.body.lines.length).toBeGreaterThan(1);
  const between = { calendar, from, to: '2026-11-29T05:30:00.000Z' };
  expect((await ask('POST', '/api/v1/calendars/preview', { body: between })).body.workingMinutes).toBe(120);
  const never = { ...due, calendar: { ...calendar, week: {} } };
  expect((await ask('POST', '/api/v1/calendars/preview', { body: never })).status).toBe(400);
  const both = { ...due, calendarId: 'x' };
  expect((await ask('POST', '/api/v1/calendars/preview', { body: both })).status).toBe(400);
});

it('inboxes tell how they are and what they can do', async () => {
  const { body } = await asAdministrator(world)('GET', '/api/v1/inboxes');
  expect(body.items).toMatchObject([
    { id: 'chat', channel: 'chat', state: 'connected', reason: null, capabilities: { canStart: false, typing: true } },
  ]);
});
