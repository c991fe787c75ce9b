import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seal, unseal } from '../../../src/inbox/seal.ts';

const key = randomBytes(32);

it('gives back what was sealed, whatever it is', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => unseal(key, 'a', seal(key, 'a', text)) === text));
});

it('never writes the same twice, and never the text itself', () => {
  const [one, other] = [seal(key, 'a', 'secret word'), seal(key, 'a', 'secret word')];
  expect(one).not.toBe(other);
  expect(Buffer.from(one, 'base64').toString('latin1')).not.toContain('secret');
});

it('opens neither for another owner nor under another key, nor when a byte was changed', () => {
  const sealed = seal(key, 'a', 'secret word');
  const bytes = Buffer.from(sealed, 'base64');
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  expect(() => unseal(key, 'b', sealed)).toThrow();
  expect(() => unseal(randomBytes(32), 'a', sealed)).toThrow();
  expect(() => unseal(key, 'a', bytes.toString('base64'))).toThrow();
  expect(() => unseal(key, 'a', 'AAAA')).toThrow();
});
