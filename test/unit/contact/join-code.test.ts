import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeAttempts, codeCountsMs, codeIn, hashOf, readCode } from '../../../src/contact/join-code.ts';
import { newDigits } from '../../../src/one-time-code/digits.ts';

const secret = new TextEncoder().encode('a secret of the test');
const pair = { contactId: 'one', otherId: 'two' };
const madeAt = Date.parse('2026-11-22T07:00:00.000Z');
const code = (facts: { attempts?: number } = {}) => ({
  id: 'one',
  version: 1,
  ...pair,
  hash: hashOf(secret, pair, '123456'),
  attempts: 0,
  agentId: 'agent',
  createdAt: new Date(madeAt).toISOString(),
  expiresAt: new Date(madeAt + 86_400_000).toISOString(),
  ...facts,
});
const read = (digits: string, facts = {}, afterMs = 0) =>
  readCode(code(facts), digits, { secret, nowMs: madeAt + afterMs });

describe('six digits', () => {
  it.each([
    ['123456', '123456'],
    ['الرمز ١٢٣٤٥٦', '123456'],
    ['الرمز هو: ۱۲۳۴۵۶.', '123456'],
    ['my code is 123 456, thanks', '123456'],
    ['123-456', '123456'],
  ])('are found in "%s"', (text, digits) => expect(codeIn(text)).toBe(digits));

  it.each(['12345', '1234567', '26000010', '+966500000012', '12 34 56', 'الرمز', ''])('are not found in "%s"', (text) =>
    expect(codeIn(text)).toBeNull(),
  );
});

describe('a code', () => {
  it('has six digits, and its hash tells nothing of them', () => {
    for (let time = 0; time < 50; time++) expect(newDigits()).toMatch(/^\d{6}$/);
    expect(code().hash).not.toContain('123456');
  });

  it('is right within ten minutes, and over afterwards', () => {
    expect(read('123456', {}, codeCountsMs - 1)).toBe('right');
    expect(read('123456', {}, codeCountsMs)).toBe('over');
    expect(read('654321', {}, codeCountsMs)).toBeNull();
  });

  it('is over once it was told wrong five times, also when it is told right then', () => {
    expect(read('654321', { attempts: codeAttempts - 1 })).toBe('wrong');
    expect(read('123456', { attempts: codeAttempts })).toBe('over');
    expect(read('654321', { attempts: codeAttempts })).toBe('over');
  });

  it('holds for these two contacts only, in this installation only', () => {
    const moved = { ...code(), contactId: 'three' };
    expect(readCode(moved, '123456', { secret, nowMs: madeAt })).toBe('wrong');
    const elsewhere = new TextEncoder().encode('another secret');
    expect(readCode(code(), '123456', { secret: elsewhere, nowMs: madeAt })).toBe('wrong');
  });

  it('is matched by its own digits and no others', () => {
    const digits = fc.integer({ min: 0, max: 999_999 }).map((value) => String(value).padStart(6, '0'));
    fc.assert(
      fc.property(digits, (told) => {
        expect(read(told)).toBe(told === '123456' ? 'right' : 'wrong');
      }),
    );
  });
});
