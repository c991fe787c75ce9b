import express, { type Express, type Request, type Response } from 'express';
import { type Clock, systemClock } from '../../../src/clock.ts';
import { createFaults } from '../faults.ts';
import { createPort } from '../port.ts';
import type { Posted } from '../posting.ts';
import { createWatchers } from '../watchers.ts';
import { adminEndpoints } from './admin-endpoints.ts';
import { createDeliveries, type Deliveries, type Delivery } from './delivery.ts';
import type { Fault, FaultPlace, Faults } from './faults.ts';
import { dmHappening, type Happening, type Made, postHappening } from './happening.ts';
import { createCounts, documentedLimits, type Limits } from './limits.ts';
import type { MediaStore } from './media-store.ts';
import type { Keys } from './oauth.ts';
import { createPerson, type Person, type PostExtras } from './person.ts';
import { type Problem, problems } from './problems.ts';
import { documentedRules, isSummons, type Rules } from './publish.ts';
import { readEndpoints } from './read-endpoints.ts';
import { createRecord, type SimulatorEvent } from './record.ts';
import { type RecordedRequest, serve } from './serve.ts';
import { createSpending, type Spending, type Spent } from './spending.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';
import { createTokens, type Tokens } from './tokens.ts';
import { createWebhooks, type Hook, type Webhooks } from './webhooks.ts';
import { createWorld, type Dm, type Post, type User, type World } from './world.ts';
import { writeEndpoints } from './write-endpoints.ts';

export interface XOptions extends Partial<Keys> {
  clock?: Clock;
  port?: number;
  host?: string;
  /** Of the account: `wasl_care` without it. */
  username?: string;
  name?: string;
  userId?: string;
  limits?: Partial<Limits>;
  rules?: Partial<Rules>;
  /** Whether subscribers are told at once: by the X Activity API without it. */
  auto?: 'xaa' | 'aaa' | 'none';
  /** A secret of OAuth 2.0: webhooks then carry a second signature. */
  clientSecret?: string;
  retryDelaysMs?: readonly number[];
  webhookTimeoutMs?: number;
  /** False: requests, posts and messages are counted and dropped, for measuring. */
  keep?: boolean;
}

/** X's API v2 in this process: it refuses what X refuses, bills what X bills, and posts webhooks as X does. */
export interface XSimulator {
  start(): Promise<{ baseUrl: string }>;
  stop(): Promise<void>;
  /** The settings of a channel that speaks with it, by the names of the environment. Only once started. */
  settings(): Record<string, string>;
  /**
   * Where webhooks go: challenged, and subscribed to all that concerns the account. The address stays, as invalid, where the
   * challenge is not met.
   */
  connect(webhookUrl: string): Promise<Hook>;
  /** The account that the channel acts for. */
  account: User;
  person(who: { username: string; name?: string; closedDms?: boolean }): Person;
  people(): Person[];
  /** A post of staff, written in the app. */
  ownPost(text: string, extras?: PostExtras): Post;
  /** A message of staff, written in the app. */
  ownDm(person: Person, text: string): Dm;
  /** The account takes the application's rights back. */
  revoke(): Happening;
  /** Whether the author of a post asked for an answer, by X's rules. */
  isSummons(post: Post): boolean;
  deliver(made: Made | readonly Made[], how?: Delivery): Promise<Posted[]>;
  setAuto(auto: 'xaa' | 'aaa' | 'none'): void;
  webhooks: Webhooks;
  subscriptions: Subscriptions;
  /** Challenges every webhook, as X does now and then; whoever fails is invalid. */
  challengeAll(): Promise<boolean[]>;
  requests: RecordedRequest[];
  /** What the API published. */
  posts: Post[];
  /** What the API sent. */
  dms: Dm[];
  /** Counted also where nothing is kept. */
  counted: { requests: number; posts: number; dms: number };
  world: World;
  media: MediaStore;
  limits: Limits;
  rules: Rules;
  spent(): Spent;
  /** Everything is refused: the month's cap, no money, or an application that is not enrolled. Null: no more. */
  setCap(cap: 'usageCapped' | 'creditsDepleted' | 'notEnrolled' | null, status?: number): void;
  /** The next requests go wrong, of any kind unless said otherwise; `taken`: they are done all the same, only the answer is lost. */
  failNext(what: Fault, times?: number, how?: { on?: FaultPlace; taken?: boolean }): void;
  /** No more planned faults, and up again. */
  heal(): void;
  setDown(down: boolean): void;
  /** The refresh token of OAuth 2.0 that is good now. */
  refreshToken(): string;
  watch(see: (event: SimulatorEvent) => void): () => void;
  /** Nothing is under way: no post, no retry. */
  isQuiet(): boolean;
  /** For pages beside X's own addresses. */
  app: Express;
}

