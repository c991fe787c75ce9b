import express, { type Express } from 'express';
import { type Clock, systemClock } from '../../../src/clock.ts';
import { createFaults } from '../faults.ts';
import type { Posted } from '../posting.ts';
import { createWatchers } from '../watchers.ts';
import { defaultTemplates } from './default-templates.ts';
import type { Fault, FaultPlace, Faults } from './faults.ts';
import { type Counts, createCounts, documentedLimits, type Limits } from './limits.ts';
import { createMediaStore, type MediaStore } from './media-store.ts';
import { createPeople, type People } from './people.ts';
import { createPerson, type Identity, type Person, type Utterance } from './person.ts';
import { createReceipts, type ReceiptPlan, type ReceiptStatus, receiptOf, type SentMessage } from './receipts.ts';
import { type Account, createRoutes, type Provider, type RecordedRequest } from './routes.ts';
import type { ReadMark } from './schema.ts';
import type { Sending } from './sending.ts';
import { createServers, type Elsewhere, type Servers } from './servers.ts';
import type { ListedTemplate } from './templates.ts';
import { createWebhook, type Delivery, type Webhook } from './webhook.ts';

export interface WhatsappCloudOptions extends Partial<Account> {
  appSecret?: string;
  verifyToken?: string;
  clock?: Clock;
  version?: string;
  port?: number;
  host?: string;
  limits?: Partial<Limits>;
  templates?: readonly ListedTemplate[];
  /** Receipts after each message; null: only those that are asked for. */
  receipts?: ReceiptPlan | null;
  /** Waits before a webhook that was not answered with 200 is posted again; Meta tries for 7 days. */
  retryDelaysMs?: readonly number[];
  /** How long an answer to a webhook may take. */
  webhookTimeoutMs?: number;
  /** False: requests and messages are counted and dropped, for measuring. */
  keep?: boolean;
}

/** What happens at the provider, for whoever watches. */
export type SimulatorEvent =
  | { kind: 'sent'; message: SentMessage }
  | { kind: 'receipt'; message: SentMessage; status: ReceiptStatus }
  | { kind: 'mark'; mark: ReadMark }
  | { kind: 'said'; said: Utterance };

/** The official WhatsApp Cloud API in this process: it refuses what Meta refuses and posts webhooks as Meta does. */
export interface WhatsappCloudSimulator {
  start(): Promise<{ baseUrl: string; origin: string }>;
  stop(): Promise<void>;
  /** The settings of a channel that speaks with it, by the names of the environment. Only once started. */
  settings(): Record<string, string>;
  /** Where webhooks go. */
  connect(webhookUrl: string): void;
  /** Somebody by number or by what is known; the same again for the same number or user id. */
  person(who: string | Partial<Identity>): Person;
  /** What people say, packed, signed and posted. Their windows open first. */
  deliver(said: Utterance | readonly Utterance[], how?: Delivery): Promise<Posted[]>;
  /** A receipt to be delivered, alone or packed with others. */
  receipt(message: SentMessage, status: ReceiptStatus, code?: number): Utterance;
  handshake(token?: string, challenge?: string, mode?: string): Promise<Posted>;
  webhook: Webhook;
  requests: RecordedRequest[];
  sent: SentMessage[];
  marks: ReadMark[];
  /** Counted also where nothing is kept. */
  counted: { requests: number; sent: number };
  limits: Limits;
  templates: ListedTemplate[];
  media: MediaStore;
  people: People;
  setReceipts(plan: ReceiptPlan | null): void;
  /** Changes the status of a template; gives the webhook that tells of it. */
  changeTemplate(name: string, language: string, status: ListedTemplate['status']): Utterance;
  /** The next requests go wrong; `taken`: messages are taken all the same, only the answer is lost. */
  failNext(what: Fault, times?: number, how?: { on?: FaultPlace; taken?: boolean }): void;
  /** The next messages are taken and fail afterwards, by a receipt. */
  failAfterwards(code: number, times?: number): void;
  /** No more planned faults. */
  heal(): void;
  setDown(down: boolean): void;
  /** This person has blocked the number: what is sent fails afterwards, with 131026 unless said otherwise. */
  block(person: Person, code?: number): void;
  unblock(person: Person): void;
  closeWindow(person: Person): void;
  /** A host that is not the provider's: media that are `astray` lead there. Records the headers that reach it. */
  elsewhere: Elsewhere;
  watch(see: (event: SimulatorEvent) => void): () => void;
  /** Nothing is under way: no receipt, no post, no retry. */
  isQuiet(): boolean;
  /** For pages beside the provider's routes. */
  app: Express;
}

