import { iso } from '../../../src/clock.ts';
import { type Endpoint, endpoint, type SignedBy } from './endpoint.ts';
import { invalid, notFound, Refusal } from './problems.ts';
import * as schema from './schema.ts';
import type { Subscription, Subscriptions } from './subscriptions.ts';
import type { Hook, Webhooks } from './webhooks.ts';
import type { World } from './world.ts';

/** What the endpoints of webhooks and subscriptions work on. */
export interface Administration {
  world: World;
  webhooks: Webhooks;
  subscriptions: Subscriptions;
}

const anyone: readonly SignedBy[] = ['user', 'app'];
const appOnly: readonly SignedBy[] = ['app'];
const userOnly: readonly SignedBy[] = ['user'];

const hookOf = (webhooks: Webhooks, id: string): Hook => {
  const hook = webhooks.get(id);
  if (!hook) throw new Refusal(notFound(`Could not find webhook with id: [${id}].`));
  return hook;
};

const described = ({ id, url, valid, createdAt }: Hook) => ({ id, url, valid, created_at: createdAt });

/** Page "Webhooks" of X: https and no port. An address of this machine is let through, for tests. */
const isAllowed = (url: string): boolean => {
  const { protocol, port, hostname } = new URL(url);
  return ['127.0.0.1', 'localhost'].includes(hostname) || (protocol === 'https:' && port === '');
};

/** `202611212145`, in UTC. */
const minuteOf = (text: string): number => {
  const [year, month, day, hour, minute] = [text.slice(0, 4), ...(text.slice(4).match(/../g) ?? [])];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
};

const webhookEndpoints = ({ webhooks, world }: Administration): Endpoint[] => [
  endpoint({
    method: 'post',
    path: '/2/webhooks',
    name: 'webhooks',
    signers: anyone,
    place: 'admin',
    body: schema.webhookBody,
    async answer({ body: { url } }) {
      if (!isAllowed(url)) throw new Refusal(invalid('The URL must be https, without a port.', { url: [url] }));
      if (webhooks.all().some((hook) => hook.url === url))
        throw new Refusal(invalid('The URL is in use already.', { url: [url] }));
      const hook = webhooks.add(url);
      if (await webhooks.challenge(hook)) return { body: { data: described(hook) } };
      webhooks.remove(hook.id);
      throw new Refusal(invalid('The URL did not pass the challenge-response check.', { url: [url] }));
    },
  }),
  endpoint({
    method: 'get',
    path: '/2/webhooks',
    name: 'webhooks',
    signers: appOnly,
    place: 'admin',
    query: schema.webhooksQuery,
    answer: () => {
      const data = webhooks.all().map(described);
      return { body: { data, meta: { result_count: data.length } } };
    },
  }),
  endpoint({
    method: 'put',
    path: '/2/webhooks/:webhook_id',
    name: 'webhooks',
    signers: anyone,
    place: 'admin',
    params: schema.byWebhook,
    answer: async ({ path }) => ({
      body: { data: { valid: await webhooks.challenge(hookOf(webhooks, path.webhook_id)) } },
    }),
  }),
  endpoint({
    method: 'delete',
    path: '/2/webhooks/:webhook_id',
    name: 'webhooks',
    signers: anyone,
    place: 'admin',
    params: schema.byWebhook,
    answer({ path }) {
      hookOf(webhooks, path.webhook_id);
      return { body: { data: { deleted: webhooks.remove(path.webhook_id) } } };
    },
  }),
  endpoint({
    method: 'post',
    path: '/2/webhooks/replay',
    name: 'replay',
    signers: appOnly,
    place: 'admin',
    body: schema.replayBody,
    answer({ body }) {
      const hook = hookOf(webhooks, body.webhook_id);
      webhooks.replay(hook, minuteOf(body.from_date), minuteOf(body.to_date));
      return { body: { data: { job_id: world.ids.next(), created_at: iso(world.clock.now()) } } };
    },
  }),
];

const subscriptionOf = (subscriptions: Subscriptions, id: string): Subscription => {
  const found = subscriptions.get(id);
  if (!found) throw new Refusal(notFound(`Could not find subscription with id: [${id}].`));
  return found;
};

