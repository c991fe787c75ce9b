import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskSecrets } from '../../../src/inbox/kind-fields.ts';
import { readServer, schemeOf, writeServer } from '../../../src/web/console/inboxes/server-address.ts';

const typed = {
  host: 'mail.example.org',
  port: '993',
  secure: true,
  user: 'care@example.org',
  password: 'p@ss:w/o#rd%',
};

describe('the address of a server', () => {
  it('is written so that no sign of a user or a password breaks it', () => {
    const url = new URL(writeServer('imap', typed));
    expect(url.host).toBe('mail.example.org:993');
    expect(url.protocol).toBe('imaps:');
    expect(decodeURIComponent(url.username)).toBe(typed.user);
    expect(decodeURIComponent(url.password)).toBe(typed.password);
  });

  it('is read again, whatever user and password are, without the password', () => {
    const words = fc.string({ unit: 'grapheme' }).map((text) => text.trim());
    fc.assert(
      fc.property(words, words, fc.boolean(), (user, password, secure) => {
        const kept = writeServer('smtp', { ...typed, user, password, secure });
        const shown = maskSecrets({ secrets: ['A'] }, { A: kept }).A;
        return JSON.stringify(readServer(String(shown))) === JSON.stringify({ ...typed, user, secure, password: '' });
      }),
    );
  });

  it('is nothing where no server is named, and needs neither port nor user', () => {
    expect(writeServer('imap', { ...typed, host: ' ' })).toBe('');
    expect(writeServer('smtp', { ...typed, secure: false, port: '', user: '', password: '' })).toBe(
      'smtp://mail.example.org',
    );
    expect(writeServer('imap', { ...typed, host: '::1' })).toContain('@[::1]:993');
    expect(readServer(undefined)).toEqual({ host: '', port: '', secure: true, user: '', password: '' });
  });

  it('is what a secret setting holds that is called so', () => {
    expect(schemeOf({ name: 'IMAP_URL', secret: true })).toBe('imap');
    expect(schemeOf({ name: 'OAUTH_TOKEN_URL', secret: false })).toBeNull();
    expect(schemeOf({ name: 'TOKEN', secret: true })).toBeNull();
  });
});
