import { z } from 'zod';
import type { Sink } from '../../../src/channel/channel.ts';
import { readNote } from '../../../src/channel/note.ts';

/** A time of which not everything may have been read (ISO), and when that was noticed. */
const gap = z.object({ from: z.string(), to: z.string(), noticedAt: z.number() });
export type Gap = z.infer<typeof gap>;

const cursor = z.object({
  /** All up to this id is stored; null where nothing has been there yet. */
  upTo: z.string().regex(/^\d+$/).nullable(),
  gap: gap.nullable().default(null),
  /** When the list answered for the very first time (ms); null before. */
  since: z.number().nullable().default(null),
});
export type Cursor = z.infer<typeof cursor>;

/** How far one list was read, kept over restarts. */
export interface CursorNote {
  /** Null before the first reading. */
  get(): Promise<Cursor | null>;
  /** Durable once it resolves. */
  set(change: Partial<Cursor>): Promise<void>;
}

export function createCursorNote(sink: Pick<Sink, 'recall' | 'remember'>, key: string): CursorNote {
  let known: Cursor | null | undefined;
  const get = async (): Promise<Cursor | null> => {
    if (known !== undefined) return known;
    known = readNote(cursor, await sink.recall(key));
    return known;
  };
  return {
    get,
    async set(change) {
      const next = { upTo: null, gap: null, since: null, ...(await get()), ...change };
      await sink.remember(key, JSON.stringify(next));
      known = next;
    },
  };
}
