/** The only source of time for everything that decides by it; tests give their own. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number;
  /** Calls back once after `ms`; gives a function that cancels it. */
  after(ms: number, run: () => void): () => void;
}

/** The machine's clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** ISO 8601 in UTC with milliseconds: the one form in which times are stored and sent. */
export const iso = (ms: number): string => new Date(ms).toISOString();
