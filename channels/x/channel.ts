import type { Channel, ChannelState } from '../../src/channel/channel.ts';
import type { ChannelKind, HostDeps, InboxSettings } from '../../src/channel/kind.ts';
import type { OutboundMessage } from '../../src/channel/outbound.ts';
import { SendError } from '../../src/channel/send-error.ts';
import { pause, within } from '../../src/channel/wait.ts';
import type { ChannelWebhook } from '../../src/channel/webhook.ts';
import { inPublic, postLengths, capabilities as usual } from './capabilities.ts';
import { fetchFile } from './fetch-file.ts';
import { answerCrc, isSigned } from './intake/verify.ts';
import { measure } from './length.ts';
import { aboutOf } from './payload/body.ts';
import { Refusal } from './refusal.ts';
import { createParts, type Parts, type Running, run, webhookPath } from './run.ts';
import { type XSettings, xKind } from './settings.ts';

/** A provider that does not answer holds up nobody's start for longer than this. */
const startMs = 1_500;
const lookMs = 20;

/** X posts one event at a time, or of the older interface a handful. */
const maxPostBytes = 4 * 1024 * 1024;

const capabilitiesOf = ({ longPosts, publicReply, publicLinks }: XSettings): Channel['capabilities'] => ({
  ...usual,
  inPublic: {
    ...inPublic,
    maxLength: postLengths[longPosts ? 'long' : 'usual'],
    assistant: publicReply,
    links: publicLinks,
  },
});

const sentences = (...given: (string | null | undefined)[]): string | null =>
  [...new Set(given.filter((one) => typeof one === 'string'))].join(' ') || null;

/** How the inbox is: first what stops all of it, then what hinders reading, then what people should know. */
function stateOf({ account, meter, limits }: Parts, running: Running | null): ChannelState {
  const usage = { ...meter.usage(), limits: limits.list() };
  if (!running) return { state: 'stopped', reason: null, usage };
  const budget = meter.warning();
  if (budget?.isOver) return { state: 'stopped', reason: budget.says, usage };
  const trouble = account.trouble();
  if (trouble) return { ...trouble, usage };
  const { polling, registration } = running;
  const { state, reason } = polling.state();
  return { state, reason: sentences(reason, budget?.says, registration.reason()), usage };
}

/** Waits a little until the first reading is over, so that a start tells how the account is. */
async function settle({ deps: { clock } }: Parts, { polling }: Running): Promise<void> {
  const watched = new AbortController();
  const begun = async (): Promise<void> => {
    while (polling.state().state === 'starting' && !watched.signal.aborted) await pause(clock, lookMs, watched.signal);
  };
  await within(clock, startMs, begun()).catch(() => undefined);
  watched.abort();
}

const webhookOf = ({ settings }: Parts, now: () => Running | null): ChannelWebhook => ({
  path: webhookPath,
  maxBytes: maxPostBytes,
  challenge: (query) => answerCrc(query, settings.appSecret),
  recognise: ({ raw, headers }) =>
    isSigned(raw, headers['x-twitter-webhooks-signature'], settings.appSecret)
      ? aboutOf(raw.toString('utf8'), now()?.knowledge.known() ?? null)
      : null,
  async take(raw) {
    const running = now();
    if (!running) throw new SendError('unreachable', 'The inbox is stopped.');
    return running.take(raw);
  },
});

function logRefusal({ inboxId, deps: { log } }: Parts, { id: deliveryId }: OutboundMessage, error: unknown): void {
  const { code, providerCode } = error instanceof SendError ? error : { code: 'unknown', providerCode: undefined };
  const details = error instanceof Refusal ? error.details : undefined;
  log.warn({ inboxId, deliveryId, code, providerCode, details }, 'a message to X was not sent');
}

/** What X refuses of the whole account concerns no message: it waits until the account is mended, as for a server that is down. */
function heldFor(error: unknown): unknown {
  if (!(error instanceof Refusal) || !error.alarm || error.alarm === 'capped') return error;
  const { message, providerCode } = error;
  const more = providerCode === undefined ? {} : { providerCode };
  return new SendError('unreachable', message, { ...more, scope: 'inbox', retryAfterMs: 60_000, cause: error });
}

async function end({ meter, client }: Parts, { polling, registration, uploads }: Running): Promise<void> {
  registration.stop();
  uploads.stop();
  await polling.stop();
  await meter.close();
  client.close();
}

/** One account at X: its mentions and its direct messages. */
export function createX(inbox: InboxSettings, deps: HostDeps): Channel {
  const parts = createParts(inbox, deps);
  const { inboxId, settings, client } = parts;
  let running: Running | null = null;

  return {
    kind: 'x',
    inboxId,
    capabilities: capabilitiesOf(settings),
    runsAlone: true,
    measure,
    state: () => stateOf(parts, running),
    async start(sink) {
      if (running) return;
      running = await run(parts, sink);
      running.polling.start();
      running.registration.start();
      await settle(parts, running);
    },
    async stop() {
      const was = running;
      running = null;
      if (was) await end(parts, was);
    },
    async send(message, signal) {
      if (message.inboxId !== inboxId) throw new SendError('config-invalid', 'The message is for another inbox.');
      if (!running) throw new SendError('unreachable', 'The inbox is stopped.');
      try {
        return await running.sender.send(message, signal);
      } catch (error) {
        logRefusal(parts, message, error);
        throw heldFor(error);
      }
    },
    webhook: webhookOf(parts, () => running),
    fetchAttachment: (reference, signal) => fetchFile({ client, baseUrl: settings.baseUrl }, reference, signal),
  };
}

/** X as a kind of channel. */
export const x: ChannelKind = { kind: 'x', settings: xKind, create: createX };
