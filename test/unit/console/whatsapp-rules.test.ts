import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../src/web/console/api/client.ts';
import type { Inbox, Template } from '../../../src/web/console/api/shapes.ts';
import { refusalIn } from '../../../src/web/console/conversation/refusal.ts';
import { replyWindow } from '../../../src/web/console/conversation/reply-window.ts';
import { mapOf } from '../../../src/web/console/conversation/sent-things.tsx';
import { webhookOf } from '../../../src/web/console/inboxes/channel-notes.tsx';
import { spacedCode } from '../../../src/web/console/inboxes/spaced-code.ts';
import { waysToStart } from '../../../src/web/console/start/ways-to-start.ts';
import {
  directionOf,
  filled,
  isFilled,
  keyOf,
  matches,
  stretchesOf,
  variablesOf,
} from '../../../src/web/console/templates/fill.ts';

describe('the reply window', () => {
  const now = Date.parse('2026-11-25T08:00:00.000Z');
  const until = (time: string) => ({ replyUntil: `2026-11-25T${time}:00.000Z` });
  it('does not exist in a medium without one', () => {
    expect(replyWindow({ replyUntil: null }, null, now)).toBeNull();
    expect(replyWindow(until('09:00'), undefined, now)).toBeNull();
  });

  it('is open until its end, and soon over in the last hour', () => {
    expect(replyWindow(until('09:01'), 24, now)).toMatchObject({ isOpen: true, isSoon: false });
    expect(replyWindow(until('09:00'), 24, now)).toMatchObject({ isOpen: true, isSoon: true });
    expect(replyWindow(until('08:00'), 24, now)).toEqual({ isOpen: false, since: until('08:00').replyUntil });
  });

  it('is closed before the person wrote', () => {
    expect(replyWindow({ replyUntil: null }, 24, now)).toEqual({ isOpen: false, since: null });
  });
});

const template: Template = {
  id: 't1',
  inboxId: 'whatsapp',
  name: 'ticket_update',
  language: 'ar',
  category: 'UTILITY',
  status: 'approved',
  parts: [
    { part: 'header', text: 'تذكرة {{1}}' },
    { part: 'body', text: 'مرحبًا {{1}}، تذكرتك {{ 2 }}.' },
    { part: 'footer', text: 'مركز {{1}}' },
  ],
  variables: [
    { part: 'header', name: '1', example: '' },
    { part: 'body', name: '1', example: '' },
    { part: 'body', name: '2', example: '' },
    { part: 'body', name: '1', example: '' },
  ],
  notice: null,
  syncedAt: '2026-11-25T08:00:00.000Z',
};
const values = { 'header 1': '26000017', 'body 1': ' سارة\nأحمد ', 'body 2': '26000017' };

