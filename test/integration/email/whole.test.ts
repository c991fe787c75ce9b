import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { copyAddress, idOf, type MailHouse, mailboxPassword, openMail, waitFor } from './open-mail.ts';

let house: MailHouse;
beforeAll(async () => {
  house = await openMail({ env: { EMAIL_NAME: 'العناية بالمستفيدين' } });
});
afterEach(() => expect(house.errors()).toEqual([]));
afterAll(() => house.close());

let people = 0;
const somebody = (): string => `person-${++people}@people.example.net`;

const tokenOf = (replyTo: string | undefined): string => /care\+([a-z0-9]+)@/.exec(replyTo ?? '')?.[1] ?? '';

describe('a mail in Arabic', () => {
  it('is answered with one letter whose head and parts are right', async () => {
    const from = somebody();
    await house.deliver({ id: 'arabic', from, name: 'سارة أحمد المحمد', subject: 'نقل مقاعد' });
    const letter = await house.letterTo(from);
    expect(letter.subject).toBe('Re: نقل مقاعد');
    expect(letter.from?.value).toEqual([{ address: 'care@example.org', name: 'العناية بالمستفيدين' }]);
    expect([letter.inReplyTo, letter.references]).toEqual([idOf('arabic'), idOf('arabic')]);
    expect(letter.headers.get('auto-submitted')).toBe('auto-replied');
    expect(tokenOf(letter.replyTo?.value[0]?.address)).toMatch(/^[a-z0-9]{36}$/);
    expect(letter.envelope.to).toEqual([from, copyAddress]);
    expect([letter.cc].flat()[0]?.value).toEqual([{ address: copyAddress, name: '' }]);
    expect(letter.text).toContain('رقم الطلب');
    expect(letter.html).toMatch(/<html[^>]*lang="ar"[^>]*dir="rtl"|<html[^>]*dir="rtl"[^>]*lang="ar"/);
    expect(letter.messageId).toMatch(/^<[\w-]+@example\.org>$/);
  });

  it('is one conversation with its ticket, for staff to see by the API', async () => {
    const from = somebody();
    const message = await house.deliver({ from, name: 'خالد محمد الحربي', subject: 'نقل خزائن' });
    await house.letterTo(from);
    const shown = await house.json<{ subject: string; ticketNumbers: string[]; channel: string }>(
      `/conversations/${message.conversationId}`,
    );
    expect(shown).toMatchObject({ subject: 'نقل خزائن', channel: 'email', ticketNumbers: [expect.any(String)] });
  });
});

describe('a reply goes into the conversation that it goes on with', () => {
  const begun = async (subject: string) => {
    const from = somebody();
    const message = await house.deliver({ from, subject });
    return { from, message, letter: await house.letterTo(from) };
  };

  it('by the token of the reply address alone', async () => {
    const { from, message, letter } = await begun('الإضاءة في القاعة');
    const to = letter.replyTo?.value[0]?.address ?? '';
    const reply = await house.deliver({ from, to, subject: 'موضوع آخر تماماً', text: 'الإضاءة ما زالت معطلة' });
    expect(reply.conversationId).toBe(message.conversationId);
  });

  it('by the Message-ID of our letter alone', async () => {
    const { from, message, letter } = await begun('الشاشة');
    const reply = await house.deliver({ from, subject: 'شيء جديد', inReplyTo: letter.messageId, text: 'وأيضاً الصوت' });
    expect(reply.conversationId).toBe(message.conversationId);
    const second = await house.letterTo(from, 2);
    expect([second.references].flat().at(-1)).toBe(reply.externalId);
  });

  it('by the Message-ID of the own earlier mail alone', async () => {
    const { from, message } = await begun('المكيف');
    const reply = await house.deliver({
      from,
      subject: 'للتذكير',
      references: [message.externalId],
      text: 'نرجو الاستعجال',
    });
    expect(reply.conversationId).toBe(message.conversationId);
  });

  it('by the subject alone, as the last resort', async () => {
    const { from, message } = await begun('باب المعمل');
    const reply = await house.deliver({ from, subject: 'رد: باب المعمل', text: 'الباب لا يُغلق أبداً' });
    expect(reply.conversationId).toBe(message.conversationId);
  });

  it('never by what somebody else has: not the token, not the id, not the subject', async () => {
    const { message, letter } = await begun('لوحة المفاتيح');
    const to = letter.replyTo?.value[0]?.address ?? '';
    const stranger = somebody();
    const reply = await house.deliver({
      from: stranger,
      to,
      subject: 'رد: لوحة المفاتيح',
      inReplyTo: letter.messageId,
      text: 'أريد الاطلاع على ما كُتب في هذا الطلب',
    });
    expect(reply.conversationId).not.toBe(message.conversationId);
  });

  it('not with a token that somebody made up', async () => {
    const { from, message } = await begun('مكبر الصوت');
    const reply = await house.deliver({
      from,
      to: `care+${'a'.repeat(36)}@example.org`,
      subject: 'شيء مختلف',
      text: 'طلب جديد عن الكاميرا',
    });
    expect(reply.conversationId).not.toBe(message.conversationId);
  });
});

