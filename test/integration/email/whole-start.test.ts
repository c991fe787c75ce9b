import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeStore, storeEnv } from '../../support/store-env.ts';

const root = join(import.meta.dirname, '../../..');
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'wasl-mail-start-'));
});
afterEach(() => removeStore(directory));

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Starts Wasl as an operator does, with settings that are wrong, until it gives up. */
const start = (env: Record<string, string>): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'src/main.ts')], {
      cwd: directory,
      env: { PATH: process.env.PATH ?? '', PORT: '0', ...storeEnv(join(directory, 'data')), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended: Ended = { code: null, out: '', err: '' };
    child.stdout.on('data', (chunk) => {
      ended.out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      ended.err += chunk;
    });
    child.once('close', (code) => resolve({ ...ended, code }));
  });

const right = {
  EMAIL_IMAP_URL: 'imap://care:a-password-nobody-sees@127.0.0.1:1',
  EMAIL_SMTP_URL: 'smtp://127.0.0.1:1',
  EMAIL_ADDRESS: 'care@example.org',
};

describe('settings of email that are wrong stop the start', () => {
  const cases: [string, Record<string, string>, RegExp[]][] = [
    ['only the address', { EMAIL_ADDRESS: right.EMAIL_ADDRESS }, [/^EMAIL_IMAP_URL: /, /^EMAIL_SMTP_URL: /]],
    ['no scheme', { ...right, EMAIL_IMAP_URL: 'mail.example.org:a-secret-value' }, [/^EMAIL_IMAP_URL: must be /]],
    [
      'a sign in the password that means something in an address',
      { ...right, EMAIL_IMAP_URL: 'imaps://care:a-secret/value@mail.example.org' },
      [/^EMAIL_IMAP_URL: must be .*percent-encoded/],
    ],
    ['no user', { ...right, EMAIL_IMAP_URL: 'imaps://mail.example.org' }, [/^EMAIL_IMAP_URL: must hold the user/]],
    ['no password', { ...right, EMAIL_SMTP_URL: 'smtps://care@mail.example.org' }, [/^EMAIL_SMTP_URL: must hold the/]],
    ['no address', { ...right, EMAIL_ADDRESS: 'a-secret-value' }, [/^EMAIL_ADDRESS: must be an email address/]],
    [
      'several things, in a second inbox too',
      { ...right, EMAIL_MAX_MEGABYTES: 'a-secret-value', EMAIL_2_ADDRESS: 'two@example.org' },
      [/^EMAIL_MAX_MEGABYTES: must be a whole number/, /^EMAIL_2_IMAP_URL: /, /^EMAIL_2_SMTP_URL: /],
    ],
    [
      'the folder of handled mails among those that are read',
      { ...right, EMAIL_HANDLED_FOLDER: 'INBOX' },
      [/^EMAIL_HANDLED_FOLDER: must not be/],
    ],
  ];

  it.each(cases)('with one sentence each, and no value in it: %s', async (_name, env, sentences) => {
    const { code, out, err } = await start(env);
    expect([code, out]).toEqual([1, '']);
    const lines = err.trimEnd().split('\n');
    expect(lines).toHaveLength(sentences.length);
    for (const sentence of sentences) expect(lines.some((line) => sentence.test(line))).toBe(true);
    for (const hidden of ['a-secret', 'a-password-nobody-sees', 'value@', 'two@example'])
      expect(err).not.toContain(hidden);
  });
});
