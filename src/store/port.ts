import type { Readable } from 'node:stream';
import type { ZodType } from 'zod';

/**
 * The storage port: all that a feature may ask of a store. Two drivers stand behind it (`sqlite/`, `mongo/`),
 * and one contract suite runs on both. Every operation is one that MongoDB can do atomically on one document, or a
 * `write` unit whose ordered, keyed operations may be repeated without harm where a deployment has no transactions.
 *
 * A document is plain JSON (well-formed strings, finite numbers, booleans, null, lists, objects); what its schema makes
 * of it is stored, so a schema must give its own result back unchanged. Times are ISO 8601 strings in UTC
 * with milliseconds, so that text order is time order. `version` starts at 1 and grows by one with every change.
 */
export interface Document {
  id: string;
  version: number;
}

export type Scalar = string | number | boolean;

/** An index over declared fields, in order. A document whose value for any of its fields is null or absent is not in it. */
export interface Index {
  name: string;
  /**
   * Top-level field names. With `list`, the first names a field that holds a list of strings: one entry per element,
   * and a query must fix it (by equality or `in`).
   */
  on: readonly string[];
  unique?: boolean;
  list?: boolean;
}

/** What a collection is, declared once; both drivers make their tables and indexes from it. */
export interface Collection<T extends Document> {
  name: string;
  schema: ZodType<T>;
  indexes: readonly Index[];
  /** Further top-level fields by which a query served by an index may be narrowed. */
  filters?: readonly string[];
  /** Field with an ISO time after which the document may be removed by `sweep`. */
  expires?: string;
  /** Folded words under which `search` finds the document; computed anew at every change. */
  terms?: (document: T) => readonly string[];
  /** The top-level text fields that `terms` looks at; where none of them changed, its result stands. Absent: it may look at all. */
  termsFrom?: readonly string[];
  /**
   * Put every change of this collection into the change feed. Where several processes share a store, one that dies right
   * after a write may leave the others without word of it; `sure` has them told all the same, for what they keep at hand.
   */
  feed?: boolean | 'sure';
}

export type Condition = Scalar | { in: readonly Scalar[] } | { gt?: Scalar; gte?: Scalar; lt?: Scalar; lte?: Scalar };

/**
 * A page of documents in the order of one index. `where` fixes a prefix of the index's fields by equality (or `in`);
 * the next field may be bounded by a range; further conditions are allowed only on declared filters. Anything else
 * is refused with a `StoreError` of code `query-not-indexed`, so that cost cannot grow unseen.
 */
