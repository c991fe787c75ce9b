import { isDuplicate, isUnavailable } from '../errors.ts';
import type { Attempt } from './attempt.ts';
import type { Insistence } from './insistence.ts';
import type { Held, Phases } from './phases.ts';
import { isOnlyDuplicates } from './places.ts';

/** Ends of an attempt that leave the documents as they were. */
export interface GivingUp {
  giveUp(held: Held, end: 'again' | 'taken'): Promise<Attempt>;
  afterFailedHold(held: Held, error: unknown): Promise<Attempt>;
}

export function createGivingUp({ giveBack, abandon }: Phases, insistence: Insistence): GivingUp {
  const { insist, goOn, always, forAWhile } = insistence;
  const giveUp = async (held: Held, end: 'again' | 'taken'): Promise<Attempt> => {
    try {
      await insist(() => giveBack(held), forAWhile());
      return { end };
    } catch (error) {
      return { end: 'failed', error, rest: goOn(insist(() => abandon(held), always)) };
    }
  };
  const afterFailedHold = async (held: Held, error: unknown): Promise<Attempt> => {
    if (isUnavailable(error)) return { end: 'failed', error, rest: goOn(insist(() => abandon(held), always)) };
    const attempt = await giveUp(held, 'taken');
    const isTaken = isDuplicate(error) || isOnlyDuplicates(error);
    return attempt.end === 'failed' || isTaken ? attempt : { end: 'failed', error };
  };
  return { giveUp, afterFailedHold };
}
