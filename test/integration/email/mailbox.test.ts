import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Mailbox, MailboxOptions } from '../../../channels/email/mailbox/mailbox.ts';
import type { EmailSettings } from '../../../channels/email/settings.ts';
import { type ImapServer, startImapServer } from '../../fakes/email/imap-server.ts';
import {
  aMail,
  aMailbox,
  anEmailInbox,
  createFakeStore,
  createLines,
  type FakeStore,
  lookInto,
} from '../../fakes/email/mailbox.ts';
import { startTcpProxy, type TcpProxy } from '../../fakes/email/tcp-proxy.ts';
import { trustTestCertificate } from '../../fakes/email/test-certificate.ts';

const poll = { timeout: 15_000, interval: 10 };

let server: ImapServer;
let proxy: TcpProxy;
let store: FakeStore;
let open: Mailbox[] = [];

beforeEach(async () => {
  server = await startImapServer();
  proxy = await startTcpProxy(() => server.port);
  store = createFakeStore();
});

afterEach(async () => {
  await Promise.all(open.map((mailbox) => mailbox.stop()));
  open = [];
  await proxy.stop();
  await server.stop();
});

function aReader(given: Parameters<typeof anEmailInbox>[1] = {}, options: Partial<MailboxOptions> = {}): Mailbox {
  const mailbox = aMailbox(anEmailInbox(proxy.port, given), store, options);
  open.push(mailbox);
  return mailbox;
}

const direct = (given: Partial<EmailSettings> = {}): EmailSettings => anEmailInbox(server.port, given);

function deliverMany(from: number, to: number): string[] {
  const names = Array.from({ length: to - from + 1 }, (_, at) => `${from + at}`);
  for (const name of names) server.deliver(aMail(name));
  return names;
}

const inOrder = (names: string[]): string[] => [...names].sort((a, b) => Number(a) - Number(b));

it('takes what waits, in order, and flags it as read', async () => {
  const names = deliverMany(1, 120);
  const mailbox = aReader();
  await mailbox.start();
  await expect.poll(() => store.stored(), poll).toEqual(names);
  expect(mailbox.state()).toEqual({ state: 'connected', reason: null });
  expect(store.handed()).toHaveLength(120);
  const flagged = async () => (await lookInto(direct(), 'INBOX')).filter(({ flags }) => flags.includes('\\Seen'));
  await expect.poll(flagged, poll).toHaveLength(120);
  expect((await flagged())[0]?.flags).toContain('$WaslTaken');
});

it('hands over a mail byte for byte, with its time and whether it was answered', async () => {
  const raw = aMail('one', 'السلام عليكم، أحتاج إلى مساعدة');
  const bytes = Buffer.from(raw);
  server.deliver(bytes.toString('latin1'), { flags: ['\\Answered'], arrivedAt: new Date() });
  server.deliver(aMail('two'));
  await aReader().start();
  await expect.poll(() => store.handed(), poll).toHaveLength(2);
  const [one, two] = store.handed();
  expect(Buffer.from(one!.raw).equals(bytes)).toBe(true);
  expect(one).toMatchObject({ folder: 'INBOX', uid: 1, bytes: bytes.length, truncated: false, answered: true });
  expect(Math.abs(Date.parse(one!.arrivedAt) - Date.now())).toBeLessThan(60_000);
  expect(two).toMatchObject({ uid: 2, answered: false });
});

it('hears of a new mail within a second', async () => {
  await aReader().start();
  await expect.poll(() => store.note('mailbox:INBOX'), poll).toContain('"skip":null');
  const took: number[] = [];
  for (const name of ['1', '2', '3', '4', '5']) {
    const delivered = performance.now();
    server.deliver(aMail(name));
    await expect.poll(() => store.stored(), { timeout: 5000, interval: 2 }).toContain(name);
    took.push(performance.now() - delivered);
  }
  expect(Math.max(...took)).toBeLessThan(1000);
});

it('takes nothing twice after a restart, and what came meanwhile', async () => {
  const before = deliverMany(1, 30);
  const first = aReader();
  await first.start();
  await expect.poll(() => store.stored(), poll).toEqual(before);
  await first.stop();
  expect(first.state()).toEqual({ state: 'stopped', reason: null });
  const meanwhile = deliverMany(31, 40);
  await aReader().start();
  await expect.poll(() => store.stored(), poll).toEqual([...before, ...meanwhile]);
  expect(store.handed()).toHaveLength(40);
});

