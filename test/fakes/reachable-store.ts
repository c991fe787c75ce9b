import { type Store, StoreError } from '../../src/store/port.ts';

/** A store that can be cut off from one process: everything asked of it then fails as unavailable. */
export interface ReachableStore extends Store {
  isDown: boolean;
  /** How often it was asked in vain. */
  asked: number;
  /** How many questions wait for their answer. */
  inHand: number;
}

const asking = ['get', 'getMany', 'find', 'count', 'search', 'write', 'claim', 'next', 'changes', 'sweep', 'check'];

export function createReachableStore(store: Store): ReachableStore {
  const facts = { isDown: false, asked: 0, inHand: 0 };
  return new Proxy(store, {
    get(target, field) {
      if (field in facts) return facts[field as keyof typeof facts];
      const value: unknown = Reflect.get(target, field);
      if (typeof value !== 'function') return value;
      if (!asking.includes(String(field))) return value.bind(target);
      return async (...given: unknown[]) => {
        if (!facts.isDown) {
          facts.inHand += 1;
          return value.apply(target, given).finally(() => {
            facts.inHand -= 1;
          });
        }
        facts.asked += 1;
        throw new StoreError('unavailable', 'The store cannot be reached.');
      };
    },
    set: (_target, field, value) => Reflect.set(facts, field, value),
  }) as ReachableStore;
}
