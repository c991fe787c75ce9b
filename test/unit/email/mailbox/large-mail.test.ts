import { describe, expect, it } from 'vitest';
import { assembleMail, findWords } from '../../../../channels/email/mailbox/large-mail.ts';

const leaf = (part: string, type: string, more: object = {}) => ({ part, type, ...more });

describe('the words of a large mail', () => {
  it('are the first plain text that is no attachment', () => {
    const structure = {
      type: 'multipart/mixed',
      childNodes: [
        leaf('1', 'text/plain', { disposition: 'attachment' }),
        { part: '2', type: 'multipart/alternative', childNodes: [leaf('2.1', 'text/html'), leaf('2.2', 'text/plain')] },
      ],
    };
    expect(findWords(structure)?.part).toBe('2.2');
  });

  it('are the HTML where there is no plain text, and nothing where there is neither', () => {
    expect(
      findWords({ type: 'multipart/mixed', childNodes: [leaf('1', 'image/png'), leaf('2', 'text/html')] })?.part,
    ).toBe('2');
    expect(findWords(leaf('1', 'application/pdf'))).toBeNull();
  });
});

describe('a mail put together of head and words', () => {
  const head = Buffer.from(
    'Subject: Files\r\nContent-Type: multipart/mixed;\r\n boundary="x"\r\nMIME-Version: 1.0\r\nFrom: a@b.example\r\n\r\n',
  );

  it('keeps head and bytes, and describes the one part that it has', () => {
    const words = Buffer.from([0xc7, 0xe1, 0xd3]);
    const part = leaf('1', 'text/plain', { parameters: { charset: 'windows-1256' }, encoding: '8bit' });
    const mail = Buffer.from(assembleMail(head, part, words)).toString('latin1');
    expect(mail).toBe(
      'Subject: Files\r\nFrom: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=windows-1256\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\xc7\xe1\xd3',
    );
  });

  it('lets nothing of the description break out of its line', () => {
    const part = leaf('1', 'text/html', {
      parameters: { charset: 'utf-8\r\nX-Evil: 1' },
      encoding: 'base64\r\nX-Evil: 1',
    });
    expect(Buffer.from(assembleMail(head, part, Buffer.of())).toString()).not.toMatch(/^X-Evil/m);
  });

  it('is a head without words where there are none', () => {
    const mail = Buffer.from(assembleMail(head, null, Buffer.of())).toString();
    expect(mail.endsWith('\r\n\r\n')).toBe(true);
    expect(mail).toContain('Content-Type: text/plain');
  });
});
