import { describe, expect, it } from 'vitest';
import type { ReadMail } from '../../../channels/email/mail.ts';
import { type Arrival, senderOf, toMessage, toReceipts, unknownSender } from '../../../channels/email/parse.ts';
import { inboundEvent } from '../../../src/channel/inbound.ts';

const sara = { address: 'sara@example.net', name: 'سارة' };

const aMail = (facts: Partial<ReadMail> = {}): ReadMail => ({
  messageId: '<a@example.net>',
  digest: 'd'.repeat(64),
  from: sara,
  replyTo: null,
  to: [{ address: 'care@example.org', name: '' }],
  cc: [],
  deliveredTo: ['care@example.org'],
  subject: 'سؤال',
  topic: 'سوال',
  isReply: false,
  isForward: false,
  sentAt: '2026-11-21T08:00:00.000Z',
  references: [],
  text: 'نص الرسالة',
  newText: 'نص الرسالة',
  html: null,
  files: [],
  leftOut: [],
  problem: null,
  automated: 'none',
  why: null,
  reports: [],
  source: new Uint8Array([1]),
  ...facts,
});

const arrival: Arrival = {
  inboxId: 'email',
  own: ['care@example.org'],
  arrivedAt: '2026-11-21T09:00:00.000Z',
  truncated: false,
  answered: false,
  sourceDays: 90,
  files: [],
  provenKey: null,
  keyOf: (address, root) => `${address} ${root}`,
  idOf: (id) => (id.endsWith('@example.org>') ? 'delivery-1' : id),
};

const valid = (mail: ReadMail, facts: Partial<Arrival> = {}) => {
  const event = inboundEvent.parse(toMessage(mail, { ...arrival, ...facts }));
  if (event.event !== 'message') throw new Error('not a message');
  return event;
};

describe('the sender of a mail', () => {
  it('is whom an answer is wanted to, else whom it is from, never ourselves', () => {
    const form = { address: 'form@example.com', name: '' };
    const care = { address: 'care@example.org', name: '' };
    expect(senderOf({ from: form, replyTo: sara }, arrival.own)).toBe(sara);
    expect(senderOf({ from: sara, replyTo: care }, arrival.own)).toBe(sara);
    expect(senderOf({ from: sara, replyTo: null }, arrival.own)).toBe(sara);
    expect(senderOf({ from: null, replyTo: null }, arrival.own).address).toBe(unknownSender);
  });
});

describe('the event of a mail', () => {
  it('is valid, and is named by the Message-ID, else by the content', () => {
    expect(valid(aMail())).toMatchObject({ externalId: '<a@example.net>', address: sara.address, automated: 'none' });
    expect(valid(aMail({ messageId: null })).externalId).toMatch(/^content:d{40}:2026-11-21T09:00:00.000Z:sara@/);
    expect(valid(aMail({ messageId: `<${'x'.repeat(900)}@y>` })).externalId).toMatch(/^content:/);
  });

  it('belongs to the thread that its oldest reference began, of this sender', () => {
    const references = ['<2@example.net>', '<1@example.net>'];
    expect(valid(aMail({ references })).conversationKey).toBe('sara@example.net <1@example.net>');
    expect(valid(aMail()).conversationKey).toBe('sara@example.net <a@example.net>');
  });

  it('names our own sendings by our ids, and what bounced before what it answers', () => {
    const report = { recipient: null, outcome: 'failed', code: '5.1.1', reason: 'no such user' } as const;
    const reports = [{ ...report, messageId: '<ours@example.org>' }];
    const event = valid(aMail({ references: ['<other@example.net>'], reports, automated: 'bounce', why: 'A report.' }));
    expect(event.thread?.references).toEqual(['delivery-1', '<other@example.net>']);
    expect(event).toMatchObject({ automated: 'bounce', automatedWhy: 'A report.' });
  });

  it('is never answered where nobody tells who sent it', () => {
    expect(valid(aMail({ from: null }))).toMatchObject({ address: unknownSender, automated: 'auto-reply' });
  });

  it('says what could not be read or taken', () => {
    const leftOut = [{ name: 'a.zip', type: 'application/zip', bytes: 99, why: 'too-large' as const }];
    expect(valid(aMail({ leftOut })).letter?.problem).toBe('too-large');
    expect(valid(aMail(), { truncated: true }).letter?.problem).toBe('too-large');
    expect(valid(aMail({ problem: 'unreadable', text: '', newText: '' }))).toMatchObject({ kind: 'unsupported' });
  });

  it('shows the pictures within its HTML as the files that they were stored as', () => {
    const file = { attachmentId: 'f1', name: 'a.png', type: 'image/png', bytes: 3, contentId: 'p@x' };
    const event = valid(aMail({ html: '<img src="cid:p@x"><img src="cid:p@xy">' }), { files: [file] });
    expect(event.html).toBe('<img src="attachment:f1"><img src="cid:p@xy">');
    expect(event.attachments).toEqual([{ attachmentId: 'f1', name: 'a.png', type: 'image/png', bytes: 3 }]);
  });

  it('bears names and lists of any length', () => {
    const many = Array.from({ length: 900 }, (_, n) => ({ address: `${n}@example.net`, name: 'ن'.repeat(999) }));
    const references = Array.from({ length: 900 }, (_, n) => `<${n}@${'x'.repeat(n)}>`);
    expect(() =>
      valid(aMail({ to: many, cc: many, references, subject: 'س'.repeat(9000), topic: 'س'.repeat(9000) })),
    ).not.toThrow();
  });
});

describe('the receipts of a bounce', () => {
  const report = { messageId: '<ours@example.org>', recipient: null, code: '5.1.1', reason: 'no such user' };

  it('tell of each sending that it failed or arrived, and nothing of a delay', () => {
    const reports = (['failed', 'delayed', 'delivered'] as const).map((outcome) => ({ ...report, outcome }));
    const receipts = toReceipts(aMail({ reports }), arrival).map((one) => inboundEvent.parse(one));
    expect(receipts).toEqual([
      expect.objectContaining({ externalId: 'delivery-1', status: 'failed', reason: '5.1.1 no such user' }),
      expect.objectContaining({ externalId: 'delivery-1', status: 'delivered' }),
    ]);
  });

  it('tell nothing where no mail is named', () => {
    expect(toReceipts(aMail({ reports: [{ ...report, messageId: null, outcome: 'failed' }] }), arrival)).toEqual([]);
  });
});
