import { describe } from 'vitest';
import { besideContract } from './store/beside.ts';
import { claimsContract } from './store/claims.ts';
import { documentsContract } from './store/documents.ts';
import type { Open, ServerKind } from './store/notes.ts';
import { queriesContract } from './store/queries.ts';
import { writesContract } from './store/writes.ts';

export { contractCollections, type Opened } from './store/notes.ts';

/** What every driver of the storage port must keep. `open` gives a fresh store of `contractCollections`. */
export function storeContract(name: string, open: Open, server: ServerKind = {}): void {
  describe(`the storage port on ${name}`, () => {
    documentsContract(open);
    queriesContract(open, server);
    writesContract(open);
    claimsContract(open);
    besideContract(open, server);
  });
}
