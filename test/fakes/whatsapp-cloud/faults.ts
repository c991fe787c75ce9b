/** What goes wrong: a code of the provider, an HTTP status of 500 to 599, no answer at all, or a cut connection. */
export type Fault = number | 'timeout' | 'reset';

/** Which requests a fault is for: messages, read marks, media (both ways), templates, the number, or any. */
export type FaultPlace = 'messages' | 'marks' | 'media' | 'templates' | 'phone' | 'any';

export interface PlannedFault {
  what: Fault;
  times: number;
  on: FaultPlace;
  /** The message is taken all the same, and only the answer is lost: the sender cannot know. */
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
