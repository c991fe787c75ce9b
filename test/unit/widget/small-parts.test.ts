import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, themeOf } from '../../../channels/web-chat/widget/color.ts';
import { faultOf } from '../../../channels/web-chat/widget/panel/upload.ts';
import { dayOf, fill, sizeOf, timeOf } from '../../../channels/web-chat/widget/panel/words.ts';
import { readConfig, readMessage, readReply, readSession } from '../../../channels/web-chat/widget/protocol.ts';
import { readSettings } from '../../../channels/web-chat/widget/settings.ts';
import { openStorage } from '../../../channels/web-chat/widget/storage.ts';

const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('colours', () => {
  it('are readable for every accent that an organisation may choose', () => {
    fc.assert(
      fc.property(color, (accent) => {
        const theme = themeOf(accent);
        expect(contrast(theme.accent, theme.onAccent)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(theme.accentText, '#ffffff')).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it('measure black on white as 21', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  });
});

describe('settings of the script tag', () => {
  const source = 'https://chat.example/widget.js';

  it('have defaults, and take the language of the page', () => {
    expect(readSettings(source, {}, 'en-GB')).toEqual({
      origin: 'https://chat.example',
      language: 'en',
      inbox: '',
      position: 'end',
      color: '#1b8354',
      open: false,
    });
    expect(readSettings(source, {}, '').language).toBe('ar');
  });

  it('are read, and what is strange falls back', () => {
    const read = readSettings(source, { lang: 'en', inbox: 'care', position: 'start', color: '#0AF', open: '' }, 'ar');
    expect(read).toMatchObject({ language: 'en', inbox: 'care', position: 'start', color: '#00aaff', open: true });
    expect(readSettings(source, { color: 'red;x', position: 'top' }, 'ar')).toMatchObject({
      color: '#1b8354',
      position: 'end',
    });
  });
});

describe('a file', () => {
  const limits = { maxBytes: 100, accept: ['image/*', 'application/pdf', '.docx'] };
  const file = (fields: Partial<{ name: string; type: string; size: number }>) => ({
    name: 'a',
    type: 'image/png',
    size: 10,
    ...fields,
  });

  it('is taken by type, by family of types and by extension', () => {
    expect(faultOf(file({}), limits)).toBeUndefined();
    expect(faultOf(file({ type: 'application/pdf' }), limits)).toBeUndefined();
    expect(faultOf(file({ type: '', name: 'B.DOCX' }), limits)).toBeUndefined();
  });

  it('is turned away when it is empty, too large or of another type', () => {
    expect(faultOf(file({ size: 0 }), limits)).toBe('empty');
    expect(faultOf(file({ size: 101 }), limits)).toBe('too-large');
    expect(faultOf(file({ type: 'text/html' }), limits)).toBe('wrong-type');
  });

  it('of a type that the browser does not know is left to the server where no extensions are named', () => {
    expect(faultOf(file({ type: '' }), { ...limits, accept: ['application/pdf'] })).toBeUndefined();
  });
});

describe('words', () => {
  it('fill their places and leave none open', () => {
    expect(fill('من {from} إلى {to}', { from: 1 })).toBe('من 1 إلى ');
  });

  it('tell times with Latin digits in both languages', () => {
    const at = new Date(2026, 10, 21, 14, 5).toISOString();
    expect(timeOf(at, 'ar')).toBe('2:05 م');
    expect(timeOf(at, 'en')).toBe('2:05 pm');
  });

  it('tell the day', () => {
    const now = new Date(2026, 10, 21, 9);
    const texts = { today: 'اليوم', yesterday: 'أمس' };
    expect(dayOf(new Date(2026, 10, 21, 0, 1).toISOString(), now, 'ar', texts)).toBe('اليوم');
    expect(dayOf(new Date(2026, 10, 20, 23, 59).toISOString(), now, 'ar', texts)).toBe('أمس');
    expect(dayOf(new Date(2026, 10, 18, 9).toISOString(), now, 'en', texts)).toBe('Wednesday 18 November');
  });

  it('tell sizes', () => {
    expect(sizeOf(2_500_000, 'en')).toBe('2.4 MB');
    expect(sizeOf(40_000, 'en')).toBe('39 kB');
  });
});

describe('what comes over the network', () => {
  it('never throws and never gives a message without an id', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(readMessage(value)?.id ?? 'none').not.toBe('');
        readReply(value);
        readSession(value);
      }),
    );
  });

  it('loses quick replies without title and attachments without id', () => {
    const read = readMessage({
      id: 'm',
      quickReplies: [{ id: 'a' }, { id: 'b', title: 'ب' }, null],
      attachments: [{}, { id: 'f' }],
    });
    expect(read).toMatchObject({ quickReplies: [{ id: 'b', title: 'ب' }], attachments: [{ id: 'f', name: 'file' }] });
  });

  it('reads a waiting time wherever the server puts it', () => {
    expect(readReply({ error: { code: 'rate-limited', message: 'x', retryAfterMs: 5 } })).toMatchObject({
      error: { retryAfterMs: 5 },
    });
    expect(readReply({ error: { code: 'rate-limited', message: 'x', details: { retryAfterMs: 6 } } })).toMatchObject({
      error: { retryAfterMs: 6 },
    });
  });

  it('is no configuration without texts', () => {
    expect(() => readConfig({})).toThrow();
    expect(readConfig({ texts: { send: 'إرسال', bad: 1 } })).toMatchObject({
      texts: { send: 'إرسال' },
      language: 'ar',
      direction: 'rtl',
      maxLength: 4000,
    });
  });
});

it('keeps going in memory when the storage of the browser is full', () => {
  const full = {
    length: 0,
    key: () => null,
    getItem: () => null,
    removeItem: () => undefined,
    setItem: () => {
      throw new Error('QuotaExceededError');
    },
  };
  const storage = openStorage('wasl:', full);
  expect(() => storage.set('token', 'x')).not.toThrow();
  expect(storage.get('token')).toBeUndefined();
});
