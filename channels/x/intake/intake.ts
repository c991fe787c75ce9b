import type { Log, Sink } from '../../../src/channel/channel.ts';
import { readBody } from '../payload/body.ts';
import type { Found, Odd, Piece } from '../payload/piece.ts';
import type { OwnSendings, Self } from '../reading.ts';
import { giveAll } from './give.ts';
import { placeReplies } from './place.ts';

/** What reading a post of a webhook needs besides the post. */
export interface Intake {
  inboxId: string;
  /** Null until X has told whose the account is. */
  self(): Self | null;
  sent: OwnSendings;
  /** GET /2/tweets, for replies of the older bodies. */
  lookUp(ids: readonly string[]): Promise<unknown>;
  now(): number;
  log: Log;
  count(event: string): void;
  /** The account took back what it had allowed us. */
  revoked(): void;
}

/** Counts what is only counted; odd pieces are told to the log by their reason alone. */
export function countPieces(
  { inboxId, log, count }: Pick<Intake, 'inboxId' | 'log' | 'count'>,
  pieces: readonly Piece[],
) {
  const odds = new Set<Odd>();
  for (const piece of pieces) {
    if (piece.is === 'told') count(piece.what);
    if (piece.is === 'odd') odds.add(piece.why);
    if (piece.is === 'odd') count(`odd-${piece.why}`);
  }
  if (odds.size > 0) log.warn({ inboxId, why: [...odds] }, 'something that X told could not be read');
  return odds.size > 0;
}

function tellOthers(intake: Intake, sink: Sink, pieces: readonly Piece[]): boolean {
  const { inboxId, revoked } = intake;
  for (const piece of pieces) if (piece.is === 'typing') sink.typing({ inboxId, address: piece.address, on: true });
  if (pieces.some(({ is }) => is === 'revoked')) revoked();
  return countPieces(intake, pieces);
}

export const foundIn = (pieces: readonly Piece[]): Found[] => pieces.filter((piece) => piece.is === 'event');

/**
 * Tells the core all that a post of a webhook holds, all at once; the core keeps the order of what one person says. Rejects
 * where it must be tried again, which it must while X has not told whose the account is; what was told stays told.
 */
export async function takePost(intake: Intake, sink: Sink, raw: string): Promise<'taken' | 'odd'> {
  const self = intake.self();
  if (!self) throw new Error('X has not told yet whose the account is');
  const { inboxId, sent, log } = intake;
  const reading = { inboxId, self, sent, at: new Date(intake.now()).toISOString() };
  const pieces = await placeReplies(readBody(raw, reading), reading, intake.lookUp);
  const isOdd = tellOthers(intake, sink, pieces);
  const refused = await giveAll({ sink, log }, foundIn(pieces));
  return isOdd || refused > 0 ? 'odd' : 'taken';
}
