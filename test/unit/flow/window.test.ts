import { expect, it } from 'vitest';
import { fitsWindow, windowOf } from '../../../src/flow/window.ts';

const hours = { replyWindowHours: 24 };
const until = '2026-11-22T07:00:00.000Z';
const approved = { name: 'hello', language: 'ar', parameters: [] };

it('is none where the medium has no limit, whatever is noted', () => {
  expect(windowOf({ replyUntil: until }, { replyWindowHours: null }, until)).toBeNull();
});

it('is closed before the person has written', () => {
  expect(windowOf({ replyUntil: null }, hours, until)).toEqual({ open: false, until: null });
});

it('is open to the last millisecond and closed from then on', () => {
  expect(windowOf({ replyUntil: until }, hours, '2026-11-22T06:59:59.999Z')).toEqual({ open: true, until });
  expect(windowOf({ replyUntil: until }, hours, until)).toEqual({ open: false, until });
});

it('lets free words through while it is open, and a template always', () => {
  const [open, closed] = [
    { open: true, until },
    { open: false, until },
  ];
  expect([null, open, closed].map((window) => fitsWindow({ approved: null }, window))).toEqual([true, true, false]);
  expect([null, open, closed].map((window) => fitsWindow({ approved }, window))).toEqual([true, true, true]);
});
