import { Redis } from 'ioredis';
import { z } from 'zod';
import { batch, createBatches } from './batches.ts';
import type { BusOptions, OpenBus } from './store-bus.ts';
import { leases } from './stored.ts';
import { createTopics, type Topics } from './topics.ts';
import { createTrouble } from './trouble.ts';

export interface RedisBusOptions extends BusOptions {
  redisUrl: string;
}

/** So long an opening waits for Redis; it goes on without, and Redis joins when it is there. */
const openingMs = 3000;
const retryMost = 2000;

const envelope = z.object({ from: z.string(), said: z.string() });

/** The lease document under which a store's own name stands: no lease that anybody asks for. */
const nameId = 'store-name';

/** A name that all processes of a store share and no other store has, so that several may use one Redis. */
async function nameOf({ store, ids }: BusOptions): Promise<string> {
  const found = await store.get(leases, nameId);
  if (found?.note) return found.note;
  const document = { id: nameId, version: 1, owner: null, epoch: 0, at: new Date(0).toISOString(), note: ids.token() };
  await store.write([{ op: 'insert', in: leases, document, onDuplicate: 'keep' }]);
  return (await store.get(leases, nameId))?.note ?? document.note;
}

const connect = (redisUrl: string, role: string, enableOfflineQueue: boolean): Redis =>
  new Redis(redisUrl, {
    connectionName: `wasl-${role}`,
    enableOfflineQueue,
    maxRetriesPerRequest: null,
    retryStrategy: (tries) => Math.min(tries * 100, retryMost),
    connectTimeout: openingMs,
  });

/** Hears what other processes say; a Redis that was away is subscribed to again by the library. */
function hear(
  subscriber: Redis,
  { channel, name, log }: { channel: string; name: string } & Pick<BusOptions, 'log'>,
  topics: Topics,
) {
  subscriber.on('message', (_channel, text) => {
    try {
      const { from, said } = envelope.parse(JSON.parse(text));
      if (from === name) return;
      for (const [topic, payload] of batch.parse(JSON.parse(said))) topics.tell(topic, payload);
    } catch (error) {
      log.error({ err: error }, 'something in Redis was not said by Wasl');
    }
  });
  return subscriber.subscribe(channel);
}

const ready = (redis: Redis): Promise<void> =>
  redis.status === 'ready' ? Promise.resolve() : new Promise((resolve) => redis.once('ready', () => resolve()));

/** A bus that may be away. */
export interface RedisBus extends OpenBus {
  isThere(): boolean;
}

/** The bus over Redis: one connection to speak, one to hear. While Redis is away nothing is told; it comes back by itself. */
export async function openRedisBus(options: RedisBusOptions): Promise<RedisBus> {
  const { redisUrl, clock, ids, log } = options;
  const channel = `wasl:${await nameOf(options)}`;
  const name = ids.next();
  const topics = createTopics(log);
  const trouble = createTrouble(log, { met: 'Redis cannot be reached', over: 'Redis can be reached' });
  const publisher = connect(redisUrl, 'speaks', false);
  const subscriber = connect(redisUrl, 'hears', true);
  for (const redis of [publisher, subscriber]) redis.on('error', trouble.met).on('ready', trouble.over);
  const subscribed = hear(subscriber, { channel, name, log }, topics).catch(trouble.met);
  const send = async (said: string): Promise<void> => {
    await publisher.publish(channel, JSON.stringify({ from: name, said }));
  };
  const batches = createBatches({ send, clock, log, pauseMs: 0 });
  const opened = Promise.all([ready(publisher), subscribed]).then(() => undefined);
  await Promise.race([opened, new Promise<void>((resolve) => setTimeout(resolve, openingMs).unref())]);
  return {
    isThere: () => publisher.status === 'ready' && subscriber.status === 'ready',
    publish: batches.publish,
    subscribe: topics.subscribe,
    async stop() {
      await batches.stop();
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}
