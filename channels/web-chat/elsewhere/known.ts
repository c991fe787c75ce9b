/** So long after the last tab was closed what it was given may not have arrived, and a word of a new one be under way. */
const latelyMs = 10_000;

/** Who had a tab here until a moment ago. */
export function createLately(now: () => number) {
  const leftAt = new Map<string, number>();
  const forget = (): void => {
    for (const [visitor, at] of leftAt) {
      if (now() - at <= latelyMs) return;
      leftAt.delete(visitor);
    }
  };
  return {
    add(visitor: string): void {
      // the newest last
      leftAt.delete(visitor);
      leftAt.set(visitor, now());
      forget();
    },
    has: (visitor: string): boolean => now() - (leftAt.get(visitor) ?? Number.NEGATIVE_INFINITY) <= latelyMs,
  };
}

/** Which other processes have tabs of visitors who have some here too. */
export function createNeighbours() {
  const peersOf = new Map<string, Set<string>>();
  return {
    add: (visitor: string, peer: string): void =>
      void peersOf.set(visitor, (peersOf.get(visitor) ?? new Set()).add(peer)),
    remove: (visitor: string, peer: string): void => void peersOf.get(visitor)?.delete(peer),
    forget: (visitor: string): void => void peersOf.delete(visitor),
    has: (visitor: string): boolean => (peersOf.get(visitor)?.size ?? 0) > 0,
  };
}
