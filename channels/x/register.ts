import { z } from 'zod';
import type { ChannelDeps } from '../../src/channel/channel.ts';
import { SendError } from '../../src/channel/send-error.ts';
import type { XClient } from './client.ts';
import type { Self } from './reading.ts';
import type { XSettings } from './settings.ts';

/** What Wasl wants to be told of; the others of X's events are not about care. */
const wanted = [
  'post.create',
  'post.mention.create',
  'post.reply.create',
  'post.quote.create',
  'post.delete',
  'dm.received',
  'dm.sent',
  'dm.read',
  'chat.received',
] as const;

/** Sees to it that X posts events to us, and says as a sentence why it does not; polling goes on in any case. */
export interface Registration {
  start(): void;
  stop(): void;
  reason(): string | null;
  /** X posts events, as far as was known at the last look. */
  isUp(): boolean;
}

export interface RegistrationOptions {
  inboxId: string;
  by: XSettings['webhook'];
  /** Where X is to post to. */
  url: string;
  client: XClient;
  self(): Promise<Self>;
  deps: Pick<ChannelDeps, 'log' | 'clock' | 'count'>;
}

const hooks = z.object({
  data: z.array(z.object({ id: z.string(), url: z.string(), valid: z.boolean().default(false) })).default([]),
});
const made = z.object({ data: z.object({ id: z.string(), valid: z.boolean().default(true) }) });
const validated = z.object({ data: z.object({ valid: z.boolean() }) });
const subscriptions = z.object({
  data: z
    .array(
      z.object({
        event_type: z.string(),
        filter: z.object({ user_id: z.string().optional() }).default({}),
        webhook_id: z.string().optional(),
      }),
    )
    .default([]),
});
const subscribed = z.object({ data: z.object({ subscribed: z.boolean() }) });

/** X asks the webhook back while it is set up, so that Wasl must be listening already. */
const firstMs = 3_000;
const againMs = [60_000, 300_000, 3_600_000];
/** X marks a webhook as invalid that once did not answer, so it is looked at now and then. */
const lookMs = 3_600_000;

const unread = (): SendError => new SendError('unexpected-response', 'X gave an answer that cannot be read.');

const read = <T>(schema: z.ZodType<T>, given: unknown): T => {
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw unread();
  return parsed.data;
};

/** X posts only to https without a port of its own. */
const isReachable = (url: string): boolean => {
  const { protocol, port, hostname } = new URL(url);
  return (protocol === 'https:' && port === '') || ['127.0.0.1', 'localhost'].includes(hostname);
};

/** The id of the webhook, made or made valid again where that is needed. */
async function ensureWebhook({ client, url }: RegistrationOptions): Promise<string> {
  const asked = { endpoint: 'webhooks', as: 'app' } as const;
  const list = read(
    hooks,
    await client.ask(asked, (api) => api.get('webhooks', { 'webhook_config.fields': 'id,url,valid' })),
  );
  const known = list.data.find((one) => one.url === url);
  if (!known) return read(made, await client.ask(asked, (api) => api.post('webhooks', { url }))).data.id;
  if (known.valid) return known.id;
  const again = read(
    validated,
    await client.ask(asked, (api) => api.put('webhooks/:webhook_id', undefined, { params: { webhook_id: known.id } })),
  );
  if (!again.data.valid) throw new SendError('rejected', 'it asked back and did not get the right answer.');
  return known.id;
}

/** Subscribes to what is missing; private events are subscribed to as the account. */
async function subscribeToActivity({ client, self }: RegistrationOptions, webhook_id: string): Promise<void> {
  const { id: user_id } = await self();
  const list = read(
    subscriptions,
    await client.ask({ endpoint: 'subscriptions', as: 'app' }, (api) =>
      api.get('activity/subscriptions', { max_results: 1000 }),
    ),
  );
  const there = list.data.filter((one) => one.filter.user_id === user_id && one.webhook_id === webhook_id);
  const missing = wanted.filter((type) => !there.some(({ event_type }) => event_type === type));
  const tries = missing.map(async (event_type) => {
    await client.ask({ endpoint: 'subscriptions' }, (api) =>
      api.post('activity/subscriptions', { event_type, filter: { user_id }, webhook_id }),
    );
  });
  const ends = await Promise.allSettled(tries);
  const refused = missing.filter((_, at) => ends[at]?.status === 'rejected');
  // the others are told all the same
  if (refused.length > 0) throw new SendError('rejected', `it refused to tell of ${refused.join(', ')}.`);
}

async function subscribeToAccount({ client }: RegistrationOptions, webhook_id: string): Promise<void> {
  const path = 'account_activity/webhooks/:webhook_id/subscriptions/all';
  const params = { params: { webhook_id } };
  const known = read(subscribed, await client.ask({ endpoint: 'subscriptions' }, (api) => api.get(path, {}, params)));
  if (!known.data.subscribed) await client.ask({ endpoint: 'subscriptions' }, (api) => api.post(path, {}, params));
}

const sentence = (error: unknown): string =>
  `X does not post events to Wasl, so they are only asked for now and then: ${error instanceof SendError ? error.message : 'the webhook could not be set up.'}`;

export function createRegistration(options: RegistrationOptions): Registration {
  const { inboxId, by, url, deps } = options;
  let reason: string | null = null;
  let isUp = false;
  let failures = 0;
  let cancel: (() => void) | null = null;

  const ensure = async (): Promise<void> => {
    const id = await ensureWebhook(options);
    await (by === 'activity' ? subscribeToActivity : subscribeToAccount)(options, id);
  };

  const look = async (): Promise<void> => {
    try {
      await ensure();
      reason = null;
      isUp = true;
      failures = 0;
    } catch (error) {
      reason = sentence(error);
      isUp = false;
      failures += 1;
      deps.count('webhook-missing');
      const code = error instanceof SendError ? (error.providerCode ?? error.code) : 'unknown';
      deps.log.warn({ inboxId, code }, 'X does not post events: the webhook could not be set up');
    }
    const waitMs = failures === 0 ? lookMs : (againMs[failures - 1] ?? lookMs);
    if (cancel) plan(waitMs);
  };

  const plan = (ms: number): void => {
    cancel = deps.clock.after(ms, () => void look());
  };

  return {
    start() {
      if (by === 'none' || cancel) return;
      if (isReachable(url)) return plan(firstMs);
      reason = sentence(new SendError('config-invalid', 'it needs an address with https:// and without a port.'));
      cancel = () => undefined;
    },
    stop() {
      cancel?.();
      cancel = null;
      isUp = false;
    },
    reason: () => reason,
    isUp: () => isUp,
  };
}
