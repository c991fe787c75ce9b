import { describe, expect, it } from 'vitest';
import { bearerIn } from '../../../src/http/authorise.ts';
import { isAllowedOrigin } from '../../../src/http/cross-origin.ts';
import { isLocal } from '../../../src/http/health.ts';
import { keepSession, sessionTokenIn } from '../../../src/http/session-cookie.ts';
import { isOwnOrigin } from '../../../src/realtime/admit.ts';

describe('a bearer token', () => {
  it.each([
    ['Bearer abc', 'abc'],
    ['bearer  abc ', 'abc'],
    ['Bearer a b', null],
    ['Bearer', null],
    ['Basic abc', null],
    [undefined, null],
  ])('in "%s" is %j', (header, token) => {
    expect(bearerIn(header)).toBe(token);
  });
});

describe('a session cookie', () => {
  it('is read back from what was set, among others', () => {
    const set = keepSession('the-token', 'http://localhost').split(';')[0];
    expect(sessionTokenIn(`a=b; ${set}; c=d`)).toBe('the-token');
    expect(sessionTokenIn('wasl_session=')).toBeNull();
    expect(sessionTokenIn(undefined)).toBeNull();
  });
});

describe('this machine itself', () => {
  const from = (remoteAddress: string | undefined, headers: Record<string, string> = {}) =>
    isLocal({ socket: { remoteAddress }, headers } as unknown as Parameters<typeof isLocal>[0]);
  it.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])('is %s', (address) => {
    expect(from(address)).toBe(true);
  });
  it.each(['10.0.0.1', '::ffff:10.0.0.1', '127.0.0.1.evil', '', undefined])('is not %s', (address) => {
    expect(from(address)).toBe(false);
  });
  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host'])(
    'is not what a proxy passes on (%s)',
    (name) => {
      expect(from('127.0.0.1', { [name]: '127.0.0.1' })).toBe(false);
    },
  );
});

describe('an origin', () => {
  const config = { publicUrl: 'https://care.example/path', allowedOrigins: ['https://host.example'] };
  it.each([
    ['https://host.example', true],
    ['https://care.example', true],
    ['https://host.example.evil', false],
    ['http://host.example', false],
    ['null', false],
  ])('%s may use the widget: %s', (origin, allowed) => {
    expect(isAllowedOrigin(origin, config)).toBe(allowed);
  });
  it('of any page may where the operator says so', () => {
    expect(isAllowedOrigin('https://any.example', { ...config, allowedOrigins: ['*'] })).toBe(true);
  });
  it.each([
    [{}, true],
    [{ origin: 'https://care.example' }, true],
    [{ origin: 'http://10.0.0.5:8080', host: '10.0.0.5:8080' }, true],
    [{ origin: 'https://evil.example', host: 'care.example' }, false],
    [{ origin: 'null', host: 'null' }, false],
    [{ origin: 'not a url', host: 'x' }, false],
  ])('%j may open a console: %s', (headers, own) => {
    expect(isOwnOrigin(headers, config.publicUrl)).toBe(own);
  });
});
