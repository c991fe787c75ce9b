import type { Shelf } from '../../../src/web/console/conversation/drafts.ts';

/** A browser's storage in memory. `refuses`: it is full. */
export function aShelf({ refuses = false } = {}): Shelf & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, value) {
      if (refuses) throw new DOMException('full', 'QuotaExceededError');
      kept.set(key, value);
    },
    removeItem: (key) => void kept.delete(key),
  };
}
