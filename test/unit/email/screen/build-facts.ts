import type { MailFacts, MailPart, OwnMailbox } from '../../../../channels/email/mail.ts';

/** What a row of a table tells of a mail; whatever is left out is as in an ordinary person's mail. */
export interface Row {
  from?: string | null;
  name?: string;
  replyTo?: string;
  subject?: string;
  text?: string;
  path?: string | null;
  type?: string;
  headers?: Record<string, string | string[]>;
  parts?: MailPart[];
}

export const own: OwnMailbox = {
  addresses: ['care@agency.example', 'help@agency.example'],
  idDomain: 'mail.agency.example',
  loopMark: 'agency-7f3a',
};

const pair = (address: string, name = '') => ({ address: address.toLowerCase(), name });

/** Facts of a mail from the little that a row tells. */
export function build(row: Row): MailFacts {
  const headers = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(row.headers ?? {}))
    headers.set(name.toLowerCase(), typeof value === 'string' ? [value] : value);
  if (row.type) headers.set('content-type', [row.type]);
  const top = row.type?.split(';')[0]?.trim() ?? 'text/plain';
  return {
    headers,
    from: row.from === null ? null : pair(row.from ?? 'huda@example.net', row.name),
    replyTo: row.replyTo ? pair(row.replyTo) : null,
    returnPath: row.path === undefined ? null : row.path,
    to: [pair('care@agency.example')],
    subject: row.subject ?? 'Question about my request',
    text: row.text ?? 'Good morning, I asked for a permit last week and have heard nothing since.',
    parts: row.parts ?? [{ type: top, depth: 0, name: '', text: null }],
  };
}

export const part = (type: string, text: string | null = null, depth = 1): MailPart => ({
  type,
  depth,
  name: '',
  text,
});

/** A delivery report as RFC 3464 lays it out. */
export const report = (fields: string, head = 'Message-ID: <m1@mail.agency.example>'): Row => ({
  from: 'mailer-daemon@mx.example.org',
  type: 'multipart/report; report-type=delivery-status; boundary="b"',
  subject: 'Undelivered Mail Returned to Sender',
  text: 'This is the mail system at host mx.example.org.',
  parts: [
    part('multipart/report', null, 0),
    part('text/plain'),
    part('message/delivery-status', fields),
    part('text/rfc822-headers', head),
  ],
});
