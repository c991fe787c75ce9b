import { describe, expect, it } from 'vitest';
import { readerLimits } from '../../../../channels/email/reader/limits.ts';
import { readParts, type SourceTree } from '../../../../channels/email/reader/parts.ts';
import { bytes, lines, multipart, usualHead } from './build-mail.ts';

const shape = ({ parts }: SourceTree) => parts.map((part) => `${part.depth} ${part.type}`);
const partsOf = (raw: Buffer, limits = {}) => readParts(raw, { ...readerLimits, ...limits });
const bodyOf = (raw: Buffer, { parts }: SourceTree, i: number) => raw.toString('utf8', parts[i]!.start, parts[i]!.end);

describe('parts of a mail', () => {
  it('are found in the order of the source, with their exact bodies', () => {
    const raw = multipart('mixed', [
      'Content-Type: text/plain\r\n\r\nfirst\r\nsecond',
      'Content-Type: multipart/alternative; boundary=inner\r\n\r\n--inner\r\n\r\nplain\r\n--inner\r\nContent-Type: text/html\r\n\r\n<p>x\r\n--inner--',
      'Content-Type: application/pdf\r\n\r\nPDF',
    ]);
    const tree = partsOf(raw);
    expect(shape(tree)).toEqual([
      '0 multipart/mixed',
      '1 text/plain',
      '1 multipart/alternative',
      '2 text/plain',
      '2 text/html',
      '1 application/pdf',
    ]);
    expect([1, 3, 4, 5].map((i) => bodyOf(raw, tree, i))).toEqual(['first\r\nsecond', 'plain', '<p>x', 'PDF']);
    expect(tree.cut).toBe(false);
  });

  it('are told apart where one boundary begins with another', () => {
    const raw = bytes(
      lines(
        usualHead,
        'Content-Type: multipart/mixed; boundary=ab',
        '',
        '--ab',
        'Content-Type: multipart/related; boundary=abc',
        '',
        '--abc',
        '',
        'in',
        '--abc--',
        '--ab',
        '',
        'out',
        '--ab--',
        '',
      ),
    );
    const tree = partsOf(raw);
    expect(shape(tree)).toEqual(['0 multipart/mixed', '1 multipart/related', '2 text/plain', '1 text/plain']);
    expect([2, 3].map((i) => bodyOf(raw, tree, i))).toEqual(['in', 'out']);
  });

  it('end where an outer boundary comes although the inner one was never closed', () => {
    const raw = multipart('mixed', [
      'Content-Type: multipart/mixed; boundary=inner\r\n\r\n--inner\r\n\r\nin',
      '\r\nout',
    ]);
    const tree = partsOf(raw);
    expect([2, 3].map((i) => bodyOf(raw, tree, i))).toEqual(['in', 'out']);
  });

  it('are found without a boundary in the head, by the first line of the body', () => {
    const raw = bytes(lines(usualHead, 'Content-Type: multipart/mixed', '', '--guess', '', 'found', '--guess--', ''));
    expect(shape(partsOf(raw))).toEqual(['0 multipart/mixed', '1 text/plain']);
  });

  it('are found with bare line feeds, and where nothing closes the last one', () => {
    const raw = Buffer.from('Content-Type: multipart/mixed; boundary="x"\n\npreface\n--x\n\none\n--x\n\ntwo');
    const tree = partsOf(raw);
    expect([1, 2].map((i) => bodyOf(raw, tree, i))).toEqual(['one', 'two']);
  });

  it('have a head of their own that a boundary may end', () => {
    const raw = multipart('mixed', ['Content-Type: text/plain', '\r\nsecond']);
    expect(shape(partsOf(raw))).toEqual(['0 multipart/mixed', '1 text/plain', '1 text/plain']);
  });

  it('are mails by default in a digest', () => {
    expect(shape(partsOf(multipart('digest', ['\r\nSubject: a\r\n\r\nb'])))[1]).toBe('1 message/rfc822');
  });

  it('are left out beyond the limits, and that is told', () => {
    const many = partsOf(
      multipart(
        'mixed',
        Array.from({ length: 30 }, () => '\r\nx'),
      ),
      { parts: 10 },
    );
    expect([many.parts.length, many.cut]).toEqual([10, true]);
    const nested = Array.from(
      { length: 20 },
      (_, i) => `Content-Type: multipart/mixed; boundary=n${i}\r\n\r\n--n${i}\r\n`,
    );
    const deep = partsOf(Buffer.from(`${nested.join('')}\r\nwords`), { depth: 5 });
    expect([Math.max(...deep.parts.map((part) => part.depth)), deep.cut]).toEqual([5, true]);
  });
});
