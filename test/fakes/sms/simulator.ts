import express, { type Express } from 'express';
import { type Clock, systemClock } from '../../../src/clock.ts';
import { createFaults } from '../faults.ts';
import { createPort, type Port } from '../port.ts';
import { createWatchers } from '../watchers.ts';
import { createCallbacks, type Posted } from './callbacks.ts';
import type { Fault, Faults } from './faults.ts';
import { createLedger, type Ledger } from './ledger.ts';
import type {
  Account,
  Bent,
  Desk,
  Provider,
  ProviderModel,
  RecordedRequest,
  Report,
  ReportStatus,
  SentSms,
} from './model.ts';
import { createReports, type ReportPlan, type Reports } from './reports.ts';
import { createTaqnyat, type TaqnyatOptions } from './taqnyat.ts';
import { createTwilio } from './twilio.ts';
import { incomingMessage, optOutTypeOf, type Said } from './twilio-callbacks.ts';
import { createUnifonic, type UnifonicOptions } from './unifonic.ts';

export interface SmsSimulatorOptions {
  clock?: Clock;
  port?: number;
  host?: string;
  /** False: requests and messages are counted and dropped, for measuring. */
  keep?: boolean;
  /** Reports after each message; null: only those that are asked for. */
  reports?: ReportPlan | null;
  accounts?: Partial<Record<Provider, Partial<Account>>>;
  unifonic?: UnifonicOptions;
  taqnyat?: TaqnyatOptions;
  /** How long an answer to a callback may take; Twilio waits 15 seconds. */
  callbackTimeoutMs?: number;
}

/** What happens at the providers, for whoever watches. */
export type SmsEvent =
  | { kind: 'sent'; message: SentSms }
  | { kind: 'report'; message: SentSms; status: ReportStatus }
  | { kind: 'said'; said: Said & { id: string } };

/** Unifonic, Taqnyat and Twilio in this process, each below its own base URL of one server on loopback. */
export interface SmsSimulator {
  start(): Promise<{ origin: string }>;
  stop(): Promise<void>;
  /**
   * The settings of a gateway that sends with this provider, by the names of the environment. Unifonic: the token is the
   * AppSid. Taqnyat: the token is the bearer. Twilio: account and token are AccountSid and auth token. Only once started.
   */
  settings(provider: Provider): Record<string, string>;
  /** Where reports and incoming messages go: set in the account of one provider, or of all. */
  connect(webhookUrl: string, provider?: Provider): void;
  sent: SentSms[];
  requests: RecordedRequest[];
  /** The answers to all callbacks, in order. */
  answers: Posted[];
  /** Counted also where nothing is kept. */
  counted: { requests: number; sent: number };
  /** Reports on a message now; null where this provider tells nobody of it. `error` is one of Twilio's codes. */
  report(message: SentSms, status: ReportStatus, error?: number, bent?: Bent): Promise<Posted | null>;
  setReports(plan: ReportPlan | null): void;
  /** Somebody texts to Twilio's number; STOP and START are obeyed first. Digits with the country code. */
  say(from: string, text: string, bent?: Bent): Promise<Posted>;
  /** The next messages go wrong; `taken`: they are taken all the same, only the answer is lost. */
  failNext(what: Fault, times?: number, how?: { taken?: boolean; provider?: Provider }): void;
  setDown(down: boolean): void;
  /** No more planned faults, and up again. */
  heal(): void;
  /** Messages to this number are taken and do not arrive; Twilio then says `code`. */
  block(number: string, code?: number): void;
  unblock(number: string): void;
  /** What is left in an account. */
  balance(provider: Provider): number;
  setBalance(provider: Provider, to: number): void;
  watch(see: (event: SmsEvent) => void): () => void;
  /** Nothing is under way: no report, no post, no further attempt. */
  isQuiet(): boolean;
  /** For pages beside the providers' routes. */
  app: Express;
}

const accountsOf = (given: SmsSimulatorOptions['accounts'] = {}): Record<Provider, Account> => {
  const local = { sender: 'Wasl', account: '', price: 0.08, currency: 'SAR', balance: 1000 };
  return {
    unifonic: { ...local, token: 'simulatedAppSid0123456789', ...given.unifonic },
    taqnyat: { ...local, token: 'simulated-taqnyat-bearer', ...given.taqnyat },
    twilio: {
      account: 'AC00000000000000000000000000000001',
      token: 'simulated-twilio-auth-token',
      sender: '+12025550123',
      price: 0.02,
      currency: 'USD',
      balance: 1000,
      ...given.twilio,
    },
  };
};

const defaultReports: ReportPlan = { statuses: ['sent', 'delivered'], afterMs: [5, 20] };
const providers: readonly Provider[] = ['unifonic', 'taqnyat', 'twilio'];

type Tell = (event: SmsEvent) => void;

/** What was asked and sent. */
const createRecord = (keep: boolean, tell: Tell) => {
  const requests: RecordedRequest[] = [];
  const sent: SentSms[] = [];
  const counted = { requests: 0, sent: 0 };
  return {
    lists: { requests, sent, counted },
    asked(request: RecordedRequest): void {
      counted.requests += 1;
      if (keep) requests.push(request);
    },
    taken(message: SentSms): void {
      counted.sent += 1;
      if (keep) sent.push(message);
      tell({ kind: 'sent', message });
    },
  };
};

/** Bends the signature of a post that has one. */
const bend = (headers: Record<string, string>, signature: Bent['signature'] = 'good'): Record<string, string> => {
  const { 'x-twilio-signature': given, ...others } = headers;
  if (given === undefined || signature === 'good') return headers;
  // as long as a good one, so that only its value is wrong
  return signature === 'none' ? others : { ...others, 'x-twilio-signature': Buffer.alloc(20).toString('base64') };
};

