import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutBatches, uidSet, type WaitingMail } from '../../../../channels/email/mailbox/waiting.ts';

const mail = (uid: number, bytes = 1000): WaitingMail => ({
  uid,
  bytes,
  arrivedAt: '2026-11-21T12:00:00.000Z',
  answered: false,
});
const never = () => false;
const megabyte = 1024 * 1024;

const unfold = (set: string): number[] =>
  set.split(',').flatMap((run) => {
    const [from = 0, to = from] = run.split(':').map(Number);
    return Array.from({ length: to - from + 1 }, (_, at) => from + at);
  });

describe('a set of UIDs', () => {
  it('joins those that follow each other', () => {
    expect(uidSet([1, 2, 3, 7, 9, 10])).toBe('1:3,7,9:10');
  });

  it('names exactly the UIDs that were given', () => {
    const uids = fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1 });
    const property = fc.property(uids, (given) => {
      const sorted = [...given].sort((a, b) => a - b);
      expect(unfold(uidSet(sorted))).toEqual(sorted);
    });
    fc.assert(property);
  });
});

describe('batches', () => {
  it('hold every mail once, in order, and neither too many nor too much', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 20 * megabyte }), { maxLength: 300 });
    const suspects = fc.array(fc.integer({ min: 1, max: 300 }));
    const property = fc.property(sizes, suspects, (bytes, alone) => {
      const mails = bytes.map((size, at) => mail(at + 1, size));
      const batches = cutBatches(mails, (uid) => alone.includes(uid));
      expect(batches.flat()).toEqual(mails);
      for (const batch of batches) {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(50);
        if (batch.length === 1) continue;
        expect(batch.reduce((sum, one) => sum + one.bytes, 0)).toBeLessThanOrEqual(8 * megabyte);
        expect(batch.some(({ uid }) => alone.includes(uid))).toBe(false);
      }
    });
    fc.assert(property);
  });

  it('are as few as may be', () => {
    expect(
      cutBatches(
        Array.from({ length: 120 }, (_, at) => mail(at + 1)),
        never,
      ).map((batch) => batch.length),
    ).toEqual([50, 50, 20]);
    expect(cutBatches([mail(1, 20 * megabyte), mail(2)], never)).toHaveLength(2);
  });
});
