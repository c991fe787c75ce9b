import type { Log } from '../channel/channel.ts';
import { fenceOf, type Holding } from './lease-records.ts';
import type { Holder } from './leases.ts';

/** One holder's wish for a lease, from `hold` until it is given up. */
export interface Wish {
  readonly name: string;
  /** What it holds now. */
  holding(): Holding | null;
  /** Serves the holder from now until the lease is lost or given up; resolves when the holder has ended. */
  serve(holding: Holding): Promise<'lost' | 'given-up' | 'failed'>;
  /** Somebody else has it, or may have. */
  lose(): void;
  /** Wants it no more. */
  giveUp(): void;
}

interface Term {
  holding: Holding;
  controller: AbortController;
  end: PromiseWithResolvers<'lost' | 'given-up'>;
  isBegun: boolean;
}

/** The two calls of a holder, in turn: `lost` always follows `won`, once. */
export function createWish(name: string, holder: Holder, log: Log): Wish {
  let term: Term | null = null;
  const begin = async ({ holding, controller }: Term): Promise<boolean> => {
    try {
      const { signal } = controller;
      await holder.won({ name, epoch: holding.epoch, signal, fence: () => [fenceOf(holding)] });
      return true;
    } catch (error) {
      log.error({ err: error, lease: name }, 'what a lease was won for could not be begun: it is tried again');
      return false;
    }
  };
  const end = async (): Promise<void> => {
    try {
      await holder.lost();
    } catch (error) {
      log.error({ err: error, lease: name }, 'what a lease was won for did not end cleanly');
    }
  };
  return {
    name,
    holding: () => term?.holding ?? null,
    async serve(holding) {
      const own: Term = { holding, controller: new AbortController(), end: Promise.withResolvers(), isBegun: false };
      term = own;
      own.isBegun = await begin(own);
      const cause = own.isBegun || own.controller.signal.aborted ? await own.end.promise : 'failed';
      await end();
      own.controller.abort();
      term = null;
      return cause;
    },
    lose() {
      term?.end.resolve('lost');
      term?.controller.abort();
    },
    giveUp() {
      term?.end.resolve('given-up');
      // what is being begun may take long; what was begun ends in its own way
      if (term && !term.isBegun) term.controller.abort();
    },
  };
}
