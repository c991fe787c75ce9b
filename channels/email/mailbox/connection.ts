import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import type { ChannelDeps } from '../../../src/channel/channel.ts';
import { within } from '../../../src/channel/wait.ts';
import { isLoopback } from '../loopback.ts';
import type { EmailSettings, MailServer } from '../settings.ts';
import type { Timing } from './timing.ts';

export interface ConnectionDeps {
  settings: Pick<EmailSettings, 'imap' | 'maxBytes'>;
  /** Gives an access token; `fresh` where the one given before was refused. Without it the password is used. */
  accessToken?: (fresh?: boolean) => Promise<string>;
  clock: ChannelDeps['clock'];
  timing: Timing;
}

/** An open connection and how it ends. */
export interface Connection {
  client: ImapFlow;
  /** Resolves once the connection is gone, with the error where there was one. Never rejects. */
  gone: Promise<unknown>;
  /** Ends the connection: politely if it is quick, else at once. Never rejects. */
  close(): Promise<void>;
}

/** A mail's size as the server tells it is not always exact, and what surrounds a mail needs room too. */
const roomForMail = (maxBytes: number): number => 2 * maxBytes + 8 * 1024 * 1024;

/** How to speak to the server: TLS, or STARTTLS that is demanded, or in the clear on this very machine. */
export function connectionOptions(
  server: MailServer,
  secret: { pass: string } | { accessToken: string },
  maxBytes: number,
  timing: Timing,
): ImapFlowOptions {
  return {
    host: server.host,
    port: server.port,
    secure: server.secure,
    ...(server.secure ? {} : { doSTARTTLS: !isLoopback(server.host) }),
    auth: { user: server.user, ...secret },
    logger: false,
    clientInfo: { name: 'Wasl', version: false, vendor: false, 'support-url': false },
    disableCompression: true,
    autoIdleDelay: timing.idleDelayMs,
    maxIdleTime: timing.maxIdleMs,
    socketTimeout: timing.silenceMs,
    connectionTimeout: timing.connectMs,
    greetingTimeout: timing.connectMs,
    maxLiteralSize: roomForMail(maxBytes),
    maxResponseSize: 2 * roomForMail(maxBytes),
  };
}

const timedOut = (): Error => Object.assign(new Error('The sign-in took too long'), { code: 'ETIMEOUT' });

function watch(client: ImapFlow): Promise<unknown> {
  let broken: unknown = null;
  client.on('error', (error: unknown) => {
    broken ??= error;
    client.close();
  });
  return new Promise((resolve) => client.once('close', () => resolve(broken)));
}

/** Connects and signs in, once. Rejects with what went wrong; a given-up attempt leaves nothing open. */
export async function openConnection(deps: ConnectionDeps, signal: AbortSignal, fresh = false): Promise<Connection> {
  const { settings, timing, clock } = deps;
  const secret = deps.accessToken ? { accessToken: await deps.accessToken(fresh) } : { pass: settings.imap.password };
  signal.throwIfAborted();
  const client = new ImapFlow(connectionOptions(settings.imap, secret, settings.maxBytes, timing));
  const gone = watch(client);
  const giveUp = (): void => client.close();
  signal.addEventListener('abort', giveUp);
  try {
    await within(clock, 3 * timing.connectMs, client.connect(), timedOut);
  } catch (error) {
    client.close();
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
  const close = async (): Promise<void> => {
    await within(clock, 500, client.logout(), timedOut).catch(() => undefined);
    client.close();
  };
  return { client, gone, close };
}

/** That the connection ended while it was still needed. */
export class ConnectionLost extends Error {
  constructor(cause?: unknown) {
    super('The connection to the mail server was lost', { cause });
    this.name = 'ConnectionLost';
  }
}