const account = (options: WhatsappCloudOptions): Account => ({
  phoneNumberId: options.phoneNumberId ?? '106540352242922',
  businessAccountId: options.businessAccountId ?? '419561257915477',
  displayNumber: options.displayNumber ?? '966112345678',
  verifiedName: options.verifiedName ?? 'خدمة المستفيدين',
  accessToken: options.accessToken ?? 'EAAsimulatedSystemUserToken0123456789',
});

const opening = (counts: Counts, clock: Clock, said: readonly Utterance[]): void => {
  for (const { opensWindowOf, fromAdvertisement = false } of said) {
    if (opensWindowOf !== undefined) counts.heard(opensWindowOf, clock.now(), fromAdvertisement);
  }
};

const secrets = { app: 'simulated-app-secret', verify: 'simulated-verify-token' };
const defaultReceipts: ReceiptPlan = { statuses: ['sent', 'delivered', 'read'], afterMs: [5, 20, 60] };
const backOff = [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000];

/** Whoever watches, and what they are told. */
type Tell = (event: SimulatorEvent) => void;

/** What was asked, sent and marked. */
const createRecord = (keep: boolean, tell: Tell) => {
  const requests: RecordedRequest[] = [];
  const sent: SentMessage[] = [];
  const marks: ReadMark[] = [];
  const counted = { requests: 0, sent: 0 };
  return {
    lists: { requests, sent, marks, counted },
    asked(request: RecordedRequest): void {
      counted.requests += 1;
      if (keep) requests.push(request);
    },
    taken(message: SentMessage): void {
      counted.sent += 1;
      if (keep) sent.push(message);
      tell({ kind: 'sent', message });
    },
    marked(mark: ReadMark): void {
      if (keep) marks.push(mark);
      tell({ kind: 'mark', mark });
    },
  };
};

const webhookOf = (options: WhatsappCloudOptions, own: Account, clock: Clock): Webhook =>
  createWebhook({
    clock,
    appSecret: options.appSecret ?? secrets.app,
    businessAccountId: own.businessAccountId,
    phoneNumberId: own.phoneNumberId,
    displayNumber: own.displayNumber,
    retryDelaysMs: options.retryDelaysMs ?? backOff,
    timeoutMs: options.webhookTimeoutMs ?? 20_000,
    keep: options.keep ?? true,
  });

interface Parts {
  options: WhatsappCloudOptions;
  own: Account;
  clock: Clock;
  webhook: Webhook;
  tell: Tell;
  taken: Sending['taken'];
  servers: () => Servers;
}

const sendingOf = ({ options, own, clock, webhook, tell, taken, servers }: Parts): Sending => {
  const media = createMediaStore(clock);
  const mediaUrl = (id: string): string => `${servers().origin()}/whatsapp-files/${media.ticketFor(id)}`;
  const world = { clock, media, displayNumber: own.displayNumber, mediaUrl };
  return {
    clock,
    people: createPeople((identity) => createPerson(world, identity)),
    media,
    counts: createCounts(),
    receipts: createReceipts(
      clock,
      (said) => webhook.deliver(said),
      (message, status) => tell({ kind: 'receipt', message, status }),
    ),
    limits: { ...documentedLimits, ...options.limits },
    templates: [...(options.templates ?? defaultTemplates)],
    receiptPlan: options.receipts === undefined ? defaultReceipts : options.receipts,
    blocked: new Map(),
    failures: [],
    displayNumber: own.displayNumber,
    taken,
  };
};