it('loses nothing when the connection is cut in the middle of a batch', async () => {
  const names = deliverMany(1, 200);
  proxy.cutAfter(30_000);
  await aReader().start();
  await expect.poll(() => store.stored(), poll).toEqual(names);
  expect(server.connectionsEver()).toBeGreaterThan(1);
  expect(store.handed().length - names.length).toBeLessThanOrEqual(50);
});

it('notices a line that swallows everything, and reads on over a new one', async () => {
  const mailbox = aReader(
    {},
    { timing: { maxIdleMs: 200, silenceMs: 2000, answerMs: 300, pollMs: 200, connectMs: 500 } },
  );
  await mailbox.start();
  deliverMany(1, 1);
  await expect.poll(() => store.stored(), poll).toEqual(['1']);
  proxy.blackHole();
  deliverMany(2, 2);
  await expect.poll(() => mailbox.state().state, poll).toBe('reconnecting');
  expect(mailbox.state().reason).toContain('does not answer');
  await proxy.resume();
  await expect.poll(() => store.stored(), poll).toEqual(['1', '2']);
  expect(mailbox.state()).toEqual({ state: 'connected', reason: null });
});

it('comes back when the server was restarted', async () => {
  const mailbox = aReader();
  await mailbox.start();
  await expect.poll(() => mailbox.state().state, poll).toBe('connected');
  await server.restart();
  deliverMany(1, 3);
  await expect.poll(() => store.stored(), poll).toEqual(['1', '2', '3']);
  expect(store.handed()).toHaveLength(3);
});

it('reads again what is recent when the mails have new UIDs, and misses nothing new', async () => {
  const before = deliverMany(1, 20);
  const mailbox = aReader();
  await mailbox.start();
  await expect.poll(() => store.stored(), poll).toEqual(before);
  await server.renumber(2000);
  deliverMany(21, 22);
  await expect.poll(() => store.stored(), poll).toEqual([...before, '21', '22']);
  expect(store.handed()).toHaveLength(42);
  expect(store.note('mailbox:INBOX')).toContain('"uidValidity":"2000"');
});

it('leaves older mails alone the first time, yet not those that come later', async () => {
  server.deliver(aMail('old'), { arrivedAt: new Date(Date.now() - 40 * 86_400_000) });
  server.deliver(aMail('recent'), { arrivedAt: new Date(Date.now() - 20 * 86_400_000) });
  await aReader().start();
  await expect.poll(() => store.stored(), poll).toEqual(['recent']);
  server.deliver(aMail('moved in'), { arrivedAt: new Date(Date.now() - 50 * 86_400_000) });
  await expect.poll(() => store.stored(), poll).toEqual(['recent', 'moved in']);
  expect(store.stored()).not.toContain('old');
});

it('waits while storing is impossible, says so, and takes everything afterwards', async () => {
  const names = deliverMany(1, 60);
  store.full(true);
  const mailbox = aReader();
  await mailbox.start();
  await expect.poll(() => mailbox.state().reason, poll).toContain('storing them is not possible');
  expect(mailbox.state().state).toBe('connected');
  expect(store.stored()).toEqual([]);
  expect((await lookInto(direct(), 'INBOX')).filter(({ flags }) => flags.includes('\\Seen'))).toEqual([]);
  store.full(false);
  await expect.poll(() => store.stored(), poll).toEqual(names);
  await expect.poll(() => mailbox.state(), poll).toEqual({ state: 'connected', reason: null });
});

it('leaves a mail behind that is not taken, goes on with the rest, and tries it again later', async () => {
  const { log, lines } = createLines();
  deliverMany(1, 10);
  store.refuse('4');
  const mailbox = aReader({}, { log });
  await mailbox.start();
  const others = ['1', '2', '3', '5', '6', '7', '8', '9', '10'];
  await expect.poll(() => store.note('mailbox:INBOX:left'), poll).toContain('"uid":4');
  await expect.poll(() => store.stored(), poll).toEqual(others);
  expect(lines.filter((line) => line.startsWith('error'))).toHaveLength(1);
  store.refuse();
  proxy.cut();
  await expect.poll(() => store.stored(), poll).toEqual([...others, '4']);
  await expect.poll(() => store.note('mailbox:INBOX:left'), poll).toContain('"mails":[]');
});

it('moves what is stored into an Arabic folder that it makes', async () => {
  deliverMany(1, 3);
  await aReader({ handledFolder: 'تمت معالجتها' }).start();
  await expect.poll(() => lookInto(direct(), 'تمت معالجتها'), poll).toHaveLength(3);
  expect(await lookInto(direct(), 'INBOX')).toEqual([]);
  deliverMany(4, 4);
  await expect.poll(() => lookInto(direct(), 'تمت معالجتها'), poll).toHaveLength(4);
  expect(store.handed()).toHaveLength(4);
});

