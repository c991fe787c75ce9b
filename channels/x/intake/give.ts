import type { Log, Sink } from '../../../src/channel/channel.ts';
import type { GivenEvent } from '../../../src/channel/inbound.ts';
import type { Found } from '../payload/piece.ts';

/** What giving an event to the core needs besides the event. */
export interface Giving {
  sink: Pick<Sink, 'receive'>;
  log: Log;
}

/** An event that the core does not accept whatever happens: it may not hold up what stands beside it. */
const isInvalid = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'invalid';

async function hand({ sink, log }: Giving, event: GivenEvent): Promise<'new' | 'known' | 'refused'> {
  try {
    const { duplicate } = await sink.receive(event);
    return duplicate ? 'known' : 'new';
  } catch (error) {
    if (!isInvalid(error)) throw error;
    log.error({ inboxId: event.inboxId, event: event.event }, 'the core did not accept an event of X');
    return 'refused';
  }
}

/**
 * Gives one event to the core. A post that is known already and was edited since is told once more as the edit that it is.
 * False where the core will never accept it; rejects where it must be tried again.
 */
export async function give(giving: Giving, { event, edit }: Pick<Found, 'event' | 'edit'>): Promise<boolean> {
  const outcome = await hand(giving, event);
  if (outcome !== 'known' || !edit) return outcome !== 'refused';
  return (await hand(giving, edit)) !== 'refused';
}

/**
 * Gives several at once, in their order, which the core keeps for each person. Resolves to how many it will never accept;
 * rejects with the first failure once all have ended.
 */
export async function giveAll(giving: Giving, found: readonly Found[]): Promise<number> {
  const outcomes = await Promise.allSettled(found.map((one) => give(giving, one)));
  const failure = outcomes.find(({ status }) => status === 'rejected');
  if (failure?.status === 'rejected') throw failure.reason;
  return outcomes.filter((one) => one.status === 'fulfilled' && !one.value).length;
}
