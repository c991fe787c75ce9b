import type { Clock } from '../clock.ts';

/** Tells how much reading there may be beside what comes in: the more comes, the less, but never none. */
export interface Flood {
  /** A post came; call what it gives once the post is kept or refused. */
  came(): () => void;
  /** How many posts may be read at a time. */
  readers(): number;
  /** To be waited for after each reading: in a flood what comes in has some turns of the event loop to itself. */
  rest(): Promise<void>;
}

const withinMs = 250;
/** More than so many in that time are a flood: three times what one number's worst hour brings. */
const flood = 250;
/** So many that waited to be kept at the same moment are a crowd: on a slow machine it is there before the flood. */
const crowd = 40;
/** In a calm enough to share what making events durable costs; in a crowd enough for reading to keep up. */
const readers = { calm: 16, crowd: 4, flood: 1 };
/** About as many turns as reading and answering a post takes. */
const restTurns = 8;

interface Stretch {
  posts: number;
  /** The most that waited to be kept at one moment. */
  waiting: number;
}
const nothing: Stretch = { posts: 0, waiting: 0 };

export function createFlood(clock: Pick<Clock, 'now'>): Flood {
  let since = 0;
  let waiting = 0;
  let now: Stretch = { ...nothing };
  let before: Stretch = nothing;
  const roll = (): void => {
    const past = clock.now() - since;
    if (past < withinMs) return;
    before = past < 2 * withinMs ? now : nothing;
    now = { posts: 0, waiting };
    since += past;
  };
  const isFlood = (): boolean => {
    roll();
    return Math.max(before.posts, now.posts) > flood;
  };
  return {
    came() {
      roll();
      waiting += 1;
      now.posts += 1;
      now.waiting = Math.max(now.waiting, waiting);
      return () => {
        waiting -= 1;
      };
    },
    async rest() {
      for (let turn = 0; turn < restTurns && isFlood(); turn++) await new Promise((resolve) => setImmediate(resolve));
    },
    readers() {
      if (isFlood()) return readers.flood;
      return Math.max(before.waiting, now.waiting) >= crowd ? readers.crowd : readers.calm;
    },
  };
}
