import { describe, expect, it } from 'vitest';
import { transportOptions } from '../../../../channels/email/letter/transport.ts';
import { someServer } from './a-letter.ts';

describe('the connection to a mail server', () => {
  it.each(['mail.example.org', '10.0.0.5', '128.0.0.1', '::2', '127.0.0.1.example.org'])(
    'demands STARTTLS of %s',
    (host) => {
      expect(transportOptions(someServer({ host }))).toMatchObject({
        secure: false,
        requireTLS: true,
        ignoreTLS: false,
      });
    },
  );

  it.each(['localhost', '127.0.0.1', '127.8.9.10', '::1'])('is plain to %s, which no wire leads to', (host) => {
    expect(transportOptions(someServer({ host }))).toMatchObject({ secure: false, requireTLS: false, ignoreTLS: true });
  });

  it('is encrypted from the first byte for smtps, on loopback too', () => {
    expect(transportOptions(someServer({ secure: true }))).toMatchObject({ secure: true, ignoreTLS: false });
  });

  it('ends every wait before the outbox gives up, and may read no file and no address by itself', () => {
    const options = transportOptions(someServer());
    for (const wait of [options.connectionTimeout, options.greetingTimeout, options.socketTimeout])
      expect(wait).toBeLessThan(30_000);
    expect(options).toMatchObject({ disableFileAccess: true, disableUrlAccess: true, logger: false });
  });
});
