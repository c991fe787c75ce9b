import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../channels/whatsapp-web/content.ts';
import { messageEvent } from '../../../channels/whatsapp-web/events.ts';
import { freeProfile } from '../../../channels/whatsapp-web/locks.ts';
import { sayable } from '../../../channels/whatsapp-web/log-safely.ts';
import * as parse from '../../../channels/whatsapp-web/parse.ts';
import { inboundEvent } from '../../../src/channel/inbound.ts';

const key = { fromMe: false, remote: '966512345678@c.us', id: '3EB0A' };

const read = (fields: Record<string, unknown>): parse.PageMessage => {
  const found = parse.readMessage({ rawData: { id: key, t: 1_795_334_400, ...fields } });
  if (!found) throw new Error('not read');
  return found;
};

describe('ids', () => {
  it('are read in every form in which the page has written them', () => {
    const forms = [
      '966512345678@c.us',
      { _serialized: '966512345678@c.us' },
      { $1: '966512345678@c.us' },
      { user: '966512345678', server: 'c.us' },
      '966512345678:12@c.us',
      '966512345678@s.whatsapp.net',
    ];
    expect(new Set(forms.map(parse.readWid))).toEqual(new Set(['966512345678@c.us']));
  });

  it('of messages have a text of ours where the page gives none', () => {
    expect(parse.readKey({ ...key, $1: 'x' })?.serialized).toBe('x');
    expect(parse.readKey({ ...key, _serialized: 'y' })?.serialized).toBe('y');
    expect(parse.readKey({ ...key, remote: { $1: key.remote } })?.serialized).toBe('false_966512345678@c.us_3EB0A');
  });
});

describe('whatever the page says', () => {
  const readers = [
    parse.readWid,
    parse.readKey,
    parse.readMessage,
    parse.readReaction,
    parse.readCall,
    parse.readVote,
    parse.readChat,
  ];
  it('throws nothing', () => {
    fc.assert(
      fc.property(fc.anything(), (given) => {
        for (const reader of readers) reader(given);
      }),
    );
  });

  it('of a message with an id becomes an event that keeps to the contract', () => {
    const types = [
      'chat',
      'image',
      'ptt',
      'location',
      'vcard',
      'multi_vcard',
      'poll_creation',
      'order',
      'x',
      'toString',
      '',
    ];
    const loose = fc.record({
      type: fc.constantFrom(...types),
      body: fc.oneof(fc.string(), fc.anything()),
      caption: fc.oneof(fc.string(), fc.anything()),
      loc: fc.string(),
      lat: fc.anything(),
      t: fc.oneof(fc.double(), fc.anything()),
      size: fc.oneof(fc.double({ noNaN: false }), fc.anything()),
      vcardList: fc.array(fc.record({ vcard: fc.string() })),
      filename: fc.string({ maxLength: 400 }),
      notifyName: fc.string({ maxLength: 400 }),
    });
    const frame = { inboxId: 'i', person: { address: key.remote }, now: Date.parse('2026-11-22T08:00:00Z') };
    fc.assert(
      fc.property(loose, (fields) => {
        const message = parse.readMessage({ rawData: { ...fields, id: key } });
        if (message)
          expect(inboundEvent.safeParse({ ...messageEvent(message, frame), raw: null }).error).toBeUndefined();
        expect(message).not.toBeNull();
      }),
    );
  });
});