describe('a template', () => {
  it('has each variable of a part once, and the same name in two parts twice', () => {
    expect(variablesOf(template).map(keyOf)).toEqual(['header 1', 'body 1', 'body 2']);
  });

  it('may be sent only once every variable is filled in', () => {
    expect(isFilled(template, values)).toBe(true);
    expect(isFilled(template, { ...values, 'body 2': '  ' })).toBe(false);
    expect(isFilled({ variables: [] }, {})).toBe(true);
  });

  it('is sent with values on one line', () => {
    expect(filled(template, values)).toEqual({
      name: 'ticket_update',
      language: 'ar',
      parameters: [
        { part: 'header', name: '1', value: '26000017' },
        { part: 'body', name: '1', value: 'سارة أحمد' },
        { part: 'body', name: '2', value: '26000017' },
      ],
    });
  });

  it('shows what is filled in and what is not', () => {
    expect(stretchesOf(template.parts[1]!, { 'body 2': '26000017' })).toEqual([
      { words: 'مرحبًا ' },
      { name: '1', value: null },
      { words: '، تذكرتك ' },
      { name: '2', value: '26000017' },
      { words: '.' },
    ]);
  });

  it('loses none of its own words, whatever braces stand in it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('{{1}}', '{{', '}}', '{', 'كلمة', ' ', '{{a b}}')), (pieces) => {
        const text = pieces.join('');
        const shown = stretchesOf({ part: 'body', text }, {}).map((one) =>
          'words' in one ? one.words : `{{${one.name}}}`,
        );
        expect(shown.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });

  it('is written from its own side', () => {
    expect(['ar', 'ar_SA', 'he', 'en_US', 'de', 'arn'].map(directionOf)).toEqual([
      'rtl',
      'rtl',
      'rtl',
      'ltr',
      'ltr',
      'ltr',
    ]);
  });

  it('is found by its name and by its words', () => {
    expect(matches(template, 'TICKET')).toBe(true);
    expect(matches(template, 'تذكرتك')).toBe(true);
    expect(matches(template, 'موعد')).toBe(false);
    expect(matches(template, ' ')).toBe(true);
  });
});

describe('writing first', () => {
  const inbox = (id: string, more: Partial<NonNullable<Inbox['capabilities']>>): Inbox =>
    ({
      id,
      enabled: true,
      capabilities: { form: 'chat', canStart: true, replyWindowHours: null, ...more },
    }) as Inbox;
  const inboxes = [
    inbox('chat', { canStart: false }),
    inbox('whatsapp', { phones: true, replyWindowHours: 24 }),
    inbox('email', { form: 'letter' }),
    inbox('sms', {}),
  ];
  const person = { phone: '+966501234567', email: null, addresses: [] };
  const waysOf = (of: Parameters<typeof waysToStart>[1], without?: string) =>
    waysToStart(inboxes, of, without).map(({ inbox: { id }, obstacle, byTemplate }) => [id, obstacle, byTemplate]);

  it('goes where the channel lets us begin, the reachable ones first', () => {
    expect(waysOf(person)).toEqual([
      ['whatsapp', null, true],
      ['email', 'no-address', false],
      ['sms', 'no-address', false],
    ]);
    expect(waysOf({ phone: null, email: 'sara@example.org', addresses: [] })).toEqual([
      ['email', null, false],
      ['whatsapp', 'no-phone', true],
      ['sms', 'no-address', false],
    ]);
  });

  it('goes where an address is known, and not where the way is closed', () => {
    const known = { ...person, addresses: [{ channel: 'sms', inboxId: 'sms', address: '+966501234567' }] };
    expect(waysOf(known, 'whatsapp')).toEqual([
      ['sms', null, false],
      ['email', 'no-address', false],
    ]);
  });
});

describe('small things of WhatsApp', () => {
  it('are a code in groups of four, however it comes', () => {
    expect(['ABCD1234', 'ABCD-1234', 'abc'].map(spacedCode)).toEqual(['ABCD-1234', 'ABCD-1234', 'abc']);
  });

  it('are a link to a map with the place marked', () => {
    const link = new URL(mapOf({ latitude: 24.7136, longitude: -46.5 }));
    expect([link.hostname, link.searchParams.get('mlat'), link.searchParams.get('mlon')]).toEqual([
      'www.openstreetmap.org',
      '24.7136',
      '-46.5',
    ]);
  });

  it('are the address that the provider posts to, for the one channel that has it', () => {
    expect(webhookOf('whatsapp-cloud', 'https://care.example.edu')).toBe('https://care.example.edu/webhooks/whatsapp');
    expect(webhookOf('whatsapp-web', 'https://care.example.edu')).toBeNull();
  });

  it('are the reason of a refusal, where the server tells one', () => {
    const refused = new ApiError('not-allowed', 'no', { reason: 'window-closed', ways: [] });
    expect(refusalIn(refused)).toBe('window-closed');
    expect([refusalIn(new ApiError('not-allowed', 'no')), refusalIn(new Error('no'))]).toEqual([null, null]);
  });
});
