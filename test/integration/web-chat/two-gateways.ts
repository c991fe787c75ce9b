import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { collections } from '../../../src/collections.ts';
import type { Store } from '../../../src/store/port.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import type { OpenGateway } from './open-gateway.ts';

export interface TwoOptions {
  /** How often a process looks for what others wrote, in ms; without it, it hears of it at once. */
  feedMs?: number;
  env?: Record<string, string>;
}

/** The store as one of several processes has it: not for itself alone, and with news of the others a little late. */
const shared = (store: Store, feedMs: number): Store => ({
  ...store,
  exclusive: false,
  watch(listener) {
    if (feedMs === 0) return store.watch(listener);
    let waiting: Parameters<typeof listener>[0][number][] = [];
    const unwatch = store.watch((changes) => void waiting.push(...changes));
    const timer = setInterval(() => {
      const now = waiting;
      waiting = [];
      if (now.length > 0) listener(now);
    }, feedMs);
    return () => {
      unwatch();
      clearInterval(timer);
    };
  },
  close: async () => undefined,
});

/** What a test puts in the place of `openStore` by `vi.mock`. */
export const storeForBoth: { open: () => Promise<Store> } = {
  open: () => Promise.reject(new Error('no store is open')),
};

/** Two whole gateways in this process on one embedded store, which does as if it were shared. */
export async function openTwo({ feedMs = 0, env = {} }: TwoOptions = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'wasl-two-'));
  const store = await openSqliteStore({ collections, directory, now: Date.now, warn: () => undefined });
  storeForBoth.open = async () => shared(store, feedMs);
  const { openGateway } = await vi.importActual<typeof import('./open-gateway.ts')>('./open-gateway.ts');
  const own = { ENCRYPTION_KEY: 'a'.repeat(64), PUBLIC_URL: 'http://localhost', ...env };
  const gateways: OpenGateway[] = [];
  for (let at = 0; at < 2; at++) gateways.push(await openGateway({ env: own }));
  const [a, b] = gateways as [OpenGateway, OpenGateway];
  return {
    a,
    b,
    async close() {
      for (const one of gateways) await one.close();
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
