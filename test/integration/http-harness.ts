import { mkdtemp } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server as SocketServer } from 'socket.io';
import { createAgent } from '../../src/agent/change-agents.ts';
import type { AgentRole } from '../../src/agent/roles.ts';
import type { Channel, Log } from '../../src/channel/channel.ts';
import type { ChannelKind, HostDeps } from '../../src/channel/kind.ts';
import { type Clock, iso } from '../../src/clock.ts';
import { solo } from '../../src/cluster/cluster.ts';
import { alone } from '../../src/cluster/members.ts';
import { type Contact, contacts } from '../../src/contact/contact.ts';
import { type Conversation, conversations, emptyConversation } from '../../src/conversation/conversation.ts';
import type { Flow } from '../../src/flow/flow.ts';
import { createApp, type HttpConfig, type HttpDeps } from '../../src/http/app.ts';
import { createIds, type Ids } from '../../src/ids.ts';
import { createInboxes } from '../../src/inbox/inboxes.ts';
import { type Delivery, deliveries, type Message, messages, plain } from '../../src/message/message.ts';
import { createMetrics } from '../../src/metrics.ts';
import { createOneTimeCodes } from '../../src/one-time-code/create-one-time-codes.ts';
import { loadOrganisation } from '../../src/organisation/load.ts';
import { readSettings, seedSettings } from '../../src/organisation/settings.ts';
import { mountConsole } from '../../src/realtime/console.ts';
import type { Collection, Document, Store } from '../../src/store/port.ts';
import { loadTemplates } from '../../src/template/load.ts';
import { createRender } from '../../src/template/template.ts';
import { type Ticket, tickets, untouched } from '../../src/ticket/ticket.ts';
import { plainChat } from '../fakes/capabilities.ts';
import { openStoreOf, removeStore } from '../support/store-env.ts';
import { createFakeFlow } from './http-fake-flow.ts';

export const password = 'correct horse battery';
export const settingsToken = 'settings-token-of-the-test-0123456789';

/** A clock whose time only the test moves; its timers run when the time is moved past them. */
export function createHandClock(start = Date.parse('2026-11-25T08:00:00.000Z')) {
  let now = start;
  let timers: { at: number; run: () => void }[] = [];
  return {
    now: () => now,
    after(ms: number, run: () => void) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    advance(ms: number) {
      now += ms;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      for (const { run } of due) run();
    },
  };
}

export const silentLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const chat: Channel = {
  kind: 'chat',
  inboxId: 'chat',
  capabilities: {
    ...plainChat,
    text: { maxLength: 4000, format: 'plain' },
    receipts: 'delivered',
    typing: true,
    turnWindowMs: 1000,
  },
  state: () => ({ state: 'connected', reason: null }),
  start: async () => {},
  stop: async () => {},
  send: async () => ({ externalId: 'x', status: 'delivered' }),
};

export interface World {
  url: string;
  store: Store;
  deps: HttpDeps;
  flow: Flow & ReturnType<typeof createFakeFlow>['controls'];
  clock: ReturnType<typeof createHandClock>;
  directory: string;
  logged: { fields: object; message: string }[];
  /** What must come before edited articles are in use. */
  hold: { settling: Promise<void> };
  close(): Promise<void>;
}

interface Options {
  config?: Partial<HttpConfig>;
  channels?: Channel[];
  /** Kinds that an administrator can set up. */
  kinds?: ChannelKind[];
}

/** The inboxes of the given channels, as if the environment had set them up. */
const inboxesOf = (
  channels: readonly Channel[],
  kinds: readonly ChannelKind[],
  deps: { store: Store; clock: Clock; ids: Ids; log: Log },
) =>
  createInboxes({
    ...deps,
    cluster: solo('the test'),
    key: Buffer.alloc(32, 7),
    kinds: [...kinds, ...channels.map((channel) => ({ kind: channel.kind, create: () => channel }))],
    given: channels.map(({ kind, inboxId }) => ({ kind, inboxId, values: {} })),
    create: (kind, inbox) => kind.create(inbox, {} as HostDeps),
  });

