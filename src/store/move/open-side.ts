import type { AnyCollection } from '../port.ts';
import { openSqliteSide } from '../sqlite/side.ts';
import type { Role, Side } from './side.ts';

/** Whether a place is a database on a server rather than a directory. */
export const isAddress = (place: string): boolean => /^mongodb(\+srv)?:\/\//.test(place);

export interface SideOptions {
  /** All that is to be copied. */
  collections: readonly AnyCollection[];
  role: Role;
  /** Time in ms. */
  now: () => number;
}

/**
 * Opens a directory or a MongoDB address as one end of a move.
 * @throws StoreError with a sentence that says what to do.
 */
export async function openSide(place: string, options: SideOptions): Promise<Side> {
  if (!isAddress(place)) return openSqliteSide({ ...options, directory: place });
  // the library behind it is loaded only where it is used
  const { openMongoSide } = await import('../mongo/side.ts');
  return openMongoSide({ ...options, url: place });
}
