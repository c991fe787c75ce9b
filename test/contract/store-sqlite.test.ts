import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { contractCollections, type Opened, storeContract } from './store-contract.ts';

const ignore = (): void => undefined;

async function open(): Promise<Opened> {
  const directory = await mkdtemp(join(tmpdir(), 'wasl-store-'));
  const openAgain = (): Promise<Store> =>
    openSqliteStore({ directory, collections: contractCollections, warn: ignore });
  let store = await openAgain();
  return {
    store,
    async reopen() {
      await store.close();
      store = await openAgain();
      return store;
    },
    async cleanup() {
      await store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

storeContract('SQLite', open);