const listen = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });

const texts = await loadTemplates(join(import.meta.dirname, '../../templates'));

/** The HTTP door over a real store in a temporary directory and a flow that only writes what it is told. */
export async function openWorld({ config, channels = [chat], kinds = [] }: Options = {}): Promise<World> {
  const directory = await mkdtemp(join(tmpdir(), 'wasl-http-'));
  const clock = createHandClock();
  const ids = createIds(clock.now);
  const store = await openStoreOf(directory, clock.now);
  await seedSettings(store, await loadOrganisation(join(import.meta.dirname, '../../knowledge-base/organisation')));
  let organisation = await readSettings(store);
  const { flow, controls } = createFakeFlow({ store, ids, clock });
  const logged: World['logged'] = [];
  const log = { ...silentLog, error: (fields: object, message: string) => logged.push({ fields, message }) };
  const inboxes = await inboxesOf(channels, kinds, { store, clock, ids, log });
  const render = createRender(texts, 'Asia/Riyadh');
  const secret = (purpose: string) => new TextEncoder().encode(`of the test: ${purpose}`);
  const codes = createOneTimeCodes({
    store,
    channels: inboxes.channels,
    render: () => render,
    clock,
    ids,
    log,
    secret,
  });
  const hold = { settling: Promise.resolve() };
  const deps: HttpDeps = {
    store,
    flow,
    inboxes,
    codes,
    members: alone('the test'),
    secret,
    organisation: () => organisation,
    answer: (text) => ({
      outcome: 'answer',
      articles: [{ id: 'hours', title: 'Hours', confidence: 0.9, phrasing: 'when do you open' }],
      text,
      why: ['language: ar'],
    }),
    settled: () => hold.settling,
    pages: {
      contact: (language) => `<!doctype html><html lang="${language}"><title>contact</title></html>`,
      survey: (language) => `<!doctype html><html lang="${language}"><title>survey</title></html>`,
      referral: (language) => `<!doctype html><html lang="${language}"><title>referral</title></html>`,
      problem: (language, _page, problem) => `<!doctype html><html lang="${language}"><title>${problem}</title></html>`,
    },
    config: {
      publicUrl: 'http://localhost:8080',
      trustProxy: false,
      allowedOrigins: ['https://host.example'],
      apiToken: settingsToken,
      rateLimits: true,
      version: '0.0.0-test',
      distDirectory: join(directory, 'dist'),
      ...config,
    },
    clock,
    ids,
    log,
    metrics: createMetrics(),
  };
  store.watch((changes) => {
    if (!changes.some(({ collection }) => collection === 'settings')) return;
    readSettings(store).then((read) => {
      organisation = read;
    });
  });
  const server = createServer(createApp(deps));
  const io = new SocketServer(server);
  const unmount = mountConsole(io, deps);
  const url = await listen(server);
  return {
    url,
    store,
    deps,
    flow: Object.assign(flow, controls),
    clock,
    directory,
    logged,
    hold,
    async close() {
      unmount();
      await io.close();
      server.closeAllConnections();
      await store.close();
      await removeStore(directory);
    },
  };
}

export interface Reply {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads
  body: any;
}

export type Ask = (
  method: string,
  path: string,
  options?: { body?: unknown; headers?: Record<string, string> },
) => Promise<Reply>;

/** Asks the API as JSON; what is no JSON comes back as text. */
export const asking =
  (world: World, headers: Record<string, string> = {}): Ask =>
  async (method, path, options = {}) => {
    const raw = options.body instanceof FormData || options.body instanceof Uint8Array;
    const response = await fetch(world.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(options.body !== undefined && !raw ? { 'content-type': 'application/json' } : {}),
        ...headers,
        ...options.headers,
      },
      body: (raw ? options.body : options.body === undefined ? undefined : JSON.stringify(options.body)) as BodyInit,
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  };

