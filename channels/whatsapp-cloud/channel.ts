import type { Channel, ChannelDeps, Sink } from '../../src/channel/channel.ts';
import type { ChannelKind, HostDeps, InboxSettings } from '../../src/channel/kind.ts';
import type { OutboundMessage } from '../../src/channel/outbound.ts';
import { SendError } from '../../src/channel/send-error.ts';
import type { Uploads } from '../../src/channel/uploads.ts';
import type { ChannelWebhook } from '../../src/channel/webhook.ts';
import { createAccount } from './account.ts';
import { capabilities as usual } from './capabilities.ts';
import { createGraph, type Graph, Refusal } from './graph.ts';
import { takePost } from './intake.ts';
import { fetchFile } from './media.ts';
import { createSender, type Sender } from './outgoing/send.ts';
import { createUploads } from './outgoing/upload.ts';
import { aboutOf } from './parse.ts';
import { givenIdOf } from './payload/given-id.ts';
import { digitsOf } from './payload/person.ts';
import { sendersOf } from './senders.ts';
import { type CloudSettings, cloudKind, cloudSettings } from './settings.ts';
import { listTemplates } from './templates.ts';
import { answerChallenge, isSigned } from './verify.ts';

/** What a started inbox holds. */
interface Running {
  sink: Sink;
  sender: Sender;
  uploads: Pick<Uploads<unknown>, 'stop'>;
}

/** A provider that does not answer holds up nobody's start for longer than this. */
const startMs = 1_500;

/** Meta's posts are at most 3 MB. */
const maxPostBytes = 4 * 1024 * 1024;

async function atMost(ms: number, work: Promise<unknown>, after: ChannelDeps['clock']['after']): Promise<void> {
  let cancel = (): void => undefined;
  const late = new Promise<void>((resolve) => {
    cancel = after(ms, resolve);
  });
  await Promise.race([work, late]).finally(() => cancel());
}

const capabilitiesOf = ({ perSecond, businessAccountId }: CloudSettings): Channel['capabilities'] => ({
  ...usual,
  templates: businessAccountId !== null,
  pace: usual.pace && { ...usual.pace, perSecond },
});

const webhookOf = (settings: CloudSettings, take: ChannelWebhook['take']): ChannelWebhook => ({
  path: '/webhooks/whatsapp',
  maxBytes: maxPostBytes,
  challenge: (query) => answerChallenge(query, settings.verifyToken),
  recognise: ({ raw, headers }) =>
    isSigned(raw, headers['x-hub-signature-256'], settings.appSecret) ? aboutOf(raw.toString('utf8'), settings) : null,
  take,
  senders: sendersOf,
});

/** Marks of reading and writing. Best effort: nobody waits for them, and a refusal is no news of the account. */
const marksBy =
  (graph: Graph, phoneNumberId: string, count: ChannelDeps['count']) =>
  async (externalId: string, more: object = {}): Promise<void> => {
    const id = givenIdOf(externalId);
    if (id === null) return;
    const body = { messaging_product: 'whatsapp', status: 'read', message_id: id, ...more };
    await graph.call(`${phoneNumberId}/messages`, { body }).catch(() => count('mark-refused'));
  };

const logRefusal = (log: ChannelDeps['log'], { id: deliveryId, inboxId }: OutboundMessage, error: unknown): void => {
  const { code, providerCode } = error instanceof SendError ? error : { code: 'unknown', providerCode: undefined };
  const details = error instanceof Refusal ? error.details : undefined;
  log.warn({ inboxId, deliveryId, code, providerCode, details }, 'a WhatsApp message was not sent');
};

const run = (settings: CloudSettings, graph: Graph, sink: Sink, deps: Pick<ChannelDeps, 'text' | 'clock'>): Running => {
  const { phoneNumberId } = settings;
  const openAttachment: Sink['openAttachment'] = (query) => sink.openAttachment(query);
  const uploads = createUploads({ graph, phoneNumberId, clock: deps.clock, openAttachment });
  const listButton = (language: OutboundMessage['language']) => deps.text('list-button', language);
  return { sink, uploads, sender: createSender({ graph, phoneNumberId, uploads, listButton }) };
};

/** One number of the WhatsApp Business Cloud API. */
export function createWhatsappCloud({ inboxId, values }: InboxSettings, deps: HostDeps): Channel {
  const settings = cloudSettings(values);
  const { phoneNumberId, businessAccountId } = settings;
  const { log, clock, count } = deps;
  const graph = createGraph(settings, clock);
  const account = createAccount({ inboxId, phoneNumberId, graph, deps });
  const mark = marksBy(graph, phoneNumberId, count);
  const reading = { inboxId, phoneNumberId, businessAccountId };
  const intake = { reading, now: clock.now, log, count, troubled: account.troubled };
  let running: Running | null = null;

  const watched = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      account.refused(error);
      throw error;
    });
  const started = (): Running => {
    if (!running) throw new SendError('unreachable', 'The inbox is stopped.');
    return running;
  };

  return {
    kind: 'whatsapp-cloud',
    inboxId,
    capabilities: capabilitiesOf(settings),
    state: account.state,
    async send(message, signal) {
      if (message.inboxId !== inboxId) throw new SendError('config-invalid', 'The message is for another inbox.');
      const { sender } = started();
      try {
        const result = await sender.send(message, signal);
        account.sent(null);
        return result;
      } catch (error) {
        account.sent(error);
        logRefusal(log, message, error);
        throw error;
      }
    },
    async start(sink) {
      if (running) return;
      running = run(settings, graph, sink, deps);
      await atMost(startMs, account.watch(), clock.after);
    },
    async stop() {
      account.stop();
      running?.uploads.stop();
      running = null;
    },
    webhook: webhookOf(settings, async (raw) => takePost(intake, started().sink, raw)),
    typing({ on, externalId }) {
      if (on && externalId) void mark(externalId, { typing_indicator: { type: 'text' } });
    },
    markRead: ({ externalId }) => mark(externalId),
    fetchAttachment: (reference, signal) => watched(fetchFile(graph, settings, reference, signal)),
    ...(businessAccountId ? { templates: () => watched(listTemplates(graph, businessAccountId)) } : {}),
    addressOf: (number) => digitsOf(number) ?? number,
  };
}

/** The official WhatsApp interface as a kind of channel. */
export const whatsappCloud: ChannelKind = {
  kind: 'whatsapp-cloud',
  settings: cloudKind,
  create: createWhatsappCloud,
};
