/** Passes on what came of calls in the order in which they were begun, whatever the order in which they end. */
export interface CallOrder<T> {
  /**
   * Takes the next place for what has this id. To be called once it has ended, with what is to be passed on, or null where
   * there is nothing: then it and what waited for it alone are passed on, before the call returns.
   */
  begin(id: string): (outcome: T | null) => void;
  /** Whether what has this id has a place and was not passed on yet. */
  has(id: string): boolean;
  readonly size: number;
}

interface Place<T> {
  id: string;
  /** Undefined as long as it has not ended. */
  outcome: T | null | undefined;
}

export function createCallOrder<T>(pass: (outcome: T) => void): CallOrder<T> {
  const places = new Set<Place<T>>();
  /** The first place of each id. */
  const first = new Map<string, Place<T>>();
  const passOn = (): void => {
    for (const place of places) {
      const { id, outcome } = place;
      if (outcome === undefined) return;
      places.delete(place);
      if (first.get(id) === place) first.delete(id);
      if (outcome !== null) pass(outcome);
    }
  };
  return {
    begin(id) {
      const place: Place<T> = { id, outcome: undefined };
      places.add(place);
      if (!first.has(id)) first.set(id, place);
      return (outcome) => {
        place.outcome = outcome;
        passOn();
      };
    },
    has: (id) => first.has(id),
    get size() {
      return places.size;
    },
  };
}
