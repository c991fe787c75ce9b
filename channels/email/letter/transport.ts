import { isIP } from 'node:net';
import { createTransport, type Transporter } from 'nodemailer';
import type { SMTPPoolOptions, SMTPPoolSentMessageInfo } from 'nodemailer/lib/smtp-pool';
import { isLoopback } from '../loopback.ts';
import type { MailServer } from '../settings.ts';

type Auth = SMTPPoolOptions['auth'];

/** By a token that is fetched when a connection signs in, else by password, else not at all. */
function authOf({ user, password }: MailServer, accessToken?: () => Promise<string>): Auth {
  if (user === '') return undefined;
  if (!accessToken) return { user, pass: password };
  return {
    type: 'OAuth2',
    user,
    provisionCallback: (_user: string, _renew: boolean, done: (error: Error | null, token?: string) => void) => {
      accessToken().then(
        (token) => done(null, token),
        (error: Error) => done(error),
      );
    },
  };
}

/** How long is waited, in ms. The outbox gives up a sending after 30 s. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, dnsTimeout: 10_000, socketTimeout: 25_000 };

/** The options of a pool of connections: TLS always, STARTTLS demanded, except in plain on loopback. */
export function transportOptions(server: MailServer, accessToken?: () => Promise<string>): SMTPPoolOptions {
  const { host, port, secure } = server;
  const bare = !secure && isLoopback(host);
  return {
    host,
    port,
    secure,
    requireTLS: !secure && !bare,
    ignoreTLS: bare,
    ...(isIP(host) === 0 ? { tls: { servername: host } } : {}),
    auth: authOf(server, accessToken),
    maxConnections: 5,
    maxMessages: 500,
    maxRequeues: 1,
    idleTimeout: 30_000,
    socketCloseTimeout: 500,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
    ...patience,
  };
}

export type Pool = Transporter<SMTPPoolSentMessageInfo, SMTPPoolOptions>;

/** Connections to a mail server, opened when a letter is there. Does no I/O by itself. */
export const openPool = (server: MailServer, accessToken?: () => Promise<string>): Pool =>
  createTransport({ ...transportOptions(server, accessToken), pool: true });
