import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../src/channel/channel.ts';
import { StoreError } from '../../src/store/port.ts';
import { plainChat } from '../fakes/capabilities.ts';
import { asAdministrator, asking, openWorld, type World } from './http-harness.ts';

const host = 'https://host.example';

const hooked = {
  kind: 'hooked',
  inboxId: 'hooked',
  capabilities: { ...plainChat, canStart: true },
  state: () => ({ state: 'bad-credentials', reason: 'The token was refused.' }),
  start: async () => {},
  stop: async () => {},
  send: async () => ({ externalId: 'x', status: 'sent' }),
  routes: [
    {
      method: 'post',
      path: '/webhooks/hooked',
      auth: 'signature',
      async handle(incoming, response, query) {
        const chunks: Buffer[] = [];
        for await (const chunk of incoming) chunks.push(chunk as Buffer);
        response.end(JSON.stringify({ raw: Buffer.concat(chunks).toString('hex'), query: query.get('q') }));
      },
    },
    {
      method: 'post',
      path: '/hooked/files',
      auth: 'session-token',
      handle: async (_incoming, response) => void response.end('{}'),
    },
  ],
} satisfies Channel;

let world: World;
beforeAll(async () => {
  world = await openWorld({ channels: [hooked] });
  const dist = world.deps.config.distDirectory;
  for (const folder of ['widget', 'assets', 'console/assets']) await mkdir(join(dist, folder), { recursive: true });
  await writeFile(join(dist, 'widget/widget.js'), 'widget');
  await writeFile(join(dist, 'widget/panel-Ab12Cd34.js'), 'panel');
  await writeFile(join(dist, 'console/index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__"><p>console</p>');
  await writeFile(join(dist, 'console/assets/app-Ab12Cd34.js'), 'app');
  await writeFile(join(dist, '.built.json'), '{"secret":true}');
  await writeFile(join(world.directory, 'outside.txt'), 'outside');
});
afterAll(() => world.close());

/** Sends a path as it is: `fetch` would resolve the dots. */
const rawGet = (path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const { hostname, port } = new URL(world.url);
    const sent = request({ hostname, port, path, headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end();
  });

describe('a channel', () => {
  it('gets the raw bytes of its webhook, whatever they are', async () => {
    const bytes = Buffer.from([0xff, 0x00, 0x7b]);
    const response = await fetch(`${world.url}/webhooks/hooked?q=1`, {
      method: 'POST',
      body: bytes,
      headers: { 'content-type': 'application/json' },
    });
    expect(await response.json()).toEqual({ raw: 'ff007b', query: '1' });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is reached by its browsers from allowed pages only', async () => {
    const preflight = (origin: string) =>
      fetch(`${world.url}/hooked/files`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const good = await preflight(host);
    expect([good.status, good.headers.get('access-control-allow-origin')]).toEqual([204, host]);
    expect(good.headers.get('access-control-allow-credentials')).toBeNull();
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the API', () => {
  it('gives no other page leave to read it', async () => {
    const response = await fetch(`${world.url}/api/v1/openapi.json`, { headers: { origin: host } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('pages', () => {
  it('carry a strict policy, and force nothing to https on plain http', async () => {
    const { headers } = await asking(world)('GET', '/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("connect-src 'self' ws://localhost:8080");
    expect(policy).not.toMatch(/unsafe|upgrade-insecure/);
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('force https where the public address has it', async () => {
    const own = await openWorld({ config: { publicUrl: 'https://care.example' } });
    const { headers } = await asking(own)('GET', '/');
    expect(headers.get('strict-transport-security')).toContain('max-age');
    expect(headers.get('content-security-policy')).toContain('wss://care.example');
    expect(headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
    await own.close();
  });

  it.each([
    ['/?lang=en', 'ar', 'en'],
    ['/?lang=EN', 'ar', 'en'],
    ['/?lang=en-US', 'ar', 'en'],
    ['/?lang=ar', 'en', 'ar'],
    ['/', 'en-GB,en;q=0.9', 'en'],
    ['/', 'fr', 'ar'],
    ['/?lang=xx', 'en', 'en'],
  ])('%s for a browser that wants "%s" is in "%s"', async (path, wish, language) => {
    const reply = await asking(world)('GET', path, { headers: { 'accept-language': wish } });
    expect(reply.headers.get('content-language')).toBe(language);
    expect(reply.body).toContain(`lang="${language}"`);
  });

  it('the widget may be loaded by other sites, with a short life, its parts with a long one', async () => {
    const widget = await asking(world)('GET', '/widget.js');
    expect(widget.body).toBe('widget');
    expect(widget.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(widget.headers.get('cache-control')).toBe('public, max-age=300');
    const etag = widget.headers.get('etag') ?? '';
    expect((await rawGet('/widget.js', { 'if-none-match': etag })).status).toBe(304);
    const part = await asking(world)('GET', '/widget/panel-Ab12Cd34.js');
    expect(part.headers.get('cache-control')).toContain('immutable');
  });

  it('the console answers every address below it with its page, under a fresh nonce', async () => {
    expect((await asking(world)('GET', '/console')).headers.get('location')).toBe('/console/');
    const pages = await Promise.all(
      ['/console/', '/console/conversations/1'].map((path) => asking(world)('GET', path)),
    );
    const nonces = pages.map(({ headers, body }) => {
      const nonce = /'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1] ?? 'none';
      expect(body).toContain(`content="${nonce}"`);
      return nonce;
    });
    expect(new Set(nonces).size).toBe(2);
    expect((await asking(world)('GET', '/console/assets/app-Ab12Cd34.js')).body).toBe('app');
  });

  it.each([
    '/widget/../../outside.txt',
    '/widget/..%2f..%2foutside.txt',
    '/assets/%2e%2e/.built.json',
    '/console/%2e%2e/%2e%2e/outside.txt',
    '/console/..%5c..%5coutside.txt',
    '/widget/%00',
    '/widget/.built.json',
    '/.built.json',
  ])('%s reaches no file outside', async (path) => {
    const { status, body } = await rawGet(path);
    expect(body).not.toMatch(/outside|secret/);
    expect(status === 404 || status === 400 || body.includes('console')).toBe(true);
  });
});

describe('the documentation', () => {
  it('comes whole from this server', async () => {
    const page = await asking(world)('GET', '/api/docs');
    const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]);
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      expect(file).toMatch(/^\//);
      expect((await asking(world)('GET', file)).status).toBe(200);
    }
    expect(page.body).not.toMatch(/<script>|style=/);
  });
});

describe('health', () => {
  it('tells version, store and every inbox without sign-in, and a broken inbox is no failure', async () => {
    const reply = await asking(world)('GET', '/health');
    expect([reply.status, reply.body]).toEqual([
      200,
      {
        status: 'ok',
        version: '0.0.0-test',
        store: world.store.driver,
        processes: 1,
        inboxes: [{ id: 'hooked', channel: 'hooked', state: 'bad-credentials', reason: 'The token was refused.' }],
      },
    ]);
  });

  it('is 503 with what is wrong where the store cannot be used', async () => {
    const own = await openWorld();
    await own.store.close();
    const reply = await asking(own)('GET', '/health');
    expect(reply.status).toBe(503);
    expect(reply.body).toMatchObject({ status: 'unavailable', problem: { store: { code: 'closed' } } });
    const asked = await asAdministrator(own)('GET', '/api/v1/conversations');
    expect([asked.status, asked.body.error.code]).toEqual([503, 'unavailable']);
    await own.close();
  });

  it('is 503 within five seconds, with a sentence, where the store cannot be reached or gives no answer', async () => {
    const own = await openWorld();
    const away = new StoreError('unavailable', 'Nobody answers.');
    const silence = new Promise<void>(() => {});
    for (const answer of [() => Promise.reject(away), () => silence]) {
      const asked = Promise.withResolvers<void>();
      const check = () => {
        asked.resolve();
        return answer();
      };
      Object.assign(own.deps.store, { check });
      const health = asking(own)('GET', '/health');
      await asked.promise;
      own.clock.advance(4_999);
      const { status, body } = await health;
      expect([status, body.problem.store.message]).toEqual([503, expect.stringMatching(/^The store .+\.$/)]);
    }
    await own.close();
  });
});

describe('metrics', () => {
  it('are told to this machine itself, and by routes without ids', async () => {
    world.deps.metrics.received('chat');
    await asAdministrator(world)('GET', '/api/v1/conversations/some-id');
    const { status, body } = await asking(world)('GET', '/metrics');
    expect(status).toBe(200);
    expect(body).toContain('wasl_messages_received_total{channel="chat"} 1');
    expect(body).toContain('wasl_outbox_open 3');
    expect(body).toContain('wasl_outbox_oldest_seconds 2');
    expect(body).toContain('route="/api/v1/conversations/:id"');
    expect(body).toContain('nodejs_eventloop_lag');
    expect(body).not.toContain('some-id');
  });

  it('need a token where a proxy stands between', async () => {
    const headers = { 'x-forwarded-for': '127.0.0.1' };
    expect((await asking(world)('GET', '/metrics', { headers })).status).toBe(401);
    expect((await asAdministrator(world)('GET', '/metrics', { headers })).status).toBe(200);
    const forged = { authorization: 'Bearer forged' };
    expect((await asking(world)('GET', '/metrics', { headers: forged })).status).toBe(401);
  });
});

describe('the rate limit', () => {
  it('stops a stranger that floods, says when to come again, and leaves tokens alone', async () => {
    const own = await openWorld();
    const ask = asking(own);
    const statuses: number[] = [];
    for (let count = 0; count < 125; count += 1) statuses.push((await ask('GET', '/api/v1/conversations')).status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(120);
    const limited = await ask('GET', '/api/v1/conversations');
    expect(limited.body.error.code).toBe('rate-limited');
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await asAdministrator(own)('GET', '/api/v1/conversations')).status).toBe(200);
    own.clock.advance(1000);
    expect((await ask('GET', '/api/v1/conversations')).status).toBe(401);
    await own.close();
  });

  it('is off for load tests', async () => {
    const own = await openWorld({ config: { rateLimits: false } });
    const ask = asking(own);
    for (let count = 0; count < 130; count += 1) expect((await ask('GET', '/api/v1/conversations')).status).toBe(401);
    await own.close();
  });
});
