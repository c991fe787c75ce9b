import type { Log } from '../channel/channel.ts';
import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { Store } from '../store/port.ts';
import { startBeating } from './beating.ts';
import { type Cluster, solo } from './cluster.ts';
import { startLeasing } from './leasing.ts';
import type { RedisBus } from './redis-bus.ts';
import { type OpenBus, openStoreBus } from './store-bus.ts';

export interface ClusterOptions {
  store: Store;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** Over which processes tell each other news; without it they do through the store. */
  redisUrl?: string | undefined;
  /** Ms of a clock that nobody sets; that of the machine if it is not given. */
  monotonic?: () => number;
}

async function openBus(options: ClusterOptions): Promise<OpenBus> {
  const { redisUrl } = options;
  const slow = openStoreBus(options);
  if (!redisUrl) return slow;
  // the library behind it is loaded only where it is used
  const { openRedisBus } = await import('./redis-bus.ts');
  return eitherWay(await openRedisBus({ ...options, redisUrl }), slow);
}

/** Speaks over Redis where that is there and through the store where not, and hears both. */
const eitherWay = (quick: RedisBus, slow: OpenBus): OpenBus => ({
  publish: (topic, payload) => (quick.isThere() ? quick : slow).publish(topic, payload),
  subscribe(topic, listener) {
    const stops = [quick, slow].map((bus) => bus.subscribe(topic, listener));
    return () => {
      for (const stop of stops) stop();
    };
  },
  async stop() {
    await Promise.all([quick.stop(), slow.stop()]);
  },
});

/**
 * Makes this process one of those that share a store; where the store is this process's alone, there is nobody to share it
 * with. Rejects with a `StoreError` where the store cannot be reached.
 */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const { store, ids, monotonic = () => performance.now() } = options;
  if (store.exclusive) return solo(ids.next());
  const bus = await openBus(options);
  try {
    const members = await startBeating({ ...options, bus, monotonic });
    const leases = startLeasing({ ...options, bus, members, monotonic });
    return {
      members,
      leases,
      bus,
      async stop() {
        await leases.stop();
        await members.stop();
        await bus.stop();
      },
    };
  } catch (error) {
    await bus.stop();
    throw error;
  }
}
