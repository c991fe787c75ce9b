import type { Readable } from 'node:stream';
import { z } from 'zod';
import { type AnyCollection, type Document, StoreError } from '../port.ts';

/** That a move into a place was begun and has not ended. It is kept in the place, which no Wasl opens as long as it stands. */
export const marker = z.object({
  /** The place that is copied, as its side names it. */
  from: z.string(),
  startedAt: z.iso.datetime(),
});
export type Marker = z.infer<typeof marker>;

/** The refusal of a driver to open a place whose move was cut off. */
export const cutOff = (place: string, { from }: Marker): StoreError =>
  new StoreError(
    'failed',
    `${place} holds a copy of ${from} that was cut off before its end. Run npm run migrate-store again as it was run: it goes on. Or empty ${place}.`,
  );

/** One end of a move: a whole store, without what guards it while it is used. Documents keep their versions. */
export interface Side {
  /** The place as people are told of it: a directory, or a database's address without its password. */
  readonly place: string;
  /** The version of its data; null where no Wasl has ever written here. */
  dataVersion(): Promise<number | null>;
  /** What is here already that a copy would mix with, in a few words; null where there is nothing. */
  held(): Promise<string | null>;
  /** Whether a Wasl runs on it now. */
  isUsed(): Promise<boolean>;
  marker(): Promise<Marker | null>;
  /** Makes an empty place ready to be copied into; may be repeated. The marker is durable before anything else. */
  begin(marker: Marker): Promise<void>;
  /** Makes a finished copy a store: its version is written, then the marker is taken away. */
  end(): Promise<void>;
  count(from: AnyCollection): Promise<number>;
  /** Every document, a part at a time. */
  documents(from: AnyCollection): AsyncIterable<Document[]>;
  getMany(from: AnyCollection, ids: readonly string[]): Promise<Document[]>;
  /** Puts documents as they are; one whose id is there already stays as it is. */
  insert(into: AnyCollection, documents: readonly Document[]): Promise<void>;
  clear(into: AnyCollection): Promise<void>;
  counters(): Promise<Map<string, number>>;
  /** Sets these counters, and removes all others. */
  setCounters(values: ReadonlyMap<string, number>): Promise<void>;
  blobs(): AsyncIterable<BlobFact>;
  /** The size of a blob; null where it is not there. */
  blobBytes(id: string): Promise<number | null>;
  getBlob(id: string): Promise<Readable | null>;
  /** Durable and whole when it resolves; one of the same id must not be there. */
  putBlob(id: string, from: AsyncIterable<Uint8Array>): Promise<void>;
  removeBlob(id: string): Promise<void>;
  close(): Promise<void>;
}

export interface BlobFact {
  id: string;
  bytes: number;
}

/** Which end of a move a place is: of a source nothing is changed. */
export type Role = 'source' | 'target';

/** The parts of a reading, whose failure is told as `explain` says. */
export async function* explaining<T>(parts: AsyncIterable<T>, explain: (error: unknown) => Error): AsyncGenerator<T> {
  try {
    yield* parts;
  } catch (error) {
    throw explain(error);
  }
}
