/**
 * How fast mails are read, against imapflow without anything around it, on the same server in the same run:
 * `node test/fakes/email/mailbox-rate.ts [mails] [bytes]`. The first days are unbounded, the store keeps nothing.
 */
import { ImapFlow } from 'imapflow';
import type { MailboxOptions } from '../../../channels/email/mailbox/mailbox.ts';
import { dovecotMissing, dovecotPassword, startDovecot } from './dovecot.ts';
import { imapPassword, startImapServer } from './imap-server.ts';
import { aMail, aMailbox, anEmailInbox, createFakeStore } from './mailbox.ts';

const [count = 10_000, bytes = 2000] = process.argv.slice(2).map(Number);
const mails = Array.from({ length: count }, (_, at) =>
  aMail(at, `${'x'.repeat(70)}\r\n`.repeat(Math.ceil(bytes / 72))),
);

interface Place {
  port: number;
  user: string;
  password: string;
}

/** The next user, with the same mails: what is read first warms up nothing for the other. */
type Fill = () => Promise<Place>;

async function bare({ port, user, password }: Place, flag: boolean): Promise<number> {
  const auth = { user, pass: password };
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth, logger: false });
  const from = performance.now();
  await client.connect();
  await client.mailboxOpen('INBOX');
  let read = 0;
  for (let at = 1; at <= count; at += 50) {
    const range = `${at}:${at + 49}`;
    read += (await client.fetchAll(range, { uid: true, source: true, internalDate: true, flags: true }, { uid: true }))
      .length;
    if (flag) await client.messageFlagsAdd(range, ['\\Seen', '$WaslTaken'], { uid: true });
  }
  const ms = performance.now() - from;
  await client.logout();
  if (read !== count) throw new Error(`read ${read} of ${count}`);
  return (count / ms) * 1000;
}

async function ours({ port, user, password }: Place): Promise<number> {
  let taken = 0;
  const all = Promise.withResolvers<void>();
  const take: MailboxOptions['take'] = async (batch) => {
    taken += batch.length;
    if (taken === count) all.resolve();
    return batch.map(() => true);
  };
  const settings = anEmailInbox(port, { user, password, firstDays: 3650 });
  const mailbox = aMailbox(settings, createFakeStore(), { take });
  const from = performance.now();
  await mailbox.start();
  await all.promise;
  const ms = performance.now() - from;
  await mailbox.stop();
  return (count / ms) * 1000;
}

/** The rate, and the processor time that this process needed; it tells more than the rate where others use the machine too. */
async function measure(read: () => Promise<number>): Promise<string> {
  const before = process.cpuUsage();
  const rate = await read();
  const { user, system } = process.cpuUsage(before);
  return `${Math.round(rate)}/s (${((user + system) / 1000 / count).toFixed(2)} ms of processor a mail)`;
}

async function compare(name: string, fill: Fill): Promise<void> {
  for (let round = 1; round <= 3; round += 1) {
    const [one, two, three] = [await fill(), await fill(), await fill()];
    const read = await measure(() => bare(one, false));
    const flagged = await measure(() => bare(two, true));
    console.log(
      `${name} ${count} mails: bare ${read}, bare and flagged ${flagged}, mailbox ${await measure(() => ours(three))}`,
    );
  }
}

const missing = dovecotMissing();
if (missing) console.log(missing);
else {
  const dovecot = await startDovecot();
  let users = 0;
  await compare('dovecot', async () => {
    users += 1;
    await dovecot.fill(`user${users}`, mails);
    return { port: dovecot.port, user: `user${users}`, password: dovecotPassword };
  });
  await dovecot.remove();
}

const servers: Awaited<ReturnType<typeof startImapServer>>[] = [];
if (process.env.IN_PROCESS)
  await compare('in process', async () => {
    const server = await startImapServer();
    servers.push(server);
    for (const raw of mails) server.deliver(raw);
    return { port: server.port, user: 'care', password: imapPassword };
  });
for (const server of servers) await server.stop();
