import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutboundMessage } from '../../../src/channel/outbound.ts';
import { systemClock } from '../../../src/clock.ts';
import { alone } from '../../../src/cluster/members.ts';
import { collections } from '../../../src/collections.ts';
import { createFlow } from '../../../src/flow/create-flow.ts';
import type { Flow } from '../../../src/flow/flow.ts';
import { createIds } from '../../../src/ids.ts';
import { followContent } from '../../../src/live/follow.ts';
import { seedContent } from '../../../src/live/seed.ts';
import type { Store } from '../../../src/store/port.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { loadUnderstanding } from '../../../src/understanding/load.ts';
import { createFakeChannel } from '../../fakes/channel.ts';
import { root } from './server.ts';

export interface Core {
  flow: Flow;
  directory: string;
  store: Store;
  /** Called with each message that goes out. */
  onSent(listener: (message: OutboundMessage) => void): void;
  errors: unknown[];
  close(): Promise<void>;
}

/** The flow with the shipped content on a real store, in this process; what it sends is taken at once. */
export async function openCore(): Promise<Core> {
  const directory = mkdtempSync(join(tmpdir(), 'wasl-core-'));
  mkdirSync(directory, { recursive: true });
  const store = await openSqliteStore({ directory, collections });
  const knowledgeBase = join(root, 'knowledge-base');
  await seedContent(store, { knowledgeBase, templates: join(root, 'templates') });
  const errors: unknown[] = [];
  const onError = (error: unknown): void => void errors.push(error);
  const files = await loadUnderstanding(join(knowledgeBase, 'understanding'));
  const content = await followContent(store, { timeZone: 'Asia/Riyadh', files, onError });
  const channel = createFakeChannel();
  const listeners: ((message: OutboundMessage) => void)[] = [];
  channel.send = async (message) => {
    for (const listener of listeners) listener(message);
    return { externalId: `ext-${message.id}`, status: 'accepted' };
  };
  const none = (): void => undefined;
  const log = { debug: none, info: none, warn: none, error: (fields: object) => void errors.push(fields) };
  const metrics = { received: none, sent: none, decided: none, arrival: none, file: none, notice: none };
  const ids = createIds();
  const channels = new Map([[channel.inboxId, channel]]);
  const secret = (): Uint8Array => new Uint8Array(32);
  const flow = createFlow({
    store,
    channels,
    content,
    clock: systemClock,
    ids,
    log,
    metrics,
    members: alone(ids.next()),
    serves: () => true,
    secret,
    publicUrl: 'http://localhost',
  });
  await flow.start();
  return {
    flow,
    directory,
    store,
    onSent: (listener) => void listeners.push(listener),
    errors,
    async close() {
      await flow.stop();
      content.stop();
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
