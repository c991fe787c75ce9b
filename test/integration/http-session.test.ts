import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { agents } from '../../src/agent/agent.ts';
import { signInAttempts } from '../../src/agent/sign-in-attempts.ts';
import { asAdministrator, asking, openWorld, password, signedIn, type World } from './http-harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const session = '/api/v1/session';

describe('signing in', () => {
  it('gives a session cookie that scripts cannot read and other sites cannot send', async () => {
    const { cookie } = await signedIn(world, 'agent', 'cookie@example.org');
    const again = await asking(world)('POST', session, { body: { email: ' Cookie@Example.org ', password } });
    const set = again.headers.get('set-cookie') ?? '';
    expect(again.status).toBe(200);
    expect(set).toMatch(/^wasl_session=[\w-]{43};/);
    expect(set).toContain('HttpOnly');
    expect(set).toContain('SameSite=Lax');
    expect(set).not.toContain('Secure');
    expect(set).not.toContain(cookie);
  });

  it('marks the cookie as secure where Wasl is reached over https', async () => {
    const secure = await openWorld({ config: { publicUrl: 'https://care.example' } });
    await signedIn(secure);
    const reply = await asking(secure)('POST', session, { body: { email: 'agent@example.org', password } });
    expect(reply.headers.get('set-cookie')).toContain('Secure');
    await secure.close();
  });

  it('answers a wrong password and an unknown account with the same sentence', async () => {
    await signedIn(world, 'agent', 'known@example.org');
    const ask = asking(world);
    const wrong = await ask('POST', session, { body: { email: 'known@example.org', password: 'x' } });
    const unknown = await ask('POST', session, { body: { email: 'nobody@example.org', password: 'x' } });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.body).toEqual(unknown.body);
  });

  it('never shows or stores the password or the token as it is', async () => {
    const { cookie, ask } = await signedIn(world, 'agent', 'hash@example.org');
    const shown = await ask('GET', session);
    expect(JSON.stringify(shown.body)).not.toMatch(/argon2|passwordHash/);
    const { items } = await world.store.find(agents, { index: 'by-email', where: { email: 'hash@example.org' } });
    expect(items[0]?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const token = cookie.split('=')[1] ?? '';
    expect(await world.store.get((await import('../../src/agent/session.ts')).sessions, token)).toBeNull();
  });

  it('ends the session on sign-out', async () => {
    const { ask } = await signedIn(world, 'agent', 'out@example.org');
    expect((await ask('DELETE', session)).status).toBe(204);
    expect((await ask('GET', session)).status).toBe(401);
  });

  it('lets a session run out twelve hours after its last use', async () => {
    const own = await openWorld();
    const { ask } = await signedIn(own);
    own.clock.advance(11 * 3_600_000);
    expect((await ask('GET', session)).status).toBe(200);
    own.clock.advance(11 * 3_600_000);
    expect((await ask('GET', session)).status).toBe(200);
    own.clock.advance(12 * 3_600_000 + 1);
    expect((await ask('GET', session)).status).toBe(401);
    await own.close();
  });
});

