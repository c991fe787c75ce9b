import { describe, expect, it } from 'vitest';
import { bytes, lines, multipart, onePart, read, usualHead } from './build-mail.ts';
import { mailSchema } from './mail-schema.ts';

/** Each takes well under a second alone; the bound leaves room for a busy machine and still refuses quadratic time. */
const bound = 5000;

const timed = async (raw: Buffer) => {
  const begin = performance.now();
  const mail = await read(raw);
  expect(mailSchema.safeParse(mail).error).toBeUndefined();
  expect(performance.now() - begin).toBeLessThan(bound);
  return mail;
};

const head = (value: string) => bytes(lines(usualHead, value, '', 'words'));
const html = (page: string) => onePart('text/html; charset=utf-8', page);
const many = (piece: string, times: number) => piece.repeat(times);

describe('a hostile mail is read in bounded time', () => {
  it('with 5,000 multiparts in one another', async () => {
    const nested = Array.from(
      { length: 5000 },
      (_, i) => `Content-Type: multipart/mixed; boundary=n${i}\r\n\r\n--n${i}\r\n`,
    );
    expect((await timed(Buffer.from(`${usualHead}\r\n${nested.join('')}\r\nwords`))).problem).toBe('partly');
  });

  it('with 10,000 parts', async () => {
    const mail = await timed(
      multipart(
        'mixed',
        Array.from({ length: 10_000 }, () => 'Content-Type: application/x-own\r\n\r\nx'),
      ),
    );
    expect([mail.files.length, mail.leftOut.length, mail.problem]).toEqual([50, 50, 'partly']);
  });

  it('with 100,000 header fields', async () => {
    const fields = Array.from({ length: 100_000 }, (_, i) => `X-Field-${i}: ${i}`).join('\r\n');
    const mail = await timed(bytes(lines(usualHead, fields, '', 'the words')));
    expect([mail.subject, mail.text, mail.problem]).toEqual(['A question', 'the words', 'partly']);
  });

  it('with a header field folded 200,000 times', async () => {
    await timed(head(`X-Long: a${many('\r\n b', 200_000)}`));
  });

  it('with 50,000 elements in one another', async () => {
    const mail = await timed(html(`${many('<div>', 50_000)}the words${many('</div>', 50_000)}`));
    expect(mail.text).toContain('the words');
  });

  it('with elements that never end, end without beginning, or are cut', async () => {
    for (const page of [
      many('<div>', 40_000),
      many('</p>', 40_000),
      many('<a href="', 20_000),
      many('<', 500_000),
      many('<b><i>', 20_000) + many('</b></i>', 10_000),
    ])
      await timed(html(`${page} words`));
  });

  it('with 10 MB of HTML', async () => {
    const mail = await timed(html(many('<p>one line of words, as long as lines of people are</p>\n', 180_000)));
    expect([mail.problem, mail.text.startsWith('one line of words, as long as lines of people are\n\none')]).toEqual([
      'partly',
      true,
    ]);
  });

  it('with one line of many megabytes', async () => {
    expect((await timed(onePart('text/plain', many('x', 4_000_000)))).text).toHaveLength(1024 * 1024);
    await timed(html(many('<b>x</b> ', 50_000)));
    await timed(onePart('text/plain', `${many(' ', 1_000_000)}x`));
  });

  it('with entities, quotes and styles without end', async () => {
    for (const page of [
      many('&amp;', 200_000),
      many('&#x;', 200_000),
      `<p style="${many('display:', 100_000)}">x`,
      `<a title="${many("'", 900_000)}">x</a>`,
    ])
      await timed(html(page));
  });

  it.each([
    ['encoded words that never end', `Subject: ${many('=?utf-8?q?', 50_000)}`],
    ['encoded words without words', `Subject: ${many('=?a?b??=', 50_000)}`],
    ['a sender of brackets', `From: ${many('<', 100_000)}`],
    ['a sender of quotes', `From: ${many('"a\\', 100_000)}`],
    ['a sender of comments', `From: ${many('(', 100_000)}`],
    ['a sender without end', `From: [@${many('a', 200_000)}`],
    ['recipients without end', `To: ${many('a@b.example,', 50_000)}`],
    ['references without end', `References: ${many('<a@b>', 100_000)}`],
    ['references that never close', `References: ${many('<a', 100_000)}`],
    ['parameters without end', `Content-Type: text/plain; ${many('a*0*=b;', 50_000)}`],
    ['parameters that never close', `Content-Type: text/plain; a="${many('\\"', 100_000)}`],
    ['comments in a type', `Content-Type: ${many('(', 100_000)}`],
    ['a date of digits', `Date: ${many('1 ', 100_000)}`],
    [
      'a boundary of dashes',
      `Content-Type: multipart/mixed; boundary="${many('-', 100)}"\r\n\r\n${many('--\r\n', 300_000)}`,
    ],
    ['a subject of prefixes', `Subject: ${many('Re: ', 50_000)}`],
    ['a subject of spaces', `Subject: a${many(' ', 500_000)}b`],
  ])('with %s', async (_, field) => {
    await timed(head(field));
  });

  it('with lines that are nearly boundaries', async () => {
    await timed(multipart('mixed', [`\r\n${many('--edg\r\n', 300_000)}`]));
  });
});
