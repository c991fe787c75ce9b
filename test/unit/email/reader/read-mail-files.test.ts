import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { MailFile } from '../../../../channels/email/mail.ts';
import { base64Lines, bytes, inCharset, lines, multipart, onePart, read } from './build-mail.ts';

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const contentOf = ({ path, content }: MailFile): Buffer => (path ? readFileSync(path) : Buffer.from(content!));

describe('the files of a mail', () => {
  const file = (type: string, content: string, ...fields: string[]) =>
    lines(`Content-Type: ${type}`, 'Content-Transfer-Encoding: base64', ...fields, '', content);

  it('are whole, with clean names and their true types', async () => {
    const mail = await read(
      multipart('mixed', [
        '\r\nwords',
        file(
          'application/octet-stream',
          png,
          "Content-Disposition: attachment; filename*=utf-8''..%2F%D8%B5%D9%88%D8%B1%D8%A9",
        ),
        file('application/pdf', base64Lines(Buffer.from('%PDF-1.7 x')), 'Content-Disposition: attachment'),
      ]),
    );
    expect(mail.files.map(({ name, type, bytes: size, inline }) => [name, type, size, inline])).toEqual([
      ['صورة.png', 'image/png', Buffer.from(png, 'base64').length, false],
      ['attachment-2.pdf', 'application/pdf', 10, false],
    ]);
    expect(contentOf(mail.files[0]!)).toEqual(Buffer.from(png, 'base64'));
  });

  /** An entry of an archive that is stored as it is. */
  const entry = (name: string, content: Uint8Array): Buffer => {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt32LE(content.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(name.length, 26);
    return bytes(local, name, content);
  };

  it('are known as what they are where only the end of a large one tells', async () => {
    const kind = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    const types = bytes(`<Types><Override ContentType="${kind}.main+xml"/></Types>`);
    const letter = bytes(entry('a.bin', Buffer.alloc(100_000, 7)), entry('[Content_Types].xml', types));
    const mail = await read(multipart('mixed', [file('application/octet-stream', base64Lines(letter))]));
    expect(mail.files.map(({ name, type }) => [name, type])).toEqual([['attachment-1.docx', kind]]);
  });

  it('lie in memory where they are small and in the spool where they are not, never in both', async () => {
    const sizes = [0, 1, 65_535, 65_536, 300_000];
    const parts = sizes.map((size) => file('application/x-own', base64Lines(Buffer.alloc(size, 7))));
    const mail = await read(multipart('mixed', parts));
    expect(mail.files.map(({ path, content }) => [path === null, content === null])).toEqual([
      [true, false],
      [true, false],
      [true, false],
      [false, true],
      [false, true],
    ]);
    expect(mail.files.map((one) => contentOf(one).equals(Buffer.alloc(one.bytes, 7)) && one.bytes)).toEqual(sizes);
  });

  it('have names in raw bytes too', async () => {
    const part = bytes(
      'Content-Type: application/pdf; name="',
      inCharset('windows-1256', 'عقد الإيجار.pdf'),
      '"\r\n\r\n%PDF-1.7',
    );
    expect((await read(multipart('mixed', ['\r\nx', part]))).files[0]?.name).toBe('عقد الإيجار.pdf');
  });

  it('are inline where the page shows them', async () => {
    const page = 'Content-Type: text/html\r\n\r\n<p>x</p><img src="cid:pic@x">';
    const mail = await read(
      multipart('related', [page, file('image/png', png, 'Content-ID: <pic@x>'), file('image/png', png)]),
    );
    expect(mail.files.map(({ inline, contentId }) => [inline, contentId])).toEqual([
      [true, 'pic@x'],
      [false, null],
    ]);
    expect(mail.html).toContain('src="cid:pic@x"');
  });

  it('are attached mails, winmail.dat, invitations, signatures and sealed letters as they are', async () => {
    const mail = await read(
      multipart('mixed', [
        '\r\nwords',
        'Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninner words',
        file('application/ms-tnef; name=winmail.dat', base64Lines(Buffer.from([0x78, 0x9f, 0x3e, 0x22, 1, 2]))),
        'Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR',
        file('application/pkcs7-signature; name=smime.p7s', 'MAA='),
        'Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1',
      ]),
    );
    expect(mail.text).toBe('words');
    expect(mail.files.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'attachment-1.eml message/rfc822',
      'winmail.dat application/ms-tnef',
      'attachment-3.ics text/calendar',
      'smime.p7s application/pkcs7-signature',
      'attachment-5.asc application/pgp-encrypted',
    ]);
  });

  it('leave the words empty where the mail is nothing but a file', async () => {
    const mail = await read(
      onePart('application/pdf; name=a.pdf', base64Lines(Buffer.from('%PDF-1.7')), 'Content-Transfer-Encoding: base64'),
    );
    expect([mail.text, mail.newText, mail.html, mail.files[0]?.name]).toEqual(['', '', null, 'a.pdf']);
  });

  it('are left out beyond the limits, and named', async () => {
    const parts = ['a', 'bb', 'c', 'd'].map(
      (name) => `Content-Type: application/x-own; name=${name}.bin\r\n\r\n${name.repeat(10)}`,
    );
    const mail = await read(multipart('mixed', parts), { files: 2, fileBytes: 15 });
    expect(mail.files.map(({ name }) => name)).toEqual(['a.bin', 'c.bin']);
    expect(mail.leftOut).toEqual([
      { name: 'bb.bin', type: 'application/x-own', bytes: 20, why: 'too-large' },
      { name: 'd.bin', type: 'application/x-own', bytes: 10, why: 'too-many' },
    ]);
  });
});
