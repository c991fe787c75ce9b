import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  base64Lines,
  bytes,
  inCharset,
  lines,
  multipart,
  onePart,
  quotedPrintable,
  read,
  usualHead,
} from './build-mail.ts';

const words = 'السلام عليكم ورحمة الله\n\nأود معرفة موعد الجلسة القادمة، وشكرا لكم.';
const crlf = words.replaceAll('\n', '\r\n');
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('the words of a mail', () => {
  const charsets = ['utf-8', 'windows-1256', 'iso-8859-6'];
  const encodings: [string, (content: Uint8Array) => string | Uint8Array][] = [
    ['8bit', (content) => content],
    ['quoted-printable', quotedPrintable],
    ['base64', base64Lines],
  ];
  const cases = charsets.flatMap((charset) => encodings.map(([name, encode]) => ({ charset, name, encode })));

  it.each(cases)('are read in $charset as $name, labelled or not', async ({ charset, name, encode }) => {
    const body = encode(inCharset(charset, crlf));
    const field = `Content-Transfer-Encoding: ${name}`;
    expect((await read(onePart(`text/plain; charset=${charset}`, body, field))).text).toBe(words);
    expect((await read(onePart('text/plain', body, field))).text).toBe(words);
    expect((await read(onePart('text/plain; charset=us-ascii', body, field))).text).toBe(words);
  });

  it('are the plain version where there are two, and the HTML stays beside it', async () => {
    const mail = await read(
      multipart('alternative', [
        'Content-Type: text/plain; charset=utf-8\r\n\r\nplain words',
        'Content-Type: text/html; charset=utf-8\r\n\r\n<p dir="rtl">rich <script>x</script></p>',
      ]),
    );
    expect([mail.text, mail.html]).toEqual(['plain words', '<p dir="rtl">rich </p>']);
  });

  it.each(['', ' \r\n', 'Your mail client does not support HTML messages.', 'برنامجك لا يدعم عرض الرسائل بصيغة HTML'])(
    'come from the HTML where the plain version says nothing: %j',
    async (plain) => {
      const mail = await read(
        multipart('alternative', [
          `Content-Type: text/plain; charset=utf-8\r\n\r\n${plain}`,
          'Content-Type: text/html; charset=utf-8\r\n\r\n<p>one</p><p>two</p>',
        ]),
      );
      expect(mail.text).toBe('one\n\ntwo');
    },
  );

  it('come from HTML alone, in the charset that only the page names', async () => {
    const page =
      '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256"></head><body>مرحبا<br>بكم</body>';
    expect((await read(onePart('text/html', inCharset('windows-1256', page)))).text).toBe('مرحبا\nبكم');
  });

  it('are joined where several parts follow one another', async () => {
    const mail = await read(multipart('mixed', ['\r\none', 'Content-Type: text/html\r\n\r\n<p>two</p>', '\r\nthree']));
    expect(mail.text).toBe('one\n\ntwo\n\nthree');
    expect(mail.html).toContain('<p>two</p>');
  });

  it('are whole where a multipart has no parts at all', async () => {
    expect((await read(onePart('multipart/mixed; boundary=none', 'just words'))).text).toBe('just words');
  });

  it('are without control characters, and well formed', async () => {
    const mail = await read(onePart('text/plain; charset=utf-16be', Buffer.from([0, 97, 0xd8, 0, 0, 98, 0, 0, 0, 7])));
    expect(mail.text.isWellFormed()).toBe(true);
    expect([mail.text.includes('\u0000'), mail.text.includes('\u0007')]).toEqual([false, false]);
  });

  it('stop at the limit, and the mail says so', async () => {
    const mail = await read(onePart('text/plain', 'word '.repeat(1000)), { textChars: 100 });
    expect([mail.text.length, mail.problem]).toEqual([99, 'partly']);
  });
});

