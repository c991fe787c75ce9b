import type { Channel, ChannelState, FetchedFile, Sink } from '../../src/channel/channel.ts';
import type { ChannelKind, HostDeps, InboxSettings } from '../../src/channel/kind.ts';
import type { OutboundMessage, SendResult } from '../../src/channel/outbound.ts';
import { SendError } from '../../src/channel/send-error.ts';
import { within } from '../../src/channel/wait.ts';
import { type Account, createNames, createTold } from './account.ts';
import { findBrowser } from './browser.ts';
import { capabilities } from './capabilities.ts';
import { sweep } from './catch-up.ts';
import type { Browser, WaChat, WaClient, WaLibrary } from './client.ts';
import { createIntake } from './intake.ts';
import { loadLibrary, profileOf } from './library.ts';
import { ownNumber } from './life.ts';
import { createLinked } from './linked.ts';
import { listen } from './listen.ts';
import { sayable } from './log-safely.ts';
import { type Marks, openMarks } from './marks.ts';
import { fetchFile } from './media.ts';
import { createPeople } from './people.ts';
import { checkSendable, send } from './send.ts';
import { createSendings } from './sendings.ts';
import { createSession, type Session } from './session.ts';
import { webSettings, whatsappWebKind } from './settings.ts';
import { shieldProcess } from './shield.ts';

/** What stands in place of the library and its browser, for tests. */
export interface Stage {
  library?(): Promise<WaLibrary>;
  browser?(): Promise<Browser | string>;
}

interface Running {
  account: Account;
  session: Session;
  state: Channel['state'];
  library(): WaLibrary | null;
  begin(): Promise<void>;
  stop(): Promise<void>;
}

/** What every start begins anew. */
function openAccount(inboxId: string, sink: Sink, deps: HostDeps, signal: AbortSignal) {
  const { clock, log, count } = deps;
  let link: (seconds: number) => void = () => undefined;
  const linkedAt = new Promise<number>((resolve) => {
    link = resolve;
  });
  const account: Account = {
    inboxId,
    sink,
    clock,
    log,
    count,
    people: createPeople(clock),
    sendings: createSendings(sink, clock),
    intake: createIntake({ inboxId, sink, clock, log, count, signal }),
    names: createNames(),
    told: createTold(),
    linkedAt,
  };
  return { account, link };
}

const clockSlackSeconds = 60;

/** Reads what was missed: at every ready, and again and again. One reading at a time. */
function createReading(account: Account, link: (seconds: number) => void) {
  let marks: Marks | null = null;
  let loginAt: number | null = null;
  let busy: Promise<void> | null = null;
  let isWhole = true;
  const now = (): number => Math.floor(account.clock.now() / 1000);
  /** The times of messages are of WhatsApp's clock; better a message too many than one too few. */
  const linkedAt = (): number => (loginAt ?? now()) - clockSlackSeconds;
  async function read(client: WaClient, whole: boolean): Promise<void> {
    const number = ownNumber(client.info);
    const isSame = marks !== null && (number === null || marks.account === number);
    if (!marks || !isSame) marks = await openMarks(account.sink, { account: number, linkedAt: linkedAt() });
    link(marks.linkedAt);
    await sweep(account, client, marks, whole);
  }
  return {
    loginShown(): void {
      loginAt = now();
    },
    /** `fresh`: the account has just been opened. */
    async read(client: WaClient, fresh: boolean): Promise<void> {
      isWhole = isWhole || fresh;
      await busy?.catch(() => undefined);
      busy = read(client, isWhole);
      await busy;
      isWhole = false;
    },
  };
}

const stateMs = 20_000;
const passing: ReadonlySet<unknown> = new Set(['OPENING', 'PAIRING', 'TIMEOUT']);

/** False while the page is looking for its connection; rejects where it says anything else than that it is connected. */
async function isOnline({ clock }: Account, client: WaClient): Promise<boolean> {
  const state = await within(clock, stateMs, client.getState());
  if (state !== 'CONNECTED' && !passing.has(state)) throw new Error(`the page says ${String(state)}`);
  return state === 'CONNECTED';
}

