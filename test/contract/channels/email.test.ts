import { Readable } from 'node:stream';
import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { capabilities } from '../../../channels/email/capabilities.ts';
import { email } from '../../../channels/email/channel.ts';
import type { OutboundAttachment } from '../../../src/channel/outbound.ts';
import { givenInboxes } from '../../../src/inbox/given-inboxes.ts';
import { outboundOf } from '../../fakes/an-outbound.ts';
import { startImapServer } from '../../fakes/email/imap-server.ts';
import { startSmtpServer } from '../../fakes/email/smtp-server.ts';
import { hostDeps } from '../../fakes/host-deps.ts';
import { type ChannelRig, channelContract, createRecordingSink } from '../channel-contract.ts';

const password = 'a-password-of-the-mailbox';
const words = 'رقمي السري هو ما لا يُكتب في سجل';
const sender = 'hidden-person@people.example.net';

const view = { name: 'هيئة المثال', unit: 'العناية', hours: { text: 'من الأحد إلى الخميس' } };

const encoded = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

interface Mail {
  id?: string;
  subject?: string;
  text?: string;
  head?: string[];
}

const aMail = ({ id = 'one', subject = 'سؤال', text = words, head = [] }: Mail = {}): string =>
  [
    `Message-ID: <${id}@people.example.net>`,
    `From: ${encoded('سارة')} <${sender}>`,
    'To: care@example.org',
    `Subject: ${encoded(subject)}`,
    'MIME-Version: 1.0',
    ...head,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(text).toString('base64'),
    '',
  ].join('\r\n');

const withFile = [
  'Message-ID: <file@people.example.net>',
  `From: <${sender}>`,
  'To: care@example.org',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain',
  '',
  'See the form.',
  '--b',
  'Content-Type: text/plain; name=form.txt',
  'Content-Disposition: attachment; filename=form.txt',
  '',
  'a form',
  '--b--',
  '',
].join('\r\n');

const anOutbound = outboundOf({
  inboxId: 'email',
  address: sender,
  conversationKey: 'a-key',
  letter: { subject: 'Re: سؤال', inReplyTo: '<one@people.example.net>', references: ['<one@people.example.net>'] },
});

const aFile = (bytes: number, id = 'f'): OutboundAttachment => ({ id, name: 'form.txt', type: 'text/plain', bytes });