describe('the head of a mail', () => {
  const headOf = (...fields: string[]) => read(bytes(lines(...fields, '', 'words')));

  it('is read where its bytes are raw, in the charset of the body or a recognized one', async () => {
    for (const charset of ['utf-8', 'windows-1256', 'iso-8859-6']) {
      const raw = bytes(
        'Subject: ',
        inCharset(charset, 'شكوى بخصوص الفاتورة'),
        '\r\nFrom: ',
        inCharset(charset, 'سالم'),
        ' <s@people.example>\r\n\r\nx',
      );
      const mail = await read(raw);
      expect([mail.subject, mail.from]).toEqual(['شكوى بخصوص الفاتورة', { name: 'سالم', address: 's@people.example' }]);
    }
  });

  it('gives the sender from the first field that holds an address', async () => {
    expect((await headOf('Sender: a@x.example', 'Reply-To: b@x.example')).from?.address).toBe('a@x.example');
    expect((await headOf('Reply-To: b@x.example')).from?.address).toBe('b@x.example');
    expect((await headOf('From: nobody here', 'Return-Path: <c@x.example>')).from?.address).toBe('c@x.example');
    expect((await headOf('From: A <a@x.example>, B <b@x.example>')).from?.address).toBe('a@x.example');
    expect((await headOf('From: root')).from?.address).toBe('root');
    expect((await headOf('Subject: x')).from).toBeNull();
  });

  it('gives the first usable Message-ID, with brackets', async () => {
    expect((await headOf('Message-ID: ', 'Message-Id: <a@x.example>', 'Message-ID: <b@x.example>')).messageId).toBe(
      '<a@x.example>',
    );
    expect((await headOf('Message-ID: a@x.example')).messageId).toBe('<a@x.example>');
    expect((await headOf('Message-ID: <a\r\n @x.example> (added)')).messageId).toBe('<a@x.example>');
    expect((await headOf('Message-ID: two words')).messageId).toBeNull();
  });

  it('gives what the mail answers, nearest first, each once', async () => {
    const mail = await headOf(
      'In-Reply-To: Your message of Monday <c@x.example>',
      'References: <a@x.example>\r\n\t<b@x.example> <c@x.example>',
    );
    expect(mail.references).toEqual(['<c@x.example>', '<b@x.example>', '<a@x.example>']);
    expect(mail.isReply).toBe(true);
  });

  it('gives every address that it came to', async () => {
    const mail = await headOf(
      'To: Care <CARE@body.example>, x@y.example',
      'Cc: z@y.example',
      'Delivered-To: care+t@body.example',
      'X-Original-To: care@body.example',
      'Envelope-To: e@body.example',
    );
    expect(mail.deliveredTo).toEqual([
      'care@body.example',
      'x@y.example',
      'z@y.example',
      'care+t@body.example',
      'e@body.example',
    ]);
    expect([mail.to[0]?.name, mail.cc.length]).toEqual(['Care', 1]);
  });

  it('is found behind empty lines and a mailbox separator, and with bare carriage returns', async () => {
    expect((await read('\r\n\r\nFrom mona Fri Nov 20 10:00:00 2026\r\nSubject: s\r\n\r\nb')).subject).toBe('s');
    const old = await read('Subject: s\rFrom: a@x.example\r\rwords');
    expect([old.subject, old.text]).toEqual(['s', 'words']);
  });

  it('goes on behind a line of spaces where more of it follows', async () => {
    const mail = await read('Subject: a\r\n \r\n b\r\nFrom: a@x.example\r\n\r\nwords');
    expect([mail.subject, mail.from?.address, mail.text]).toEqual(['a b', 'a@x.example', 'words']);
  });
});

describe('a footer in plain letters below base64', () => {
  const footer = '\r\n____________\r\nList mailing list\r\nlist@x.example';

  it('stands below the words', async () => {
    const given = `${base64Lines(inCharset('windows-1256', words))}${footer}`;
    const mail = await read(onePart('text/plain; charset=windows-1256', given, 'Content-Transfer-Encoding: base64'));
    expect(mail.text).toBe(`${words}\n____________\nList mailing list\nlist@x.example`);
  });

  it('is no part of a file', async () => {
    const mail = await read(onePart('image/png; name=a.png', `${png}${footer}`, 'Content-Transfer-Encoding: base64'));
    expect(Buffer.from(mail.files[0]!.content!).toString('base64')).toBe(png);
  });
});

describe('words that no empty line parts from the head', () => {
  const withHead = (...said: (string | Uint8Array)[]) => read(bytes(usualHead, '\r\n', ...said));

  it('are the text of the mail, and the fields around them stay fields', async () => {
    const mail = await withHead('NOHX my heating is broken\r\n  since Monday\r\nX-Last: field\r\nplease help\r\n');
    expect([mail.text, mail.problem]).toEqual(['NOHX my heating is broken\n  since Monday\nplease help', 'partly']);
    expect([mail.subject, mail.from?.address, mail.newText]).toEqual(['A question', 'mona@people.example', mail.text]);
  });

  it.each(['utf-8', 'windows-1256'])('are decoded from raw bytes: %s', async (charset) => {
    expect((await withHead(inCharset(charset, crlf.split('\r\n')[0]!))).text).toBe(words.split('\n')[0]);
  });

  it('are decoded as the head says', async () => {
    const mail = await withHead(
      'Content-Transfer-Encoding: base64\r\nContent-Type: text/plain; charset=windows-1256\r\n',
      base64Lines(inCharset('windows-1256', words)),
    );
    expect(mail.text).toBe(words);
  });

  it('are words where there is no head at all, with what stands below', async () => {
    const [line, more] = [await read('HELP please help'), await read('HELP please help\r\n\r\nthe heating\r\n')];
    expect([line.text, line.problem, line.from]).toEqual(['HELP please help', 'partly', null]);
    expect([more.text, more.problem]).toEqual(['HELP please help\n\nthe heating', 'partly']);
  });

  it('are found in a part just as in the mail', async () => {
    const mail = await read(multipart('mixed', ['Content-Type: text/plain\r\nmy heating is broken']));
    expect([mail.text, mail.problem]).toEqual(['my heating is broken', 'partly']);
  });

  it('tell two mails apart that are otherwise the same', async () => {
    const [one, two] = [await withHead('the heating is broken'), await withHead('the lift is broken')];
    expect(one.digest).not.toBe(two.digest);
  });

  it.each([
    ['', 'an empty mail'],
    ['\r\n', 'a mail without words'],
    [' \r\n\r\n', 'a mail of spaces'],
    ['>From a@x.example Fri Nov 20 10:00:00 2026\r\n\r\n', 'a line of a mailbox file'],
  ])('are not made up: %j', async (end) => {
    const mail = await withHead(end);
    expect([mail.text, mail.problem]).toEqual(['', null]);
  });

  it('are no words where the mail has its own', async () => {
    const mail = await withHead('a line of no use\r\n\r\nmy heating is broken');
    expect([mail.text, mail.problem]).toEqual(['my heating is broken', null]);
  });
});

