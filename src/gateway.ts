import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Server as SocketServer } from 'socket.io';
import { agents } from './agent/agent.ts';
import { ensureAdministrator } from './agent/ensure-administrator.ts';
import type { Channel, Log } from './channel/channel.ts';
import type { ChannelKind, HostDeps, InboxSettings, Peers } from './channel/kind.ts';
import { type Clock, systemClock } from './clock.ts';
import { silence } from './cluster/bus.ts';
import type { Cluster } from './cluster/cluster.ts';
import { openCluster } from './cluster/open-cluster.ts';
import { socketAdapter } from './cluster/socket-adapter.ts';
import { collections } from './collections.ts';
import type { CoreSettings } from './config.ts';
import { inboxDirectory } from './data-directory.ts';
import { createFlow } from './flow/create-flow.ts';
import type { Flow } from './flow/flow.ts';
import { createApp } from './http/app.ts';
import { clientAddress } from './http/client-address.ts';
import { isAllowedOrigin } from './http/cross-origin.ts';
import { createIds, type Ids } from './ids.ts';
import type { GivenInbox } from './inbox/given-inboxes.ts';
import { createInboxes, type Inboxes } from './inbox/inboxes.ts';
import type { KnowledgeHelp } from './knowledge/help.ts';
import { answerFrom, consultWith } from './live/answer-from.ts';
import { followContent, type LiveContent } from './live/follow.ts';
import { seedContent } from './live/seed.ts';
import { sweepFiles } from './message/sweep-files.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { longBriefs } from './notice/long-briefs.ts';
import { createOneTimeCodes } from './one-time-code/create-one-time-codes.ts';
import { readTemplates } from './organisation/settings.ts';
import { workingZone } from './organisation/working-zone.ts';
import { contactPage, outsidePages, publicView } from './pages.ts';
import { mountConsole } from './realtime/console.ts';
import { derive, masterKey } from './secrets.ts';
import { openStore } from './store/open.ts';
import { openPatiently } from './store/open-patiently.ts';
import type { Store } from './store/port.ts';
import { fallBack } from './template/fall-back.ts';
import { loadTemplates } from './template/load.ts';
import { createRender } from './template/template.ts';
import { loadUnderstanding } from './understanding/load.ts';

export interface GatewayOptions {
  settings: CoreSettings;
  /** The repository's root: content files and the built pages. */
  root: string;
  version: string;
  log: Log;
  clock?: Clock;
  ids?: Ids;
  /** The channels that there are: `channelKinds` of `channels/index.ts`. */
  kinds: readonly ChannelKind[];
  /** The inboxes that the environment sets up (`givenInboxes`). */
  inboxes: readonly GivenInbox[];
  /** Makes the server one of several that answer at one port, before it listens. */
  share?(http: HttpServer, sockets: SocketServer): Promise<void>;
}

export interface Gateway {
  flow: Flow;
  store: Store;
  /** The port it listens on, once started. */
  port(): number;
  /** What to tell the operator once, after `start`: where to sign in, and a password that was made now. */
  readonly administrator: { email: string; generatedPassword?: string };
  /**
   * Takes the port first, so that a start that cannot be makes no administrator whose password nobody saw; requests are
   * answered once everything runs.
   */
  start(): Promise<void>;
  /** Takes no new work, finishes what is in hand, closes the store. */
  stop(): Promise<void>;
}

/** A visitor's message may be long and still get a clear answer; beyond this the connection is closed. */
const maxSocketBytes = 4 * 1024 * 1024;

/** What exists only after the channels do, and is asked for only when a request comes. */
interface Held {
  /** Answers 503 until everything has started. */
  app: RequestListener;
  started: boolean;
  address: HostDeps['clientAddress'];
}

/** The other processes as sockets and channels reach them; undefined where there are none. */
const peersOf = ({ bus, members }: Cluster): Peers | undefined =>
  bus === silence ? undefined : { ...bus, count: () => members.count() - 1 };