it('reads several folders, each by itself', async () => {
  await server.stop();
  server = await startImapServer({ folders: ['Complaints'] });
  server.deliver(aMail('a'));
  server.deliver(aMail('b'), { folder: 'Complaints' });
  const mailbox = aReader({ folders: ['INBOX', 'Complaints'] });
  await mailbox.start();
  await expect.poll(() => store.stored().sort(), poll).toEqual(['a', 'b']);
  server.deliver(aMail('c'), { folder: 'Complaints' });
  await expect
    .poll(
      () =>
        store
          .handed()
          .map(({ folder }) => folder)
          .sort(),
      poll,
    )
    .toEqual(['Complaints', 'Complaints', 'INBOX']);
  expect(mailbox.state()).toEqual({ state: 'connected', reason: null });
});

it('says which folders there are when one does not exist', async () => {
  const mailbox = aReader({ folders: ['Inbox2'] });
  await mailbox.start();
  expect(mailbox.state().state).toBe('reconnecting');
  expect(mailbox.state().reason).toBe('The mailbox has no folder "Inbox2"; there are: "INBOX".');
});

it('tells a refused password from a server that is not there, and comes in once the password is right', async () => {
  server.accept({ password: 'changed' });
  const { log, lines } = createLines();
  const mailbox = aReader({ password: 'right' }, { log });
  await mailbox.start();
  expect(mailbox.state().state).toBe('bad-credentials');
  expect(mailbox.state().reason).toContain('refuses the user or password');
  await proxy.refuse();
  await expect.poll(() => mailbox.state().state, poll).toBe('reconnecting');
  expect(mailbox.state().reason).toContain('refuses the connection');
  server.accept({ password: 'right' });
  deliverMany(1, 1);
  await proxy.resume();
  await expect.poll(() => store.stored(), poll).toEqual(['1']);
  expect(lines.join('\n')).not.toMatch(/right|care/);
});

it('signs in with an access token, and asks for a fresh one when it is refused', async () => {
  server.accept({ accessToken: 'second' });
  deliverMany(1, 1);
  const asked: boolean[] = [];
  const accessToken = async (fresh = false): Promise<string> => {
    asked.push(fresh);
    return fresh ? 'second' : 'first';
  };
  const mailbox = aReader({ password: '' }, { accessToken });
  await mailbox.start();
  expect(mailbox.state().state).toBe('bad-credentials');
  expect(mailbox.state().reason).toContain('access token');
  await expect.poll(() => store.stored(), poll).toEqual(['1']);
  expect(asked).toEqual([false, true]);
});

it('takes head and words of a mail that is too large', async () => {
  const words = Buffer.from('نص الرسالة الكبيرة').toString('base64');
  const parts = [
    '--x',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    words,
    '--x',
    'Content-Type: application/pdf; name=big.pdf',
    'Content-Disposition: attachment; filename=big.pdf',
    'Content-Transfer-Encoding: base64',
    '',
    'A'.repeat(200_000),
    '--x--',
    '',
  ];
  const head = [
    'Message-ID: <large@test.example>',
    'Subject: Large',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=x',
    '',
    '',
  ];
  server.deliver(aMail('before'));
  server.deliver([...head, ...parts].join('\r\n'));
  server.deliver(aMail('after'));
  await aReader({ maxBytes: 100_000 }).start();
  await expect.poll(() => store.stored(), poll).toEqual(['before', 'large', 'after']);
  const large = store.handed()[1]!;
  const text = Buffer.from(large.raw).toString('latin1');
  expect(large.truncated).toBe(true);
  expect(large.bytes).toBeGreaterThan(200_000);
  expect(large.raw.length).toBeLessThan(2000);
  expect(text).toContain('Subject: Large');
  expect(text).toMatch(/Content-Type: text\/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n/i);
  expect(text.trimEnd().endsWith(words)).toBe(true);
});

it('files a sent mail in the folder for it, also when the server is away at first', async () => {
  const mailbox = aReader({ sentFolder: 'الردود المرسلة' });
  await mailbox.start();
  await proxy.refuse();
  mailbox.file(Buffer.from(aMail('answer 1')));
  mailbox.file(Buffer.from(aMail('answer 2')));
  await proxy.resume();
  const sent = async () =>
    (await lookInto(direct(), 'الردود المرسلة')).map(({ name, flags }) => [name, flags.includes('\\Seen')]);
  await expect.poll(sent, poll).toEqual([
    ['answer 1', true],
    ['answer 2', true],
  ]);
  deliverMany(1, 1);
  await expect.poll(() => store.stored(), poll).toEqual(['1']);
});