describe('the digest of a mail', () => {
  const digestOf = async (raw: Uint8Array | string) => (await read(raw)).digest;
  const long = `References: ${Array.from({ length: 9 }, (_, i) => `<${i}@people.example>`).join(' ')}`;
  const one = lines(usualHead, long, '', 'the same', 'words', '');

  it.each([
    ['with the marks of other servers', `Received: by another\r\nX-Spam: no\r\nDKIM-Signature: v=1\r\n${one}`],
    ['with another envelope', `Return-Path: <a@x.example>\r\nDelivered-To: care@body.example\r\n${one}`],
    ['with bare line feeds', one.replaceAll('\r\n', '\n')],
    ['with a line folded elsewhere', one.replace('<4@people.example> ', '<4@people.example>\r\n\t')],
    ['with an empty line behind it', `${one}\r\n`],
  ])('is the same for a mail that came another way: %s', async (_, other) => {
    expect(await digestOf(other)).toBe(await digestOf(one));
  });

  it.each([
    ['words', one.replace('the same', 'The same')],
    ['spaces', one.replace('the same', 'the  same')],
    ['lines', one.replace('same\r\nwords', 'same\r\n\r\nwords')],
    ['subject', one.replace('A question', 'A Question')],
    ['sender', one.replace('Mona <mona@', 'Mona <nora@')],
    ['name', one.replace('From: Mona', 'From: Nora')],
    ['recipient', one.replace('To: care@', 'To: help@')],
    ['copy', `Cc: other@x.example\r\n${one}`],
    ['time', one.replace('10:00:00', '10:00:01')],
    ['id', one.replace('<one@', '<two@')],
    ['what it answers', `In-Reply-To: <a@x.example>\r\n${one}`],
    ['references', one.replace('<4@', '<44@')],
    ['type', `Content-Type: text/html\r\n${one}`],
    ['encoding', `Content-Transfer-Encoding: quoted-printable\r\n${one}`],
    ['disposition', `Content-Disposition: attachment\r\n${one}`],
  ])('is another for another mail: %s', async (_, other) => {
    expect(await digestOf(other)).not.toBe(await digestOf(one));
  });

  it('is another where one byte of a file is another', async () => {
    const mail = (byte: number) =>
      multipart('mixed', ['\r\nx', bytes('Content-Type: a/b\r\n\r\n', Uint8Array.of(byte))]);
    expect(await digestOf(mail(200))).not.toBe(await digestOf(mail(201)));
  });
});

describe('a bounce', () => {
  it('is recognized by what its parts say', async () => {
    const mail = await read(
      bytes(
        lines(
          'From: Mail Delivery System <mailer-daemon@mx.example>',
          'Return-Path: <>',
          'Subject: Undelivered Mail Returned to Sender',
          'Content-Type: multipart/report; report-type=delivery-status; boundary=r',
          '',
          '--r',
          '',
          'It could not be delivered.',
          '--r',
          'Content-Type: message/delivery-status',
          '',
          'Reporting-MTA: dns; mx.example',
          '',
          'Final-Recipient: rfc822; mona@people.example',
          'Action: failed',
          'Status: 5.1.1',
          '--r',
          'Content-Type: message/rfc822',
          '',
          'Message-ID: <ours@wasl.body.example>',
          'Subject: Re: A question',
          '',
          'our words',
          '--r--',
          '',
        ),
      ),
    );
    expect(mail.automated).toBe('bounce');
    expect(mail.reports[0]).toMatchObject({ recipient: 'mona@people.example', outcome: 'failed', code: '5.1.1' });
    expect(mail.reports[0]?.messageId).toBe('<ours@wasl.body.example>');
    expect(mail.text).toBe('It could not be delivered.');
  });
});

describe('the source of a mail', () => {
  it('comes back byte for byte', async () => {
    const raw = onePart('text/plain', inCharset('windows-1256', words));
    expect(gunzipSync((await read(raw)).source)).toEqual(raw);
  });
});