const createSockets = ({ http, held, cluster }: Wiring, allowed: (origin: string) => boolean): SocketServer =>
  new SocketServer(http, {
    ...(cluster.bus === silence ? {} : { adapter: socketAdapter(cluster) }),
    serveClient: false,
    maxHttpBufferSize: maxSocketBytes,
    cors: { origin: (origin, done) => done(null, !origin || allowed(origin)) },
    allowRequest: (request, done) => {
      const { origin, host } = request.headers;
      const isOwn = !origin || allowed(origin) || origin.split('://')[1] === host;
      done(null, held.started && isOwn);
    },
  });

interface Wiring extends GatewayOptions {
  clock: Clock;
  ids: Ids;
  store: Store;
  cluster: Cluster;
  content: LiveContent;
  metrics: Metrics;
  help: KnowledgeHelp | undefined;
  http: HttpServer;
  held: Held;
  publicUrl: string;
  key: Buffer;
}

const createInbox = (wiring: Wiring, io: SocketServer) => {
  const { settings, log, clock, ids, content, metrics, publicUrl, key } = wiring;
  const deps = (kind: string): HostDeps => ({
    log,
    clock,
    ids,
    io,
    publicUrl,
    rateLimits: settings.RATE_LIMITS,
    text: (name, language, values) => content.render()(name, language, values),
    publicView: async (language) => publicView(content, language, clock.now()),
    secret: (purpose) => derive(key, purpose),
    count: (event) => metrics.channelEvent(kind, event),
    clientAddress: (request) => wiring.held.address(request),
    directory: (inboxId) => inboxDirectory(settings.DATA_DIR, inboxId),
    chromium: settings.CHROMIUM_PATH,
    peers: peersOf(wiring.cluster),
  });
  return (kind: ChannelKind, inbox: InboxSettings): Channel => kind.create(inbox, deps(kind.kind));
};

const openInboxes = (wiring: Wiring, io: SocketServer): Promise<Inboxes> =>
  createInboxes({
    ...wiring,
    key: derive(wiring.key, 'inbox-settings'),
    given: wiring.inboxes,
    create: createInbox(wiring, io),
  });

/** The department of an inbox that has one of its own, as long as the organisation has that department. */
const departmentOf =
  ({ content }: Wiring, inboxes: Inboxes) =>
  (inboxId: string): string | null => {
    const own = inboxes.departmentOf(inboxId);
    return content.organisation().departments.some(({ id }) => id === own) ? own : null;
  };

const originCheck = ({ settings, publicUrl }: GatewayOptions & { publicUrl: string }) => {
  const config = { publicUrl, allowedOrigins: settings.ALLOWED_ORIGINS ?? [] };
  return (origin: string): boolean => isAllowedOrigin(origin, config);
};

const httpConfig = ({ settings, root, version, publicUrl }: Wiring) => ({
  publicUrl,
  trustProxy: settings.TRUST_PROXY ?? false,
  allowedOrigins: settings.ALLOWED_ORIGINS ?? [],
  apiToken: settings.API_TOKEN,
  rateLimits: settings.RATE_LIMITS,
  version,
  distDirectory: join(root, 'dist'),
});

/** Answers before everything has started, and once it is being stopped. */
const closed: RequestListener = (_request, response) => void response.writeHead(503, { 'Retry-After': '1' }).end();