it('finds the Sent folder by itself, and closes the connection that it needed for it', async () => {
  const mailbox = aReader({}, { timing: { sentIdleMs: 50 } });
  await mailbox.start();
  mailbox.file(Buffer.from(aMail('answer')));
  await expect.poll(async () => (await lookInto(direct(), 'Sent')).length, poll).toBe(1);
  await expect.poll(() => server.connections(), poll).toBe(1);
});

it('files nothing where nothing is to be filed', async () => {
  const mailbox = aReader({ sentFolder: null });
  await mailbox.start();
  mailbox.file(Buffer.from(aMail('answer')));
  await mailbox.stop();
  expect(server.connectionsEver()).toBe(1);
});

it('starts within its time although the server is silent, and stops at once, also twice', async () => {
  proxy.blackHole();
  const mailbox = aReader({}, { timing: { startMs: 100 } });
  await mailbox.start();
  expect(mailbox.state().state).toBe('starting');
  await Promise.all([mailbox.stop(), mailbox.stop()]);
  await mailbox.stop();
  expect(mailbox.state()).toEqual({ state: 'stopped', reason: null });
});

it('ends after the batch in hand, and has remembered it', async () => {
  deliverMany(1, 200);
  const slow: FakeStore = {
    ...store,
    take: async (batch) => {
      const done = await store.take(batch);
      void first.stop();
      return done;
    },
  };
  const first = aMailbox(anEmailInbox(proxy.port), slow);
  await first.start();
  await expect.poll(() => store.stored().length, poll).toBe(50);
  await first.stop();
  expect(store.note('mailbox:INBOX')).toContain('"lastUid":50');
  await aReader().start();
  await expect.poll(() => inOrder(store.stored()), poll).toHaveLength(200);
  expect(store.handed()).toHaveLength(200);
});

it.each(['refuses', 'hangs up'] as const)(
  'finds the one mail over which the server %s, and takes all others',
  async (how) => {
    deliverMany(1, 60);
    server.spoil([33], how);
    const mailbox = aReader({}, { timing: { leftMs: 60_000 } });
    await mailbox.start();
    const others = Array.from({ length: 60 }, (_, at) => `${at + 1}`).filter((name) => name !== '33');
    await expect.poll(() => store.stored(), poll).toEqual(others);
    await expect.poll(() => store.note('mailbox:INBOX:left'), poll).toContain('"uid":33');
    deliverMany(61, 61);
    await expect.poll(() => store.stored(), poll).toContain('61');
    await mailbox.stop();
    server.spoil([], how);
    await aReader().start();
    await expect.poll(() => store.stored(), poll).toContain('33');
  },
);

it('sends no password where encryption is not offered, and says so', async () => {
  // Reaches this machine, yet is no name that stands for it.
  const { imap } = anEmailInbox(server.port);
  const mailbox = aReader({ imap: { ...imap, host: '0.0.0.0' } });
  await mailbox.start();
  expect(mailbox.state().state).toBe('reconnecting');
  expect(mailbox.state().reason).toContain('STARTTLS');
});

it('says that the port does not speak TLS', async () => {
  const { imap } = anEmailInbox(server.port);
  const mailbox = aReader({ imap: { ...imap, secure: true } });
  await mailbox.start();
  expect(mailbox.state().reason).toContain('does not speak TLS');
});

it.each([
  { encryption: 'tls', host: '127.0.0.1' },
  // This machine in a spelling that is not taken for it, so that encryption is demanded.
  { encryption: 'starttls', host: 'LOCALHOST' },
] as const)(
  'reads encrypted ($encryption), yet only where somebody vouches for the certificate',
  async ({ encryption, host }) => {
    const encrypted = await startImapServer({ encryption });
    encrypted.deliver(aMail('1'));
    const { imap } = anEmailInbox(encrypted.port);
    const given = { imap: { ...imap, host, secure: encryption === 'tls' } };
    const doubtful = aReader(given);
    await doubtful.start();
    expect(doubtful.state().state).toBe('reconnecting');
    expect(doubtful.state().reason).toContain('is not trusted');
    await doubtful.stop();
    const distrust = trustTestCertificate();
    const trusting = aReader(given);
    await trusting.start();
    await expect.poll(() => store.stored(), poll).toEqual(['1']);
    await trusting.stop();
    distrust();
    await encrypted.stop();
  },
);

it('says that a name is not found', async () => {
  const { imap } = anEmailInbox(server.port);
  const mailbox = aReader({ imap: { ...imap, host: 'mail.invalid', secure: true } });
  await mailbox.start();
  expect(mailbox.state().reason).toContain('is not found');
});