export const asAdministrator = (world: World): Ask => asking(world, { authorization: `Bearer ${settingsToken}` });

/** Adds an agent and signs in; the answers' CSRF token goes with every request. */
export async function signedIn(world: World, role: AgentRole = 'agent', email = `${role}@example.org`) {
  const made = await createAgent(
    { store: world.store, ids: world.deps.ids, now: world.clock.now() },
    { email, name: `The ${role}`, role, departments: [], password },
  );
  const began = await asking(world)('POST', '/api/v1/session', { body: { email, password } });
  const cookie = began.headers.get('set-cookie')?.split(';')[0] ?? '';
  const csrf = began.body.csrfToken as string;
  return { agent: made, cookie, csrf, ask: asking(world, { cookie, 'x-csrf-token': csrf }) };
}

async function put<T extends Document>(store: Store, into: Collection<T>, document: NoInfer<T>): Promise<T> {
  const result = await store.write([{ op: 'insert', in: into, document }]);
  if (!result.ok) throw new Error(`${into.name}: ${result.reason}`);
  return document;
}

/** Puts documents into the store as the flow would have left them. */
export function writer({ store, deps, clock }: World) {
  const at = () => iso(clock.now());
  const aContact = (facts: Partial<Contact> = {}) =>
    put(store, contacts, {
      id: deps.ids.next(),
      version: 1,
      name: 'سارة القحطاني',
      entity: null,
      category: null,
      language: 'ar',
      preferredChannel: null,
      phone: '+966500000012',
      email: null,
      blockedAt: null,
      createdAt: at(),
      privacyVersion: null,
      joinedTo: null,
      ...facts,
    });
  const aConversation = (facts: Partial<Conversation> & { contactId: string }) => {
    const id = deps.ids.next();
    const place = { id, channel: 'chat', inboxId: 'chat', address: `visitor-${id}`, key: id };
    return put(store, conversations, emptyConversation(at(), { ...place, language: 'ar', ...facts }));
  };
  const aMessage = (facts: Partial<Message> & { conversationId: string; seq: number }) => {
    const id = deps.ids.next();
    return put(store, messages, {
      ...plain,
      id,
      version: 1,
      contactId: 'c',
      inboxId: 'chat',
      ticketNumber: null,
      direction: 'inbound',
      author: 'contact',
      agentId: null,
      kind: 'text',
      text: 'السلام عليكم',
      html: null,
      language: 'ar',
      attachments: [],
      quickReplies: [],
      quickReplyId: null,
      externalId: id,
      automated: 'none',
      decisionId: null,
      template: null,
      raw: { secret: 'of the provider' },
      sentAt: at(),
      receivedAt: at(),
      ...facts,
    });
  };
  const aDelivery = (facts: Partial<Delivery> & { messageId: string; conversationId: string }) => {
    const id = deps.ids.next();
    return put(store, deliveries, {
      id,
      version: 1,
      inboxId: 'chat',
      seq: 1,
      part: 0,
      text: '',
      status: 'delivered',
      externalId: id,
      open: false,
      attempts: 1,
      dueAt: null,
      claimedBy: null,
      error: null,
      at: at(),
      ...facts,
    });
  };
  const aTicket = (facts: Partial<Ticket> & { number: string; contactId: string }) =>
    put(store, tickets, {
      ...untouched,
      id: facts.number,
      version: 1,
      type: 'inquiry',
      service: null,
      subject: 'سؤال',
      status: 'new',
      outcome: null,
      importance: 'medium',
      complexity: 'routine',
      restricted: false,
      departmentId: 'care',
      assigneeId: null,
      conversationId: null,
      channel: 'chat',
      language: 'ar',
      openedAt: at(),
      acceptedAt: null,
      respondedAt: null,
      statusAt: at(),
      dueAt: { firstResponse: null, routing: null, resolution: null },
      satisfaction: null,
      eventCount: 1,
      causeKey: facts.number,
      ...facts,
    });
  return { aContact, aConversation, aMessage, aDelivery, aTicket };
}
