import { mkdtempSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { expect, vi } from 'vitest';
import { channelKinds } from '../../../channels/index.ts';
import type { ChannelKind } from '../../../src/channel/kind.ts';
import type { Clock } from '../../../src/clock.ts';
import { coreSettings, readSettings } from '../../../src/config.ts';
import { createGateway } from '../../../src/gateway.ts';
import { type GivenInbox, givenInboxes } from '../../../src/inbox/given-inboxes.ts';
import { type Message, messages } from '../../../src/message/message.ts';
import { removeStore, storeEnv } from '../../support/store-env.ts';

/** A message as a visitor's client is handed it. */
export interface Shown {
  id: string;
  direction: 'inbound' | 'outbound';
  author: string;
  text: string;
  html?: string;
  quickReplies?: { id: string; title: string }[];
  attachments?: { id: string; name: string; type: string; bytes: number; url: string }[];
  at: string;
}

export interface Refusal {
  code: string;
  message: string;
  retryAfterMs?: number;
}

export type Answer = { id: string; error?: undefined } | { id?: undefined; error: Refusal };

/** One tab of a visitor: a real socket, and what came over it. */
export interface Tab {
  socket: Socket;
  session: { token: string; conversationId: string | null };
  got: Shown[];
  /** Emits `message` as it is given, whatever it is, and gives the server's answer. */
  send(payload: unknown): Promise<Answer>;
  /** A valid message with a client id of its own. */
  say(text: string, more?: Record<string, unknown>): Promise<Answer>;
  /** Waits until that many messages of the assistant have come, and gives them. */
  answers(count: number): Promise<Shown[]>;
  close(): void;
}

export interface TabOptions {
  auth?: Record<string, unknown>;
  /** False: the client never tells that it has a message. */
  acknowledges?: boolean;
}

let clientIds = 0;

async function openTab(url: string, { auth = {}, acknowledges = true }: TabOptions): Promise<Tab> {
  const socket = io(`${url}/web-chat`, { transports: ['websocket'], forceNew: true, reconnection: false, auth });
  const got: Shown[] = [];
  socket.on('message', (message: Shown, acknowledge: () => void) => {
    got.push(message);
    if (acknowledges) acknowledge();
  });
  const session = await new Promise<Tab['session']>((resolve, reject) => {
    socket.once('session', resolve);
    socket.once('connect_error', reject);
  });
  const send = (payload: unknown): Promise<Answer> => socket.timeout(15_000).emitWithAck('message', payload);
  const fromAssistant = (): Shown[] => got.filter(({ author }) => author === 'assistant');
  return {
    socket,
    session,
    got,
    send,
    say: (text, more = {}) => send({ clientId: `client-${++clientIds}`, text, ...more }),
    async answers(count) {
      await vi.waitFor(() => expect(fromAssistant().length).toBeGreaterThanOrEqual(count), { timeout: 10_000 });
      return fromAssistant();
    },
    close: () => void socket.disconnect(),
  };
}

export interface GatewayOptions {
  clock?: Clock;
  rateLimits?: 'on' | 'off';
  /** For a browser: pages and sockets at `http://localhost` on a port that is known before the start, as for an operator. */
  forBrowser?: boolean;
  /** Further settings, as in the environment. */
  env?: Record<string, string>;
  /** Kinds of channels in place of all there are, and their inboxes in place of those of the settings. */
  channels?: { kinds: readonly ChannelKind[]; inboxes: readonly GivenInbox[] };
}

/** A port that nobody listens on. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

export const apiToken = 'token-of-the-test-administrator';

/** The whole of Wasl on a port and a data directory of its own. */
export async function openGateway({
  clock,
  rateLimits = 'off',
  forBrowser = false,
  env = {},
  channels,
}: GatewayOptions = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'wasl-web-chat-'));
  const port = forBrowser ? await freePort() : 0;
  const own = { PORT: String(port), ...storeEnv(directory), API_TOKEN: apiToken, RATE_LIMITS: rateLimits };
  const given = { ...own, ...env };
  const faults: { fields: object; message: string }[] = [];
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined };
  const gateway = await createGateway({
    settings: readSettings(coreSettings, given),
    root: join(import.meta.dirname, '../../..'),
    version: 'test',
    ...(channels ?? { kinds: channelKinds, inboxes: givenInboxes(channelKinds, given) }),
    log: { ...quiet, error: (fields, message) => void faults.push({ fields, message }) },
    clock,
  });
  await gateway.start();
  const url = `http://${forBrowser ? 'localhost' : '127.0.0.1'}:${gateway.port()}`;
  const tabs: Tab[] = [];
  const ask = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${apiToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const stored = async (conversationId: string): Promise<Message[]> => {
    const where = { conversationId };
    return (await gateway.store.find(messages, { index: 'by-conversation', where, order: 'asc', limit: 1000 })).items;
  };
  return {
    url,
    gateway,
    /** What was logged as an error: nothing, in a test where everything went as it should. */
    faults,
    async visit(options: TabOptions = {}): Promise<Tab> {
      const tab = await openTab(url, options);
      tabs.push(tab);
      return tab;
    },
    stored,
    /** The visitor's own messages in the conversation that a message belongs to, in order. */
    async inboundBeside(messageId: string): Promise<Message[]> {
      const message = await gateway.store.get(messages, messageId);
      return (await stored(message?.conversationId ?? '')).filter(({ direction }) => direction === 'inbound');
    },
    ask,
    api: (path: string) => ask('GET', path),
    apiPost: (path: string, body: unknown) => ask('POST', path, body),
    upload: (body: BodyInit, token: string, headers: Record<string, string> = {}) =>
      fetch(`${url}/web-chat/files?lang=en`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, ...headers },
        body,
        duplex: 'half',
      } as RequestInit),
    async close() {
      for (const tab of tabs) tab.close();
      await gateway.stop();
      await removeStore(directory);
    },
  };
}

export type OpenGateway = Awaited<ReturnType<typeof openGateway>>;

/** How many messages of visitors the whole store holds. */
export const countInbound = async ({ gateway }: OpenGateway): Promise<number> => {
  let count = 0;
  let cursor: string | undefined;
  do {
    const page = await gateway.store.find(messages, { index: 'by-external-id', limit: 1000, cursor });
    count += page.items.filter(({ direction }) => direction === 'inbound').length;
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return count;
};
