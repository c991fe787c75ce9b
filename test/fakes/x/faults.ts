import type { Problem } from './problems.ts';

/**
 * What goes wrong: a status of X, its own words, no answer at all, a cut connection, or an answer with 200 that is no JSON.
 */
export type Fault = number | Problem | 'timeout' | 'reset' | 'garbled';

/** Which requests a fault is for. */
export type FaultPlace =
  | 'me'
  | 'users'
  | 'mentions'
  | 'search'
  | 'posts'
  | 'write'
  | 'dms'
  | 'send'
  | 'media'
  | 'admin'
  | 'any';

export interface PlannedFault {
  what: Fault;
  times: number;
  on: FaultPlace;
  /** It is done all the same, and only the answer is lost: whoever asked cannot know. */
  taken: boolean;
}

/** The faults to come, used up one by one. */
export interface Faults {
  add(fault: PlannedFault): void;
  /** Takes the next one for this place, if there is one. */
  next(place: FaultPlace): PlannedFault | null;
  clear(): void;
  /** Down: everything is answered with 503 until it is up again. */
  setDown(is: boolean): void;
  isDown(): boolean;
}

export function createFaults(): Faults {
  let planned: PlannedFault[] = [];
  let down = false;
  return {
    add: (fault) => void planned.push({ ...fault }),
    next(place) {
      const found = planned.find(({ on }) => on === 'any' || on === place);
      if (!found) return null;
      found.times -= 1;
      if (found.times <= 0) planned = planned.filter((one) => one !== found);
      return found;
    },
    clear() {
      planned = [];
    },
    setDown(is) {
      down = is;
    },
    isDown: () => down,
  };
}