const subscriptionEndpoints = ({ subscriptions, webhooks }: Administration): Endpoint[] => [
  endpoint({
    method: 'post',
    path: '/2/activity/subscriptions',
    name: 'subscriptions',
    signers: anyone,
    place: 'admin',
    body: schema.subscriptionBody,
    answer({ body }) {
      if (body.webhook_id !== undefined) hookOf(webhooks, body.webhook_id);
      const isThere = subscriptions
        .all()
        .some((one) => one.event_type === body.event_type && one.filter.user_id === body.filter.user_id);
      if (isThere) throw new Refusal(invalid('Subscription already exists.', { event_type: [body.event_type] }));
      return { body: { data: { subscription: subscriptions.add(body) } } };
    },
  }),
  endpoint({
    method: 'get',
    path: '/2/activity/subscriptions',
    name: 'subscriptions',
    signers: anyone,
    place: 'admin',
    query: schema.subscriptionsQuery,
    answer({ query }) {
      const data = subscriptions.all().slice(0, query.max_results);
      // `meta` is not in the document; public guides show it
      return { body: { data, meta: { total_subscriptions: subscriptions.all().length } } };
    },
  }),
  endpoint({
    method: 'put',
    path: '/2/activity/subscriptions/:subscription_id',
    name: 'subscriptions',
    signers: appOnly,
    place: 'admin',
    params: schema.bySubscription,
    body: schema.subscriptionChange,
    answer({ path, body }) {
      const subscription = subscriptions.change(subscriptionOf(subscriptions, path.subscription_id), body);
      return { body: { data: { subscription, total_subscriptions: subscriptions.all().length } } };
    },
  }),
  endpoint({
    method: 'delete',
    path: '/2/activity/subscriptions/:subscription_id',
    name: 'subscriptions',
    signers: appOnly,
    place: 'admin',
    params: schema.bySubscription,
    answer({ path }) {
      subscriptionOf(subscriptions, path.subscription_id);
      return { body: { data: { deleted: subscriptions.remove(path.subscription_id) } } };
    },
  }),
  endpoint({
    method: 'delete',
    path: '/2/activity/subscriptions',
    name: 'subscriptions',
    signers: appOnly,
    place: 'admin',
    query: schema.idsQuery,
    answer({ query }) {
      const data = query.ids.map((id) => ({ subscription_id: id, deleted: subscriptions.remove(id) }));
      return { body: { data, meta: { total_subscriptions: subscriptions.all().length } } };
    },
  }),
];

const accountActivityEndpoints = ({ world, webhooks, subscriptions }: Administration): Endpoint[] => {
  const usersOf = (id: string): Set<string> => subscriptions.accountActivity.get(hookOf(webhooks, id).id) ?? new Set();
  const common = { name: 'accountActivity', place: 'admin' } as const;
  const all = '/2/account_activity/webhooks/:webhook_id/subscriptions/all';
  return [
    endpoint({
      ...common,
      method: 'post',
      path: all,
      signers: userOnly,
      params: schema.byWebhook,
      answer({ path }) {
        const users = usersOf(path.webhook_id).add(world.account.id);
        subscriptions.accountActivity.set(path.webhook_id, users);
        return { body: { data: { subscribed: true } } };
      },
    }),
    endpoint({
      ...common,
      method: 'get',
      path: all,
      signers: userOnly,
      params: schema.byWebhook,
      answer: ({ path }) => ({ body: { data: { subscribed: usersOf(path.webhook_id).has(world.account.id) } } }),
    }),
    endpoint({
      ...common,
      method: 'get',
      path: `${all}/list`,
      signers: appOnly,
      params: schema.byWebhook,
      answer({ path }) {
        const hook = hookOf(webhooks, path.webhook_id);
        const list = [...usersOf(hook.id)].map((user_id) => ({ user_id }));
        const data = { application_id: '29820954', webhook_id: hook.id, webhook_url: hook.url, subscriptions: list };
        return { body: { data } };
      },
    }),
    endpoint({
      ...common,
      method: 'delete',
      path: '/2/account_activity/webhooks/:webhook_id/subscriptions/:user_id/all',
      signers: appOnly,
      params: schema.byWebhookAndUser,
      answer({ path }) {
        usersOf(path.webhook_id).delete(path.user_id);
        return { body: { data: { subscribed: false } } };
      },
    }),
    endpoint({
      ...common,
      method: 'get',
      path: '/2/account_activity/subscriptions/count',
      signers: appOnly,
      answer() {
        const count = [...subscriptions.accountActivity.values()].reduce((sum, users) => sum + users.size, 0);
        const data = {
          account_name: 'wasl',
          provisioned_count: '15',
          subscriptions_count_all: String(count),
          subscriptions_count_direct_messages: '0',
        };
        return { body: { data } };
      },
    }),
  ];
};

/** Webhooks and subscriptions. */
export const adminEndpoints = (administration: Administration): Endpoint[] => [
  ...webhookEndpoints(administration),
  ...subscriptionEndpoints(administration),
  ...accountActivityEndpoints(administration),
];
