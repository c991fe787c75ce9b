import { createRequire } from 'node:module';
import type { AddressInfo, Server, Socket } from 'node:net';
import { testCertificate, testKey } from './test-certificate.ts';

/** What is used of hoodiecrow-imap, which brings no types. */
interface Hoodiecrow {
  server: Server;
  listen(port: number, host: string, ready: () => void): void;
  close(done: () => void): void;
  users: Record<string, { password: string; xoauth2?: { accessToken: string; sessionTimeout: number } }>;
  appendMessage(folder: string, flags: string[], internalDate: Date | false, raw: string): { message: { uid: number } };
  fetchHandlers: Record<string, FetchHandler>;
}

type FetchHandler = (connection: { socket: Socket | null }, message: { uid: number }, query: unknown) => unknown;

type Storage = Record<string, unknown>;

const load = createRequire(import.meta.url);
const createHoodiecrow: (options: {
  plugins: string[];
  storage: Storage;
  secureConnection: boolean;
  credentials: { key: string; cert: string };
}) => Hoodiecrow = load('hoodiecrow-imap');
const usualFetch: Record<string, FetchHandler> = load('hoodiecrow-imap/lib/commands/handlers/fetch');

const plugins = [
  'ID',
  'IDLE',
  'SPECIAL-USE',
  'MOVE',
  'UIDPLUS',
  'LITERALPLUS',
  'UNSELECT',
  'NAMESPACE',
  'AUTH-PLAIN',
  'SASL-IR',
  'XOAUTH2',
];

export const imapUser = 'care';
export const imapPassword = 'right';

/** An IMAP server within this process, for tests. */
export interface ImapServer {
  readonly port: number;
  /** Puts a mail into a folder; gives its UID. Whoever idles hears of it. */
  deliver(raw: string, options?: { folder?: string; flags?: string[]; arrivedAt?: Date }): number;
  /** Mails that the server cannot hand out: it refuses, or it breaks down over them. */
  spoil(uids: readonly number[], how: 'refuses' | 'hangs up'): void;
  /** Connections that are open now. */
  connections(): number;
  /** Connections that were ever opened. */
  connectionsEver(): number;
  /** From now on only this password, or this access token, is right. */
  accept(secret: { password: string } | { accessToken: string }): void;
  /** Ends all connections and begins anew on the same port, with the same mails. */
  restart(): Promise<void>;
  /** The same, and all mails have new UIDs. */
  renumber(uidValidity: number): Promise<void>;
  stop(): Promise<void>;
}

interface Folder {
  uidvalidity?: number;
  uidnext?: number;
  messages?: { uid?: number }[];
}

export async function startImapServer(
  options: { folders?: string[]; encryption?: 'tls' | 'starttls' } = {},
): Promise<ImapServer> {
  const { encryption } = options;
  const inbox: Folder = { uidvalidity: 1000, messages: [] };
  const folders = Object.fromEntries((options.folders ?? []).map((name) => [name, { uidvalidity: 1000 }]));
  const storage: Storage = { INBOX: inbox, '': { separator: '/', type: 'personal', folders } };
  const users: Hoodiecrow['users'] = { [imapUser]: { password: imapPassword } };
  const sockets = new Set<Socket>();
  let spoilt: { uids: readonly number[]; how: 'refuses' | 'hangs up' } = { uids: [], how: 'refuses' };
  let ever = 0;
  let server: Hoodiecrow;
  let port = 0;

  const handOut: FetchHandler = (connection, message, query) => {
    const whole = (query as { section: unknown[] }).section.length === 0;
    if (whole && spoilt.uids.includes(message.uid)) {
      if (spoilt.how === 'hangs up') connection.socket?.destroy();
      throw new Error('This mail cannot be read');
    }
    return usualFetch.BODY?.(connection, message, query);
  };

  async function listen(): Promise<void> {
    server = createHoodiecrow({
      plugins: encryption === 'starttls' ? [...plugins, 'STARTTLS', 'LOGINDISABLED'] : plugins,
      storage,
      secureConnection: encryption === 'tls',
      credentials: { key: testKey, cert: testCertificate },
    });
    // From the second mail of an answer on it looks for the handler of BODY, whatever was asked.
    server.fetchHandlers = { BODY: handOut, 'BODY.PEEK': handOut };
    server.users = users;
    server.server.on(encryption === 'tls' ? 'secureConnection' : 'connection', (socket: Socket) => {
      ever += 1;
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
    port = (server.server.address() as AddressInfo).port;
  }

  async function close(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((done) => server.close(() => done()));
  }

  await listen();
  return {
    get port() {
      return port;
    },
    deliver: (raw, { folder = 'INBOX', flags = [], arrivedAt } = {}) =>
      server.appendMessage(folder, [...flags], arrivedAt ?? new Date(), raw).message.uid,
    spoil(uids, how) {
      spoilt = { uids, how };
    },
    connections: () => sockets.size,
    connectionsEver: () => ever,
    accept(secret) {
      users[imapUser] =
        'password' in secret
          ? { password: secret.password }
          : { password: 'none', xoauth2: { accessToken: secret.accessToken, sessionTimeout: 3_600_000 } };
    },
    async restart() {
      await close();
      await listen();
    },
    async renumber(uidValidity) {
      await close();
      inbox.uidvalidity = uidValidity;
      inbox.uidnext = 1;
      for (const message of inbox.messages ?? []) delete message.uid;
      await listen();
    },
    stop: close,
  };
}
