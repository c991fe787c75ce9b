import type { AnyCollection, Op, WriteResult } from '../../port.ts';
import { createAttempts, turnMs } from './attempts.ts';
import type { Context, UnitsOptions } from './context.ts';
import { type Prepared, placeText, prepareOp } from './evaluate.ts';
import { createInsistence } from './insistence.ts';
import { createLanes } from './lanes.ts';
import { createPlaces } from './places.ts';
import { createRecords } from './records.ts';
import { createRecovery } from './recover.ts';
import { createSettle, type Settle } from './settle.ts';
import { createSteadiness } from './steady.ts';
import { createTogether } from './together.ts';
import { createWatchList } from './watch-list.ts';

export type { UnitsOptions } from './context.ts';
export type { Settled } from './settle.ts';

/** Units of writes on a server that writes single documents at once and knows no transactions. */
export interface Units {
  /** All or nothing, with the results that the port names. @throws StoreError `unavailable` where the outcome is not known. */
  write(unit: readonly Op[]): Promise<WriteResult>;
  settle: Settle;
  /**
   * Carries out what processes that are gone had committed. At opening (`isFirst`) at once; else what two calls in a row found
   * unfinished.
   */
  recover(isFirst: boolean): Promise<void>;
  /**
   * Reads what must not be seen while a unit of this process is being brought forward in the collection, such as a count; again
   * where one was meanwhile.
   */
  steady<T>(from: AnyCollection, read: () => Promise<T>): Promise<T>;
  /** Resolves when nothing goes on any more, behind answered writes either. */
  idle(): Promise<void>;
  /** From now on nothing is tried again that the connection hinders: before closing. */
  stop(): void;
}

/** Few enough for a slow server to answer in time. */
const batch = 100;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function createContext(options: UnitsOptions): Context {
  const pause = options.pause ?? sleep;
  const monotonic = options.monotonic ?? (() => performance.now());
  const step: Context['step'] = async (name, unit) => options.step?.(name, unit);
  return {
    options,
    pause,
    step,
    places: createPlaces({ collection: options.collection, batch: options.batch ?? batch }),
    records: createRecords({ native: options.records, now: options.now, pause, sent: options.sent }),
    active: new Map(),
    steadiness: createSteadiness(),
    byName: new Map(options.collections.map((from) => [from.name, from])),
    watched: createWatchList(monotonic),
    monotonic,
    random: options.random,
  };
}

export function createUnits(options: UnitsOptions): Units {
  const context = createContext(options);
  const insistence = createInsistence({ ...context, warn: options.warn });
  const together = createTogether(context, insistence);
  const attempts = createAttempts(context, together);
  const lanes = createLanes(turnMs);
  const inHand = new Set<Promise<unknown>>();

  const writeInTurn = (unit: readonly Prepared[]): Promise<WriteResult> =>
    new Promise((resolve, reject) => {
      const work = lanes.run(
        unit.map(({ from, id }) => placeText(from, id)),
        async () => {
          const ended = await attempts(unit);
          if ('result' in ended) return resolve(ended.result);
          reject(ended.error);
          // what may still change these documents ends before others of this process begin with them
          await ended.rest;
        },
      );
      inHand.add(work);
      work.catch(reject).finally(() => inHand.delete(work));
    });

  return {
    async write(unit) {
      if (unit.length === 0) return { ok: true, documents: [] };
      return writeInTurn(unit.map(prepareOp));
    },
    settle: createSettle(context),
    recover: createRecovery(context),
    steady: context.steadiness.read,
    async idle() {
      while (inHand.size > 0) await Promise.allSettled([...inHand]);
      await insistence.idle();
    },
    stop: insistence.stop,
  };
}