type Callbacks = ReturnType<typeof createCallbacks>;
type Post = Parameters<Callbacks['post']>[0];

const postBent = async (callbacks: Callbacks, post: Post, { signature, times = 1 }: Bent = {}): Promise<Posted> => {
  const bent = { ...post, headers: bend(post.headers, signature) };
  const posts = Array.from({ length: times }, () => callbacks.post(bent));
  const [first] = await Promise.all(posts);
  return first ?? { status: 0, body: '' };
};

const optOut = ({ optedOut }: Ledger, { from, text }: Said): void => {
  const keyword = optOutTypeOf(text);
  if (keyword === 'STOP') optedOut.add(from);
  if (keyword === 'START') optedOut.delete(from);
};

interface Talk {
  desk: Desk;
  callbacks: Callbacks;
  tell: Tell;
}

const say = ({ desk, callbacks, tell }: Talk, said: Said, bent?: Bent): Promise<Posted> => {
  const account = desk.accounts.twilio;
  const url = desk.webhookUrl('twilio');
  if (!account.sender.startsWith('+')) throw new Error('Nobody can answer to a sender that is no number');
  if (url === null) throw new Error('No webhook is connected');
  optOut(desk.ledger, said);
  const post = incomingMessage(account, said, url);
  tell({ kind: 'said', said: { ...said, id: post.id } });
  return postBent(callbacks, post, bent);
};

/** What turns out differently from now on. */
const controls = (faults: Faults, ledger: Ledger, blocked: Map<string, string>) =>
  ({
    failNext: (what, times = 1, { taken = false, provider } = {}) =>
      faults.add({ what, times, taken, on: provider ?? 'any' }),
    setDown: faults.setDown,
    heal() {
      faults.clear();
      faults.setDown(false);
    },
    block: (number, code = 30003) => void blocked.set(number, String(code)),
    unblock: (number) => void blocked.delete(number),
    balance: ledger.balance,
    setBalance: ledger.setBalance,
  }) satisfies Partial<SmsSimulator>;

interface Rig {
  port: Port;
  reports: Reports;
  callbacks: Callbacks;
}

/** Starting, stopping and the addresses in between. */
const life = ({ port, reports, callbacks }: Rig, options: SmsSimulatorOptions, accounts: Desk['accounts']) =>
  ({
    async start() {
      return { origin: await port.open(options) };
    },
    async stop() {
      reports.stop();
      callbacks.stop();
      await port.close();
    },
    settings: (provider) => ({
      SMS_PROVIDER: provider,
      SMS_BASE_URL: `${port.origin()}/${provider}`,
      SMS_ACCOUNT: accounts[provider].account,
      SMS_TOKEN: accounts[provider].token,
      SMS_SENDER: accounts[provider].sender,
    }),
    isQuiet: () => reports.pending() === 0 && callbacks.pending() === 0,
  }) satisfies Partial<SmsSimulator>;

/** Not started yet: `start` opens its port, on loopback unless told otherwise. */
export function createSmsSimulator(options: SmsSimulatorOptions = {}): SmsSimulator {
  const clock = options.clock ?? systemClock;
  const keep = options.keep ?? true;
  const accounts = accountsOf(options.accounts);
  const { tell, watch } = createWatchers<SmsEvent>();
  const { lists, asked, taken } = createRecord(keep, tell);
  const faults = createFaults<Fault, Provider>();
  const callbacks = createCallbacks(clock, options.callbackTimeoutMs ?? 15_000, keep);
  const blocked = new Map<string, string>();
  const urls = new Map<Provider, string>();
  let plan = options.reports === undefined ? defaultReports : options.reports;
  const models: Record<Provider, ProviderModel> = {
    unifonic: createUnifonic(options.unifonic),
    taqnyat: createTaqnyat(options.taqnyat),
    twilio: createTwilio(),
  };
  const ledger = createLedger({
    clock,
    accounts,
    keep,
    taken(message) {
      taken(message);
      reports.follow(message, plan);
    },
  });
  const webhookUrl: Desk['webhookUrl'] = (provider) => urls.get(provider) ?? null;
  const desk: Desk = { clock, accounts, ledger, faults, webhookUrl, record: asked };
  const post = async (report: Report, bent?: Bent): Promise<Posted | null> => {
    const callback = models[report.message.provider].callback(desk, report);
    return callback && postBent(callbacks, callback, bent);
  };
  const noticed = ({ message, status }: Report): void => tell({ kind: 'report', message, status });
  const reports = createReports({ clock, post, noticed, blocked: (number) => blocked.get(number) ?? null });
  const app = express().disable('x-powered-by');
  for (const provider of providers) app.use(`/${provider}`, models[provider].routes(desk));

  return {
    ...lists,
    ...controls(faults, ledger, blocked),
    ...life({ port: createPort(app), reports, callbacks }, options, accounts),
    answers: callbacks.answers,
    connect(webhookUrl, provider) {
      for (const one of provider ? [provider] : providers) urls.set(one, webhookUrl);
    },
    report(message, status, error, bent) {
      const isFailure = status === 'undelivered' || status === 'failed';
      const code = error ?? (status === 'failed' ? 30008 : 30003);
      return reports.tell({ message, status, error: isFailure ? String(code) : null }, bent);
    },
    setReports(to) {
      plan = to;
    },
    say: (from, text, bent) => say({ desk, callbacks, tell }, { from, text }, bent),
    watch,
    app,
  };
}
