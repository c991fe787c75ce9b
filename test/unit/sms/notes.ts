import type { Sink } from '../../../src/channel/channel.ts';

/** A channel's notes as they are on disk: what is not there when the process dies is lost. */
export interface Notes extends Pick<Sink, 'recall' | 'remember'> {
  kept: Map<string, string>;
  writes: number;
  fail(error: Error | null): void;
}

export function createNotes(): Notes {
  let failure: Error | null = null;
  const notes: Notes = {
    kept: new Map(),
    writes: 0,
    fail: (error) => {
      failure = error;
    },
    recall: async (key) => notes.kept.get(key) ?? null,
    async remember(key, value) {
      await Promise.resolve();
      if (failure) throw failure;
      notes.writes += 1;
      notes.kept.set(key, value);
    },
  };
  return notes;
}
