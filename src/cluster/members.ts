/**
 * The processes that share a store. What a process claims (a delivery, a listener) is its own as long as it lives; who lives is
 * told by a beat that each process writes, watched by every other one on its own clock, so that neither clocks that differ
 * nor a database that was away make anybody dead.
 */
export interface Members {
  /** Names this process. Another name from the moment on when it was taken for dead: what it had claimed is no longer its own. */
  owner(): string;
  /** Whether a process is gone, so that what it claimed is free. Its own former names are gone too. */
  isGone(owner: string): Promise<boolean>;
  /**
   * Resolves at once while the last beat is so fresh that nobody can have taken this process for dead; else after the next
   * beat, under the new name if it was. To be awaited right before what must not be done twice. Rejects once it is stopped.
   */
  sure(): Promise<void>;
  /** How many live, this one included; at least 1. */
  count(): number;
  /**
   * Whether looking after something falls to this process: a fair share that all agree on as long as they see the same
   * members. Only to spare work: what must be done once is claimed besides.
   */
  isMine(key: string): boolean;
  /** Calls back when a process was found to be gone. Gives a function that stops it. */
  onGone(listener: (owner: string) => void): () => void;
}

/** The one process of a store that no other can share. */
export const alone = (owner: string): Members => ({
  owner: () => owner,
  isGone: async (other) => other !== owner,
  sure: async () => undefined,
  count: () => 1,
  isMine: () => true,
  onGone: () => () => undefined,
});
