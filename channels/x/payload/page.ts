import { z } from 'zod';
import { pieceOfDm } from './dm.ts';
import { kindOfDmEvent, readDm } from './dm-wire.ts';
import { anything, id, list, text } from './lenient.ts';
import { odd, type Piece, type Reading, told } from './piece.ts';
import { pieceOfPost } from './post-event.ts';
import { besideOf, readPost } from './post-wire.ts';

const wirePage = z.object({
  data: list,
  includes: anything,
  meta: z.object({ next_token: text }).optional().catch(undefined),
});

const ofId = z.object({ id });

/** A page of a list: what each entry is, in the order of the page. */
export interface Page {
  pieces: Piece[];
  /** The id of each, whether it can be read or not; null where it has none. */
  ids: (string | null)[];
  /** What the next page is asked for by; null at the end. */
  next: string | null;
}

type Read = (given: unknown, page: z.output<typeof wirePage>) => Piece;

function readPage(body: unknown, read: Read): Page | null {
  const { data: page } = wirePage.safeParse(body);
  if (!page) return null;
  const ids = page.data.map((one) => ofId.safeParse(one).data?.id ?? null);
  return { pieces: page.data.map((one) => read(one, page)), ids, next: page.meta?.next_token ?? null };
}

/** A page of posts (mentions, search, lookup); null where it is none. */
export function readPosts(body: unknown, reading: Reading): Page | null {
  const beside = besideOf(z.object({ includes: anything }).safeParse(body).data?.includes);
  return readPage(body, (given) => pieceOfPost(readPost(given, beside, reading.at), reading));
}

/** A page of private messages; null where it is none. */
export function readDmEvents(body: unknown, reading: Reading): Page | null {
  const beside = besideOf(z.object({ includes: anything }).safeParse(body).data?.includes);
  return readPage(body, (given) => {
    const kind = kindOfDmEvent(given);
    if (kind === 'ParticipantsJoin' || kind === 'ParticipantsLeave') return told('participants');
    if (kind !== null && kind !== 'MessageCreate') return odd('unknown-dm-event');
    return pieceOfDm(readDm(given, beside, reading.at), reading);
  });
}
