/**
 * Passes short-lived words between the processes of a store: hints, who is writing, what a socket is to show. Nothing
 * that must not be lost goes over it: a process that is cut off for a while misses what was said meanwhile.
 */
export interface Bus {
  /** Tells every other process, in order. Never throws and never waits; `payload` is plain JSON. */
  publish(topic: string, payload: unknown): void;
  /** Hears what other processes publish (not this one). Gives a function that stops it. */
  subscribe(topic: string, listener: (payload: unknown) => void): () => void;
}

/** The bus of a process that has nobody to talk to. */
export const silence: Bus = { publish: () => undefined, subscribe: () => () => undefined };
