const tellEveryMs = 3_000;
const idleMs = 5_000;

/** Tells the other side that the visitor writes: at most every three seconds, and that it ended. */
export interface TypingTeller {
  start(): void;
  stop(): void;
}

export function createTypingTeller(
  tell: (on: boolean) => void,
  after: (ms: number, run: () => void) => () => void,
): TypingTeller {
  let isQuiet = true;
  let isOn = false;
  let endIdle = (): void => undefined;
  const stop = (): void => {
    endIdle();
    if (isOn) tell(false);
    isOn = false;
    isQuiet = true;
  };
  return {
    start() {
      endIdle();
      endIdle = after(idleMs, stop);
      if (!isQuiet) return;
      isQuiet = false;
      isOn = true;
      tell(true);
      after(tellEveryMs, () => {
        isQuiet = true;
      });
    },
    stop,
  };
}
