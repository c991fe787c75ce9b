import type { PageEvent } from './page-api.ts';

/** Tells the page what happens in the widget. */
export interface Announcer {
  tell(name: PageEvent, value?: number): void;
  on(name: PageEvent, run: (value?: number) => void): () => void;
}

export function createAnnouncer(): Announcer {
  const listeners = new Set<readonly [PageEvent, (value?: number) => void]>();
  return {
    tell(name, value) {
      for (const [wanted, run] of listeners) if (wanted === name) run(value);
    },
    on(name, run) {
      const entry = [name, run] as const;
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
  };
}
