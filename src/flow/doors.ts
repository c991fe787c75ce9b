import { WaslError } from '../errors.ts';
import { createLanes } from './lanes.ts';
import { type Reading, readingNow } from './reading.ts';

/** The door of each sender: what comes first is taken first, whatever must be looked up for it. */
export interface Doors {
  /** Takes one of a sender's after all that came before it. Rejects with `unavailable` where its post is given up meanwhile. */
  run<T>(sender: string, take: () => Promise<T>): Promise<T>;
  /** How many of a sender's stand at the door. */
  waiting(sender: string): number;
  idle(): Promise<void>;
}

async function counted<T>(reading: Reading, take: () => Promise<T>): Promise<T> {
  reading.working += 1;
  try {
    return await take();
  } finally {
    reading.working -= 1;
    reading.moved();
  }
}

export function createDoors(): Doors {
  const lanes = createLanes();
  const standing = new Map<string, number>();
  const enter = (sender: string, reading: Reading | undefined): void => {
    standing.set(sender, (standing.get(sender) ?? 0) + 1);
    if (reading) reading.waiting += 1;
  };
  const pass = (sender: string, reading: Reading | undefined): void => {
    const left = (standing.get(sender) ?? 1) - 1;
    if (left > 0) standing.set(sender, left);
    else standing.delete(sender);
    if (reading) reading.waiting -= 1;
  };
  return {
    run(sender, take) {
      const reading = readingNow();
      const waits = lanes.has(sender);
      enter(sender, reading);
      const result = lanes.run(sender, async () => {
        pass(sender, reading);
        if (waits && reading?.isOver()) throw new WaslError('unavailable', 'It is taken at the next start.');
        return reading ? counted(reading, take) : take();
      });
      reading?.moved();
      return result;
    },
    waiting: (sender) => standing.get(sender) ?? 0,
    idle: lanes.idle,
  };
}
