import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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

  it('tell how sure the knowledge bank must be, and the synonyms of editors, each fault with its place', async () => {
    const ask = asAdministrator(world);
    const path = '/api/v1/settings/knowledge';
    const { version, value } = (await ask('GET', path)).body;
    expect(value).toEqual({ sureness: 0.95, synonyms: { ar: [], en: [] } });
    const synonyms = { ar: [['مكيف', 'تبريد']], en: [['permit', 'gate pass']] };
    const next = { sureness: 0.9, synonyms };
    const changed = await ask('PUT', path, { body: { version, value: next } });
    expect(changed.body).toEqual({ name: 'knowledge', version: version + 1, value: next });
    await vi.waitFor(() => expect(world.deps.organisation().knowledge).toEqual(next));
    const faultOf = async (wrong: object) => {
      const reply = await ask('PUT', path, { body: { version: version + 1, value: { ...next, ...wrong } } });
      return [reply.status, reply.body.error.details.faults[0].path];
    };
    const rows = (ar: string[][]) => ({ synonyms: { ar, en: [] } });
    expect(await faultOf({ sureness: 95 })).toEqual([400, 'body.value.sureness']);
    expect(await faultOf(rows([['مكيف']]))).toEqual([400, 'body.value.synonyms.ar.0']);
    expect(await faultOf(rows([['مكيف', 'تبريد', '']]))).toEqual([400, 'body.value.synonyms.ar.0.2']);
    const twice = [
      ['مكيف', 'تبريد'],
      ['ثلاجة', 'التبريد', 'تبريد'],
    ];
    expect(await faultOf(rows(twice))).toEqual([400, 'body.value.synonyms.ar.1.2']);
    expect(await faultOf({ synonyms: { ar: [] } })).toEqual([400, 'body.value.synonyms.en']);
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
    [{ title: {} }, 'body.title'],
    [{ title: { ar: null } }, 'body.title'],
    [{ title: { ar: ' ' } }, 'body.title.ar'],
    [{ title: 'العنوان' }, 'body.title'],
    [{ title: { ar: 'عنوان', fr: 'titre' } }, 'body.title.fr'],
    [{ body: {} }, 'body.body'],
    [{ body: { ar: '\ud800' } }, 'body.body.ar'],
    [{ phrasings: ['متى'] }, 'body.phrasings'],
    [{ phrasings: { ar: ['متى', ''] } }, 'body.phrasings.ar.1'],
    [{ phrasings: { ar: 'متى' } }, 'body.phrasings.ar'],
    [{ service: 'no-such' }, 'body.service'],
    [{ departmentId: 'no-such' }, 'body.departmentId'],
    [{ id: '../x' }, 'body.id'],
    [{ status: 'hidden' }, 'body.status'],
    [{ status: undefined }, 'body.status'],
    [{ author: 'me' }, 'body.author'],
  ])('refuse %j, naming %s', async (wrong, path) => {
    const reply = await asAdministrator(world)('POST', '/api/v1/articles', { body: { ...article, id: 'w', ...wrong } });
    expect([reply.status, reply.body.error.details.faults[0].path]).toEqual([400, path]);
    expect(reply.body.error.message).toContain(`${path}: `);
  });

  it('stand in one language or both, part by part, with null for what there is not', async () => {
    const ask = asAdministrator(world);
    const [service] = world.deps.organisation().services;
    const body = {
      status: 'draft',
      title: { en: 'Halls', ar: null },
      body: { ar: 'الحجز من هنا.', en: null },
      phrasings: { ar: ['قاعة'], en: null },
      service: service?.id,
      departmentId: null,
    };
    const made = await ask('POST', '/api/v1/articles', { body });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      ...body,
      id: expect.any(String),
      version: 1,
      title: { en: 'Halls' },
      body: { ar: 'الحجز من هنا.' },
      phrasings: { ar: ['قاعة'] },
    });
    const path = `/api/v1/articles/${made.body.id}`;
    expect((await ask('GET', path)).body).toEqual(made.body);
    const set = { version: 1, service: null, phrasings: null, title: { ar: 'القاعات', en: null } };
    const changed = (await ask('PATCH', path, { body: set })).body;
    expect(changed).toEqual({ ...made.body, version: 2, service: null, phrasings: {}, title: { ar: 'القاعات' } });
    const emptied = await ask('PATCH', path, { body: { version: 2, body: { ar: null } } });
    expect(emptied.body.error.details.faults[0].path).toBe('body.body');
    await ask('DELETE', path);
  });

  it('are found by words of title, phrasings, body and id, of one status, service or department', async () => {
    const ask = asAdministrator(world);
    const { departments, services } = world.deps.organisation();
    const [departmentId, service] = [departments[1]?.id, services[1]?.id];
    const write = (id: string, facts: object) =>
      ask('POST', '/api/v1/articles', { body: { ...article, id, phrasings: {}, ...facts } });
    await write('gate-one', { title: { ar: 'بطاقة المواقف' }, departmentId });
    await write('gate-two', { body: { ar: 'تُستلم البطاقة من المكتب.' }, service });
    await write('gate-three', { phrasings: { ar: ['أين أستلم بطاقتي'], en: ['parking badge'] }, status: 'draft' });
    const found = async (query: string) =>
      (await ask('GET', `/api/v1/articles?${query}`)).body.items.map(({ id }: { id: string }) => id).sort();
    const all = ['gate-one', 'gate-three', 'gate-two'];
    expect(await found('q=gate')).toEqual(all);
    expect(await found(`q=${encodeURIComponent('بطاقه')}`)).toEqual(['gate-one']);
    expect(await found(`q=${encodeURIComponent('البطاقه المكتب')}`)).toEqual(['gate-two']);
    expect(await found(`q=${encodeURIComponent('PARK')}`)).toEqual(['gate-three']);
    expect(await found('q=gate&status=draft')).toEqual(['gate-three']);
    expect(await found(`q=gate&service=${service}`)).toEqual(['gate-two']);
    expect(await found(`departmentId=${departmentId}`)).toEqual(['gate-one']);
    expect(await found(`service=${service}&status=draft`)).toEqual([]);
    expect(await found(`q=${encodeURIComponent('؟؟')}`)).toEqual([]);
    const first = (await ask('GET', '/api/v1/articles?q=gate&status=published&limit=1')).body;
    const cursor = encodeURIComponent(first.nextCursor);
    const second = (await ask('GET', `/api/v1/articles?q=gate&status=published&limit=1&cursor=${cursor}`)).body;
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(['gate-two', 'gate-one']);
    const foreign = await ask('GET', `/api/v1/articles?cursor=${cursor}`);
    expect([foreign.status, foreign.body.error.code]).toEqual([400, 'invalid']);
    for (const id of all) await ask('DELETE', `/api/v1/articles/${id}`);
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

it('the knowledge bank explains its answer where that is asked for', async () => {
  const ask = asAdministrator(world);
  const reply = await ask('POST', '/api/v1/answer', { body: { text: 'متى تفتحون؟', explain: true } });
  expect(reply.body).toMatchObject({ why: ['language: ar'], articles: [{ phrasing: 'when do you open' }] });
  const wrong = await ask('POST', '/api/v1/answer', { body: { text: 'متى تفتحون؟', explain: 'yes' } });
  expect(wrong.status).toBe(400);
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
