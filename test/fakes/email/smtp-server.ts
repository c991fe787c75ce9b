import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerAuthentication, type SMTPServerSession } from 'smtp-server';
import { testCertificate, testKey } from './test-certificate.ts';

/** A mail as the server took it. */
export interface ReceivedMail {
  raw: Buffer;
  from: string;
  to: string[];
  /** Parameters of RFC 3461 where the server offers them. */
  envelopeId: string | null;
  notify: string[];
}

/** Where a conversation with the server goes wrong. `data`: once the whole mail is there. */
export type SmtpStage = 'greeting' | 'sign-in' | 'sender' | 'recipient' | 'data';

export interface Refusal {
  at: SmtpStage;
  code: number;
  text?: string;
  /** Only this recipient; without it everybody. */
  recipient?: string;
  /** How often; without it until `heal`. */
  times?: number;
}

export interface SmtpServerOptions {
  /** Signing in is demanded, by any of PLAIN, LOGIN and XOAUTH2. */
  credentials?: { user: string; password?: string; accessToken?: string };
  /** TLS from the first byte. */
  secure?: boolean;
  /** Offers STARTTLS, with the test certificate. */
  startTls?: boolean;
  dsn?: boolean;
  maxBytes?: number;
  port?: number;
  /** False: mails are counted and dropped, for measuring. */
  keep?: boolean;
}

/** A real SMTP server in this process, with switches to go wrong. */
export interface FakeSmtpServer {
  host: string;
  port: number;
  received: ReceivedMail[];
  /** Mails taken, also those that were not kept. */
  count(): number;
  /** Connections made so far, and those open now. */
  connections(): { made: number; open: number };
  /** How people signed in, in order: `PLAIN`, `LOGIN`, `XOAUTH2`. */
  signIns: string[];
  refuse(refusal: Refusal): void;
  /** Says nothing more at this stage: the client waits. At `data` the mail was taken before, or not, as `taken` says. */
  stall(at: SmtpStage, taken?: boolean): void;
  /** How many conversations a stall has silenced. */
  atStall(): number;
  /** Takes all refusals and stalls back; what stalled stays silent. */
  heal(): void;
  /** Drops every open connection. */
  cut(): void;
  close(): Promise<void>;
}

type Done = (error?: Error | null) => void;

const smtpError = ({ code, text }: Refusal): Error =>
  Object.assign(new Error(text ?? 'refused by the test'), { responseCode: code });

const sameSecret = (auth: SMTPServerAuthentication, known: NonNullable<SmtpServerOptions['credentials']>): boolean =>
  auth.username === known.user &&
  (auth.method === 'XOAUTH2'
    ? auth.accessToken !== undefined && auth.accessToken === known.accessToken
    : auth.password !== undefined && auth.password === known.password);

const mailOf = (raw: Buffer, { envelope }: SMTPServerSession): ReceivedMail => ({
  raw,
  from: envelope.mailFrom ? envelope.mailFrom.address : '',
  to: envelope.rcptTo.map((one) => one.address),
  envelopeId: envelope.dsn?.envid ?? null,
  notify: envelope.rcptTo[0]?.dsn?.notify ?? [],
});

/** Starts a server on loopback. Close it when done. */
export async function startSmtpServer(options: SmtpServerOptions = {}): Promise<FakeSmtpServer> {
  const received: ReceivedMail[] = [];
  const signIns: string[] = [];
  const sockets = new Set<Socket>();
  let refusals: (Refusal & { left: number })[] = [];
  let stalled: { at: SmtpStage; taken: boolean } | null = null;
  let [taken, made, silenced] = [0, 0, 0];

  const refusalOf = (at: SmtpStage, recipient: string): Refusal | null => {
    const found = refusals.find((one) => one.at === at && one.left > 0 && (one.recipient ?? recipient) === recipient);
    if (found) found.left -= 1;
    return found ?? null;
  };
  const pass = (at: SmtpStage, recipient: string, done: Done): void => {
    if (stalled?.at === at) {
      silenced += 1;
      return;
    }
    const refusal = refusalOf(at, recipient);
    done(refusal ? smtpError(refusal) : null);
  };
  const { credentials } = options;

  const server = new SMTPServer({
    secure: options.secure ?? false,
    key: testKey,
    cert: testCertificate,
    authMethods: ['PLAIN', 'LOGIN', 'XOAUTH2'],
    authOptional: !credentials,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    hideDSN: !options.dsn,
    hideENHANCEDSTATUSCODES: false,
    disabledCommands: [...(credentials ? [] : ['AUTH']), ...(options.startTls ? [] : ['STARTTLS'])],
    ...(options.maxBytes ? { size: options.maxBytes, hideSize: true, rejectOversized: true } : {}),
    logger: false,
    closeTimeout: 1,
    onConnect: (_session, done) => pass('greeting', '', done),
    onAuth(auth, _session, done) {
      signIns.push(auth.method);
      const answer: Done = (error) => {
        if (error) return done(error);
        return credentials && sameSecret(auth, credentials)
          ? done(null, { user: auth.username })
          : done(smtpError({ at: 'sign-in', code: 535, text: 'Authentication credentials invalid' }));
      };
      pass('sign-in', '', answer);
    },
    onMailFrom: (_address, _session, done) => pass('sender', '', done),
    onRcptTo: (address, _session, done) => pass('recipient', address.address, done),
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const refused = refusals.some((one) => one.at === 'data' && one.left > 0) || stream.sizeExceeded;
        if (!refused && (stalled?.at !== 'data' || stalled.taken)) {
          taken += 1;
          if (options.keep !== false) received.push(mailOf(Buffer.concat(parts), session));
        }
        pass('data', '', done);
      });
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    made += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const host = '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  /** A socket under TLS is not torn down by itself: that can bring Node down with it. */
  const cut = (): void => {
    if (!options.secure && !options.startTls) for (const socket of sockets) socket.destroy();
    for (const connection of server.connections) connection.close();
  };
  return {
    host,
    port,
    received,
    signIns,
    count: () => taken,
    connections: () => ({ made, open: sockets.size }),
    refuse: (refusal) => void refusals.push({ ...refusal, left: refusal.times ?? Number.POSITIVE_INFINITY }),
    stall(at, wasTaken = true) {
      stalled = { at, taken: wasTaken };
    },
    atStall: () => silenced,
    heal() {
      refusals = [];
      stalled = null;
    },
    cut,
    close: () =>
      new Promise<void>((resolve) => {
        cut();
        server.close(resolve);
      }),
  };
}
