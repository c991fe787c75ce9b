import type { Faults as FaultsOf, PlannedFault as PlannedFaultOf } from '../faults.ts';
import type { Problem } from './problems.ts';

/**
 * What goes wrong: a status of X, its own words, no answer at all, a cut connection, or an answer with 200 that is no JSON.
 */
export type Fault = number | Problem | 'timeout' | 'reset' | 'garbled';

/** Which requests a fault is for. */
export type FaultPlace =
  | 'me'
  | 'users'
  | 'mentions'
  | 'search'
  | 'posts'
  | 'write'
  | 'dms'
  | 'send'
  | 'media'
  | 'admin'
  | 'any';

export type PlannedFault = PlannedFaultOf<Fault, FaultPlace>;
export type Faults = FaultsOf<Fault, FaultPlace>;