function run(inbox: InboxSettings, deps: HostDeps, stage: Stage, sink: Sink): Running {
  const { inboxId } = inbox;
  const { clock, ids, log, count } = deps;
  const settings = webSettings(inbox.values);
  const directory = deps.directory(inboxId);
  const stopping = new AbortController();
  const { account, link } = openAccount(inboxId, sink, deps, stopping.signal);
  const reading = createReading(account, link);
  const profile = profileOf(directory);
  const linked = createLinked(sink, profile);
  let library: WaLibrary | null = null;
  const session = createSession({
    inboxId,
    clock,
    ids,
    log,
    count,
    directory,
    profile,
    phone: settings.phone,
    restartHour: settings.restartHour,
    library: stage.library ?? loadLibrary,
    browser: stage.browser ?? (() => findBrowser(deps.chromium)),
    attach(client, loaded) {
      library = loaded;
      client.on('qr', reading.loginShown);
      client.on('code', reading.loginShown);
      listen(account, client);
    },
    ready(client) {
      linked.yes().catch((error: unknown) => log.warn({ inboxId, error: sayable(error) }, 'a note could not be kept'));
      reading.read(client, true).catch((error: unknown) => {
        log.warn({ inboxId, error: sayable(error) }, 'what came meanwhile could not be read yet');
        session.failed(error);
      });
    },
    unlinked: linked.no,
    idle: account.sendings.idle,
    async look(client) {
      if (await isOnline(account, client)) await reading.read(client, false);
    },
  });
  const unshield = shieldProcess(log, inboxId);
  const stop = async (): Promise<void> => {
    stopping.abort();
    await session.stop();
    unshield();
  };
  const begin = async (): Promise<void> => {
    await linked.look();
    if (!stopping.signal.aborted) await session.start();
  };
  const state = (): ChannelState => linked.explain(session.state());
  return { account, session, state, library: () => library, begin, stop };
}

/** One account of WhatsApp by WhatsApp Web in a browser: against the terms of WhatsApp, see the README. */
export function createWhatsappWeb(inbox: InboxSettings, deps: HostDeps, stage: Stage = {}): Channel {
  const { inboxId } = inbox;
  const { perMinute, newPeoplePerDay } = webSettings(inbox.values);
  let running: Running | null = null;

  const inUse = () => {
    const client = running?.session.client();
    const library = running?.library();
    if (!running || !client || !library)
      throw new SendError('unreachable', 'The account of WhatsApp is not connected.');
    const { account, session } = running;
    return { account, client, library, failed: session.failed };
  };

  const inChat = async (address: string, act: (chat: WaChat) => Promise<unknown>): Promise<void> => {
    const client = running?.session.client();
    const chat = await client?.getChatById(running?.account.people.chatOf(address) ?? address);
    if (chat) await act(chat);
  };

  const pace = capabilities.pace && {
    ...capabilities.pace,
    perSecond: perMinute / 60,
    startsPerDay: newPeoplePerDay,
  };

  return {
    kind: 'whatsapp-web',
    inboxId,
    capabilities: { ...capabilities, pace },
    runsAlone: true,
    state: () => running?.state() ?? { state: 'stopped', reason: null },
    async start(sink) {
      if (running) return;
      running = run(inbox, deps, stage, sink);
      await running.begin();
    },
    async stop() {
      const stopped = running;
      running = null;
      await stopped?.stop();
    },
    async send(message: OutboundMessage, signal: AbortSignal): Promise<SendResult> {
      checkSendable(message, inboxId);
      return send(inUse(), message, signal);
    },
    typing({ address, on }) {
      inChat(address, (chat) => (on ? chat.sendStateTyping() : chat.clearState())).catch(() => undefined);
    },
    async markRead({ address }) {
      const client = running?.session.client();
      await client?.sendSeen(running?.account.people.chatOf(address) ?? address).catch(() => undefined);
    },
    async fetchAttachment(reference, signal): Promise<FetchedFile> {
      const { account, client } = inUse();
      return fetchFile(account, client, reference, signal);
    },
    addressOf: (phone) => `${phone.replace(/\D/g, '')}@c.us`,
  };
}

/** The kind of channel, for `channels/index.ts`. */
export const whatsappWeb: ChannelKind = {
  kind: 'whatsapp-web',
  settings: whatsappWebKind,
  create: (inbox, deps) => createWhatsappWeb(inbox, deps),
};
