import type { Faults as FaultsOf } from '../faults.ts';
import type { Provider, Refusal } from './model.ts';

/**
 * What goes wrong: an HTTP status of 500 to 599, no answer at all, a cut connection, an answer that is no JSON, a refusal in
 * an answer that looks like success, or any refusal in the provider's own words.
 */
export type Fault = number | 'timeout' | 'cut' | 'malformed' | 'ok-with-error' | Refusal;

/** Planned for one provider, or for whichever is asked. */
export type Faults = FaultsOf<Fault, Provider>;
