import { describe, expect, it } from 'vitest';
import { TokenError } from '../../../../channels/email/mailbox/access-token.ts';
import { ConnectionLost, connectionOptions } from '../../../../channels/email/mailbox/connection.ts';
import { pauseBefore, usualTiming } from '../../../../channels/email/mailbox/timing.ts';
import { explainTrouble } from '../../../../channels/email/mailbox/trouble.ts';
import type { MailServer } from '../../../../channels/email/settings.ts';

const server: MailServer = { host: 'mail.test.example', port: 993, secure: true, user: 'care', password: 'hush' };
const fault = (fields: object, message = 'Command failed'): Error => Object.assign(new Error(message), fields);

describe('why a mailbox cannot be read', () => {
  it.each([
    ['ECONNREFUSED', 'refuses the connection'],
    ['ETIMEDOUT', 'does not answer'],
    ['CONNECT_TIMEOUT', 'does not answer'],
    ['GREETING_TIMEOUT', 'does not answer'],
    ['ENOTFOUND', 'is not found'],
    ['EAI_AGAIN', 'is not found'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'is not trusted'],
    ['CERT_HAS_EXPIRED', 'has expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'another name'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'does not speak TLS'],
    ['ECONNRESET', 'ended the connection'],
    ['EHOSTUNREACH', 'no way'],
  ])('is told for %s, with the server, and tried again soon', (code, words) => {
    const trouble = explainTrouble(fault({ code }), server);
    expect(trouble).toMatchObject({ state: 'reconnecting', slow: false });
    expect(trouble.reason).toContain(words);
    expect(trouble.reason).toContain('mail.test.example:993');
  });

  it('is a refused password, with what the server says and without the user', () => {
    const refused = {
      authenticationFailed: true,
      serverResponseCode: 'AUTHENTICATIONFAILED',
      response: 'No care today',
    };
    expect(explainTrouble(fault(refused), server)).toEqual({
      state: 'bad-credentials',
      reason:
        'The mail server refuses the user or password (it says: No … today); check them in the settings of this inbox.',
      slow: true,
    });
  });

  it.each(['UNAVAILABLE', 'INUSE', 'LIMIT'])('is nothing against the password where the server says %s', (code) => {
    const trouble = explainTrouble(fault({ authenticationFailed: true, serverResponseCode: code }), server);
    expect(trouble).toMatchObject({ state: 'reconnecting', slow: false });
  });

  it('is told by the error that ended the connection', () => {
    expect(explainTrouble(new ConnectionLost(fault({ code: 'ETIMEOUT' })), server).reason).toContain('does not answer');
    expect(explainTrouble(new ConnectionLost(), server).reason).toContain('ended the connection');
  });

  it('is the word of the server when it says good-bye', () => {
    const bye = fault({ code: 'ClosedAfterConnectTLS', reason: 'Too many connections' });
    expect(explainTrouble(bye, server).reason).toContain('(it says: Too many connections)');
  });

  it('is a refused token or a silent token server', () => {
    expect(explainTrouble(new TokenError('Refused.', true), server)).toMatchObject({
      state: 'bad-credentials',
      slow: true,
    });
    expect(explainTrouble(new TokenError('Silent.', false), server)).toMatchObject({
      state: 'reconnecting',
      slow: false,
    });
  });

  it('is something else, with its words on one line', () => {
    expect(explainTrouble(fault({}, 'Strange\r\nthings for care'), server).reason).toBe(
      'Reading from the mail server mail.test.example:993 failed (it says: Strange things for …).',
    );
    expect(explainTrouble('nothing', server).reason).toContain('failed');
  });
});

describe('a connection', () => {
  const options = (host: string, secure: boolean) =>
    connectionOptions({ ...server, host, secure }, { pass: 'hush' }, 1000, usualTiming);

  it('is encrypted, or demands to be', () => {
    expect(options('mail.test.example', true)).toMatchObject({ secure: true });
    expect(options('mail.test.example', true).doSTARTTLS).toBeUndefined();
    expect(options('mail.test.example', false)).toMatchObject({ secure: false, doSTARTTLS: true });
    expect(options('localhost.test.example', false).doSTARTTLS).toBe(true);
    expect(options('127.0.0.1.test.example', false).doSTARTTLS).toBe(true);
  });

  it.each(['localhost', '127.0.0.1', '127.8.9.10', '::1'])('is in the clear on this machine (%s)', (host) => {
    expect(options(host, false).doSTARTTLS).toBe(false);
  });

  it('is looked at more often than it is given up', () => {
    expect(usualTiming.maxIdleMs).toBeLessThan(usualTiming.silenceMs);
    expect(usualTiming.idleDelayMs).toBeLessThanOrEqual(500);
  });
});

describe('the pause before another try', () => {
  it('grows from a second to a minute, at most a fifth shorter', () => {
    const full = [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000];
    for (const [at, longest] of full.entries()) {
      const pause = pauseBefore(at + 1, [1000, 60_000], 'INBOX');
      expect(pause).toBeLessThanOrEqual(longest);
      expect(pause).toBeGreaterThanOrEqual(longest * 0.8);
    }
    expect(pauseBefore(100_000, [1000, 60_000], 'INBOX')).toBeGreaterThanOrEqual(48_000);
  });

  it('differs from mailbox to mailbox', () => {
    const pauses = Array.from({ length: 20 }, (_, at) => pauseBefore(1, [1000, 60_000], `inbox ${at}`));
    expect(new Set(pauses).size).toBeGreaterThan(10);
  });
});
