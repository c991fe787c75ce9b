import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../../src/flow/sink.ts';
import { storable } from '../../../src/flow/storable.ts';

const half = '\ud83d';
const given = {
  event: 'message',
  inboxId: 'i',
  externalId: `id${half}`,
  address: 'a',
  conversationKey: 'a',
  visibility: 'private',
  sentAt: '2026-11-22T07:00:00.000Z',
  kind: 'location',
  text: `سؤال${half}`,
  displayName: `نورة${half}`,
  location: { latitude: 1, longitude: 2, name: half },
  attachments: [],
  automated: 'none',
  raw: { [`k${half}`]: [{ deep: [half, Number.POSITIVE_INFINITY, 'whole 🌙'] }], __proto__: null },
};

describe('an event with half characters', () => {
  it('is taken with each of them replaced, in every field and deep in the raw message', () => {
    const event = parseEvent(given);
    expect(event).toMatchObject({
      externalId: 'id\ufffd',
      text: 'سؤال\ufffd',
      displayName: 'نورة\ufffd',
      location: { name: '\ufffd' },
      raw: { 'k\ufffd': [{ deep: ['\ufffd', null, 'whole 🌙'] }] },
    });
    expect(JSON.stringify(event).includes('\\ud83d')).toBe(false);
  });
});

describe('what can be stored', () => {
  it('is given back as it is, bytes too', () => {
    const bytes = new Uint8Array([1]);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const held = { value, bytes };
        expect(storable(held)).toBe(held);
      }),
    );
  });

  it('comes of anything that JSON may hold', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), fc.string({ unit: 'binary' }), (json, text) => {
        const made = JSON.stringify(storable({ [text + half]: [JSON.parse(json), text + half, Number.NaN] }));
        expect(made.isWellFormed() && !/\\ud[89a-f]/i.test(made)).toBe(true);
      }),
    );
  });

  it('is no tower without end, which is refused instead of running out of room', () => {
    const tower = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(() => parseEvent({ ...given, raw: tower })).toThrow('nested too deeply');
  });
});
