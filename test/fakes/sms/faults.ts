import type { Provider, Refusal } from './model.ts';

/**
 * What goes wrong: an HTTP status of 500 to 599, no answer at all, a cut connection, an answer that is no JSON, a refusal in
 * an answer that looks like success, or any refusal in the provider's own words.
 */
export type Fault = number | 'timeout' | 'cut' | 'malformed' | 'ok-with-error' | Refusal;

export interface PlannedFault {
  what: Fault;
  times: number;
  /** Null: whichever provider is asked. */
  provider: Provider | null;
  /** The message is taken all the same, and only the answer is lost: the sender cannot know. */
  taken: boolean;
}

/** The faults to come, used up one by one. */
export interface Faults {
  add(fault: PlannedFault): void;
  /** Takes the next one for this provider, if there is one. */
  next(provider: Provider): PlannedFault | null;
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
    next(asked) {
      const found = planned.find(({ provider }) => provider === null || provider === asked);
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
