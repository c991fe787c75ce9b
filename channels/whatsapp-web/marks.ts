import { z } from 'zod';
import type { Sink } from '../../src/channel/channel.ts';
import { readNote } from '../../src/channel/note.ts';

const marks = z.object({
  /** The account that they are of. */
  account: z.string(),
  /** When it was linked: what is older was never for Wasl. Seconds, as all here. */
  linkedAt: z.number(),
  /** Everything up to then has been read, but for the chats in `behind`. */
  sweptTo: z.number(),
  /** Chats that could not be read, and up to where they had been. */
  behind: z.record(z.string(), z.number()),
});

/** How far the account has been read. */
export type Marks = z.infer<typeof marks>;

const note = 'marks';

/**
 * The marks of an account; fresh ones where it was linked for the first time, or is another than before. `account` is its
 * number, null where the page does not tell: then it counts as the one before.
 */
export async function openMarks(
  { recall }: Pick<Sink, 'recall'>,
  { account, linkedAt }: { account: string | null; linkedAt: number },
): Promise<Marks> {
  const before = readNote(marks, await recall(note));
  if (before && (account === null || before.account === account)) return before;
  return { account: account ?? '', linkedAt, sweptTo: linkedAt, behind: {} };
}

export const keepMarks = ({ remember }: Pick<Sink, 'remember'>, kept: Marks): Promise<void> =>
  remember(note, JSON.stringify(kept));
