/** For how long units of other processes have been seen undecided. */
export interface WatchList {
  /** Notes that a unit is undecided; gives for how long that has been seen, in ms. */
  see(unit: string): number;
  /** It is decided. */
  forget(unit: string): void;
}

const most = 10_000;

export function createWatchList(monotonic: () => number): WatchList {
  const since = new Map<string, number>();
  return {
    see(unit) {
      const first = since.get(unit) ?? monotonic();
      // those that nobody asks about any more go first: they were seen first
      if (since.size >= most && !since.has(unit)) since.delete(since.keys().next().value ?? unit);
      since.set(unit, first);
      return monotonic() - first;
    },
    forget: (unit) => since.delete(unit),
  };
}
