import { describe, expect, it } from 'vitest';
import { createLimits } from '../../../channels/x/limits.ts';

const start = Date.parse('2026-11-21T12:00:00.000Z');
const at = (seconds: number) => start / 1000 + seconds;

describe('the limits that X tells', () => {
  it('let nothing be asked after the last one until the window ends, and only there', () => {
    let now = start;
    const limits = createLimits(() => now);
    limits.note('sendDm', { limit: 15, remaining: 0, reset: at(600) });
    limits.note('createPost', { limit: 100, remaining: 1, reset: at(600) });
    expect(() => limits.check('sendDm')).toThrow(
      expect.objectContaining({ code: 'throttled', scope: 'inbox', retryAfterMs: 601_000 }),
    );
    limits.check('createPost');
    limits.check('mentions');
    now += 600_000;
    limits.check('sendDm');
    expect(limits.list()).toEqual([]);
  });

  it('of a day count beside those of 15 minutes', () => {
    const limits = createLimits(() => start);
    limits.note('createPost', {
      limit: 100,
      remaining: 50,
      reset: at(60),
      day: { limit: 10_000, remaining: 9_000, reset: at(3600) },
      userDay: { limit: 1_000, remaining: 0, reset: at(7200) },
    });
    expect(limits.waitMs('createPost')).toBe(7_201_000);
    expect(limits.list()).toEqual([
      { what: 'posts (writing), 15 minutes', left: 50, limit: 100, resetsAt: '2026-11-21T12:01:00.000Z' },
      { what: 'posts (writing), 24 hours', left: 0, limit: 1_000, resetsAt: '2026-11-21T14:00:00.000Z' },
    ]);
  });

  it('are spread over what is left of their window, and unknown they hold up nothing', () => {
    let now = start;
    const limits = createLimits(() => now);
    expect(limits.spacingMs('dmEvents')).toBe(0);
    limits.note('dmEvents', { limit: 15, remaining: 14, reset: at(840) });
    expect(limits.spacingMs('dmEvents')).toBe(60_000);
    limits.note('dmEvents', { limit: 15, remaining: 2, reset: at(840) });
    expect(limits.spacingMs('dmEvents')).toBe(420_000);
    now += 840_000;
    expect(limits.spacingMs('dmEvents')).toBe(0);
  });

  it('make nobody wait longer than their window, however wrong a clock is', () => {
    const limits = createLimits(() => start);
    limits.note('mentions', { limit: 300, remaining: 0, reset: at(1_000_000) });
    expect(limits.waitMs('mentions')).toBe(900_000);
    limits.note('search', { limit: Number.NaN, remaining: 0, reset: at(60) });
    expect(limits.waitMs('search')).toBe(0);
  });
});
