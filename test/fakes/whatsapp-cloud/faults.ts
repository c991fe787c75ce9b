import type { Faults as FaultsOf } from '../faults.ts';

/** What goes wrong: a code of the provider, an HTTP status of 500 to 599, no answer at all, or a cut connection. */
export type Fault = number | 'timeout' | 'reset';

/** Which requests a fault is for: messages, read marks, media (both ways), templates, the number, or any. */
export type FaultPlace = 'messages' | 'marks' | 'media' | 'templates' | 'phone' | 'any';

export type Faults = FaultsOf<Fault, FaultPlace>;