/** Gives what opens the door once everything has started, and what closes it. */
const mountHttp = (wiring: Wiring, flow: Flow, inboxes: Inboxes, io: SocketServer) => {
  const { store, content, clock, ids, log, metrics, held } = wiring;
  const config = httpConfig(wiring);
  const pages = {
    contact: (language: 'ar' | 'en') => contactPage(content, language, clock.now(), config.distDirectory),
    ...outsidePages(content, clock.now, config.distDirectory),
  };
  const organisation = content.organisation;
  const { channels } = inboxes;
  const secret = (purpose: string): Uint8Array => derive(wiring.key, purpose);
  const codes = createOneTimeCodes({ store, channels, render: content.render, clock, ids, log, secret });
  const deps = {
    store,
    flow,
    inboxes,
    organisation,
    codes,
    answer: answerFrom(content),
    consult: wiring.help && consultWith(content, wiring.help),
    settled: content.settled,
    pages,
    config,
    members: wiring.cluster.members,
    peers: peersOf(wiring.cluster),
    clock,
    ids,
    log,
    metrics,
    secret,
  };
  const app = createApp(deps);
  held.address = clientAddress(app);
  const unmount = mountConsole(io, deps);
  const open = (): void => void Object.assign(held, { app, started: true });
  const close = (): void => {
    Object.assign(held, { app: closed, started: false });
    unmount();
  };
  return { open, close };
};

const listen = (http: HttpServer, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, () => {
      http.off('error', reject);
      resolve();
    });
  });

const closeHttp = (io: SocketServer, http: HttpServer): Promise<void> =>
  new Promise((resolve) => {
    io.close(() => resolve());
    http.closeAllConnections();
  });

/** What only one of several processes that begin on one store does at a time. */
const beginning = 'beginning';

/** A store that was begun before is not waited for: what is done then may be done side by side. */
async function atBeginning<T>(
  { store, cluster }: Pick<Wiring, 'store' | 'cluster'>,
  work: () => Promise<T>,
): Promise<T> {
  const { items } = await store.find(agents, { index: 'by-created', limit: 1 });
  return items.length > 0 ? work() : cluster.leases.once(beginning, work);
}

type Beginning = Omit<Wiring, 'content' | 'metrics' | 'help' | 'http' | 'held' | 'publicUrl' | 'key'>;

/** The content of the store, filled from the files at first; a text that cannot be said gives way to the shipped one. */
async function openContent(options: Beginning): Promise<LiveContent> {
  const { store, settings, root, log, clock } = options;
  const [knowledgeBase, templates] = [join(root, 'knowledge-base'), join(root, 'templates')];
  await atBeginning(options, () => seedContent(store, { knowledgeBase, templates }));
  const files = await loadUnderstanding(join(knowledgeBase, 'understanding'));
  const onError = (error: unknown): void => log.error({ err: error }, 'edited content could not be read');
  const keptIn = join(root, 'node_modules/.cache/wasl');
  const content = await followContent(store, { timeZone: settings.TIME_ZONE, files, keptIn, clock, onError });
  const shipped = createRender(await loadTemplates(templates), settings.TIME_ZONE);
  const render = fallBack(
    () => content.render(),
    shipped,
    (error, template) => log.error({ err: error, template }, 'an edited text could not be said; the shipped one was'),
  );
  return { ...content, render: () => render };
}

/** Help for the bank from the operator's own models; where none is set up, nothing of it is loaded. */
async function openHelp(
  deps: Pick<Wiring, 'settings' | 'content' | 'clock' | 'log' | 'metrics'>,
): Promise<Wiring['help']> {
  const { KNOWLEDGE_MODEL, KNOWLEDGE_LLM_URL, KNOWLEDGE_LLM_MODEL } = deps.settings;
  if (!KNOWLEDGE_MODEL && !KNOWLEDGE_LLM_URL && !KNOWLEDGE_LLM_MODEL) return undefined;
  const { beginHelp } = await import('./semantic/begin-help.ts');
  return beginHelp(deps);
}

/** Tells which texts cost more each time than they need. */
async function warnOfLongTexts({ store, content, log }: Wiring): Promise<void> {
  const now = content.organisation();
  for (const long of longBriefs(await readTemplates(store), now.organisation, workingZone(now)))
    log.warn({ ...long }, 'the brief form of a text takes more than one paid part: shorten it');
}