const report = (messageId: string, recipient: string): string =>
  [
    'From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>',
    'To: care@example.org',
    'Message-ID: <report@mx.example.net>',
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    '',
    'Your message could not be delivered.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.net',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 no such mailbox here',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${messageId}`,
    '--b--',
    '',
  ].join('\r\n');

describe('robots', () => {
  it('report a bounce: the delivery has failed, the report stands in the conversation, nobody answers it', async () => {
    const from = somebody();
    const message = await house.deliver({ from, subject: 'الكاميرا' });
    const letter = await house.letterTo(from);
    house.imap.deliver(report(letter.messageId ?? '', from));
    const bounce = await house.stored('<report@mx.example.net>');
    expect(bounce.automated).toBe('bounce');
    expect(bounce.conversationId).toBe(message.conversationId);
    const { items } = await house.json<{
      items: { direction: string; deliveries: { status: string; error: unknown }[] }[];
    }>(`/conversations/${message.conversationId}/messages`);
    const answer = items.find(({ direction }) => direction === 'outbound');
    expect(answer?.deliveries[0]).toMatchObject({ status: 'failed' });
    expect(JSON.stringify(answer?.deliveries[0]?.error)).toContain('no such mailbox here');
    await house.quiet();
    expect(house.lettersTo('mailer-daemon@mx.example.net')).toEqual([]);
    expect(house.lettersTo(from)).toHaveLength(1);
  });

  it('are away: linked to the conversation, and not answered', async () => {
    const from = somebody();
    const message = await house.deliver({ from, subject: 'الميكروفون' });
    const letter = await house.letterTo(from);
    const away = await house.deliver({
      from,
      subject: 'رد تلقائي: الميكروفون',
      inReplyTo: letter.messageId,
      headers: { 'Auto-Submitted': 'auto-replied' },
      text: 'أنا في إجازة حتى نهاية الشهر.',
    });
    expect([away.automated, away.conversationId]).toEqual(['auto-reply', message.conversationId]);
    await waitFor(async () => expect((await house.conversationOf(away)).turnDueAt).toBeNull());
    await house.quiet();
    expect(house.lettersTo(from)).toHaveLength(1);
  });

  it('are newsletters: kept, and neither answered nor given a ticket', async () => {
    const news = await house.deliver({
      from: 'news@lists.example.com',
      subject: 'النشرة',
      headers: { 'List-Id': '<news.lists.example.com>', Precedence: 'bulk' },
    });
    await waitFor(async () => expect((await house.conversationOf(news)).turnDueAt).toBeNull());
    await house.quiet();
    expect(house.lettersTo('news@lists.example.com')).toEqual([]);
    expect(await house.conversationOf(news)).toMatchObject({ status: 'closed', ticketNumbers: [] });
  });
});

