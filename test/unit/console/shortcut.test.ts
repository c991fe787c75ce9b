import { describe, expect, it } from 'vitest';
import { type Press, shortcutOf } from '../../../src/web/console/keyboard/shortcut.ts';

const aPress = (given: Partial<Press>): Press => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...given,
});

describe('a shortcut', () => {
  it.each([
    ['next', { key: 'j', code: 'KeyJ' }],
    ['next', { key: 'ت', code: 'KeyJ' }],
    ['previous', { key: 'ن', code: 'KeyK' }],
    ['answer', { key: 'ق', code: 'KeyR' }],
    ['attach', { key: 'ب', code: 'KeyF' }],
    ['audience', { key: 'ح', code: 'KeyP' }],
    ['take', { key: 'ف', code: 'KeyT' }],
    ['search', { key: '/', code: 'Slash' }],
    ['search', { key: 'ظ', code: 'Slash' }],
    ['help', { key: '?', code: 'Slash', shiftKey: true }],
    ['help', { key: '؟', code: 'Slash', shiftKey: true }],
    ['leave', { key: 'Escape', code: 'Escape' }],
  ] as const)('"%s" is found by its place in either layout', (shortcut, press) => {
    expect(shortcutOf(aPress(press), false)).toBe(shortcut);
  });

  it('is none while somebody writes, but for leaving', () => {
    expect(shortcutOf(aPress({ key: 'j', code: 'KeyJ' }), true)).toBeNull();
    expect(shortcutOf(aPress({ key: '?', code: 'Slash', shiftKey: true }), true)).toBeNull();
    expect(shortcutOf(aPress({ key: 'Escape', code: 'Escape' }), true)).toBe('leave');
  });

  it.each(['ctrlKey', 'metaKey', 'altKey'] as const)('is left to the browser with %s', (held) => {
    expect(shortcutOf(aPress({ key: 'r', code: 'KeyR', [held]: true }), false)).toBeNull();
  });

  it('is none for a capital letter', () => {
    expect(shortcutOf(aPress({ key: 'J', code: 'KeyJ', shiftKey: true }), false)).toBeNull();
  });
});
