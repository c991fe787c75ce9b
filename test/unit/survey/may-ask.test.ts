import { expect, it } from 'vitest';
import { type Occasion, whyNotAsked } from '../../../src/survey/may-ask.ts';

const good: Occasion = {
  now: '2026-11-22T07:00:00.000Z',
  lastAskedAt: null,
  isPrivateChat: true,
  replyUntil: null,
  hasWindow: false,
  blocked: false,
  optedOut: false,
  grave: false,
  served: true,
};

it('asks whoever was served in a private chat', () => {
  expect(whyNotAsked(good)).toBeNull();
});

it.each([
  [{ isPrivateChat: false }, 'private chat'],
  [{ blocked: true }, 'blocked'],
  [{ optedOut: true }, 'written to'],
  [{ grave: true }, 'grave'],
  [{ served: false }, 'served'],
  [{ hasWindow: true, replyUntil: null }, 'window'],
  [{ hasWindow: true, replyUntil: '2026-11-22T07:00:00.000Z' }, 'window'],
  [{ lastAskedAt: '2026-11-21T07:00:00.001Z' }, 'within a day'],
] as const)('does not ask with %j, and says why', (facts, why) => {
  expect(whyNotAsked({ ...good, ...facts })).toContain(why);
});

it('asks again after a day, and while the window is open', () => {
  expect(whyNotAsked({ ...good, lastAskedAt: '2026-11-21T07:00:00.000Z' })).toBeNull();
  expect(whyNotAsked({ ...good, hasWindow: true, replyUntil: '2026-11-22T07:00:00.001Z' })).toBeNull();
});
