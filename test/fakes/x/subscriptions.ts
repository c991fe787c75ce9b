import { type Clock, iso } from '../../../src/clock.ts';
import { filterUserOf, type Happening } from './happening.ts';
import type { Ids } from './ids.ts';
import type { World } from './world.ts';

/** A subscription of the X Activity API, as it is answered. */
export interface Subscription {
  subscription_id: string;
  event_type: string;
  filter: { user_id?: string | undefined; keyword?: string | undefined; direction?: string | undefined };
  tag?: string | undefined;
  webhook_id?: string | undefined;
  created_at: string;
  updated_at: string;
}

/** Who is told of what. */
export interface Subscriptions {
  all(): Subscription[];
  get(id: string): Subscription | undefined;
  add(given: Pick<Subscription, 'event_type' | 'filter' | 'tag' | 'webhook_id'>): Subscription;
  change(one: Subscription, to: Pick<Subscription, 'tag' | 'webhook_id'>): Subscription;
  remove(id: string): boolean;
  /** Which subscriptions a happening is told to, and as what. */
  matching(world: World, happening: Happening): { subscription: Subscription; type: Happening['types'][number] }[];
  /** Subscriptions of the Account Activity API: users by webhook. */
  accountActivity: Map<string, Set<string>>;
}

export function createSubscriptions(clock: Clock, ids: Ids): Subscriptions {
  const all = new Map<string, Subscription>();
  return {
    all: () => [...all.values()],
    get: (id) => all.get(id),
    add(given) {
      const now = iso(clock.now());
      const one: Subscription = { subscription_id: ids.next(), ...given, created_at: now, updated_at: now };
      all.set(one.subscription_id, one);
      return one;
    },
    change(one, to) {
      if (to.tag !== undefined) one.tag = to.tag;
      if (to.webhook_id !== undefined) one.webhook_id = to.webhook_id;
      one.updated_at = iso(clock.now());
      return one;
    },
    remove: (id) => all.delete(id),
    matching(world, happening) {
      const user = filterUserOf(world, happening);
      return happening.types.flatMap((type) =>
        [...all.values()]
          .filter((one) => one.event_type === type && (user === null || one.filter.user_id === user))
          .map((subscription) => ({ subscription, type })),
      );
    },
    accountActivity: new Map(),
  };
}
