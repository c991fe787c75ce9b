import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../src/web/console/api/shapes.ts';
import { deliveryOf } from '../../../src/web/console/conversation/delivery-of.ts';
import { holderOf, isSameSituation } from '../../../src/web/console/conversation/situation.ts';
import { inListOrder } from '../../../src/web/console/conversations/list-order.ts';
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

describe('the list of conversations', () => {
  const row = (id: string, lastMessageAt: string, waitingSince: string | null) =>
    ({ id, lastMessageAt, waitingSince }) as Conversation;
  const rows = [row('new', '2026-11-25T10:00', '2026-11-25T09:59'), row('old', '2026-11-25T09:00', '2026-11-25T08:00')];
  const idsOf = (found: readonly Conversation[]) => found.map(({ id }) => id);
  it('shows who waits longest first, and elsewhere the newest', () => {
    expect(idsOf(inListOrder(rows, 'waiting', false))).toEqual(['old', 'new']);
    expect(idsOf(inListOrder(rows, 'open', false))).toEqual(['new', 'old']);
    expect(idsOf(inListOrder(rows, 'waiting', true))).toEqual(['new', 'old']);
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
