import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/agent/audit.ts';
import { addresses, newAddress } from '../../src/contact/contact.ts';
import { addressIdOf } from '../../src/flow/identity.ts';
import type { Message, MessageLetter } from '../../src/message/message.ts';
import { sources } from '../../src/message/sources.ts';
import { ticketNumber } from '../../src/ticket/number.ts';
import { type Ask, openWorld, signedIn, type World, writer } from './http-harness.ts';

let world: World;
let agent: Ask;
let management: Ask;
beforeAll(async () => {
  world = await openWorld();
  agent = (await signedIn(world, 'agent')).ask;
  management = (await signedIn(world, 'management')).ask;
});
afterAll(() => world.close());

const letter: MessageLetter = {
  subject: 'طلب شهادة خبرة',
  from: { address: 'noura@example.org', name: 'نورة' },
  to: [{ address: 'care@example.edu', name: '' }],
  cc: [],
  newText: 'أرجو إصدار الشهادة.',
  problem: null,
  isReply: false,
  inReplyTo: null,
  references: ['<a@example.org>'],
};

async function aLetter(facts: Partial<Message> = {}): Promise<Message> {
  const { aContact, aConversation, aMessage } = writer(world);
  const { id } = await aConversation({ contactId: (await aContact()).id, subject: letter.subject, topic: 'طلب' });
  return aMessage({ conversationId: id, seq: 1, letter, text: 'أرجو إصدار الشهادة.\n> قديم', ...facts });
}

const source = Buffer.from('From: noura@example.org\r\nSubject: =?utf-8?B?2LfZhNio?=\r\n\r\n\xff\r\n', 'latin1');

async function keepSource({ id }: Message, inBlob: boolean): Promise<void> {
  const gzip = gzipSync(source);
  const blobId = inBlob ? `source-of-${id}` : null;
  if (blobId) await world.store.blobs.put(blobId, Readable.from([gzip]), 1000);
  const kept = { gzip: inBlob ? null : gzip.toString('base64'), blobId };
  const times = { createdAt: '2026-11-25T08:00:00.000Z', expiresAt: '2027-02-25T08:00:00.000Z' };
  await world.store.write([{ op: 'insert', in: sources, document: { id, version: 1, ...kept, ...times } }]);
}

const messagesOf = async (ask: Ask, { conversationId }: Message) =>
  (await ask('GET', `/api/v1/conversations/${conversationId}/messages`)).body.items;

describe('a letter', () => {
  it('is shown with its subject, its people and what is new in it, and without what only machines need', async () => {
    const [shown] = await messagesOf(agent, await aLetter({ html: '<p>أرجو</p>' }));
    expect(shown).toMatchObject({
      subject: letter.subject,
      newText: letter.newText,
      from: letter.from,
      to: letter.to,
      problem: null,
      automated: 'none',
      hasHtml: true,
      html: null,
    });
    for (const name of ['letter', 'digest', 'fingerprint', 'references']) expect(shown).not.toHaveProperty(name);
  });

  it('gives its conversation a subject', async () => {
    const { conversationId } = await aLetter();
    const { body } = await agent('GET', `/api/v1/conversations/${conversationId}`);
    expect(body).toMatchObject({ subject: letter.subject, recipient: expect.stringContaining('visitor-') });
    expect(body).not.toHaveProperty('topic');
    const { body: forReaders } = await management('GET', `/api/v1/conversations/${conversationId}`);
    expect(forReaders).toMatchObject({ subject: letter.subject, recipient: expect.stringContaining('visitor-') });
  });

  it('tells by what name its sender writes, and hides an address in it from those who work with nobody', async () => {
    const { aContact, aConversation } = writer(world);
    const write = async (address: string, displayName: string | null) => {
      const contactId = (await aContact({ name: null })).id;
      const { id, inboxId, channel } = await aConversation({ contactId, address, subject: letter.subject });
      const known = newAddress({
        id: addressIdOf(inboxId, address),
        contactId,
        inboxId,
        channel,
        address,
        displayName,
      });
      await world.store.write([{ op: 'insert', in: addresses, document: known }]);
      return id;
    };
    const named = await write('sara@example.org', 'سارة القحطاني');
    const unnamed = await write('amal@example.org', 'amal@example.org');
    const like = await write('reem@example.org', 'reem.w@example.net');
    const shown = async (ask: Ask, id: string) => {
      const { displayName, recipient } = (await ask('GET', `/api/v1/conversations/${id}`)).body;
      return [displayName, recipient];
    };
    expect(await shown(agent, named)).toEqual(['سارة القحطاني', 'sara@example.org']);
    expect(await shown(management, named)).toEqual(['سارة القحطاني', 's•••@example.org']);
    expect(await shown(agent, unnamed)).toEqual([null, 'amal@example.org']);
    expect(await shown(management, like)).toEqual(['r•••@example.net', 'r•••@example.org']);
    const { items } = (await agent('GET', '/api/v1/conversations')).body;
    expect(items.find(({ id }: { id: string }) => id === named).displayName).toBe('سارة القحطاني');
  });

  it('marks its conversation while an open ticket of it is of high importance', async () => {
    const { aContact, aConversation, aTicket } = writer(world);
    const contactId = (await aContact()).id;
    const urgency = async (at: number, importance: 'high' | 'medium') => {
      const number = ticketNumber(2026, at);
      await aTicket({ number, contactId, importance });
      const { id } = await aConversation({ contactId, ticketNumbers: [number], openTicket: number });
      return (await agent('GET', `/api/v1/conversations/${id}`)).body.urgent;
    };
    expect([await urgency(101, 'high'), await urgency(102, 'medium')]).toEqual([true, false]);
  });

  it('hides addresses from a role that works with nobody', async () => {
    const [shown] = await messagesOf(management, await aLetter());
    expect(shown.from).toEqual({ address: 'n•••@example.org', name: 'نورة' });
    expect(shown.to).toEqual([{ address: 'c•••@example.edu', name: '' }]);
  });

  it('says nothing of itself where it belongs to a restricted ticket', async () => {
    const number = ticketNumber(2026, 3);
    const found = await aLetter({ ticketNumber: number, html: '<p>سر</p>', hasSource: true });
    const contactId = (await writer(world).aContact()).id;
    await writer(world).aTicket({ number, contactId, restricted: true });
    const [shown] = await messagesOf(agent, found);
    expect(shown).toMatchObject({ hidden: true, subject: null, newText: null, from: null, to: [], hasHtml: false });
    for (const part of ['html', 'source']) {
      expect((await agent('GET', `/api/v1/messages/${found.id}/${part}`)).status).toBe(404);
    }
  });
});

