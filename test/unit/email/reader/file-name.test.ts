import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanName } from '../../../../channels/email/reader/file-name.ts';
import { sortFile } from '../../../../channels/email/reader/file-sort.ts';

describe('the name of a file', () => {
  it.each([
    ['report.pdf', 'application/pdf', 'report.pdf'],
    ['../../etc/passwd', 'text/plain', 'passwd.txt'],
    ['C:\\Users\\mona\\تقرير سنوي.docx', 'application/msword', 'تقرير سنوي.docx'],
    ['photo\u202egnp.exe', 'application/octet-stream', 'photognp.exe'],
    ['a\u0000b\n.txt', 'text/plain', 'ab .txt'],
    ['صورة', 'image/jpeg', 'صورة.jpg'],
    ['رسالة صوتية', 'audio/ogg; codecs=opus', 'رسالة صوتية.ogg'],
    ['', 'application/pdf', 'attachment-2.pdf'],
    ['...', 'image/png', 'attachment-2.png'],
    ['a<b>:c?.txt', 'text/plain', 'a_b__c_.txt'],
    ['name', 'application/octet-stream', 'name'],
  ])('%j becomes safe', (given, type, expected) => expect(cleanName(given, type, 2)).toBe(expected));

  it('keeps its extension where it is shortened', () => {
    const name = cleanName(`${'س'.repeat(400)}.pdf`, 'application/pdf', 1);
    expect([...name]).toHaveLength(200);
    expect(name.endsWith('.pdf')).toBe(true);
  });

  it('is never empty, never a path, never over 200 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (given) => {
        const name = cleanName(given, 'image/png', 1);
        return name !== '' && !/[\\/\n]/.test(name) && [...name].length <= 200 && name.isWellFormed();
      }),
    );
  });
});

describe('the type of a file', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );

  it('is told by its first bytes, whatever the label says', async () => {
    expect(await sortFile(png, 'application/pdf')).toBe('image/png');
    expect(await sortFile(Buffer.from('%PDF-1.7\n'), 'application/octet-stream')).toBe('application/pdf');
  });

  it('is not believed to be a picture or a film by its label alone', async () => {
    expect(await sortFile(Buffer.from('<html>'), 'image/png')).toBe('application/octet-stream');
    expect(await sortFile(Buffer.from('words'), 'text/csv')).toBe('text/csv');
    expect(await sortFile(Buffer.alloc(0), 'application/ms-tnef')).toBe('application/ms-tnef');
  });
});
