import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeWords, readWords } from '../../../../channels/email/reader/words.ts';
import { inCharset } from './build-mail.ts';

const raw = (content: Uint8Array): string => Buffer.from(content).toString('latin1');
const b = (charset: string, content: Uint8Array): string =>
  `=?${charset}?B?${Buffer.from(content).toString('base64')}?=`;
const words = 'طلب تجديد رخصة البناء في المنطقة الشرقية';

describe('words of a head', () => {
  it('are decoded in base64 and in quoted form, in several charsets', () => {
    expect(readWords(b('utf-8', Buffer.from(words)))).toBe(words);
    expect(readWords(b('windows-1256', inCharset('windows-1256', words)))).toBe(words);
    expect(readWords('=?UTF-8?Q?=D9=85=D8=B1=D8=AD=D8=A8=D8=A7_you?=')).toBe('مرحبا you');
  });

  it('are joined where an encoded word was split in the middle of a character, anywhere', () => {
    const content = Buffer.from(words);
    for (let at = 1; at < content.length; at += 1) {
      const value = `${b('utf-8', content.subarray(0, at))}\r\n ${b('UTF-8', content.subarray(at))}`;
      expect(readWords(value)).toBe(words);
    }
  });

  it('are joined where base64 was cut anywhere', () => {
    const letters = Buffer.from(words).toString('base64');
    for (const at of [5, 6, 7, 9])
      expect(readWords(`=?utf-8?B?${letters.slice(0, at)}?= =?utf-8?B?${letters.slice(at)}?=`)).toBe(words);
  });

  it('keep space between an encoded word and a plain one, and lose it between two encoded ones', () => {
    expect(readWords('Re: =?utf-8?Q?one?= =?utf-8?Q?_two?= three')).toBe('Re: one two three');
  });

  it('are read generously: spaces within, a language, a label in quotes around', () => {
    expect(readWords('=?utf-8?Q?a question?=')).toBe('a question');
    expect(readWords('=?utf-8*ar?B?2YXYsdit2KjYpw==?=')).toBe('مرحبا');
    expect(readWords('=?utf-8?Q?what?_?=')).toBe('what?');
  });

  it('are recognized where the bytes are raw', () => {
    expect(readWords(raw(Buffer.from(words)))).toBe(words);
    expect(readWords(raw(inCharset('windows-1256', words)))).toBe(words);
    expect(readWords(raw(inCharset('iso-8859-6', words)), 'iso-8859-6')).toBe(words);
    expect(readWords(raw(inCharset('iso-8859-6', words)))).toBe(words);
  });

  it('keep what only looks like an encoded word', () => {
    expect(decodeWords('=?utf-8?X?abc?=')).toBe('=?utf-8?X?abc?=');
    expect(decodeWords('1 =? 2')).toBe('1 =? 2');
  });

  it('never throw, and come out well formed in one line', () => {
    const soup = fc.array(
      fc.constantFrom('=?', '?=', 'utf-8', '?B?', '?q?', '=D8', 'windows-1256', '?', '=', ' ', '\n', 'ü', '2YU'),
    );
    fc.assert(
      fc.property(soup, (pieces) => {
        const read = readWords(pieces.join(''));
        return read.isWellFormed() && !read.includes('\n');
      }),
    );
  });
});
