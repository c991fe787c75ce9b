import type { AnyCollection } from '../../port.ts';
import type { Native } from '../connection.ts';
import type { Told } from '../feed.ts';
import type { Stored } from '../stored.ts';
import type { Places } from './places.ts';
import type { Records, UnitRecord } from './records.ts';
import type { Steadiness } from './steady.ts';
import type { WatchList } from './watch-list.ts';

/** Steps of a unit at which a test may stop or pause its process. */
export type StepName =
  | 'read'
  | 'write'
  | 'hold'
  | 'held'
  | 'commit'
  | 'committed'
  | 'forward'
  | 'forwarded'
  | 'told'
  | 'abort'
  | 'back';

export interface UnitsOptions {
  /** The native collection of a declared one. */
  collection: (from: AnyCollection) => Native<Stored>;
  /** Declared collections. */
  collections: readonly AnyCollection[];
  /** `wasl.units`. */
  records: Native<UnitRecord>;
  /** Takes changes for the feed; resolves once they can be read there. */
  record: (told: readonly Told[]) => Promise<void>;
  /** Names this opening of the store; no other may have it. */
  opening: string;
  /** Time of the day in ms. */
  now: () => number;
  /** From 0 to 1: writers that stood in each other's way do not come back at the same moment. */
  random: () => number;
  /** Tells the operator of what went wrong behind an answered write. */
  warn: (message: string) => void;
  /** A clock in ms that nobody sets, and does not stand still while the process sleeps more than it must. */
  monotonic?: () => number;
  pause?: (ms: number) => Promise<void>;
  /** The most that goes to the server in one call. */
  batch?: number;
  /** For tests: called before each step, which begins when it resolves. */
  step?: (name: StepName, unit: string) => Promise<void> | void;
  /** For tests: called when a commit has been sent and before its answer is looked at. */
  sent?: () => Promise<void> | void;
}

/** A unit of this process that is not over. */
export interface Active {
  /** From the commit on its documents are brought forward; before, they are as they were. */
  stage: 'holding' | 'committing' | 'forwarding';
  /** Resolves when it holds no document any more. */
  over: Promise<void>;
}

/** What the parts of the protocol share. */
export interface Context {
  options: UnitsOptions;
  places: Places;
  records: Records;
  active: Map<string, Active>;
  byName: ReadonlyMap<string, AnyCollection>;
  steadiness: Steadiness;
  watched: WatchList;
  monotonic: () => number;
  pause: (ms: number) => Promise<void>;
  random: () => number;
  step: (name: StepName, unit: string) => Promise<void>;
}
