import { useSyncExternalStore } from 'react';

/** A sign of writing that is not renewed within this time counts as over. */
const fadesMs = 8_000;

/** In which conversations the person outside is writing just now. */
export interface Typists {
  heard(conversationId: string, on: boolean): void;
  has(conversationId: string): boolean;
  subscribe(listener: () => void): () => void;
}

export function createTypists(): Typists {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const stop = (id: string): void => {
    clearTimeout(timers.get(id));
    timers.delete(id);
    tell();
  };
  return {
    heard(id, on) {
      if (!on) return stop(id);
      clearTimeout(timers.get(id));
      timers.set(
        id,
        setTimeout(() => stop(id), fadesMs),
      );
      tell();
    },
    has: (id) => timers.has(id),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const useIsTyping = (typists: Typists, conversationId: string): boolean =>
  useSyncExternalStore(typists.subscribe, () => typists.has(conversationId));
