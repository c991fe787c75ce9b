import type { Channel, ChannelDeps, Sink } from '../../src/channel/channel.ts';
import type { ChannelKind, HostDeps, InboxSettings } from '../../src/channel/kind.ts';
import type { OutboundMessage, SendResult } from '../../src/channel/outbound.ts';
import { SendError } from '../../src/channel/send-error.ts';
import { isNear } from '../../src/channel/service-address.ts';
import { within } from '../../src/channel/wait.ts';
import type { ChannelWebhook } from '../../src/channel/webhook.ts';
import { createAccount } from './account.ts';
import { capabilities as usual } from './capabilities.ts';
import { takePost } from './intake.ts';
import { openNotebook } from './notebook.ts';
import { createAsk } from './providers/ask.ts';
import { createLogProvider } from './providers/log.ts';
import { type Provider, type ProviderPosts, Refusal, type Sms } from './providers/provider.ts';
import { createTaqnyat } from './providers/taqnyat.ts';
import { createTwilio } from './providers/twilio.ts';
import { createUnifonic } from './providers/unifonic.ts';
import { createSender, smsOf } from './send.ts';
import { type SmsSettings, smsKind, smsSettings } from './settings.ts';

const path = '/webhooks/sms';
/** A provider that does not answer holds up nobody's start for longer than this. */
const startMs = 1_500;
/** What is on its way when the inbox stops has so long to hear its answer. */
const stopMs = 3_000;
/** So often an account that was refused is tried again. */
const heldMs = 60_000;

function providerOf(inboxId: string, settings: SmsSettings, { log, clock, publicUrl }: HostDeps): Provider {
  switch (settings.provider) {
    case 'unifonic':
      return createUnifonic(settings, createAsk('Unifonic', clock));
    case 'taqnyat':
      return createTaqnyat(settings, createAsk('Taqnyat', clock));
    case 'twilio':
      return createTwilio(settings, createAsk('Twilio', clock), publicUrl);
    case 'log':
      return createLogProvider({ inboxId, log });
  }
}

const capabilitiesOf = ({ provider, perSecond }: SmsSettings): Channel['capabilities'] => ({
  ...usual,
  receipts: provider === 'log' ? 'sent' : usual.receipts,
  pace: usual.pace && { ...usual.pace, perSecond },
});

/** Where reports are posted; null where the provider could not reach it. */
export function callbackUrlOf(publicUrl: string, { baseUrl, webhookToken }: SmsSettings): string | null {
  const isHidden = URL.canParse(publicUrl) && isNear(new URL(publicUrl));
  const isFar = URL.canParse(baseUrl) && !isNear(new URL(baseUrl));
  if (isHidden && isFar) return null;
  return `${publicUrl}${path}${webhookToken ? `?token=${webhookToken}` : ''}`;
}

const webhookOf = (posts: ProviderPosts, take: ChannelWebhook['take']): ChannelWebhook => ({
  path,
  maxBytes: posts.maxBytes,
  challenge: () => null,
  recognise: (post) => (posts.isGenuine(post) ? posts.about(post.raw.toString('utf8')) : null),
  take,
});

const logRefusal = (log: ChannelDeps['log'], { id: deliveryId, inboxId }: OutboundMessage, error: unknown): void => {
  const { code, providerCode } = error instanceof SendError ? error : { code: 'unknown', providerCode: undefined };
  log.warn({ inboxId, deliveryId, code, providerCode }, 'a text message was not sent');
};

/** What is refused of the whole account concerns no message: it waits until that is mended, as for a server that is down. */
function heldFor(error: unknown): unknown {
  if (!(error instanceof Refusal) || !error.alarm) return error;
  const { message, providerCode } = error;
  const more = providerCode === undefined ? {} : { providerCode };
  return new SendError('unreachable', message, { ...more, scope: 'inbox', retryAfterMs: heldMs, cause: error });
}

/** What a started inbox holds. */
interface Running {
  sink: Sink;
  send(sms: Sms, signal: AbortSignal): Promise<SendResult>;
  underWay: Set<Promise<unknown>>;
  stopping: AbortController;
}

/** Sends, for as long as the inbox is not stopped. */
async function sendWhile({ send, underWay, stopping }: Running, sms: Sms, signal: AbortSignal): Promise<SendResult> {
  const sending = send(sms, AbortSignal.any([signal, stopping.signal]));
  underWay.add(sending);
  try {
    return await sending;
  } finally {
    underWay.delete(sending);
  }
}

const toNobody = 'text messages are written to the log and sent to nobody (SMS_PROVIDER=log)';

/** What keeps delivery reports from coming, or lets anybody tell them. */
function warnOfReports(
  log: ChannelDeps['log'],
  { inboxId, isReached, isOpen }: { inboxId: string; isReached: boolean; isOpen: boolean },
): void {
  if (!isReached) log.warn({ inboxId }, 'no delivery reports will come: the provider cannot reach PUBLIC_URL');
  if (isOpen)
    log.warn(
      { inboxId, setting: 'SMS_WEBHOOK_TOKEN' },
      'delivery reports are taken from anybody: set a webhook token and enter it with the address at the provider (?token=…)',
    );
}

/** One sender of text messages at a provider. */
export function createSms({ inboxId, values }: InboxSettings, deps: HostDeps): Channel {
  const settings = smsSettings(values);
  const { log, clock, count } = deps;
  const provider = providerOf(inboxId, settings, deps);
  const account = createAccount({ inboxId, provider, settings, deps });
  const callbackUrl = callbackUrlOf(deps.publicUrl, settings);
  const { posts } = provider;
  let running: Running | null = null;
  /** Grows with each start and stop: a start that was overtaken while it read its notes begins nothing. */
  let life = 0;

  const started = (): Running => {
    if (!running) throw new SendError('unreachable', 'The inbox is stopped.');
    return running;
  };

  return {
    kind: 'sms',
    inboxId,
    capabilities: capabilitiesOf(settings),
    runsAlone: true,
    state: account.state,
    async start(sink) {
      if (running) return;
      life += 1;
      const own = life;
      const notebook = await openNotebook(sink, clock.now);
      if (own !== life) return;
      const send = createSender({ provider, settings, notebook, log, now: clock.now });
      running = { sink, send, underWay: new Set(), stopping: new AbortController() };
      if (settings.provider === 'log') log.warn({ inboxId }, toNobody);
      else warnOfReports(log, { inboxId, isReached: callbackUrl !== null, isOpen: posts?.isOpen === true });
      await within(clock, startMs, account.watch(notebook)).catch(() => undefined);
    },
    async stop() {
      const ending = running;
      running = null;
      life += 1;
      account.stop();
      if (!ending) return;
      await within(clock, stopMs, Promise.allSettled(ending.underWay)).catch(() => undefined);
      ending.stopping.abort();
    },
    async send(message, signal) {
      if (message.inboxId !== inboxId) throw new SendError('config-invalid', 'The message is for another inbox.');
      const now = started();
      try {
        const result = await sendWhile(now, smsOf(message, callbackUrl), signal);
        account.sent(null);
        return result;
      } catch (error) {
        account.sent(error);
        logRefusal(log, message, error);
        throw heldFor(error);
      }
    },
    ...(posts
      ? {
          webhook: webhookOf(posts, async (raw) =>
            takePost({ inboxId, posts, now: clock.now, log, count }, started().sink, raw),
          ),
        }
      : {}),
    addressOf: (phone) => phone.replace(/\D/g, ''),
  };
}

/** Text messages as a kind of channel. */
export const sms: ChannelKind = { kind: 'sms', settings: smsKind, create: createSms };
