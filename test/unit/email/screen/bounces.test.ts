import { describe, expect, it } from 'vitest';
import { screen } from '../../../../channels/email/screen/screen.ts';
import { build, own, part, type Row, report } from './build-facts.ts';

const reportsOf = (row: Row) => screen(build(row), own).reports;
const daemon = 'mailer-daemon@mx.example.org';

describe('the reports of a bounce', () => {
  it('tell recipient, code and reason from a machine-readable report', () => {
    const row = report(
      'Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; Huda@Example.net\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1\n <huda@example.net> nobody of\n that name',
    );
    expect(reportsOf(row)).toEqual([
      {
        messageId: '<m1@mail.agency.example>',
        recipient: 'huda@example.net',
        outcome: 'failed',
        code: '5.1.1',
        reason: '550 5.1.1 <huda@example.net> nobody of that name',
      },
    ]);
  });

  it('tell each recipient apart, with CRLF line ends as well', () => {
    const fields = [
      ['Final-Recipient: rfc822; a@example.net', 'Action: failed', 'Status: 5.2.2'],
      ['Final-Recipient: rfc822; b@example.net', 'Action: delayed', 'Status: 4.4.1'],
      ['Final-Recipient: rfc822; c@example.net', 'Action: relayed', 'Status: 2.0.0'],
      ['Final-Recipient: rfc822; d@example.net', 'Action: delivered', 'Status: 2.0.0'],
    ];
    const row = report(`Reporting-MTA: dns; x\r\n\r\n${fields.map((lines) => lines.join('\r\n')).join('\r\n\r\n')}`);
    expect(reportsOf(row).map(({ recipient, outcome }) => [recipient, outcome])).toEqual([
      ['a@example.net', 'failed'],
      ['b@example.net', 'delayed'],
      ['c@example.net', 'delivered'],
      ['d@example.net', 'delivered'],
    ]);
  });

  it('name the recipient that we wrote to where the mail was passed on to another', () => {
    const row = report(
      'Original-Recipient: rfc822;huda@example.net\nFinal-Recipient: rfc822;h.saleh@example.org\nAction: failed\nStatus: 5.0.0',
    );
    expect(reportsOf(row)[0]?.recipient).toBe('huda@example.net');
  });

  it('take a telling code from the diagnostics where the status is vague', () => {
    const row = report(
      'Final-Recipient: rfc822; a@example.net\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 552 5.2.2 mailbox full',
    );
    expect(reportsOf(row)[0]?.code).toBe('5.2.2');
  });

  const qmail: Row = {
    from: daemon,
    subject: 'failure notice',
    text: [
      'Hi. This is the qmail-send program at mx.example.org.',
      "I'm afraid I wasn't able to deliver your message to the following addresses.",
      '',
      '<sami@example.net>:',
      '192.0.2.1 does not like recipient.',
      'Remote host said: 550 5.1.1 nobody here',
      '',
      '<noura@example.net>:',
      'Sorry, no mailbox here by that name. (#5.1.1)',
      '',
      '--- Below this line is a copy of the message.',
      '',
      'Return-Path: <care@agency.example>',
      'Message-ID: <m2@mail.agency.example>',
      'From: care@agency.example',
      'To: sami@example.net',
      'Subject: Your request',
      '',
      'write to <other@example.net>',
    ].join('\n'),
  };

  it('come from the words of a notice that no machine can read', () => {
    expect(reportsOf(qmail).map(({ recipient, messageId, outcome }) => [recipient, messageId, outcome])).toEqual([
      ['sami@example.net', '<m2@mail.agency.example>', 'failed'],
      ['noura@example.net', '<m2@mail.agency.example>', 'failed'],
    ]);
    expect(reportsOf(qmail)[0]).toMatchObject({ code: '5.1.1', reason: 'Remote host said: 550 5.1.1 nobody here' });
  });

  it('take the recipients that Exim names in the head', () => {
    const row: Row = {
      from: daemon,
      subject: 'Mail delivery failed: returning message to sender',
      headers: { 'X-Failed-Recipients': 'a@example.net, b@example.net' },
      text: 'A message that you sent could not be delivered to one or more of its recipients.',
    };
    expect(reportsOf(row).map((one) => one.recipient)).toEqual(['a@example.net', 'b@example.net']);
  });

  it('fall back to whom the returned mail was for', () => {
    const row: Row = {
      from: daemon,
      subject: 'Undeliverable',
      text: 'The mail could not be delivered.',
      type: 'multipart/mixed',
      parts: [
        part('multipart/mixed', null, 0),
        part('message/rfc822', 'To: a@example.net\nMessage-ID: <m3@elsewhere.example>'),
      ],
    };
    expect(reportsOf(row)).toMatchObject([{ recipient: 'a@example.net', messageId: '<m3@elsewhere.example>' }]);
  });

  it.each([
    [
      'Warning: message delayed',
      'Your message has not yet been delivered. Delivery attempts will continue.',
      'delayed',
    ],
    [
      'Delivery delayed',
      'There was a temporary problem delivering your message. We will keep trying for 46 hours.',
      'delayed',
    ],
    ['تأخر التسليم', 'تأخر تسليم رسالتك إلى a@example.net وسنواصل المحاولة.', 'delayed'],
    ['Mail delivery failed', 'The message was delayed for days. Giving up: it could not be delivered.', 'failed'],
    ['Delivery report', 'Your message was successfully delivered to a@example.net', 'delivered'],
    ['تعذر التسليم', 'تعذر تسليم رسالتك إلى a@example.net لأن العنوان غير موجود.', 'failed'],
  ])('tell by the words whether the mail is lost, late or there: %s', (subject, text, outcome) => {
    expect(reportsOf({ from: daemon, subject, text })[0]?.outcome).toBe(outcome);
  });

  it.each<[string, Row]>([
    ['an id of ours in In-Reply-To', { headers: { 'In-Reply-To': '<m9@mail.agency.example>' } }],
    [
      'an id of ours in the middle of the words',
      { text: 'Undeliverable. Ref <x@other.example> and (<m9@mail.agency.example>).' },
    ],
    [
      'the head of the returned mail',
      {
        parts: [
          part('multipart/mixed', null, 0),
          part('message/rfc822', 'Message-Id:\n <m9@mail.agency.example>\nReferences: <m1@mail.agency.example>'),
        ],
      },
    ],
    [
      'Original-Message-ID of the report',
      {
        parts: [
          part('multipart/report', null, 0),
          part(
            'message/delivery-status',
            'Original-Message-ID: <m9@mail.agency.example>\n\nFinal-Recipient: rfc822;a@example.net\nAction: failed',
          ),
        ],
      },
    ],
    ['a quoted head', { text: 'It was undeliverable.\n> Message-ID: <m9@mail.agency.example>\n> Subject: x' }],
    [
      'an id of ours after an id of a list',
      { text: 'undeliverable\nMessage-ID: <l1@lists.example>\nX-Was: <m9@mail.agency.example>' },
    ],
  ])('know the mail by %s', (_, row) => {
    expect(reportsOf({ from: daemon, subject: 'Undeliverable', text: 'Undeliverable', ...row })[0]?.messageId).toBe(
      '<m9@mail.agency.example>',
    );
  });

  it('say what they can where a notice says next to nothing', () => {
    expect(reportsOf({ from: daemon, subject: 'failure notice', text: '' })).toEqual([
      { messageId: null, recipient: null, outcome: 'failed', code: null, reason: '' },
    ]);
  });

  it('leave a delivery report that a person passes on as a file to people', () => {
    const row: Row = {
      subject: 'Fwd: Undelivered Mail Returned to Sender',
      text: 'Please see below what I get when I write to you.',
      type: 'multipart/mixed',
      parts: [
        part('multipart/mixed', null, 0),
        part('text/plain'),
        part('message/rfc822', 'From: mailer-daemon@mx.example.org'),
        part('multipart/report', null, 2),
        part('message/delivery-status', 'Final-Recipient: rfc822; care@agency.example\nAction: failed', 3),
      ],
    };
    expect(screen(build(row), own)).toEqual({ automated: 'none', why: null, reports: [] });
  });
});
