import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import type { ReadMail } from '../../../../channels/email/mail.ts';
import { newText, signatureOf } from '../../../../channels/email/quoted/new-text.ts';
import { readSubject } from '../../../../channels/email/quoted/read-subject.ts';
import { type ReaderLimits, readerLimits } from '../../../../channels/email/reader/limits.ts';
import { type Reading, readMail } from '../../../../channels/email/reader/read-mail.ts';
import { screen } from '../../../../channels/email/screen/screen.ts';

export const own = { addresses: ['care@body.example'], idDomain: 'wasl.body.example', loopMark: 'a-mark' };
export const now = Date.UTC(2026, 10, 21, 12);

/** Bytes of several pieces: words in UTF-8, or bytes as they are. */
export const bytes = (...pieces: (string | Uint8Array)[]): Buffer =>
  Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));

export const inCharset = (charset: string, words: string): Buffer => iconv.encode(words, charset);

export const lines = (...all: string[]): string => all.join('\r\n');

export const base64Lines = (content: Uint8Array): string =>
  (
    Buffer.from(content)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\r\n');

/** Quoted-printable with every byte above ASCII escaped, and soft breaks. */
export const quotedPrintable = (content: Uint8Array): string => {
  const codes = [...content].map((byte) =>
    byte < 128 && byte !== 61 ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return codes.map((code, i) => (i > 0 && i % 20 === 0 ? `=\r\n${code}` : code)).join('');
};

export const usualHead = lines(
  'From: Mona <mona@people.example>',
  'To: care@body.example',
  'Subject: A question',
  'Date: Fri, 20 Nov 2026 10:00:00 +0300',
  'Message-ID: <one@people.example>',
  'MIME-Version: 1.0',
);

/** The rules as they are. */
export const judges = { screen, newText, signatureOf, readSubject };

export const readingWith = (limits: Partial<ReaderLimits> = {}): Reading => ({
  own,
  now,
  limits: { ...readerLimits, ...limits },
  spool: { directory: mkdtempSync(join(tmpdir(), 'reader-')), prefix: '1-1' },
  judges,
});

export const read = (raw: Uint8Array | string, limits: Partial<ReaderLimits> = {}): Promise<ReadMail> =>
  readMail(Buffer.from(raw), readingWith(limits));

/** A mail of one part. */
export const onePart = (type: string, body: string | Uint8Array, ...fields: string[]): Buffer =>
  bytes(lines(usualHead, `Content-Type: ${type}`, ...fields, '', ''), body);

/** A multipart with the given parts, each with its own head. */
export const multipart = (kind: string, parts: (string | Uint8Array)[], boundary = 'edge'): Buffer =>
  bytes(
    lines(usualHead, `Content-Type: multipart/${kind}; boundary="${boundary}"`, '', ''),
    ...parts.flatMap((part) => [`--${boundary}\r\n`, part, '\r\n']),
    `--${boundary}--\r\n`,
  );
