import { useEffect, useRef, useSyncExternalStore } from 'react';
import { type Shortcut, shortcutOf } from './shortcut.ts';

const storageKey = 'wasl-single-keys';
const listeners = new Set<() => void>();

const areOn = (): boolean => localStorage.getItem(storageKey) !== 'off';

/** Turns the one-letter shortcuts on or off in this browser (WCAG 2.1.4). */
export function turnShortcuts(on: boolean): void {
  localStorage.setItem(storageKey, on ? 'on' : 'off');
  for (const listener of listeners) listener();
}

export const useShortcutsOn = (): boolean =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, areOn);

const isWritingIn = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable="true"]');

const isBusy = (): boolean => document.querySelector('[role="dialog"], [role="menu"]') !== null;

/** Runs what is given for shortcuts while the component is shown. Open dialogs and menus have their keys to themselves. */
export function useShortcuts(given: Partial<Record<Shortcut, () => void>>): void {
  const current = useRef(given);
  useEffect(() => {
    current.current = given;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || isBusy()) return;
      const shortcut = shortcutOf(event, isWritingIn(event.target));
      if (!shortcut || (shortcut !== 'leave' && !areOn())) return;
      const run = current.current[shortcut];
      if (!run) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
