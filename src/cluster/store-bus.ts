import type { Log } from '../channel/channel.ts';
import { type Clock, iso } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { Change, Store } from '../store/port.ts';
import { batch, createBatches } from './batches.ts';
import type { Bus } from './bus.ts';
import { type StoredSignal, signals } from './stored.ts';
import { createTopics, type Topics } from './topics.ts';
import { createTrouble } from './trouble.ts';

export interface BusOptions {
  store: Store;
  clock: Clock;
  ids: Ids;
  log: Log;
}

/** A bus that can be left. */
export interface OpenBus extends Bus {
  stop(): Promise<void>;
}

const expireMs = 60_000;
/** Others ask the store for news about every 100 ms, so faster writing would only cost. */
const pauseMs = 25;
const retryMs = 500;
/** So many unread ones are kept while the store is away; they are old by then. */
const mostUnread = 1000;

const inJson = (said: string) => batch.parse(JSON.parse(said));

/** Reads signals in the order in which the store told of them, and tells the listeners. */
function createReading({ store, clock, log }: BusOptions, topics: Topics): (ids: readonly string[]) => void {
  let unread: string[] = [];
  let isReading = false;
  const trouble = createTrouble(log, {
    met: 'what other processes say cannot be read now',
    over: 'what other processes say can be read again',
  });
  const readAll = async (): Promise<void> => {
    isReading = true;
    while (unread.length > 0) {
      const ids = unread;
      unread = [];
      try {
        for (const { said } of await store.getMany(signals, ids))
          for (const [topic, payload] of inJson(said)) topics.tell(topic, payload);
        trouble.over();
      } catch (error) {
        trouble.met(error);
        unread = [...ids, ...unread].slice(-mostUnread);
        await new Promise<void>((resolve) => clock.after(retryMs, resolve));
      }
    }
    isReading = false;
  };
  return (ids) => {
    if (ids.length === 0) return;
    unread = [...unread, ...ids].slice(-mostUnread);
    if (!isReading) void readAll();
  };
}

/** The bus through the store itself: one document for all that is said in a turn, which the others find in the feed. */
export function openStoreBus(options: BusOptions): OpenBus {
  const { store, clock, ids, log } = options;
  const topics = createTopics(log);
  const name = ids.next();
  let count = 0;
  const send = async (said: string): Promise<void> => {
    count += 1;
    const expiresAt = iso(clock.now() + expireMs);
    const document: StoredSignal = { id: `${name}.${count}`, version: 1, said, expiresAt };
    await store.write([{ op: 'insert', in: signals, document }]);
  };
  const batches = createBatches({ send, clock, log, pauseMs });
  const read = createReading(options, topics);
  const isNews = ({ collection, kind, id }: Change): boolean =>
    collection === signals.name && kind === 'insert' && !id.startsWith(`${name}.`);
  const unwatch = store.watch((changes) => read(changes.filter(isNews).map(({ id }) => id)));
  return {
    publish: batches.publish,
    subscribe: topics.subscribe,
    async stop() {
      unwatch();
      await batches.stop();
    },
  };
}
