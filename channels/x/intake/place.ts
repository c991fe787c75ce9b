import { readPosts } from '../payload/page.ts';
import type { Found, Piece, Reading } from '../payload/piece.ts';

/** X tells of at most so many posts at a time. */
const most = 100;

type Unplaced = Extract<Piece, { is: 'unplaced' }>;
const isUnplaced = (piece: Piece): piece is Unplaced => piece.is === 'unplaced';

/** The body knows best who may be answered: that the account has blocked somebody stands nowhere else. */
function placed(unplaced: Unplaced, known: Found): Piece {
  const { otherwise } = unplaced;
  const mayNot =
    otherwise.is === 'event' && otherwise.event.event === 'message' && otherwise.event.answerable === false;
  if (!mayNot || known.event.event !== 'message') return known;
  return { ...known, event: { ...known.event, answerable: false } };
}

/**
 * Older bodies do not say to which exchange a reply belongs: X is asked for those posts once more. Where it does not tell,
 * the guess stands. Never rejects.
 */
export async function placeReplies(
  pieces: readonly Piece[],
  reading: Reading,
  lookUp: (ids: readonly string[]) => Promise<unknown>,
): Promise<Piece[]> {
  const ids = [...new Set(pieces.filter(isUnplaced).map(({ id }) => id))].slice(0, most);
  const known = new Map<string, Found>();
  if (ids.length > 0) {
    const page = readPosts(await lookUp(ids).catch(() => null), reading);
    for (const piece of page?.pieces ?? []) if (piece.is === 'event') known.set(piece.id, piece);
  }
  return pieces.map((piece) => {
    if (!isUnplaced(piece)) return piece;
    const found = known.get(piece.id);
    return found ? placed(piece, found) : piece.otherwise;
  });
}
