import { createSurroundings } from '../surroundings.ts';

/** So many events of a post that stand at doors are somebody's flood, whatever else the post still does. */
const manyWaiting = 10;

/** A post in hand, as far as the doors of its senders change what becomes of it. */
export interface Reading {
  /** How many of its events stand at a door, behind others of the same sender. */
  waiting: number;
  /** How many are past their door and not done. */
  working: number;
  /** True once nothing that waits is begun any more. */
  isOver(): boolean;
  /** To be called where an event came to its door or is done. */
  moved(): void;
}

const current = createSurroundings<Reading>();

/** The post that the calling work belongs to, if it belongs to one. */
export const readingNow = (): Reading | undefined => current.now();

export const inReading = <T>(reading: Reading, work: () => Promise<T>): Promise<T> => current.within(reading, work);

/** A reading; `stuck` is called, perhaps often, while all it could do is to wait for other posts of the same people. */
export function newReading({ isOver, stuck }: { isOver(): boolean; stuck(): void }): Reading {
  let looks = false;
  const look = (): void => {
    looks = false;
    const { waiting, working } = reading;
    if (waiting > manyWaiting || (waiting > 0 && working === 0)) stuck();
  };
  const reading: Reading = {
    waiting: 0,
    working: 0,
    isOver,
    // all events of a post come at once: what they do is known when the last of them is at its door
    moved() {
      if (!looks) queueMicrotask(look);
      looks = true;
    },
  };
  return reading;
}