export interface Query {
  index: string;
  where?: Readonly<Record<string, Condition>>;
  /** Direction over the index fields that equality does not fix, then over id. Default `asc`. */
  order?: 'asc' | 'desc';
  /** 1 to 1000; default 50. */
  limit?: number;
  /** From a former page's `nextCursor`. */
  cursor?: string;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Puts a new document. With `onDuplicate: 'keep'` a document with the same id counts as done (a repeated unit). */
export interface Insert<T extends Document = Document> {
  op: 'insert';
  in: Collection<T>;
  document: T;
  onDuplicate?: 'fail' | 'keep';
}

/** Changes one document. `expect` is the version it must have; `when` are values that it must have (fencing). */
export interface Update<T extends Document = Document> {
  op: 'update';
  in: Collection<T>;
  id: string;
  expect?: number;
  when?: Readonly<Record<string, Scalar | null>>;
  /** A field that is undefined here is left out of the document. */
  set?: Partial<Omit<T, 'id' | 'version'>>;
  /** Numeric top-level fields to add to; an absent or null one counts as 0. */
  add?: Readonly<Record<string, number>>;
}

export interface Remove<T extends Document = Document> {
  op: 'remove';
  in: Collection<T>;
  id: string;
  expect?: number;
}

// biome-ignore lint/suspicious/noExplicitAny: a unit mixes operations on collections of different documents
export type Op = Insert<any> | Update<any> | Remove<any>;

/**
 * The outcome of a unit. On failure nothing of it is kept: `at` is the index of the operation that could not be done,
 * `reason` why (`duplicate` with the violated `index`, `id` for the key; `conflict` with the `current` document;
 * `missing` where there is none). On success `documents[i]` is the document after operation i (null for a removal).
 */
export type WriteResult =
  | { ok: true; documents: (Document | null)[] }
  | { ok: false; at: number; reason: 'duplicate' | 'conflict' | 'missing'; index?: string; current?: Document };

/** Takes the oldest due documents for `owner`: atomically moves `field` to now + leaseMs and sets `claimedBy`. */
export interface Claim {
  /** An index whose first field not fixed by `where` is `field`. */
  index: string;
  where?: Readonly<Record<string, Scalar>>;
  field: string;
  now: string;
  leaseMs: number;
  owner: string;
  limit: number;
}

/** One committed change. `kind` is what was done; `cursor` grows with every change of the feed. */
export interface Change {
  cursor: number;
  collection: string;
  id: string;
  kind: 'insert' | 'update' | 'remove';
}

export interface Blobs {
  /**
   * Streams bytes to durable storage under a fresh id of the caller's; resolves when they are durable.
   * Rejects with a `StoreError` of code `blob-too-large` beyond `maxBytes`, keeping nothing.
   */
  put(id: string, from: AsyncIterable<Uint8Array>, maxBytes: number): Promise<{ bytes: number; sha256: string }>;
  /** The bytes as a stream, or null where there are none. */
  get(id: string): Promise<Readable | null>;
  remove(id: string): Promise<void>;
}

export interface Store {
  /** `sqlite` or `mongo`: for health and log lines only; no feature may decide by it. */
  readonly driver: string;
  /** True where this process alone has the store, so that leases left by an earlier process are void. */
  readonly exclusive: boolean;
  get<T extends Document>(from: Collection<T>, id: string): Promise<T | null>;
  /** In the order of `ids`, without those that do not exist. At most 1000 ids. */
  getMany<T extends Document>(from: Collection<T>, ids: readonly string[]): Promise<T[]>;
  find<T extends Document>(from: Collection<T>, query: Query): Promise<Page<T>>;
  /** How many a query (without limit and cursor) would give, counted on the index. */
  count<T extends Document>(from: Collection<T>, query: Pick<Query, 'index' | 'where'>): Promise<number>;
  /** Documents that have, for every given folded word, a term that begins with it; newest id first. */
  search<T extends Document>(
    from: Collection<T>,
    words: readonly string[],
    options?: { limit?: number; cursor?: string },
  ): Promise<Page<T>>;
  /** All or nothing and durable when it resolves. Writes that arrive together share one commit. */
  write(unit: readonly Op[]): Promise<WriteResult>;
  claim<T extends Document>(from: Collection<T>, claim: Claim): Promise<T[]>;
  /** The next value of a named counter, from 1, never given twice. */
  next(counter: string): Promise<number>;
  /**
   * Calls back after each commit with the changes of collections that have a feed: at once with those of this process, soon
   * with those of others. Returns a function that stops it.
   */
  watch(listener: (changes: readonly Change[]) => void): () => void;
  /** Changes after a cursor (0: from the oldest kept), oldest first. */
  changes(after: number, limit: number): Promise<Change[]>;
  /** Removes expired documents, at most `limit`; gives how many. */
  sweep(now: string, limit: number): Promise<number>;
  readonly blobs: Blobs;
  /** Resolves when the store can write, else rejects with a `StoreError` that says what is wrong. */
  check(): Promise<void>;
  /** A consistent copy of everything, taken while running, into a new directory. */
  backup(directory: string): Promise<void>;
  close(): Promise<void>;
}

/** Every declared collection must be handed to the driver at opening. */
// biome-ignore lint/suspicious/noExplicitAny: a list of collections of different documents
export type AnyCollection = Collection<any>;

export type StoreErrorCode =
  | 'in-use'
  | 'corrupt'
  | 'disk-full'
  | 'read-only'
  | 'newer-data'
  | 'query-not-indexed'
  | 'document-invalid'
  | 'blob-too-large'
  | 'closed'
  /** It cannot be reached now, or gave no answer in time; whether the write was done is not known. Trying again is right. */
  | 'unavailable'
  | 'failed';

/** What went wrong in the store, as a sentence for the operator that says what to do. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