async function wire(options: GatewayOptions): Promise<Wiring> {
  const { settings, log, clock = systemClock, ids = createIds(clock.now) } = options;
  const warn = (message: string): void => log.warn({}, message);
  const store = await openPatiently(() => openStore(settings, { collections, now: clock.now, warn }), clock, warn);
  let cluster: Cluster | undefined;
  try {
    cluster = await openCluster({ store, clock, ids, log, redisUrl: settings.REDIS_URL });
    const findKey = (): Promise<Buffer> => masterKey(store, settings.DATA_DIR, settings.ENCRYPTION_KEY);
    const key = await atBeginning({ store, cluster }, findKey);
    const content = await openContent({ ...options, clock, ids, store, cluster });
    const held: Held = { app: closed, started: false, address: () => '' };
    const http = createServer((request, response) => held.app(request, response));
    const publicUrl = (settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`).replace(/\/$/, '');
    const metrics = createMetrics();
    const help = await openHelp({ settings, content, clock, log, metrics });
    return { ...options, clock, ids, store, cluster, content, metrics, help, http, held, publicUrl, key };
  } catch (error) {
    await cluster?.stop();
    await store.close();
    throw error;
  }
}

/**
 * Puts Wasl together: store, content, channels, flow, HTTP. Nothing listens before `start`. Rejects with a clear error
 * (`StoreError`, `ContentError`) where the data directory or the content files are not well.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const wiring = await wire(options);
  await warnOfLongTexts(wiring);
  const { store, content, http, clock, ids, log, metrics, settings } = wiring;
  const io = createSockets(wiring, originCheck(wiring));
  const inboxes = await openInboxes(wiring, io);
  const { channels } = inboxes;
  const inboxDepartment = departmentOf(wiring, inboxes);
  const secret = (purpose: string): Uint8Array => derive(wiring.key, purpose);
  const { members } = wiring.cluster;
  const flowDeps = {
    store,
    channels,
    serves: inboxes.serves,
    inboxDepartment,
    content,
    clock,
    ids,
    log,
    metrics,
    members,
    secret,
    publicUrl: wiring.publicUrl,
    help: wiring.help,
  };
  const flow = createFlow(flowDeps);
  const door = mountHttp(wiring, flow, inboxes, io);
  let administrator: Gateway['administrator'] = { email: settings.ADMIN_EMAIL };
  const stopJobs = startSweeping(wiring);
  return {
    flow,
    store,
    get administrator() {
      return administrator;
    },
    port: () => (http.address() as AddressInfo).port,
    async start() {
      await options.share?.(http, io);
      await listen(http, settings.PORT);
      await inboxes.start(flow.sink);
      await flow.start();
      const first = { email: settings.ADMIN_EMAIL, password: settings.ADMIN_PASSWORD, ids, now: clock.now() };
      administrator = await atBeginning(wiring, () => ensureAdministrator(store, first));
      door.open();
    },
    async stop() {
      stopJobs();
      door.close();
      await flow.closeIntake();
      await inboxes.stop();
      await closeHttp(io, http);
      await flow.stop();
      await wiring.help?.stop();
      content.stop();
      await wiring.cluster.stop();
      await store.close();
    },
  };
}

const sweepEveryMs = 60_000;
const sweepLimit = 500;
/** Where more is left than one sweep takes. */
const sweepOnMs = 1000;

/** Removes what has expired, a little at a time; of several processes one does it. */
function startSweeping({ store, clock, log, cluster }: Wiring): () => void {
  let cancel = (): void => undefined;
  const sweep = async (): Promise<number> => {
    if (!cluster.members.isMine('sweep')) return 0;
    const now = new Date(clock.now()).toISOString();
    await sweepFiles(store, now, sweepLimit);
    return store.sweep(now, sweepLimit);
  };
  const again = (afterMs: number): void => {
    cancel = clock.after(afterMs, () => {
      sweep().then(
        (swept) => again(swept < sweepLimit ? sweepEveryMs : sweepOnMs),
        (error: unknown) => {
          log.error({ err: error }, 'removing what has expired failed');
          again(sweepEveryMs);
        },
      );
    });
  };
  again(sweepEveryMs);
  return () => cancel();
}
