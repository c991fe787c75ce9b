import { describe, expect, it } from 'vitest';
import { permissions } from '../src/agent/roles.ts';
import { apiBase, apiRoutes } from '../src/http/api-routes.ts';
import { createApp, type HttpDeps } from '../src/http/app.ts';
import { openApiDocument } from '../src/http/openapi.ts';

/** Routes are declared before anything is asked of what they work on. */
const deps = {
  inboxes: { channels: new Map(), list: () => [], forms: [] },
  config: { publicUrl: 'http://localhost:8080', trustProxy: false, allowedOrigins: [], rateLimits: true },
  clock: { now: () => 0, after: () => () => {} },
  ids: { next: () => '', token: () => '' },
} as unknown as HttpDeps;
deps.config.distDirectory = '/nowhere';

/**
 * The whole surface: every route with who may use it. Whoever changes it changes this list by hand, and so says that it
 * was meant.
 */
const surface = `
POST /session — public
GET /session — agent member head supervisor management coordinator administrator
DELETE /session — agent member head supervisor management coordinator administrator
GET /conversations — agent coordinator head supervisor administrator management
GET /conversations/:id — agent coordinator head supervisor administrator management
GET /conversations/:id/messages — agent coordinator head supervisor administrator management
GET /conversations/:id/decisions — agent coordinator head supervisor administrator management
POST /conversations — agent coordinator head supervisor administrator
POST /conversations/:id/messages — agent coordinator head supervisor administrator
POST /conversations/:id/assign — agent coordinator head supervisor administrator
POST /conversations/:id/handoff — agent coordinator head supervisor administrator
POST /conversations/:id/resume — agent coordinator head supervisor administrator
POST /conversations/:id/close — agent coordinator head supervisor administrator
PATCH /messages/:id — agent coordinator head supervisor administrator
GET /messages/:id/source — agent coordinator head supervisor administrator
GET /messages/:id/html — agent coordinator head supervisor administrator management
GET /attachments/:id — agent coordinator head supervisor administrator management
POST /attachments — agent coordinator head supervisor administrator
GET /contacts — agent coordinator head supervisor administrator management
GET /contacts/:id — agent coordinator head supervisor administrator management
PATCH /contacts/:id — agent coordinator head supervisor administrator
GET /contacts/:id/same — agent coordinator head supervisor administrator management
GET /contacts/:id/joinings — agent coordinator head supervisor administrator management
POST /contacts/:id/merge — agent coordinator head supervisor administrator
POST /contacts/:id/unmerge — agent coordinator head supervisor administrator
POST /contacts/:id/merge-code — agent coordinator head supervisor administrator
POST /contacts/:id/phone-code — agent coordinator head supervisor administrator
POST /contacts/:id/phone-code/told — agent coordinator head supervisor administrator
GET /tickets — agent member head supervisor management coordinator administrator
GET /tickets/stock — agent member head supervisor management coordinator administrator
POST /stock/arrived — agent coordinator head supervisor administrator member
POST /tickets — agent coordinator head supervisor administrator
GET /tickets/:number — agent member head supervisor management coordinator administrator
GET /tickets/:number/events — agent member head supervisor management coordinator administrator
GET /tickets/:number/messages — agent coordinator head supervisor administrator management
PATCH /tickets/:number — agent coordinator head supervisor administrator member
POST /tickets/:number/notes — agent coordinator head supervisor administrator member
GET /tickets/:number/notices — agent member head supervisor management coordinator administrator
GET /tickets/:number/steps — agent member head supervisor management coordinator administrator
POST /tickets/:number/accept — agent coordinator head supervisor administrator member
POST /tickets/:number/reject — agent coordinator head supervisor administrator member
POST /tickets/:number/classify — agent coordinator head supervisor administrator member
POST /tickets/:number/transfer — agent coordinator head supervisor administrator member
POST /tickets/:number/assign — agent coordinator head supervisor administrator member
POST /tickets/:number/start — agent coordinator head supervisor administrator member
POST /tickets/:number/return — agent coordinator head supervisor administrator member
POST /tickets/:number/send-back — agent coordinator head supervisor administrator member
POST /tickets/:number/reply — agent coordinator head supervisor administrator member
POST /tickets/:number/approve-reply — agent coordinator head supervisor administrator member
POST /tickets/:number/decline-reply — agent coordinator head supervisor administrator member
POST /tickets/:number/ask — agent coordinator head supervisor administrator member
POST /tickets/:number/call — agent coordinator head supervisor administrator member
POST /tickets/:number/decide — agent coordinator head supervisor administrator member
POST /tickets/:number/pause — agent coordinator head supervisor administrator member
POST /tickets/:number/resume — agent coordinator head supervisor administrator member
POST /tickets/:number/delay — agent coordinator head supervisor administrator member
POST /tickets/:number/resolve — agent coordinator head supervisor administrator member
POST /tickets/:number/close — agent coordinator head supervisor administrator member
POST /tickets/:number/reopen — agent coordinator head supervisor administrator member
POST /tickets/:number/unsatisfied — agent coordinator head supervisor administrator member
POST /tickets/:number/await-stock — agent coordinator head supervisor administrator member
POST /tickets/:number/supply-date — agent coordinator head supervisor administrator member
POST /tickets/:number/stock-arrived — agent coordinator head supervisor administrator member
POST /tickets/:number/escalate — agent coordinator head supervisor administrator member
POST /tickets/:number/merge — agent coordinator head supervisor administrator member
POST /tickets/:number/refer — agent coordinator head supervisor administrator member
POST /tickets/:number/restrict — agent coordinator head supervisor administrator member
POST /tickets/:number/unmerge — agent coordinator head supervisor administrator member
POST /tickets/:number/withdraw-referral — agent coordinator head supervisor administrator member
POST /tickets/:number/object — agent coordinator head supervisor administrator member
GET /tickets/:number/deadlines — agent member head supervisor management coordinator administrator
GET /tickets/:number/referrals — agent coordinator head supervisor administrator member
GET /refer/:token — public
POST /refer/:token — public
POST /refer/:token/files — public
GET /surveys — supervisor administrator
GET /survey/:token — public
POST /survey/:token — public
GET /tickets/:number/fields/:field — agent coordinator head supervisor administrator member
GET /incidents — agent member head supervisor management coordinator administrator
POST /incidents — coordinator supervisor administrator
GET /incidents/:id — agent member head supervisor management coordinator administrator
PATCH /incidents/:id — coordinator supervisor administrator
POST /incidents/:id/tell — coordinator supervisor administrator
POST /incidents/:id/close — coordinator supervisor administrator
GET /incidents/:id/tickets — agent member head supervisor management coordinator administrator
POST /incidents/:id/tickets — agent coordinator head supervisor administrator
DELETE /incidents/:id/tickets/:number — agent coordinator head supervisor administrator
GET /ratings — supervisor administrator
GET /reports/kpi — agent member head supervisor management coordinator administrator
GET /reports/departments — agent member head supervisor management coordinator administrator
GET /reports/weekly — agent member head supervisor management coordinator administrator
GET /reports/weekly/file — agent member head supervisor management coordinator administrator
POST /reports/weekly/send — agent member head supervisor management coordinator administrator
GET /alerts — agent member head supervisor management coordinator administrator
GET /alerts/failed — supervisor administrator
POST /alerts/read — agent member head supervisor management coordinator administrator
GET /alerts/:id/file — agent member head supervisor management coordinator administrator
POST /answer — agent member head supervisor management coordinator administrator
GET /articles — agent member head supervisor management coordinator administrator
GET /articles/:id — agent member head supervisor management coordinator administrator
POST /articles — supervisor administrator
PATCH /articles/:id — supervisor administrator
DELETE /articles/:id — supervisor administrator
GET /questions/groups — agent coordinator head supervisor administrator management
GET /questions — agent coordinator head supervisor administrator management
POST /questions/assign — supervisor administrator
POST /questions/dismiss — supervisor administrator
POST /questions/:id/correct — agent coordinator head supervisor administrator
GET /suggestions — agent coordinator head supervisor administrator management
POST /suggestions/:id/approve — supervisor administrator
POST /suggestions/:id/reject — supervisor administrator
GET /articles/:id/effect — agent coordinator head supervisor administrator management
GET /knowledge/effect — agent coordinator head supervisor administrator management
POST /articles/import — supervisor administrator
GET /inboxes — agent member head supervisor management coordinator administrator
GET /inboxes/kinds — administrator
GET /inboxes/:id — administrator
POST /inboxes — administrator
PATCH /inboxes/:id — administrator
DELETE /inboxes/:id — administrator
GET /inboxes/:id/templates — agent coordinator head supervisor administrator management
POST /inboxes/:id/templates/sync — administrator
PATCH /inboxes/:id/templates/:templateId — administrator
GET /inboxes/:id/arrivals — administrator
POST /inboxes/:id/arrivals/:arrivalId/retry — administrator
GET /settings/organisation — agent member head supervisor management coordinator administrator
PUT /settings/organisation — administrator
GET /settings/departments — agent member head supervisor management coordinator administrator
PUT /settings/departments — administrator
GET /settings/services — agent member head supervisor management coordinator administrator
PUT /settings/services — administrator
GET /settings/intake — agent member head supervisor management coordinator administrator
PUT /settings/intake — administrator
GET /settings/calendars — agent member head supervisor management coordinator administrator
PUT /settings/calendars — administrator
GET /settings/sla — agent member head supervisor management coordinator administrator
PUT /settings/sla — administrator
GET /settings/knowledge — agent member head supervisor management coordinator administrator
PUT /settings/knowledge — administrator
GET /settings/casework — agent member head supervisor management coordinator administrator
PUT /settings/casework — administrator
GET /settings/templates — agent member head supervisor management coordinator administrator
PUT /settings/templates — administrator
POST /calendars/preview — agent member head supervisor management coordinator administrator
GET /agents — supervisor administrator
POST /agents — administrator
PATCH /agents/:id — administrator
GET /deputies — agent member head supervisor management coordinator administrator
POST /deputies — head supervisor administrator
DELETE /deputies/:id — head supervisor administrator
GET /handovers — agent coordinator head supervisor administrator member
POST /handovers — agent coordinator head supervisor administrator member
GET /tokens — administrator
POST /tokens — administrator
DELETE /tokens/:id — administrator
GET /audit — administrator
`
  .trim()
  .split('\n');

