import type { Channel, ChannelState, Sink } from '../../src/channel/channel.ts';
import type { ChannelKind, HostDeps, InboxSettings } from '../../src/channel/kind.ts';
import { SendError } from '../../src/channel/send-error.ts';
import { createAccount, createSelfKnowledge, type SelfKnowledge } from './account.ts';
import { inPublic, postLengths, capabilities as usual } from './capabilities.ts';
import { createClient } from './client.ts';
import { fetchFile } from './fetch-file.ts';
import { measure } from './length.ts';
import { createLimits } from './limits.ts';
import { createMeter } from './meter.ts';
import { createSender, type Sender } from './outgoing/send.ts';
import { createSendings } from './outgoing/sendings.ts';
import { createUploads, type Uploads } from './outgoing/upload.ts';
import { askSelf, createReader } from './reader.ts';
import { Refusal } from './refusal.ts';
import { createRegistration, type Registration } from './register.ts';
import { type XSettings, xKind, xSettings } from './settings.ts';

const webhookPath = '/webhooks/x';

const capabilitiesOf = ({ longPosts, publicReply, publicLinks }: XSettings): Channel['capabilities'] => ({
  ...usual,
  inPublic: {
    ...inPublic,
    maxLength: postLengths[longPosts ? 'long' : 'usual'],
    assistant: publicReply,
    links: publicLinks,
  },
});

/** What is there from the beginning of an inbox, whether it is started or not. */
function createParts({ inboxId, values }: InboxSettings, deps: HostDeps) {
  const settings = xSettings(values);
  const { clock } = deps;
  const account = createAccount(inboxId, deps);
  const limits = createLimits(clock.now);
  const meter = createMeter({ inboxId, prices: settings.prices, budget: settings.monthlyBudget, deps });
  const client = createClient({ settings, clock, limits, check: account.check, heard: account.heard });
  const sendings = createSendings(clock.now);
  return { inboxId, settings, deps, account, limits, meter, client, sendings };
}
type Parts = ReturnType<typeof createParts>;

/** What a started inbox holds. */
interface Running {
  sink: Sink;
  knowledge: SelfKnowledge;
  sender: Sender;
  uploads: Uploads;
  registration: Registration;
}

/** What Wasl sent itself is not told as a message of staff, also where X tells of it before it has answered us. */
const withoutOwn = (sink: Sink, { sendings }: Parts): Sink => ({
  ...sink,
  async receive(event) {
    if (event.event !== 'own-message') return sink.receive(event);
    await sendings.idle();
    return (await sendings.claim(event)) ? { messageId: '', conversationId: '', duplicate: true } : sink.receive(event);
  },
});

async function run(parts: Parts, given: Sink): Promise<Running> {
  const { inboxId, settings, deps, client, limits, meter, sendings } = parts;
  const sink = withoutOwn(given, parts);
  await Promise.all([meter.open(sink), sendings.open(sink)]);
  const { accessToken, webhook: by } = settings;
  const ask = (signal?: AbortSignal) => askSelf({ client, meter }, signal);
  const knowledge = createSelfKnowledge({ accessToken, sink, now: deps.clock.now, ask });
  const { self } = knowledge;
  const reader = createReader({ client, meter, self });
  const openAttachment: Sink['openAttachment'] = (query) => given.openAttachment(query);
  const uploads = createUploads({ client, clock: deps.clock, openAttachment });
  const find = { reader, self, isTaken: sendings.has };
  const sender = createSender({ client, limits, meter, sendings, uploads, find, shape: settings });
  const url = `${deps.publicUrl}${webhookPath}`;
  const registration = createRegistration({ inboxId, by, url, client, self, deps });
  return { sink, knowledge, sender, uploads, registration };
}

/** How the inbox is: first what stops all of it, then what hinders reading, then what people should know. */
function stateOf({ account, meter, limits }: Parts, running: Running | null): ChannelState {
  const usage = { ...meter.usage(), limits: limits.list() };
  if (!running) return { state: 'stopped', reason: null, usage };
  const budget = meter.warning();
  if (budget?.isOver) return { state: 'stopped', reason: budget.says, usage };
  const trouble = account.trouble();
  if (trouble) return { ...trouble, usage };
  return { state: 'connected', reason: budget?.says ?? running.registration.reason(), usage };
}

/** One account at X: its mentions and its direct messages. */
export function createX(inbox: InboxSettings, deps: HostDeps): Channel {
  const parts = createParts(inbox, deps);
  const { inboxId, settings, client, meter } = parts;
  let running: Running | null = null;

  const started = (): Running => {
    if (!running) throw new SendError('unreachable', 'The inbox is stopped.');
    return running;
  };

  return {
    kind: 'x',
    inboxId,
    capabilities: capabilitiesOf(settings),
    measure,
    state: () => stateOf(parts, running),
    async start(sink) {
      if (running) return;
      running = await run(parts, sink);
      running.registration.start();
    },
    async stop() {
      const was = running;
      running = null;
      was?.registration.stop();
      was?.uploads.stop();
      if (was) await meter.close();
      client.close();
    },
    async send(message, signal) {
      if (message.inboxId !== inboxId) throw new SendError('config-invalid', 'The message is for another inbox.');
      try {
        return await started().sender.send(message, signal);
      } catch (error) {
        const { code, providerCode } =
          error instanceof SendError ? error : { code: 'unknown', providerCode: undefined };
        const details = error instanceof Refusal ? error.details : undefined;
        deps.log.warn({ inboxId, deliveryId: message.id, code, providerCode, details }, 'a message to X was not sent');
        throw error;
      }
    },
    fetchAttachment: (reference, signal) => fetchFile({ client, baseUrl: settings.baseUrl }, reference, signal),
  };
}

/** X as a kind of channel. */
export const x: ChannelKind = { kind: 'x', settings: xKind, create: createX };
