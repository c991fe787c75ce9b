import { type AnyCollection, type Store, StoreError } from '../port.ts';

export interface MongoOptions {
  url: string;
  collections: readonly AnyCollection[];
  /** Time in ms. */
  now?: () => number;
  /** Told of what went wrong without harm to the store, such as a failing listener. */
  warn?: (message: string) => void;
}

/**
 * Opens the store in a MongoDB database, bringing its data to this version.
 * @throws StoreError `unavailable`, `newer-data` or `failed`.
 */
export async function openMongoStore(options: MongoOptions): Promise<Store> {
  throw new StoreError('failed', `MONGODB_URL: not supported yet (${options.collections.length} collections).`);
}