const keysOf = (options: XOptions): Keys => ({
  appKey: options.appKey ?? 'simulatedAppKey',
  appSecret: options.appSecret ?? 'simulated-app-secret',
  accessToken: options.accessToken ?? '1-simulatedAccessToken',
  accessSecret: options.accessSecret ?? 'simulated-access-secret',
  bearerToken: options.bearerToken ?? 'AAAAsimulatedBearerToken',
});

const backOff = [1000, 5000, 30_000];
const subscribedTo = [
  'post.create',
  'post.mention.create',
  'post.reply.create',
  'post.quote.create',
  'post.delete',
  'dm.received',
  'dm.sent',
  'dm.read',
  'dm.indicate_typing',
  'chat.received',
] as const;

interface Parts {
  options: XOptions;
  clock: Clock;
  keys: Keys;
  world: World;
  app: Express;
  port: ReturnType<typeof createPort>;
  faults: Faults;
  limits: Limits;
  rules: Rules;
  spending: Spending;
  tokens: Tokens;
  webhooks: Webhooks;
  subscriptions: Subscriptions;
  deliveries: Deliveries;
  tell(event: SimulatorEvent): void;
  auto: 'xaa' | 'aaa' | 'none';
  cap: Problem | null;
}

const createParts = (options: XOptions, tell: Parts['tell']): Parts => {
  const clock = options.clock ?? systemClock;
  const { username = 'wasl_care', name = 'خدمة المستفيدين', userId } = options;
  const world = createWorld(clock, { username, name, ...(userId === undefined ? {} : { id: userId }) });
  const keys = keysOf(options);
  const app = express().disable('x-powered-by').disable('etag');
  const port = createPort(app);
  const webhooks = createWebhooks({
    clock,
    ids: world.ids,
    appSecret: keys.appSecret,
    clientSecret: options.clientSecret ?? null,
    retryDelaysMs: options.retryDelaysMs ?? backOff,
    timeoutMs: options.webhookTimeoutMs ?? 10_000,
    keep: options.keep ?? true,
  });
  const subscriptions = createSubscriptions(clock, world.ids);
  return {
    options,
    clock,
    keys,
    world,
    app,
    port,
    faults: createFaults<Fault, FaultPlace>(),
    limits: { ...documentedLimits, ...options.limits },
    rules: { ...documentedRules, ...options.rules },
    spending: createSpending(),
    tokens: createTokens(),
    webhooks,
    subscriptions,
    deliveries: createDeliveries({ world, places: port, webhooks, subscriptions }),
    tell,
    auto: options.auto ?? 'xaa',
    cap: null,
  };
};

type Records = ReturnType<typeof createRecord>;

/** Pictures of posts are open to everybody. */
const photoRoute =
  ({ world }: Parts) =>
  (request: Request, response: Response): void => {
    const file = world.media.byName(String(request.params.name));
    if (file) response.type(file.mime).send(file.bytes);
    else response.status(404).type('html').send('<html>Not found</html>');
  };

const openDoor = (parts: Parts, record: Records, happened: (happening: Happening) => void): void => {
  const { app, world, port, clock, keys, tokens, faults, limits, spending, rules, webhooks, subscriptions } = parts;
  const told = {
    posted(post: Post) {
      record.posted(post);
      happened(postHappening(world, post));
    },
    deleted: (post: Post) =>
      happened({ kind: 'delete', types: ['post.delete'], by: world.account, at: clock.now(), post }),
    sent(dm: Dm) {
      record.sent(dm);
      happened(dmHappening(world, dm));
    },
  };
  const door = {
    clock,
    keys,
    userTokens: tokens.good,
    accountId: world.account.id,
    faults,
    counts: createCounts(limits),
    cap: () => parts.cap,
    record: record.asked,
  };
  app.get('/media/:name', photoRoute(parts));
  app.use(tokens.router);
  const x = serve(door, [
    ...readEndpoints({ world, places: port, spending }),
    ...writeEndpoints({ world, rules, spending }, told),
    ...adminEndpoints({ world, webhooks, subscriptions }),
  ]);
  app.use(['/2', '/1.1'], (request, response, next) => {
    // the router's paths are whole ones, so that they read as X's do
    request.url = request.originalUrl;
    x(request, response, next);
  });
};

