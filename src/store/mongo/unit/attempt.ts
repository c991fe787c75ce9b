/**
 * How an attempt ended. `taken`: a unique value or an id may be somebody else's; `again`: somebody was in the way. `rest` is
 * what is still to be done, without the caller, before others of this process may have the documents.
 */
export type Attempt =
  | { end: 'done' | 'again' | 'taken'; rest?: Promise<void> }
  | { end: 'failed'; error: unknown; rest?: Promise<void> };
