import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capabilities as cloud } from '../../../channels/whatsapp-cloud/capabilities.ts';
import { maxFileBytes } from '../../../src/http/read-upload.ts';
import type { Inbox } from '../../../src/web/console/api/shapes.ts';
import {
  admitFiles,
  type FileLimits,
  limitsOf,
  serverMaxBytes,
  takesType,
} from '../../../src/web/console/conversation/admit-files.ts';

const limits: FileLimits = { maxBytes: 100, maxCount: 3, types: ['image/*', 'application/pdf'], isForAll: false };
const aFile = (name: string, size = 10, type = 'application/pdf') => ({ name, size, type });

describe('files that an agent gives', () => {
  it('are each refused for what is wrong with them, and the others are taken', () => {
    const given = [
      aFile('خطاب.pdf'),
      aFile('empty.pdf', 0),
      aFile('large.pdf', 101),
      aFile('program.exe', 10, 'application/x-msdownload'),
      aFile('photo.jpg', 100, 'image/jpeg'),
    ];
    const { taken, refused } = admitFiles(given, [], limits);
    expect(taken.map(({ name }) => name)).toEqual(['خطاب.pdf', 'photo.jpg']);
    expect(refused.map(({ name, why }) => [name, why])).toEqual([
      ['empty.pdf', 'empty'],
      ['large.pdf', 'too-large'],
      ['program.exe', 'wrong-type'],
    ]);
  });

  it('are counted with those that are there', () => {
    const { taken, refused } = admitFiles([aFile('b'), aFile('c')], [{ bytes: 1 }, { bytes: 1 }], limits);
    expect(taken.map(({ name }) => name)).toEqual(['b']);
    expect(refused).toEqual([{ why: 'too-many', name: 'c' }]);
  });

  it('are weighed together in a letter, and each for itself in a chat', () => {
    const two = [aFile('one', 60), aFile('two', 60)];
    expect(admitFiles(two, [], limits).taken).toHaveLength(2);
    expect(admitFiles(two, [], { ...limits, isForAll: true }).refused).toEqual([
      { why: 'too-large-together', name: 'two' },
    ]);
  });

  it('are never more or heavier than allowed, and none is lost without a word', () => {
    const aGiven = fc.record({
      name: fc.string(),
      size: fc.nat(150),
      type: fc.constantFrom('', 'image/png', 'video/mp4'),
    });
    fc.assert(
      fc.property(fc.array(aGiven), fc.array(fc.record({ bytes: fc.nat(40) }), { maxLength: 3 }), (given, there) => {
        const { taken, refused } = admitFiles(given, there, { ...limits, isForAll: true });
        const before = there.reduce((sum, { bytes }) => sum + bytes, 0);
        const weight = taken.reduce((sum, { size }) => sum + size, before);
        expect(taken.length + refused.length).toBe(given.length);
        expect(there.length + taken.length).toBeLessThanOrEqual(3);
        expect(taken.length === 0 || weight <= 100).toBe(true);
        expect(taken.some(({ size, type }) => size === 0 || type === 'video/mp4')).toBe(false);
      }),
    );
  });

  it.each([
    ['image/png', true],
    ['audio/ogg; codecs=opus', true],
    ['audio/x-m4a', true],
    ['', true],
    ['image/gif', false],
  ])('of the type "%s" go over WhatsApp: %s', (type, goes) => {
    expect(takesType(cloud.attachments?.types ?? [], type)).toBe(goes);
  });
});

describe('what an inbox takes', () => {
  const of = (attachments: FileLimits | null, form: 'chat' | 'letter'): Inbox['capabilities'] =>
    ({ attachments, form }) as unknown as Inbox['capabilities'];

  it('is nothing where its channel has no files', () => {
    expect(limitsOf(of(null, 'chat'))).toBeNull();
    expect(limitsOf(null)).toBeNull();
  });

  it('is never more than the server takes from staff', () => {
    expect(serverMaxBytes).toBe(maxFileBytes);
    expect(limitsOf(of({ ...limits, maxBytes: 1e9 }, 'chat'))).toMatchObject({ maxBytes: maxFileBytes });
    expect(limitsOf(of(limits, 'letter'))).toMatchObject({ maxBytes: 100, isForAll: true });
  });
});
