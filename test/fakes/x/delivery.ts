import type { Posted } from '../posting.ts';
import { activityBody } from './activity.ts';
import { type Happening, happeningOf, type Made } from './happening.ts';
import { accountActivityBody } from './legacy.ts';
import type { Places } from './render.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Hook, SignatureKind, Webhooks } from './webhooks.ts';
import type { World } from './world.ts';

/** How what happened is packed into posts. */
export interface Delivery {
  /** As the X Activity API has it, one event a post, or as the Account Activity API has it. */
  as?: 'xaa' | 'aaa';
  /** Account Activity: everything in one body. */
  together?: boolean;
  /** How often each post is sent, all at once, as twins of X: another `event_uuid`, the same event. */
  times?: number;
  order?: 'given' | 'reversed';
  /** Waits before posting, by the clock. */
  delayMs?: number;
  signature?: SignatureKind;
  /** Called once for each post that is answered with 200, at once or after retries. */
  arrived?: () => void;
}

export interface DeliveryParts {
  world: World;
  places: Places;
  webhooks: Webhooks;
  subscriptions: Subscriptions;
}

/** Tells webhooks what happened. */
export interface Deliveries {
  /** To every webhook, whatever it has subscribed to. Resolves with the answers to the first attempts. */
  deliver(made: Made | readonly Made[], how?: Delivery): Promise<Posted[]>;
  /** To whoever has subscribed. */
  tell(happening: Happening, as: 'xaa' | 'aaa' | 'none'): void;
}

const bytes = (body: unknown): Buffer => Buffer.from(JSON.stringify(body));

const bodiesOf = (
  { world, places, subscriptions }: DeliveryParts,
  happenings: readonly Happening[],
  how: Delivery,
): Buffer[] => {
  if (how.as === 'aaa') {
    const groups = how.together ? [happenings] : happenings.map((one) => [one]);
    return groups.flatMap((group) => accountActivityBody(world, places, group) ?? []).map(bytes);
  }
  return happenings.flatMap((happening) =>
    happening.types.map((type) => {
      const tag = subscriptions.all().find(({ event_type }) => event_type === type)?.tag;
      return bytes(activityBody(world, places, { happening, type, ...(tag === undefined ? {} : { tag }) }));
    }),
  );
};

const waited = ({ world }: DeliveryParts, ms: number): Promise<void> =>
  new Promise((resolve) => void world.clock.after(ms, resolve));

export function createDeliveries(parts: DeliveryParts): Deliveries {
  const { world, places, webhooks, subscriptions } = parts;
  const tellActivity = (happening: Happening): void => {
    for (const { subscription, type } of subscriptions.matching(world, happening)) {
      const { tag, webhook_id } = subscription;
      const hooks: Hook[] =
        webhook_id === undefined ? webhooks.all() : [webhooks.get(webhook_id)].filter((one) => one !== undefined);
      const body = activityBody(world, places, { happening, type, ...(tag === undefined ? {} : { tag }) });
      for (const hook of hooks) void webhooks.send(hook, bytes(body));
    }
  };
  const tellAccountActivity = (happening: Happening): void => {
    const body = accountActivityBody(world, places, [happening]);
    for (const [id, users] of subscriptions.accountActivity) {
      const hook = webhooks.get(id);
      if (body && hook && users.has(world.account.id)) void webhooks.send(hook, bytes(body));
    }
  };
  return {
    async deliver(made, how = {}) {
      if (how.delayMs) await waited(parts, how.delayMs);
      const given = ([made].flat() as Made[]).map((one) => happeningOf(world, one));
      const happenings = how.order === 'reversed' ? given.reverse() : given;
      const raws = Array.from({ length: how.times ?? 1 }, () => bodiesOf(parts, happenings, how)).flat();
      return Promise.all(
        raws.flatMap((raw) => webhooks.all().map((hook) => webhooks.send(hook, raw, how.signature, how.arrived))),
      );
    },
    tell(happening, as) {
      if (as === 'xaa') tellActivity(happening);
      if (as === 'aaa') tellAccountActivity(happening);
    },
  };
}
