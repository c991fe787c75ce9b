import type { AnyCollection, Store } from './port.ts';
import { openSqliteStore } from './sqlite/open.ts';

export interface StoreSettings {
  DATA_DIR: string;
  MONGODB_URL?: string | undefined;
}

export interface Opening {
  collections: readonly AnyCollection[];
  /** Time in ms. */
  now: () => number;
  /** Told of what went wrong without harm to the store. */
  warn: (message: string) => void;
}

/**
 * Opens the store that the settings name: a MongoDB, else the embedded one in the data directory.
 * @throws StoreError with a sentence that says what to do.
 */
export async function openStore(settings: StoreSettings, opening: Opening): Promise<Store> {
  if (!settings.MONGODB_URL) return openSqliteStore({ ...opening, directory: settings.DATA_DIR });
  // the library behind it is loaded only where it is used
  const { openMongoStore } = await import('./mongo/open.ts');
  return openMongoStore({ ...opening, url: settings.MONGODB_URL });
}