/** People, and staff in the app. */
const acting = (parts: Parts, happened: (happening: Happening) => void) => {
  const { world } = parts;
  const everybody = new Map<string, Person>();
  const acts = {
    world,
    happened,
    posted: (post: Post) => happened(postHappening(world, post)),
    sent: (dm: Dm) => happened(dmHappening(world, dm)),
  };
  return {
    person({ username, name = username, closedDms = false }) {
      const known = everybody.get(username.toLowerCase());
      if (known) return known;
      const person = createPerson(acts, world.addUser({ username, name, closedDms, verified: false }));
      everybody.set(username.toLowerCase(), person);
      return person;
    },
    people: () => [...everybody.values()],
    ownPost: (text, extras) => createPerson(acts, world.account).post(text, extras),
    ownDm(person, text) {
      const dm = world.writeDm({ from: world.account.id, to: person.id, typed: text });
      acts.sent(dm);
      return dm;
    },
    revoke() {
      const happening: Happening = {
        kind: 'revoke',
        types: ['oauth.revoke'],
        by: world.account,
        at: parts.clock.now(),
      };
      if (parts.auto !== 'none') void parts.deliveries.deliver(happening, { as: parts.auto });
      return happening;
    },
  } satisfies Partial<XSimulator>;
};

/** What turns out differently from now on. */
const controls = (parts: Parts) =>
  ({
    limits: parts.limits,
    rules: parts.rules,
    spent: parts.spending.spent,
    setAuto(auto) {
      parts.auto = auto;
    },
    setCap(cap, status) {
      parts.cap = cap === null ? null : { ...problems[cap], ...(status === undefined ? {} : { status }) };
    },
    failNext: (what, times = 1, { on = 'any', taken = false } = {}) => parts.faults.add({ what, times, on, taken }),
    heal() {
      parts.faults.clear();
      parts.faults.setDown(false);
    },
    setDown: parts.faults.setDown,
    refreshToken: parts.tokens.refreshToken,
  }) satisfies Partial<XSimulator>;

const connecting = ({ webhooks, subscriptions, world }: Parts) =>
  ({
    webhooks,
    subscriptions,
    async connect(url) {
      const hook = webhooks.all().find((one) => one.url === url) ?? webhooks.add(url);
      await webhooks.challenge(hook);
      const filter = { user_id: world.account.id };
      const isThere = (name: string): boolean =>
        subscriptions.all().some(({ event_type, webhook_id }) => event_type === name && webhook_id === hook.id);
      for (const event_type of subscribedTo)
        if (!isThere(event_type)) subscriptions.add({ event_type, filter, tag: event_type, webhook_id: hook.id });
      subscriptions.accountActivity.set(hook.id, new Set([world.account.id]));
      return hook;
    },
    challengeAll: () => Promise.all(webhooks.all().map((hook) => webhooks.challenge(hook))),
  }) satisfies Partial<XSimulator>;

/** Not started yet: `start` opens its port, on loopback unless told otherwise. */
export function createXSimulator(options: XOptions = {}): XSimulator {
  const { tell, watch } = createWatchers<SimulatorEvent>();
  const parts = createParts(options, tell);
  const { world, keys, port, webhooks, deliveries } = parts;
  const record = createRecord(options.keep ?? true, tell);
  const happened = (happening: Happening): void => {
    tell({ kind: 'happened', happening });
    deliveries.tell(happening, parts.auto);
  };
  openDoor(parts, record, happened);
  return {
    ...record.lists,
    ...controls(parts),
    ...connecting(parts),
    ...acting(parts, happened),
    account: world.account,
    world,
    media: world.media,
    isSummons: (post) => isSummons(parts, post),
    deliver: deliveries.deliver,
    async start() {
      return { baseUrl: await port.open(options) };
    },
    async stop() {
      webhooks.stop();
      await port.close();
    },
    settings: () => ({
      X_APP_KEY: keys.appKey,
      X_APP_SECRET: keys.appSecret,
      X_ACCESS_TOKEN: keys.accessToken,
      X_ACCESS_SECRET: keys.accessSecret,
      X_BEARER_TOKEN: keys.bearerToken,
      X_BASE_URL: port.origin(),
    }),
    watch,
    isQuiet: () => webhooks.pending() === 0,
    app: parts.app,
  };
}