async function openRig(): Promise<ChannelRig & { deliver(raw: string): Promise<'taken' | 'refused'> }> {
  const imap = await startImapServer();
  imap.accept({ password });
  const smtp = await startSmtpServer({ credentials: { user: 'care', password } });
  const log: string[] = [];
  const waiting: ((outcome: 'taken' | 'refused') => void)[] = [];
  const counted = (event: string): void => {
    for (const tell of waiting.splice(0)) tell(event === 'taken' ? 'taken' : 'refused');
  };
  const sink = createRecordingSink();
  sink.openAttachment = async () => ({ name: 'form.txt', type: 'text/plain', stream: Readable.from(['a form']) });
  const values = {
    EMAIL_IMAP_URL: `imap://care:${password}@127.0.0.1:${imap.port}`,
    EMAIL_SMTP_URL: `smtp://care:${password}@127.0.0.1:${smtp.port}`,
    EMAIL_ADDRESS: 'care@example.org',
    EMAIL_COPY_TO: 'supervisor@example.org',
    EMAIL_SENT_FOLDER: 'none',
  };
  const [inbox] = givenInboxes([email], values);
  if (!inbox) throw new Error('the settings set up no inbox');
  const channel = email.create(inbox, hostDeps({ lines: log, count: counted, publicView: async () => view }));
  const deliver = (raw: string): Promise<'taken' | 'refused'> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      imap.deliver(raw);
    });
  const clear = async (): Promise<void> => void smtp.received.splice(0);
  const last = async () => {
    const [found] = smtp.received;
    if (!found) return null;
    const { subject, inReplyTo, references, messageId, text, attachments, headers } = await simpleParser(found.raw);
    return {
      to: found.to,
      subject,
      inReplyTo,
      references,
      messageId,
      said: text?.includes('وصلتنا رسالتك'),
      automatic: headers.get('auto-submitted') ?? null,
      files: attachments.map(({ filename, content }) => [filename, content.toString()]),
    };
  };
  const plain = anOutbound();
  const byAgent = anOutbound({ author: 'agent', automated: false, attachments: [aFile(6)] });
  const shape = {
    to: [sender, 'supervisor@example.org'],
    subject: 'Re: سؤال',
    inReplyTo: '<one@people.example.net>',
    references: '<one@people.example.net>',
    said: true,
  };
  let isDown = false;
  const down = async (): Promise<void> => {
    if (!isDown) await smtp.close();
    isDown = true;
  };
  const broken = (at: 'recipient' | 'data' | 'sign-in', code: number) => async (): Promise<void> => {
    smtp.heal();
    smtp.cut();
    smtp.refuse({ at, code });
  };
  return {
    channel,
    sink,
    log,
    deliver,
    secrets: [password, words, sender, 'a secret of this installation'],
    inbound: [
      {
        name: 'Arabic words',
        send: () => deliver(aMail()),
        expect: {
          externalId: '<one@people.example.net>',
          address: sender,
          displayName: 'سارة',
          kind: 'text',
          text: words,
          automated: 'none',
        },
      },
      {
        name: 'a reply',
        send: () => deliver(aMail({ id: 'two', subject: 'رد: سؤال', head: ['In-Reply-To: <one@people.example.net>'] })),
        expect: {
          thread: { references: ['<one@people.example.net>'], provenKey: null, topic: 'سؤال', isReply: true },
        },
      },
      {
        name: 'a file',
        send: () => deliver(withFile),
        expect: { attachments: [{ attachmentId: 'file-6', name: 'form.txt', type: 'text/plain', bytes: 6 }] },
      },
      {
        name: 'a robot',
        send: () => deliver(aMail({ id: 'three', head: ['Auto-Submitted: auto-replied'] })),
        expect: { automated: 'auto-reply' },
      },
    ],
    // No mail is turned away: what cannot be read is taken as a message that says so (below).
    garbled: [],
    outbound: [
      {
        name: 'an answer of the assistant',
        prepare: clear,
        message: plain,
        arrived: last,
        expect: { ...shape, messageId: `<${plain.id}@example.org>`, automatic: 'auto-replied', files: [] },
      },
      {
        name: 'the words of an agent, with a file',
        prepare: clear,
        message: byAgent,
        arrived: last,
        expect: {
          ...shape,
          messageId: `<${byAgent.id}@example.org>`,
          automatic: null,
          files: [['form.txt', 'a form']],
        },
      },
    ],
    failures: [
      {
        name: 'another inbox',
        prepare: async () => undefined,
        message: anOutbound({ inboxId: 'other' }),
        code: 'config-invalid',
        retryable: false,
      },
      {
        name: 'an unknown recipient',
        prepare: broken('recipient', 550),
        message: anOutbound(),
        code: 'rejected',
        retryable: false,
      },
      {
        name: 'a recipient who is to be tried later',
        prepare: broken('recipient', 451),
        message: anOutbound(),
        code: 'throttled',
        retryable: true,
      },
      {
        name: 'a letter that is not liked',
        prepare: broken('data', 554),
        message: anOutbound(),
        code: 'rejected',
        retryable: false,
      },
      {
        name: 'a wrong password',
        prepare: broken('sign-in', 535),
        message: anOutbound(),
        code: 'unreachable',
        retryable: true,
      },
      { name: 'nobody there', prepare: down, message: anOutbound(), code: 'unreachable', retryable: true },
    ],
    beyond: [
      { name: 'a text beyond its length', message: anOutbound({ text: 'x'.repeat(capabilities.text.maxLength + 1) }) },
      {
        name: 'too many files',
        message: anOutbound({ attachments: Array.from({ length: 21 }, (_, at) => aFile(1, `f${at}`)) }),
      },
      {
        name: 'files that are too large together',
        message: anOutbound({ attachments: [aFile(1e7), aFile(1e7, 'g')] }),
      },
      { name: 'nobody to answer', message: anOutbound({ address: 'unknown-sender' }) },
    ],
    async stop() {
      await channel.stop();
      await down();
      await imap.stop();
    },
  };
}

channelContract('email', openRig);

describe('mails that are hardly mails', () => {
  let rig: Awaited<ReturnType<typeof openRig>>;
  beforeEach(async () => {
    rig = await openRig();
    await rig.channel.start(rig.sink);
  });
  afterEach(() => rig.stop());

  const deep = Array.from(
    { length: 3000 },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}`,
  );
  const cases: [string, string, Record<string, unknown>][] = [
    ['one line', 'nothing of a mail\r\n', { automated: 'auto-reply' }],
    ['only line ends', '\r\n\r\n', { automated: 'auto-reply' }],
    ['bytes', Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 73 + 11) % 251 || 1)).toString('latin1'), {}],
    ['parts within parts', `From: <${sender}>\r\n${deep.join('\r\n')}`, { address: sender }],
    ['a part without an end', `From: <${sender}>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nX`, {}],
  ];

  it.each(cases)('make one visible message each: %s', async (_name, raw, expected) => {
    expect(await rig.deliver(raw)).toBe('taken');
    expect(rig.sink.events).toHaveLength(1);
    expect(rig.sink.events[0]).toMatchObject({ event: 'message', inboxId: 'email', ...expected });
    expect(await rig.deliver(aMail())).toBe('taken');
  });

  it('say so where something of them could not be read', async () => {
    await rig.deliver(`From: <${sender}>\r\n${deep.join('\r\n')}`);
    expect(rig.sink.events[0]).toMatchObject({ letter: { problem: expect.stringMatching(/partly|unreadable/) } });
  });
});
