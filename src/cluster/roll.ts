import { hash } from 'node:crypto';
import type { Log } from '../channel/channel.ts';

/** Who lives and who is gone, as far as it is known here. */
export interface Roll {
  living(): readonly string[];
  lives(owner: string): boolean;
  isKnownGone(owner: string): boolean;
  /** One lives, unless it is known to be gone: a name is never used again. */
  add(owner: string): void;
  /** One is gone. The listeners are told if it lived. */
  bury(owner: string): void;
  onGone(listener: (owner: string) => void): () => void;
}

/** So many names of the gone are kept at hand; an older one is looked up again. */
const keptGone = 1000;

export function createRoll(log: Log): Roll {
  const live = new Set<string>();
  const gone = new Set<string>();
  const listeners = new Set<(owner: string) => void>();
  const tell = (owner: string): void => {
    for (const listener of [...listeners]) {
      try {
        listener(owner);
      } catch (error) {
        log.error({ err: error }, 'a listener for processes that are gone failed');
      }
    }
  };
  const bury = (owner: string): void => {
    gone.add(owner);
    for (const oldest of gone) {
      if (gone.size <= keptGone) break;
      gone.delete(oldest);
    }
    if (live.delete(owner)) tell(owner);
  };
  return {
    living: () => [...live],
    lives: (owner) => live.has(owner),
    isKnownGone: (owner) => gone.has(owner),
    add(owner) {
      if (!gone.has(owner)) live.add(owner);
    },
    bury,
    onGone(listener) {
      const own = (owner: string): void => listener(owner);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}

/**
 * To whom a key falls (rendezvous hashing): the same for all who see the same owners, and when one comes or goes only its
 * own keys move.
 */
export function shareOf(key: string, owners: readonly string[]): string | null {
  let best: { owner: string; weight: string } | null = null;
  for (const owner of owners) {
    const weight = hash('sha256', `${owner}\u0000${key}`, 'hex');
    if (!best || weight > best.weight) best = { owner, weight };
  }
  return best?.owner ?? null;
}
