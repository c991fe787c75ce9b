import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ImapFlow } from 'imapflow';
import { z } from 'zod';
import { dovecotMissing, dovecotPassword, startDovecot } from '../../fakes/email/dovecot.ts';
import { imapPassword, imapUser, startImapServer } from '../../fakes/email/imap-server.ts';
import { type FakeSmtpServer, startSmtpServer } from '../../fakes/email/smtp-server.ts';
import { storeEnv } from '../../support/store-env.ts';
import { freePort, type Running, residentBytes, root, startProcess } from './server.ts';

export const careAddress = 'care@example.org';
export const apiToken = 'token-of-the-administrator-of-the-bench';

/** A mail server that the bench fills: Dovecot where it can run, else the server of the tests within this process. */
export interface MailHouse {
  /** Which it is, and why not the other. */
  name: string;
  /** The mailbox as in `EMAIL_IMAP_URL`. */
  urlOf(user: string): string;
  credentials(user: string): { port: number; user: string; pass: string };
  deliver(user: string, raw: Buffer): Promise<void>;
  close(): Promise<void>;
}

async function openDovecot(): Promise<MailHouse> {
  const dovecot = await startDovecot();
  return {
    name: 'Dovecot',
    urlOf: (user) => `imap://${user}:${dovecotPassword}@127.0.0.1:${dovecot.port}`,
    credentials: (user) => ({ port: dovecot.port, user, pass: dovecotPassword }),
    deliver: (user, raw) => dovecot.deliver(user, raw),
    close: () => dovecot.remove(),
  };
}

/** The server of the tests, in this process. */
export async function openInProcess(why: string): Promise<MailHouse> {
  const server = await startImapServer();
  return {
    name: `the IMAP server of the tests in the process of the bench, which costs time of its own (${why})`,
    urlOf: () => `imap://${imapUser}:${imapPassword}@127.0.0.1:${server.port}`,
    credentials: () => ({ port: server.port, user: imapUser, pass: imapPassword }),
    deliver: async (_user, raw) => void server.deliver(raw.toString('latin1')),
    close: () => server.stop(),
  };
}

export function openMailHouse(): Promise<MailHouse> {
  const why = dovecotMissing();
  return why ? openInProcess(why) : openDovecot();
}

/** A connection to a mailbox, as any program would make it. */
export async function connectTo(house: MailHouse, user: string): Promise<ImapFlow> {
  const { port, ...auth } = house.credentials(user);
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth, logger: false });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** How many mails a folder holds. */
export async function countIn(house: MailHouse, user: string, folder: string): Promise<number> {
  const client = await connectTo(house, user);
  const status = await client.status(folder, { messages: true }).catch(() => null);
  await client.logout();
  return status ? (status.messages ?? 0) : 0;
}

/** Wasl with one email inbox, in a process of its own. */
export interface MailGateway extends Running {
  /** Resolves with the time (ms of this process) at which the mailbox is open. */
  opened: Promise<number>;
  /** How often it logged what as a warning or an error. */
  troubles: ReadonlyMap<string, number>;
  /** A counter of `/metrics`, summed over its labels where no label is asked for. */
  counter(name: string): Promise<number>;
  api(path: string): Promise<Response>;
}

const openedLine = /an email inbox has started/;

const logged = z.object({ level: z.number(), msg: z.string() });
const warning = 40;

/** The words of a line of the log that is a warning or an error; null for any other. */
function troubleIn(line: string): string | null {
  if (!line.startsWith('{')) return null;
  const { data } = logged.safeParse(JSON.parse(line));
  return data && data.level >= warning ? data.msg : null;
}

async function readCounter(port: number, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

/** As `npm start` runs it; `env` is added. */
export async function startMailGateway(options: {
  house: MailHouse;
  user: string;
  smtp: FakeSmtpServer;
  directory: string;
  env?: Record<string, string>;
  nodeArgs?: readonly string[];
  port?: number;
}): Promise<MailGateway> {
  const { house, user, smtp, directory, env = {}, nodeArgs = [] } = options;
  const port = options.port ?? (await freePort());
  const running = startProcess({
    program: 'src/main.ts',
    port,
    nodeArgs: ['--expose-gc', '--max-semi-space-size=4', ...nodeArgs],
    env: {
      NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'),
      MALLOC_ARENA_MAX: '2',
      ...storeEnv(directory),
      LOG_LEVEL: 'info',
      RATE_LIMITS: 'off',
      ADMIN_PASSWORD: 'a password for the bench',
      API_TOKEN: apiToken,
      EMAIL_IMAP_URL: house.urlOf(user),
      EMAIL_SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
      EMAIL_ADDRESS: careAddress,
      ...env,
    },
  });
  const troubles = new Map<string, number>();
  const opened = new Promise<number>((resolve) => {
    createInterface({ input: running.child.stdout ?? process.stdin }).on('line', (line) => {
      const trouble = troubleIn(line);
      if (trouble !== null) troubles.set(trouble, (troubles.get(trouble) ?? 0) + 1);
      if (openedLine.test(line)) resolve(performance.now());
    });
  });
  return {
    ...running,
    opened,
    troubles,
    counter: (name) => readCounter(port, name),
    api: (path) =>
      fetch(`http://127.0.0.1:${port}/api/v1${path}`, { headers: { authorization: `Bearer ${apiToken}` } }),
  };
}

/** A server that takes all letters and, unless asked to, keeps none of them. */
export const openLetterSink = (keep = false): Promise<FakeSmtpServer> => startSmtpServer({ keep });

const childrenOf = (pid: number): number[] => {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
};

const residentOr0 = (pid: number): number => {
  try {
    return residentBytes(pid) || 0;
  } catch {
    return 0;
  }
};

/** Resident memory in bytes of the gateway, and of the processes that it started. */
export interface Sample {
  gateway: number;
  readers: number;
}

export const sample = (pid: number | undefined): Sample => ({
  gateway: pid ? residentOr0(pid) : 0,
  readers: pid ? childrenOf(pid).reduce((sum, child) => sum + residentOr0(child), 0) : 0,
});

/** Samples once a second until it is ended. */
export function watchMemory(pid: number | undefined): { samples: Sample[]; end(): Sample[] } {
  const samples: Sample[] = [];
  const timer = setInterval(() => samples.push(sample(pid)), 1_000);
  return {
    samples,
    end() {
      clearInterval(timer);
      return samples;
    },
  };
}
