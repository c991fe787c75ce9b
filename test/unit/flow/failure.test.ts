import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SendError, sendErrorCodes } from '../../../src/channel/send-error.ts';
import { afterFailure, backOffMs, maxAttempts, throttleMs } from '../../../src/flow/failure.ts';
import type { Delivery } from '../../../src/message/message.ts';

const now = Date.parse('2026-11-22T07:00:00.000Z');
const delivery = (attempts: number): Delivery => ({
  id: 'delivery',
  version: 1,
  messageId: 'message',
  conversationId: 'conversation',
  inboxId: 'inbox',
  seq: 1,
  part: 0,
  text: 'مرحباً',
  status: 'sending',
  externalId: null,
  open: true,
  attempts,
  dueAt: new Date(now).toISOString(),
  claimedBy: 'process',
  error: null,
  at: new Date(now).toISOString(),
});

describe('backOffMs', () => {
  it('grows with each attempt from two seconds to at most a quarter of an hour, with a fifth of jitter', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.string({ minLength: 1 }), (attempts, id) => {
        const wait = backOffMs(attempts, id);
        const base = Math.min(2_000 * 2 ** (attempts - 1), 900_000);
        expect(wait).toBeGreaterThanOrEqual(base);
        expect(wait).toBeLessThanOrEqual(base * 1.2);
        expect(backOffMs(attempts, id)).toBe(wait);
        expect(backOffMs(attempts + 1, id)).toBeGreaterThanOrEqual(wait);
      }),
    );
  });

  it('spreads sendings that failed together', () => {
    const waits = new Set([...'abcdefghij'].map((id) => backOffMs(3, id)));
    expect(waits.size).toBe(10);
  });
});

describe('throttleMs', () => {
  it('waits 4, 16, 64, 256 s, then five minutes, with a fifth of jitter', () => {
    const bases = [1, 2, 3, 4, 5, 11].map((attempts) => throttleMs(attempts, 'P'));
    expect(bases).toEqual([4_000, 16_000, 64_000, 256_000, 300_000, 300_000]);
    expect(throttleMs(1, 'Y')).toBe(4_720);
  });
});

describe('afterFailure', () => {
  it('tries again only what may succeed, for as long as it makes sense, and never leaves a sending without a future', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sendErrorCodes), fc.nat(maxAttempts), (code, attempts) => {
        const error = new SendError(code, 'It failed.');
        const change = afterFailure(delivery(attempts), error, now);
        expect(change.claimedBy).toBeNull();
        if (code === 'recipient-away') expect(change).toMatchObject({ status: 'queued', open: false, dueAt: null });
        else if (error.retryable && (code === 'unreachable' || attempts + 1 < maxAttempts)) {
          expect(change).toMatchObject({ status: 'queued', attempts: attempts + 1, error: { code } });
          expect(Date.parse(change.dueAt ?? '')).toBeGreaterThan(now);
        } else expect(change).toMatchObject({ status: 'failed', open: false, dueAt: null, error: { code } });
      }),
    );
  });

  it('goes on for days where the server is down, and not for ever', () => {
    const error = new SendError('unreachable', 'The server does not answer.');
    const days = (count: number) => afterFailure(delivery(200), error, now + count * 86_400_000);
    expect(days(2.9)).toMatchObject({ status: 'queued', attempts: 201 });
    expect(days(3.1)).toMatchObject({ status: 'failed', error: { code: 'unreachable' } });
  });

  it('waits at least as long as the provider asks', () => {
    const error = new SendError('throttled', 'Too many.', { retryAfterMs: 3_600_000 });
    expect(Date.parse(afterFailure(delivery(0), error, now).dueAt ?? '')).toBe(now + 3_600_000);
  });
});
