import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAdministrator, asking, openWorld, settingsToken, type World, writer } from './http-harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const headers = { authorization: `Bearer ${settingsToken}`, 'content-type': 'application/json' };

/** Sends bytes as they are: `fetch` would tidy some of them. */
function sendRaw(path: string, bytes: Buffer, extra: Record<string, string> = {}) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const { hostname, port } = new URL(world.url);
    const sent = request({ hostname, port, path, method: 'POST', headers: { ...headers, ...extra } }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end(bytes);
  });
}

const answer = '/api/v1/answer';

describe('a body', () => {
  it.each([
    ['that is broken JSON', Buffer.from('{"text":'), 400],
    ['that is not UTF-8', Buffer.from('{"text":"\xff"}', 'latin1'), 400],
    ['that is a bare list', Buffer.from('[1,2]'), 400],
    ['that is a bare null', Buffer.from('null'), 400],
    ['of more than 1 MB', Buffer.from(JSON.stringify({ text: 'x'.repeat(1_100_000) })), 413],
    ['with half a surrogate pair', Buffer.from('{"text":"\\ud83d"}'), 400],
    ['that is deeply nested', Buffer.from(`{"text":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), 400],
    ['that would set a prototype', Buffer.from('{"text":"x","__proto__":{"role":"administrator"}}'), 400],
  ])('%s is refused clearly', async (_name, bytes, status) => {
    const reply = await sendRaw(answer, bytes);
    expect(reply.status).toBe(status);
    expect(JSON.parse(reply.body).error.code).toBe(status === 413 ? 'too-large' : 'invalid');
  });

  it('that unpacks to more than 1 MB is refused', async () => {
    const bomb = gzipSync(Buffer.from(JSON.stringify({ text: 'x'.repeat(20_000_000) })));
    expect(bomb.length).toBeLessThan(100_000);
    const reply = await sendRaw(answer, bomb, { 'content-encoding': 'gzip' });
    expect(reply.status).toBe(413);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'of type %s is refused',
    async (type) => {
      const reply = await sendRaw(answer, Buffer.from('{"text":"x"}'), { 'content-type': type });
      expect(reply.status).toBe(400);
    },
  );

  it('with unknown fields names the path of each, at any depth', async () => {
    const ask = asAdministrator(world);
    const flat = await ask('POST', answer, { body: { text: 'x', lang: 'ar' } });
    expect(flat.body.error.details.faults).toEqual([{ path: 'body.lang', message: 'Unknown field.' }]);
    const { value, version } = (await ask('GET', '/api/v1/settings/calendars')).body;
    value[0].calendar.weak = {};
    const deep = await ask('PUT', '/api/v1/settings/calendars', { body: { version, value } });
    expect(deep.status).toBe(400);
    expect(deep.body.error.details.faults[0].path).toBe('body.value.0.calendar.weak');
  });

  it('never comes back in the error', async () => {
    const reply = await asAdministrator(world)('POST', answer, { body: { text: 'x', language: '1012345678' } });
    expect(reply.status).toBe(400);
    expect(JSON.stringify(reply.body)).not.toContain('1012345678');
  });
});

describe('an address', () => {
  it.each([
    '/api/v1/conversations?limit=0',
    '/api/v1/conversations?limit=201',
    '/api/v1/conversations?limit=ten',
    '/api/v1/conversations?unknown=1',
    '/api/v1/conversations?status=broken',
    '/api/v1/conversations?status=open&status=closed',
    '/api/v1/conversations/%ff',
  ])('%s is invalid', async (path) => {
    const reply = await asAdministrator(world)('GET', path);
    expect([reply.status, reply.body.error.code]).toEqual([400, 'invalid']);
  });

  it.each([
    '/api/v1/webhooks',
    '/api/v1/reports/volume',
    '/api/v1/tickets/1/forget',
    '/api/v1/settings/templates',
    '/api/v2',
    '/nothing',
  ])('%s that is not built answers 404 in the error format', async (path) => {
    for (const method of ['GET', 'POST']) {
      const reply = await asAdministrator(world)(method, path);
      expect([reply.status, reply.body.error?.code]).toEqual([404, 'not-found']);
    }
  });
});

describe('an upload', () => {
  const png = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
    Buffer.from('IHDR'),
    Buffer.alloc(200),
  ]);
  const form = (bytes: Uint8Array<ArrayBuffer>, name: string, type: string, field = 'file') => {
    const data = new FormData();
    data.append(field, new Blob([bytes], { type }), name);
    return data;
  };
  const upload = (data: FormData, extra: Record<string, string> = {}) =>
    asking(world, { authorization: `Bearer ${settingsToken}`, ...extra })('POST', '/api/v1/attachments', {
      body: data,
    });

  it('comes back as a download under its Arabic name, byte for byte', async () => {
    const made = await upload(form(png, '../../صورة.png', 'text/html'));
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'صورة.png', type: 'image/png', bytes: png.length });
    const response = await fetch(`${world.url}/api/v1/attachments/${made.body.id}`, { headers });
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; .*filename\*=UTF-8''%D8%B5/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect(Buffer.from(await response.arrayBuffer()).equals(png)).toBe(true);
  });

  it('is told by its bytes, not by what the sender says', async () => {
    const page = Buffer.from('<!doctype html><script>alert(1)</script>');
    expect((await upload(form(page, 'a.png', 'image/png'))).status).toBe(400);
    expect((await upload(form(page, 'a.html', 'text/html'))).status).toBe(400);
    const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(300)]);
    expect((await upload(form(program, 'a.txt', 'text/plain'))).status).toBe(400);
    expect((await upload(form(Buffer.from('سطر\n'), 'a.txt', 'text/plain'))).body.type).toBe('text/plain');
  });

  it('that is too large is refused and leaves nothing behind', async () => {
    const large = Buffer.concat([png, Buffer.alloc(21 * 1024 * 1024)]);
    const reply = await upload(form(large, 'large.png', 'image/png'));
    expect([reply.status, reply.body.error.code]).toEqual([413, 'too-large']);
  });

  it('needs the field "file", once, and nothing else', async () => {
    expect((await upload(form(png, 'a.png', 'image/png', 'other'))).status).toBe(400);
    expect((await upload(new FormData())).status).toBe(400);
    const two = form(png, 'a.png', 'image/png');
    two.append('file', new Blob([png]), 'b.png');
    expect((await upload(two)).status).toBe(400);
  });

  const part =
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\na';
  it.each([
    ['has no boundary', 'multipart/form-data', part],
    ['ends early', 'multipart/form-data; boundary=x', part],
    ['has a broken part', 'multipart/form-data; boundary=x', '--x\r\n\u0001: 1\r\n\r\na\r\n--x--\r\n'],
  ])('is refused with a sentence where its form %s', async (_what, type, bytes) => {
    const reply = await sendRaw('/api/v1/attachments', Buffer.from(bytes), { 'content-type': type });
    expect([reply.status, JSON.parse(reply.body).error.message]).toEqual([400, expect.stringContaining('boundary')]);
  });

  it('under one Idempotency-Key is one file, and other bytes are a conflict', async () => {
    const key = { 'idempotency-key': 'file-1' };
    const blobs = async () => {
      const entries = await readdir(join(world.directory, 'blobs'), { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).length;
    };
    const before = await blobs();
    const first = await upload(form(png, 'a.png', 'image/png'), key);
    const second = await upload(form(png, 'a.png', 'image/png'), key);
    const other = await upload(form(Buffer.concat([png, png]), 'a.png', 'image/png'), key);
    expect(second.body).toEqual(first.body);
    expect(other.status).toBe(409);
    expect((await blobs()) - before).toBe(1);
  });
});

it('text of a person with scripts, overrides and emoji comes back as it is, as JSON only', async () => {
  const { aContact } = writer(world);
  const name = '<script>alert(1)</script> \u202eabc 👩🏽‍🏫 سارة';
  const { id } = await aContact({ name });
  const response = await fetch(`${world.url}/api/v1/contacts/${id}`, { headers });
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(((await response.json()) as { name: string }).name).toBe(name);
});
