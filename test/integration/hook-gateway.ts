import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coreSettings, readSettings } from '../../src/config.ts';
import { createGateway, type Gateway } from '../../src/gateway.ts';
import { arrivals } from '../../src/message/arrival.ts';
import { messages } from '../../src/message/message.ts';
import type { Op, Store } from '../../src/store/port.ts';
import { createHookKind, type HookWorld, type Posted, postHook } from '../fakes/hook-kind.ts';
import { removeStore, storeEnv } from '../support/store-env.ts';

const token = 'token-of-the-test-administrator';

export interface HookGateway {
  gateway: Gateway;
  world: HookWorld;
  url: string;
  post(body: Posted | string, secret?: string): Promise<Response>;
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads
  ask(method: string, path: string, body?: unknown): Promise<{ status: number; headers: Headers; body: any }>;
  /** Stops and starts again on the same directory; with what was changed in between. */
  restart(between?: (store: Store) => Promise<void>): Promise<void>;
  /** Runs before each unit of writes that has an operation on the named collection. */
  beforeWrite(collection: string, run: (unit: readonly Op[]) => Promise<void> | void): void;
  waiting(): Promise<number>;
  texts(inboxId: string): Promise<string[]>;
  close(): Promise<void>;
}

export const said = (id: string, text = 'السلام عليكم', from = 'sara', account = '1'): Posted => ({
  accounts: [account],
  said: [{ id, from, text }],
});

const inboxesOf = (accounts: readonly string[]) =>
  accounts.map((ACCOUNT) => ({
    kind: 'hook',
    inboxId: `inbox-${ACCOUNT}`,
    values: { SECRET: 'word-of-hook', ACCOUNT },
  }));

/** A whole gateway whose inboxes are of a kind whose provider posts, one for each account. */
export async function openHookGateway(
  accounts: readonly string[] = ['1', '2'],
  env: Record<string, string> = {},
): Promise<HookGateway> {
  const directory = mkdtempSync(join(tmpdir(), 'wasl-hook-'));
  const { kind, world } = createHookKind();
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const begin = async (): Promise<Gateway> => {
    const gateway = await createGateway({
      settings: readSettings(coreSettings, { PORT: '0', ...storeEnv(directory), API_TOKEN: token, ...env }),
      root: join(import.meta.dirname, '../..'),
      version: 'test',
      kinds: [kind],
      inboxes: inboxesOf(accounts),
      log: quiet,
    });
    await gateway.start();
    return gateway;
  };
  const opened: HookGateway = {
    gateway: await begin(),
    world,
    get url() {
      return `http://127.0.0.1:${opened.gateway.port()}`;
    },
    post: (body, secret) => postHook(opened.url, body, secret),
    async ask(method, path, body) {
      const response = await fetch(opened.url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const json = response.headers.get('content-type')?.includes('json');
      return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
    },
    async restart(between) {
      if (between) await between(opened.gateway.store);
      await opened.gateway.stop();
      opened.gateway = await begin();
    },
    beforeWrite(collection, run) {
      const { store } = opened.gateway;
      const write = store.write.bind(store);
      store.write = async (unit) => {
        if (unit.some((op) => op.in.name === collection)) await run(unit);
        return write(unit);
      };
    },
    waiting: () => opened.gateway.store.count(arrivals, { index: 'by-due', where: {} }),
    async texts(inboxId) {
      const where = { inboxId };
      const page = await opened.gateway.store.find(messages, { index: 'by-external-id', where, limit: 1000 });
      return page.items
        .filter(({ direction }) => direction === 'inbound')
        .map(({ conversationId, seq, text }) => ({ key: `${conversationId} ${String(seq).padStart(6, '0')}`, text }))
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .map(({ text }) => text);
    },
    async close() {
      await opened.gateway.stop();
      await removeStore(directory);
    },
  };
  return opened;
}
