import { describe, expect, it } from 'vitest';
import { deliveryOf } from '../../../src/web/console/conversation/delivery-of.ts';
import { holderOf, isSameSituation, waitsSince } from '../../../src/web/console/conversation/situation.ts';
import { initials } from '../../../src/web/console/shell/initials.ts';
import { lockedUntil } from '../../../src/web/console/sign-in/locked-until.ts';
import { shortTime } from '../../../src/web/console/time/format.ts';

describe('who has a conversation', () => {
  const open = { status: 'open', handledBy: 'agent', assigneeId: 'huda' } as const;
  it('is seen by the one who looks', () => {
    expect(holderOf(open, 'huda')).toBe('you');
    expect(holderOf(open, 'omar')).toBe('other');
    expect(holderOf({ ...open, handledBy: 'assistant', assigneeId: null }, 'huda')).toBe('assistant');
    expect(holderOf({ ...open, handledBy: 'nobody', assigneeId: null }, 'huda')).toBe('nobody');
    expect(holderOf({ ...open, status: 'closed' }, 'huda')).toBe('closed');
  });

  it('is the same situation while neither holder nor status changed', () => {
    expect(isSameSituation(open, { ...open })).toBe(true);
    expect(isSameSituation(open, { ...open, assigneeId: 'omar' })).toBe(false);
    expect(isSameSituation(open, { ...open, handledBy: 'nobody' })).toBe(false);
    expect(isSameSituation(open, { ...open, status: 'closed' })).toBe(false);
  });
});

describe('who waits', () => {
  const waitingSince = '2026-11-25T09:59:00.000Z';
  it('waits whoever has the conversation, until it is closed', () => {
    expect(waitsSince({ status: 'open', waitingSince })).toBe(waitingSince);
    expect(waitsSince({ status: 'open', waitingSince: null })).toBeNull();
    expect(waitsSince({ status: 'closed', waitingSince })).toBeNull();
  });
});

describe('the delivery of a message in parts', () => {
  const part = (status: 'queued' | 'delivered' | 'failed') => ({ status, externalId: null, at: '', error: null });
  it('is that of the part furthest behind', () => {
    expect(deliveryOf([part('delivered'), part('queued')])?.status).toBe('queued');
    expect(deliveryOf([part('delivered'), part('failed'), part('queued')])?.status).toBe('failed');
    expect(deliveryOf([])).toBeNull();
  });
});

describe('small words', () => {
  it('are one letter of an Arabic name and two of a Latin one', () => {
    expect([initials('هدى الزهراني'), initials('Omar Haddad'), initials('  ')]).toEqual(['ه', 'OH', '']);
  });

  it('say the clock today, the day this year, the date before, in the zone of the organisation', () => {
    const now = Date.parse('2026-11-25T21:30:00.000Z');
    const place = { language: 'en', timeZone: 'Asia/Riyadh' };
    expect(shortTime(place, '2026-11-25T21:05:00.000Z', now)).toBe('00:05');
    expect(shortTime(place, '2026-11-25T20:05:00.000Z', now)).toBe('25 Nov');
    expect(shortTime(place, '2025-11-25T20:05:00.000Z', now)).toBe('25 Nov 2025');
    expect(shortTime({ ...place, language: 'ar' }, '2026-11-25T20:05:00.000Z', now)).toBe('25 نوفمبر');
  });

  it('tell until when sign-in is locked', () => {
    const now = Date.parse('2026-11-25T08:00:00.000Z');
    expect(lockedUntil({ until: '2026-11-25T08:15:00.000Z', retryAfterMs: 900_000 }, now)).toBe(
      '2026-11-25T08:15:00.000Z',
    );
    expect(lockedUntil({ retryAfterMs: 60_000 }, now)).toBe('2026-11-25T08:01:00.000Z');
    expect(lockedUntil(undefined, now)).toBeNull();
  });
});
