import type { Log } from '../channel/channel.ts';
import type { Bus } from './bus.ts';

/** Who listens to what is said. */
export interface Topics {
  subscribe: Bus['subscribe'];
  tell(topic: string, payload: unknown): void;
}

export function createTopics(log: Log): Topics {
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  return {
    subscribe(topic, listener) {
      const all = listeners.get(topic) ?? new Set();
      listeners.set(topic, all);
      const own = (payload: unknown): void => listener(payload);
      all.add(own);
      return () => void all.delete(own);
    },
    tell(topic, payload) {
      for (const listener of [...(listeners.get(topic) ?? [])]) {
        try {
          listener(payload);
        } catch (error) {
          log.error({ err: error, topic }, 'a listener for what other processes say failed');
        }
      }
    },
  };
}