/** What stands beside the API, none of it behind a sign-in. */
const beside = [
  'GET /',
  'GET /api/docs',
  'GET /api/docs/start.js',
  'GET /api/docs/swagger-ui-bundle.js',
  'GET /api/docs/swagger-ui.css',
  'GET /api/v1/openapi.json',
  'GET /console',
  'GET /console/',
  'GET /console/*rest',
  'GET /favicon.ico',
  'GET /favicon.svg',
  'GET /health',
  'GET /metrics',
  'GET /refer/:token',
  'GET /survey/:token',
  'GET /widget.js',
  'POST /refer/:token',
  'POST /survey/:token',
];

interface Layer {
  route?: { path: string | string[]; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
  path?: string;
}

/** The prefixes under which routers are mounted; Express does not tell them. */
const prefixes = ['/api', '/v1'];

function mounted(stack: readonly Layer[], depth = 0): string[] {
  return stack.flatMap(({ route, handle }) => {
    const inner = handle.stack ? mounted(handle.stack, depth + 1) : [];
    if (!route) return inner.map((line) => line.replace(' ', ` ${prefixes[depth] ?? ''}`));
    return [route.path]
      .flat()
      .flatMap((path) => Object.keys(route.methods).map((name) => `${name.toUpperCase()} ${path}`));
  });
}

const rolesOf = (access: keyof typeof permissions | 'public') =>
  access === 'public' ? 'public' : permissions[access].join(' ');
const declared = apiRoutes(deps).map(({ method, path, access }) => ({
  line: `${method.toUpperCase()} ${path} — ${rolesOf(access)}`,
  path: `${method.toUpperCase()} ${apiBase}${path}`,
}));

describe('the surface', () => {
  it('is the list that was agreed, each route with who may use it', () => {
    expect(declared.map(({ line }) => line)).toEqual(surface);
  });

  it('has no route that is not declared', () => {
    const found = mounted(createApp(deps).router.stack as unknown as Layer[]).sort();
    expect(found).toEqual([...beside, ...declared.map(({ path }) => path)].sort());
  });

  it('lets nobody in without sign-in but to sign in, and whom a signed link was given', () => {
    expect(surface.filter((line) => line.endsWith('public'))).toEqual([
      'POST /session — public',
      'GET /refer/:token — public',
      'POST /refer/:token — public',
      'POST /refer/:token/files — public',
      'GET /survey/:token — public',
      'POST /survey/:token — public',
    ]);
  });
});

describe('the OpenAPI document', () => {
  const document = openApiDocument(apiRoutes(deps), apiBase, { version: '1.0.0', url: 'http://localhost' });

  it('says for whom reports are, and what a referral takes', () => {
    const { paths = {} } = document;
    for (const name of ['kpi', 'departments', 'weekly', 'weekly/file'])
      expect(paths[`${apiBase}/reports/${name}`]?.get?.description).toContain('For heads, and for whoever stands in');
    expect(paths[`${apiBase}/refer/{token}/files`]?.post?.description).toMatch(/20 MB: PDF.*422 five files already/);
  });

  it('has every route, and each says its parameters, its security and its answers', () => {
    const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
    );
    const lines = operations.map(({ path, method }) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`);
    expect(lines.sort()).toEqual(declared.map(({ path }) => path).sort());
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const parameters = (operation.parameters ?? []) as { in: string; name: string }[];
      expect(parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(inPath);
      expect(operation.summary).toMatch(/^[A-Z]/);
      expect(operation.security).toBeDefined();
      expect(Object.keys(operation.responses)).toEqual([expect.stringMatching(/^20[014]$/), 'default']);
    }
  });

  it('refers only to what it holds', () => {
    const text = JSON.stringify(document);
    const held = new Set(Object.keys(document.components?.schemas ?? {}));
    const referred = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(document.openapi).toBe('3.1.0');
    expect(referred.length).toBeGreaterThan(50);
    expect(referred.filter((name) => !held.has(name))).toEqual([]);
    expect(text).not.toMatch(/passwordHash|"hash"/);
  });

  it('forbids unknown fields in every body, as the check does', () => {
    const bodies = Object.values(document.paths ?? {}).flatMap((item) =>
      Object.values(item).flatMap((operation) => {
        const schema = operation.requestBody?.content?.['application/json']?.schema;
        return schema ? [schema] : [];
      }),
    );
    expect(bodies.length).toBeGreaterThan(15);
    for (const schema of bodies) {
      const one = 'items' in schema ? schema.items : schema;
      expect(one).toMatchObject({ additionalProperties: false });
    }
  });
});
