import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';

/** A Dovecot of one test file, in a folder of its own. */
export interface Dovecot {
  readonly port: number;
  /** Delivers as a mail server would (LMTP). */
  deliver(user: string, raw: string | Buffer): Promise<void>;
  /** Puts many mails into the INBOX of a user whom nobody reads yet, straight into the folder on disk. */
  fill(user: string, mails: readonly string[]): Promise<void>;
  /** Stops and starts the server; with `renumber` all mails of the user get new UIDs and another UIDVALIDITY. */
  restart(options?: { renumber?: string }): Promise<void>;
  /** Stops it; what is in it stays until `remove`. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

export const dovecotPassword = 'secret';

function mailAccount(): { uid: number; gid: number } | null {
  try {
    const number = (flag: string) => Number(execFileSync('id', [flag, 'mail'], { encoding: 'utf8', stdio: 'pipe' }));
    return { uid: number('-u'), gid: number('-g') };
  } catch {
    return null;
  }
}

/** Why Dovecot cannot be used here; null where it can. */
export function dovecotMissing(): string | null {
  try {
    execFileSync('dovecot', ['--version'], { stdio: 'pipe' });
  } catch {
    return 'dovecot is not installed (apt-get install dovecot-imapd dovecot-lmtpd)';
  }
  if (process.getuid?.() !== 0) return 'dovecot needs root here';
  return mailAccount() ? null : 'there is no user "mail"';
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.end());
  });

async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('dovecot did not get ready');
}

const config = (dir: string, imap: number, lmtp: number): string => `
base_dir = ${dir}/run
state_dir = ${dir}/state
instance_name = wasl-${imap}
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
log_path = ${dir}/dovecot.log
mail_location = maildir:${dir}/mail/%n
first_valid_uid = 1
mail_uid = mail
mail_gid = mail
mail_fsync = never
mail_max_userip_connections = 100
recipient_delimiter = +
passdb {
  driver = static
  args = password=${dovecotPassword}
}
userdb {
  driver = static
  args = uid=mail gid=mail home=${dir}/mail/%n allow_all_users=yes
}
service imap-login {
  inet_listener imap {
    port = ${imap}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtp}
  }
}
protocol lmtp {
  auth_username_format = %Ln
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    auto = subscribe
    special_use = \\Sent
  }
}
`;

const maildir = (dir: string, user: string): string[] =>
  ['new', 'cur', 'tmp'].map((part) => join(dir, 'mail', user, part));

/** Dovecot's own counters of UIDs live in these files; without them it numbers anew. */
async function forgetNumbers(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith('dovecot')) await rm(join(folder, name), { recursive: true });
}

export async function startDovecot(): Promise<Dovecot> {
  const account = mailAccount();
  if (!account) throw new Error('there is no user "mail"');
  const dir = await mkdtemp(join(tmpdir(), 'wasl-dovecot-'));
  await chmod(dir, 0o755);
  await mkdir(join(dir, 'mail'));
  await chown(join(dir, 'mail'), account.uid, account.gid);
  const [imap, lmtp] = [await freePort(), await freePort()];
  const file = join(dir, 'dovecot.conf');
  await writeFile(file, config(dir, imap, lmtp));
  const connect = () => createTransport({ host: '127.0.0.1', port: lmtp, lmtp: true, ignoreTLS: true, pool: true });
  let transport = connect();
  let running: ChildProcess | null = null;

  async function start(): Promise<void> {
    running = spawn('dovecot', ['-F', '-c', file], { stdio: 'ignore' });
    await until(async () => (await answers(lmtp)) && (await answers(imap)));
  }

  async function stop(): Promise<void> {
    const ending = running;
    running = null;
    if (!ending || ending.exitCode !== null) return;
    const exited = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill('SIGTERM');
    await exited;
    await until(async () => !(await answers(imap)));
  }

  await start();
  return {
    port: imap,
    async deliver(user, raw) {
      await transport.sendMail({ envelope: { from: 'sender@test.example', to: `${user}@test.example` }, raw });
    },
    async fill(user, mails) {
      const folder = join(dir, 'mail', user, 'new');
      execFileSync('install', ['-d', '-o', 'mail', '-g', 'mail', join(dir, 'mail', user), ...maildir(dir, user)]);
      for (const [at, raw] of mails.entries()) {
        const file = join(folder, `${1_700_000_000 + at}.M${at}.test`);
        await writeFile(file, raw);
        await chown(file, account.uid, account.gid);
      }
    },
    async restart({ renumber } = {}) {
      // a connection that was kept open may not have heard yet that its other end is gone
      transport.close();
      await stop();
      if (renumber) await forgetNumbers(join(dir, 'mail', renumber));
      await start();
      transport = connect();
    },
    stop,
    async remove() {
      transport.close();
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