describe('the source of a letter', () => {
  const fetchSource = async (found: Message, cookie: string) => {
    const response = await fetch(`${world.url}/api/v1/messages/${found.id}/source`, { headers: { cookie } });
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  };

  it.each([
    ['a row', false],
    ['a blob', true],
  ])('comes byte by byte as it was, out of %s', async (_where, inBlob) => {
    const found = await aLetter({ hasSource: true });
    await keepSource(found, inBlob);
    const { cookie } = await signedIn(world, 'agent', `source-${inBlob}@example.org`);
    const { response, bytes } = await fetchSource(found, cookie);
    expect(bytes.equals(source)).toBe(true);
    expect(response.headers.get('content-type')).toBe('message/rfc822');
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename=${found.id}.eml`);
    const { items } = await world.store.find(audit, { index: 'by-subject', where: { subject: found.id } });
    expect(items).toMatchObject([{ action: 'message.read', fields: ['source'] }]);
  });

  it('is gone after its time, and never was where none was kept', async () => {
    const over = await agent('GET', `/api/v1/messages/${(await aLetter({ hasSource: true })).id}/source`);
    const never = await agent('GET', `/api/v1/messages/${(await aLetter()).id}/source`);
    expect([over.status, never.status]).toEqual([410, 404]);
  });

  it('is not for those who work with nobody', async () => {
    const { id } = await aLetter({ hasSource: true });
    expect((await management('GET', `/api/v1/messages/${id}/source`)).status).toBe(403);
  });
});

describe('the HTML of a letter', () => {
  it('comes as a page in which nothing runs and which fetches nothing', async () => {
    const { id } = await aLetter({ html: '<p dir="rtl">أرجو</p>', language: 'ar' });
    const { headers, body } = await agent('GET', `/api/v1/messages/${id}/html`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(headers.get('content-type')).toContain('text/html');
    for (const part of ['sandbox;', "default-src 'none'", "img-src data: 'self'", "frame-ancestors 'self'"]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toMatch(/script-src|allow-/);
    expect(body).toContain('<html lang="ar" dir="rtl">');
    expect(body).toContain('<p dir="rtl">أرجو</p>');
  });

  it('shows its own pictures as data, and no other file', async () => {
    const dot = Buffer.from('R0lGODlhAQABAAAAACw=', 'base64');
    for (const id of ['dot', 'vector']) await world.store.blobs.put(id, Readable.from([dot]), 100);
    const attachments = [
      { id: 'dot', name: 'dot.gif', type: 'image/gif', bytes: dot.length },
      { id: 'vector', name: 'a.svg', type: 'image/svg+xml', bytes: dot.length },
    ];
    const html = '<img src="attachment:dot"><img src="attachment:vector"><img src="attachment:other">';
    const { id } = await aLetter({ html, attachments });
    const { body } = await agent('GET', `/api/v1/messages/${id}/html`);
    expect(body).toContain(`<img src="data:image/gif;base64,${dot.toString('base64')}">`);
    expect(body).toContain('<img src="attachment:vector"><img src="attachment:other">');
  });

  it('is not there where a message has none, or is ours', async () => {
    const { id } = await aLetter();
    const ours = await aLetter({ direction: 'outbound', author: 'assistant', html: '<p>a</p>' });
    expect((await agent('GET', `/api/v1/messages/${id}/html`)).status).toBe(404);
    expect((await agent('GET', `/api/v1/messages/${ours.id}/html`)).status).toBe(404);
  });

  it('cannot break out of the title', async () => {
    const { id } = await aLetter({ html: '<p>a</p>', letter: { ...letter, subject: '</title><script>1</script>' } });
    expect((await agent('GET', `/api/v1/messages/${id}/html`)).body).not.toContain('<script>');
  });
});
