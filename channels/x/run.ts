import type { Sink } from '../../src/channel/channel.ts';
import type { HostDeps, InboxSettings } from '../../src/channel/kind.ts';
import type { Uploads } from '../../src/channel/uploads.ts';
import { createAccount, createSelfKnowledge, type SelfKnowledge } from './account.ts';
import { createClient } from './client.ts';
import { type Intake, takePost } from './intake/intake.ts';
import { createTakenBack } from './intake/taken-back.ts';
import { createLimits } from './limits.ts';
import { createMeter } from './meter.ts';
import { createHandles, type Handles } from './outgoing/handles.ts';
import { createSender, type Sender } from './outgoing/send.ts';
import { createSendings } from './outgoing/sendings.ts';
import { createUploads } from './outgoing/upload.ts';
import { createPolling, type Polling } from './poll/polling.ts';
import { askSelf, createReader } from './reader.ts';
import type { XReader } from './reading.ts';
import { createRegistration, type Registration } from './register.ts';
import { xSettings } from './settings.ts';

export const webhookPath = '/webhooks/x';

/** What is there from the beginning of an inbox, whether it is started or not. */
export function createParts({ inboxId, values }: InboxSettings, deps: HostDeps) {
  const settings = xSettings(values);
  const { clock } = deps;
  const account = createAccount(inboxId, deps);
  const limits = createLimits(clock.now);
  const meter = createMeter({ inboxId, prices: settings.prices, budget: settings.monthlyBudget, deps });
  const client = createClient({ settings, clock, limits, check: account.check, heard: account.heard });
  const sendings = createSendings(clock.now);
  return { inboxId, settings, deps, account, limits, meter, client, sendings };
}
export type Parts = ReturnType<typeof createParts>;

/** What a started inbox holds. */
export interface Running {
  knowledge: SelfKnowledge;
  sender: Sender;
  uploads: Pick<Uploads<unknown>, 'stop'>;
  registration: Registration;
  polling: Polling;
  /** Reads what X posted. */
  take(raw: string): Promise<'taken' | 'odd'>;
}

/** What Wasl sent itself is not told as a message of staff, also where X tells of it before it has answered us. */
const withoutOwn = (sink: Sink, { sendings }: Parts, see: Handles['see']): Sink => ({
  ...sink,
  async receive(event) {
    see(event);
    if (event.event !== 'own-message') return sink.receive(event);
    await sendings.idle();
    return (await sendings.claim(event)) ? { messageId: '', conversationId: '', duplicate: true } : sink.receive(event);
  },
});

/** How posts of X become events of the core. */
function intakeOf(parts: Parts, knowledge: SelfKnowledge, reader: XReader): Intake {
  const { inboxId, sendings, deps, account } = parts;
  return {
    inboxId,
    self: knowledge.known,
    sent: sendings,
    lookUp: reader.posts,
    now: deps.clock.now,
    log: deps.log,
    count: deps.count,
    revoked: account.revoked,
  };
}

/** Puts together what works between X and the core while the inbox is open; nothing of it has begun. */
export async function run(parts: Parts, given: Sink): Promise<Running> {
  const { inboxId, settings, deps, client, limits, meter, sendings } = parts;
  const takenBack = createTakenBack(given);
  await Promise.all([meter.open(given), sendings.open(given), takenBack.open()]);
  const { accessToken, webhook: by, pollSeconds } = settings;
  const ask = (signal?: AbortSignal) => askSelf({ client, meter }, signal);
  const knowledge = createSelfKnowledge({ accessToken, sink: given, now: deps.clock.now, ask });
  const { self } = knowledge;
  const reader = createReader({ client, meter, self });
  const handles = createHandles(reader);
  const sink = withoutOwn({ ...given, receive: takenBack.receive }, parts, handles.see);
  const openAttachment: Sink['openAttachment'] = (query) => given.openAttachment(query);
  const uploads = createUploads({ client, clock: deps.clock, openAttachment });
  const find = { reader, self, isTaken: sendings.has };
  const url = `${deps.publicUrl}${webhookPath}`;
  const registration = createRegistration({ inboxId, by, url, client, self, deps });
  const intake = intakeOf(parts, knowledge, reader);
  return {
    knowledge,
    uploads,
    registration,
    sender: createSender({ client, limits, meter, sendings, uploads, find, handles, shape: settings }),
    polling: createPolling({
      inboxId,
      reader,
      sink,
      sent: sendings,
      pollSeconds,
      spacingMs: limits.spacingMs,
      paceFactor: meter.pace,
      hasWebhook: registration.isUp,
      deps,
    }),
    take: (raw) => takePost(intake, sink, raw),
  };
}
