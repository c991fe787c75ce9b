/** Something that goes wrong: what, how often, and for which requests. */
export interface PlannedFault<What, Place extends string> {
  what: What;
  times: number;
  on: Place | 'any';
  /** It is done all the same, and only the answer is lost: whoever asked cannot know. */
  taken: boolean;
}

/** The faults to come, used up one by one. */
export interface Faults<What, Place extends string> {
  add(fault: PlannedFault<What, Place>): void;
  /** Takes the next one for this place, if there is one. */
  next(place: Place): PlannedFault<What, Place> | null;
  clear(): void;
  /** Down: nothing is answered well until it is up again. */
  setDown(is: boolean): void;
  isDown(): boolean;
}

export function createFaults<What, Place extends string>(): Faults<What, Place> {
  let planned: PlannedFault<What, Place>[] = [];
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