/** Page "message_template_status_update" of the provider. */
const changeTemplate = (
  templates: ListedTemplate[],
  [name, language, status]: readonly [string, string, ListedTemplate['status']],
): Utterance => {
  const found = templates.find((one) => one.name === name && one.language === language);
  if (!found) throw new Error(`There is no template ${name} in ${language}`);
  templates[templates.indexOf(found)] = { ...found, status };
  return {
    change: {
      field: 'message_template_status_update',
      value: {
        event: status,
        message_template_id: Number(found.id),
        message_template_name: name,
        message_template_language: language,
        reason: status === 'APPROVED' ? 'NONE' : 'ABUSIVE_CONTENT',
      },
    },
  };
};

/** What turns out differently from now on. */
const controls = (sending: Sending, faults: Faults) =>
  ({
    limits: sending.limits,
    templates: sending.templates,
    media: sending.media,
    people: sending.people,
    person: sending.people.of,
    setReceipts(plan) {
      sending.receiptPlan = plan;
    },
    changeTemplate: (...to) => changeTemplate(sending.templates, to),
    failNext: (what, times = 1, { on = 'messages', taken = false } = {}) => faults.add({ what, times, on, taken }),
    failAfterwards: (code, times = 1) => void sending.failures.push(...Array.from({ length: times }, () => code)),
    heal() {
      faults.clear();
      sending.failures.length = 0;
    },
    setDown: faults.setDown,
    block: (person, code = 131026) => void sending.blocked.set(person.userId, code),
    unblock: (person) => void sending.blocked.delete(person.userId),
    closeWindow: (person) => sending.counts.closeWindow(person.userId),
  }) satisfies Partial<WhatsappCloudSimulator>;

/** What people say, and what is said of messages. */
const talk = ({ counts, clock }: Sending, webhook: Webhook, tell: Tell) =>
  ({
    webhook,
    connect: webhook.connect,
    deliver(said, how) {
      const all = [said].flat() as Utterance[];
      opening(counts, clock, all);
      for (const one of all) tell({ kind: 'said', said: one });
      return webhook.deliver(all, how);
    },
    receipt: (message, status, code) => receiptOf(message, status, clock.now(), code),
  }) satisfies Partial<WhatsappCloudSimulator>;

/** Not started yet: `start` opens its port, on loopback unless told otherwise. */
export function createWhatsappCloudSimulator(options: WhatsappCloudOptions = {}): WhatsappCloudSimulator {
  const own = account(options);
  const clock = options.clock ?? systemClock;
  const { tell, watch } = createWatchers<SimulatorEvent>();
  const { lists, asked, taken, marked } = createRecord(options.keep ?? true, tell);
  const webhook = webhookOf(options, own, clock);
  const app = express().disable('x-powered-by');
  const servers = createServers(app);
  const sending = sendingOf({ options, own, clock, webhook, tell, taken, servers: () => servers });
  const faults = createFaults<Fault, FaultPlace>();
  const mediaOrigin: Provider['mediaOrigin'] = (astray) =>
    astray === 'host' ? servers.elsewhere.url : servers.origin();
  app.use(createRoutes({ account: own, sending, faults, record: asked, marked, mediaOrigin }));
  const verifyToken = options.verifyToken ?? secrets.verify;
  const baseUrl = (): string => `${servers.origin()}/${options.version ?? 'v26.0'}`;

  return {
    ...lists,
    ...controls(sending, faults),
    ...talk(sending, webhook, tell),
    async start() {
      const origin = await servers.open(options);
      return { baseUrl: baseUrl(), origin };
    },
    async stop() {
      sending.receipts.stop();
      webhook.stop();
      await servers.close();
    },
    settings: () => ({
      WHATSAPP_CLOUD_PHONE_NUMBER_ID: own.phoneNumberId,
      WHATSAPP_CLOUD_WABA_ID: own.businessAccountId,
      WHATSAPP_CLOUD_ACCESS_TOKEN: own.accessToken,
      WHATSAPP_CLOUD_APP_SECRET: options.appSecret ?? secrets.app,
      WHATSAPP_CLOUD_VERIFY_TOKEN: verifyToken,
      WHATSAPP_CLOUD_BASE_URL: baseUrl(),
    }),
    handshake: (token = verifyToken, challenge, mode) => webhook.handshake(token, challenge, mode),
    elsewhere: servers.elsewhere,
    watch,
    isQuiet: () => sending.receipts.pending() === 0 && webhook.pending() === 0,
    app,
  };
}