describe('an agent', () => {
  it('writes a letter that does not call itself automatic, answers the last mail, and carries a file', async () => {
    const from = somebody();
    const message = await house.deliver({ from, subject: 'استفسار عن القاعة' });
    await house.letterTo(from);
    const form = new FormData();
    form.append('file', new Blob(['the contents of a form'], { type: 'text/plain' }), 'form.txt');
    const added = await house.api('/attachments', { method: 'POST', body: form });
    const { id: attachmentId } = (await added.json()) as { id: string };
    const answer = await house.post(`/conversations/${message.conversationId}/messages`, {
      text: 'أهلاً بك، القاعة متاحة يوم الأحد. النموذج مرفق.',
      attachmentIds: [attachmentId],
    });
    expect([added.status, answer.status]).toEqual([201, 201]);
    const letter = await house.letterTo(from, 2);
    expect(letter.headers.has('auto-submitted')).toBe(false);
    expect(letter.headers.has('precedence')).toBe(false);
    expect([letter.inReplyTo, [letter.references].flat().at(-1)]).toEqual([message.externalId, message.externalId]);
    expect(letter.subject).toBe('Re: استفسار عن القاعة');
    expect(letter.text).toContain('القاعة متاحة يوم الأحد');
    expect(letter.attachments.map(({ filename, content }) => [filename, content.toString()])).toEqual([
      ['form.txt', 'the contents of a form'],
    ]);
    const reply = await house.deliver({
      from,
      subject: 'Re: استفسار عن القاعة',
      inReplyTo: letter.messageId,
      text: 'شكراً',
    });
    expect(reply.conversationId).toBe(message.conversationId);
  });
});

describe('what came', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );

  it('can be fetched: each file, byte for byte, and the source as it was', async () => {
    const mail = {
      id: 'with-files',
      from: somebody(),
      subject: 'صور',
      attachments: [
        { filename: 'القاعة.png', content: png, contentType: 'image/png' },
        { filename: 'form.txt', content: 'a form', contentType: 'text/plain' },
      ],
    };
    const message = await house.deliver(mail);
    const { items } = await house.json<{ items: { attachments: { id: string; name: string; type: string }[] }[] }>(
      `/conversations/${message.conversationId}/messages`,
    );
    const files = items[0]?.attachments ?? [];
    expect(files.map(({ name, type }) => [name, type])).toEqual([
      ['القاعة.png', 'image/png'],
      ['form.txt', 'text/plain'],
    ]);
    const first = await house.api(`/attachments/${files[0]?.id}`);
    expect(Buffer.from(await first.arrayBuffer()).equals(png)).toBe(true);
    expect(await (await house.api(`/attachments/${files[1]?.id}`)).text()).toBe('a form');
    const source = await (await house.api(`/messages/${message.id}/source`)).text();
    expect(source).toContain('Message-ID: <with-files@people.example.net>');
    expect(source).toContain(png.toString('base64').slice(0, 60));
  });

  it('is marked as read in the mailbox once it is stored, and our answers are filed in Sent', async () => {
    const from = somebody();
    await house.deliver({ id: 'to-be-seen', from, subject: 'الممر' });
    const letter = await house.letterTo(from);
    const sent = letter.messageId?.slice(1).split('@')[0];
    await waitFor(async () => {
      const [inbox, filed] = [await house.look('INBOX'), await house.look('Sent')];
      expect(inbox.find(({ name }) => name === 'to-be-seen')?.flags).toContain('\\Seen');
      expect(filed.map(({ name }) => name)).toContain(sent);
    });
  });
});

describe('the log', () => {
  it('holds no address, subject, words or password of anybody', async () => {
    const from = 'a-very-secret-person@people.example.net';
    await house.deliver({ from, name: 'اسم لا يُكتب', subject: 'موضوع لا يُكتب', text: 'كلام لا يُكتب في السجل أبداً' });
    await house.letterTo(from);
    const log = house.lines.map(({ text }) => text).join('\n');
    for (const hidden of [from, 'اسم لا', 'موضوع لا', 'كلام لا', mailboxPassword, 'people.example.net'])
      expect(log).not.toContain(hidden);
  });
});