describe('a locked account', () => {
  it('says until when, holds even against the right password, and opens again', async () => {
    const own = await openWorld();
    await signedIn(own, 'agent', 'locked@example.org');
    const attempt = (given: string) =>
      asking(own)('POST', session, { body: { email: 'locked@example.org', password: given } });
    for (let count = 0; count < 8; count += 1) expect((await attempt('wrong')).status).toBe(401);
    const locked = await attempt(password);
    expect(locked.status).toBe(429);
    expect(locked.body.error).toMatchObject({ code: 'rate-limited', details: { until: '2026-11-25T08:15:00.000Z' } });
    expect(locked.headers.get('retry-after')).toBe('900');
    own.clock.advance(15 * 60_000);
    expect((await attempt(password)).status).toBe(200);
    await own.close();
  });

  it('is locked only where the wrong passwords came from: its holder still gets in elsewhere', async () => {
    const own = await openWorld({ config: { trustProxy: 'loopback' } });
    await signedIn(own, 'agent', 'target@example.org');
    const attempt = (from: string, given: string) =>
      asking(own, { 'x-forwarded-for': from })('POST', session, {
        body: { email: 'target@example.org', password: given },
      });
    for (let count = 0; count < 8; count += 1) await attempt(`2001:db8:0:7::${count}`, 'wrong');
    expect((await attempt('2001:db8:0:7::ffff', password)).status).toBe(429);
    expect((await attempt('2001:db8:0:8::1', password)).status).toBe(200);
    expect((await attempt('198.51.100.7', password)).status).toBe(200);
    await own.close();
  });

  it('under attack from many networks answers later, two seconds at most, and still lets its holder in', async () => {
    const own = await openWorld({ config: { trustProxy: 'loopback' } });
    await signedIn(own, 'agent', 'target@example.org');
    const attempt = (from: string, given: string) =>
      asking(own, { 'x-forwarded-for': from })('POST', session, {
        body: { email: 'target@example.org', password: given },
      });
    for (let count = 0; count < 20; count += 1) expect((await attempt(`192.0.2.${count}`, 'wrong')).status).toBe(401);
    let answered = 0;
    const later = Array.from({ length: 30 }, async (_, count) => {
      const { status } = await attempt(`203.0.113.${count}`, count === 29 ? password : 'wrong');
      answered += 1;
      return status;
    });
    await vi.waitFor(async () => {
      const { items } = await own.store.find(signInAttempts, { index: 'by-expiry', limit: 1000 });
      expect(Math.max(...items.map(({ count }) => count))).toBe(50);
    });
    expect(answered).toBe(0);
    await vi.waitFor(() => {
      own.clock.advance(2000);
      expect(answered).toBe(30);
    });
    expect((await Promise.all(later)).filter((status) => status === 200)).toHaveLength(1);
    await own.close();
  });

  it('cannot be passed by many attempts at the same moment', async () => {
    const own = await openWorld();
    await signedIn(own, 'agent', 'burst@example.org');
    const attempts = Array.from({ length: 20 }, () =>
      asking(own)('POST', session, { body: { email: 'burst@example.org', password: 'wrong' } }),
    );
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(8);
    expect(statuses.filter((status) => status === 429)).toHaveLength(12);
    await own.close();
  });

  it('is counted for accounts that do not exist too, so that the lock tells nothing', async () => {
    const own = await openWorld();
    const attempt = () => asking(own)('POST', session, { body: { email: 'ghost@example.org', password: 'x' } });
    for (let count = 0; count < 8; count += 1) await attempt();
    expect((await attempt()).status).toBe(429);
    await own.close();
  });

  it('does not lock an address on which many people sign in rightly', async () => {
    const own = await openWorld();
    await signedIn(own, 'agent', 'many@example.org');
    const statuses = new Set<number>();
    for (let count = 0; count < 45; count += 1) {
      const body = { email: 'many@example.org', password };
      statuses.add((await asking(own)('POST', session, { body })).status);
      own.clock.advance(1000);
    }
    expect([...statuses]).toEqual([200]);
    await own.close();
  });
});

describe('a change in a session', () => {
  it('needs the CSRF token of that very session', async () => {
    const mine = await signedIn(world, 'administrator', 'csrf@example.org');
    const other = await signedIn(world, 'administrator', 'csrf2@example.org');
    const body = { name: 'key' };
    const without = await asking(world, { cookie: mine.cookie })('POST', '/api/v1/tokens', { body });
    const foreign = await asking(world, { cookie: mine.cookie, 'x-csrf-token': other.csrf })('POST', '/api/v1/tokens', {
      body,
    });
    expect([without.status, foreign.status]).toEqual([403, 403]);
    expect(without.body.error.code).toBe('forbidden');
    expect((await mine.ask('POST', '/api/v1/tokens', { body })).status).toBe(201);
  });

  it('reads without it', async () => {
    const { cookie } = await signedIn(world, 'agent', 'read@example.org');
    expect((await asking(world, { cookie })('GET', '/api/v1/conversations')).status).toBe(200);
  });
});

describe('a token', () => {
  it('is shown once, works, and works no more once revoked', async () => {
    const admin = asAdministrator(world);
    const made = await admin('POST', '/api/v1/tokens', { body: { name: 'reports', role: 'management' } });
    expect(made.status).toBe(201);
    const byToken = asking(world, { authorization: `Bearer ${made.body.token}` });
    expect((await byToken('GET', '/api/v1/conversations')).status).toBe(200);
    expect((await byToken('GET', '/api/v1/agents')).status).toBe(403);
    const listed = await admin('GET', '/api/v1/tokens');
    expect(JSON.stringify(listed.body)).not.toContain(made.body.token);
    expect((await admin('DELETE', `/api/v1/tokens/${made.body.id}`)).status).toBe(204);
    expect((await byToken('GET', '/api/v1/conversations')).status).toBe(401);
  });

  it('is not valid after its end', async () => {
    const own = await openWorld();
    const body = { name: 'short', expiresAt: '2026-11-25T09:00:00.000Z' };
    const made = await asAdministrator(own)('POST', '/api/v1/tokens', { body });
    const byToken = asking(own, { authorization: `Bearer ${made.body.token}` });
    expect((await byToken('GET', '/api/v1/inboxes')).status).toBe(200);
    own.clock.advance(3_600_000);
    expect((await byToken('GET', '/api/v1/inboxes')).status).toBe(401);
    await own.close();
  });

  it.each(['Bearer ', 'Bearer wasl_forged', 'Basic YWRtaW46YWRtaW4=', `Bearer ${'x'.repeat(5000)}`])(
    'that is forged (%.30s) is refused even beside a good cookie',
    async (authorization) => {
      const { cookie } = await signedIn(world, 'agent', `${Math.abs(authorization.length)}@forged.example.org`);
      const reply = await asking(world, { cookie, authorization })('GET', '/api/v1/conversations');
      expect(reply.status).toBe(401);
      expect(reply.headers.get('www-authenticate')).toBe('Bearer');
    },
  );
});