describe('what a message holds', () => {
  it.each([
    ['chat', { body: 'نص' }, { kind: 'text', text: 'نص' }],
    ['ptt', { directPath: '/p' }, { kind: 'audio', text: '' }],
    ['video', { caption: 'مقطع' }, { kind: 'video', text: 'مقطع' }],
    ['document', { caption: 'خطاب', filename: 'a.pdf' }, { kind: 'file', text: 'خطاب' }],
    ['sticker', {}, { kind: 'sticker' }],
    ['image', { isViewOnce: true }, { kind: 'image', detail: 'view-once' }],
    [
      'list_response',
      { body: 'شكوى', listResponse: { singleSelectReply: { selectedRowId: 'complaint' } } },
      { kind: 'text', text: 'شكوى', quickReplyId: 'complaint' },
    ],
    ['buttons_response', { body: 'نعم', selectedButtonId: 'yes' }, { text: 'نعم', quickReplyId: 'yes' }],
    [
      'order',
      { orderId: 'O1', orderTitle: 'طلب', itemCount: 2 },
      {
        kind: 'order',
        text: 'طلب',
        fields: [
          { name: 'order', value: 'O1' },
          { name: 'items', value: '2' },
        ],
      },
    ],
    [
      'poll_creation',
      { pollName: 'متى؟', pollOptions: [{ name: 'صباحًا' }] },
      { kind: 'unsupported', detail: 'poll', text: 'متى؟' },
    ],
    ['groups_v4_invite', {}, { kind: 'unsupported', detail: 'group-invite' }],
    ['something_new', { body: 'x' }, { kind: 'unsupported', detail: 'something_new' }],
  ])('of the type %s', (type, fields, expected) => {
    expect(contentOf(read({ type, ...fields }))).toMatchObject(expected);
  });

  it('of a place is the place, never the picture of the map', () => {
    const content = contentOf(
      read({ type: 'location', body: '/9j/4AAQ', lat: 24.7, lng: 46.6, loc: 'المقر\nطريق الملك' }),
    );
    expect(content).toEqual({
      kind: 'location',
      text: '',
      location: { latitude: 24.7, longitude: 46.6, name: 'المقر', address: 'طريق الملك' },
    });
  });

  it('of a card is name, numbers and addresses', () => {
    const vcard = [
      'BEGIN:VCARD',
      'VERSION:3.0',
      'N:;سارة;;;',
      'FN:سارة أحمد\\, وحدة',
      ' العناية',
      'item1.TEL;waid=966512345678:+966 51 234 5678',
      'TEL;TYPE=WORK:0112345678',
      'EMAIL;TYPE=WORK:sara@example.org',
      'END:VCARD',
    ].join('\r\n');
    expect(contentOf(read({ type: 'vcard', body: vcard })).cards).toEqual([
      { name: 'سارة أحمد, وحدةالعناية', phones: ['+966 51 234 5678', '0112345678'], emails: ['sara@example.org'] },
    ]);
  });
});

describe('a log line', () => {
  it('holds no number of anybody', () => {
    expect(sayable(new Error('No LID for user 966512345678@c.us'))).toBe('Error: No LID for user …@c.us');
    expect(sayable('auth timeout')).toBe('auth timeout');
  });
});

describe('a profile that a browser left', () => {
  it.each([
    ['another host', 'gone-container-12'],
    ['a process that is gone', `${hostname()}-999999999`],
  ])('is free again where its lock names %s', async (_, lock) => {
    const profile = mkdtempSync(join(tmpdir(), 'wasl-profile-'));
    mkdirSync(join(profile, 'Default'));
    symlinkSync(lock, join(profile, 'SingletonLock'));
    writeFileSync(join(profile, 'SingletonCookie'), '');
    await freeProfile(profile);
    expect(readdirSync(profile)).toEqual(['Default']);
    rmSync(profile, { recursive: true });
  });

  it.skipIf(process.platform !== 'linux')('loses the browser that runs on it though its Wasl is gone', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'wasl-profile-'));
    const orphan = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1e6)', '--', `--user-data-dir=${profile}`]);
    const ended = once(orphan, 'exit');
    symlinkSync(`${hostname()}-${orphan.pid}`, join(profile, 'SingletonLock'));
    await expect.poll(() => readFileSync(`/proc/${orphan.pid}/cmdline`, 'utf8')).toContain(profile);
    await freeProfile(profile);
    expect((await ended)[1]).toBe('SIGKILL');
    rmSync(profile, { recursive: true });
  });

  it('costs no other process its life, though that has the number of the lock', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'wasl-profile-'));
    symlinkSync(`${hostname()}-${process.pid}`, join(profile, 'SingletonLock'));
    await freeProfile(profile);
    expect(readdirSync(profile)).toEqual([]);
    rmSync(profile, { recursive: true });
  });
});
