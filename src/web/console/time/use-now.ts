import { useSyncExternalStore } from 'react';

const tickMs = 15_000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;
const listeners = new Set<() => void>();

const tick = (): void => {
  now = Date.now();
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  timer ??= setInterval(tick, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
};

// A list opened after an hour's pause must not begin with an hour-old now.
const read = (): number => {
  if (timer === null && Date.now() - now > tickMs) now = Date.now();
  return now;
};

/** The time, moved on every 15 seconds for all who show it at once. */
export const useNow = (): number => useSyncExternalStore(subscribe, read);
