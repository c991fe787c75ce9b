import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Mailbox, MailboxOptions } from '../../../channels/email/mailbox/mailbox.ts';
import type { EmailSettings } from '../../../channels/email/settings.ts';
import { type Dovecot, dovecotMissing, dovecotPassword, startDovecot } from '../../fakes/email/dovecot.ts';
import { aMail, aMailbox, anEmailInbox, createFakeStore, type FakeStore, lookInto } from '../../fakes/email/mailbox.ts';
import { startTcpProxy, type TcpProxy } from '../../fakes/email/tcp-proxy.ts';

const missing = dovecotMissing();
if (missing) console.info(`the tests of the mailbox on Dovecot are left out: ${missing}`);

const poll = { timeout: 15_000, interval: 10 };

describe.skipIf(missing)('a mailbox on Dovecot', () => {
  let dovecot: Dovecot;
  let proxy: TcpProxy;
  let store: FakeStore;
  let user = 'nobody';
  let users = 0;
  let open: Mailbox[] = [];

  beforeAll(async () => {
    dovecot = await startDovecot();
  });
  afterAll(() => dovecot.remove());

  beforeEach(async () => {
    proxy = await startTcpProxy(() => dovecot.port);
    store = createFakeStore();
    users += 1;
    user = `user${users}`;
  });

  afterEach(async () => {
    await Promise.all(open.map((mailbox) => mailbox.stop()));
    open = [];
    await proxy.stop();
  });

  const inboxAt = (port: number, given: Partial<EmailSettings> = {}): EmailSettings =>
    anEmailInbox(port, { user, password: dovecotPassword, firstDays: 3650, ...given });

  function aReader(given: Partial<EmailSettings> = {}, options: Partial<MailboxOptions> = {}): Mailbox {
    const mailbox = aMailbox(inboxAt(proxy.port, given), store, options);
    open.push(mailbox);
    return mailbox;
  }

  const numbered = (from: number, to: number): string[] =>
    Array.from({ length: to - from + 1 }, (_, at) => `${from + at}`);
  const byNumber = (): string[] => store.stored().sort((a, b) => Number(a) - Number(b));
  const fill = (names: string[]): Promise<void> =>
    dovecot.fill(
      user,
      names.map((name) => aMail(name)),
    );
  const look = (folder: string) => lookInto(inboxAt(dovecot.port), folder);

  it('takes 500 that wait, each once, and flags them', async () => {
    await fill(numbered(1, 500));
    await aReader().start();
    await expect.poll(byNumber, poll).toEqual(numbered(1, 500));
    expect(store.handed()).toHaveLength(500);
    const flagged = async () => (await look('INBOX')).filter(({ flags }) => flags.includes('$WaslTaken'));
    await expect.poll(flagged, poll).toHaveLength(500);
  });

  it('hears within a second of what the mail server delivers', async () => {
    await aReader().start();
    await expect.poll(() => store.note('mailbox:INBOX'), poll).toContain('"skip":null');
    const took: number[] = [];
    for (const name of numbered(1, 7)) {
      const sent = performance.now();
      await dovecot.deliver(user, aMail(name));
      await expect.poll(() => store.stored(), { timeout: 5000, interval: 2 }).toContain(name);
      took.push(performance.now() - sent);
    }
    const [middle] = took.sort((a, b) => a - b).slice(3);
    expect(middle).toBeLessThan(1000);
  });

  it('loses nothing and stores nothing twice over one cut after another', async () => {
    await dovecot.fill(
      user,
      numbered(1, 400).map((name) => aMail(name, 'x'.repeat(1000))),
    );
    proxy.cutAfter(150_000, 8);
    await aReader().start();
    await expect.poll(byNumber, { timeout: 30_000, interval: 20 }).toEqual(numbered(1, 400));
    expect(proxy.connectionsEver()).toBeGreaterThan(3);
    expect(store.handed().length).toBeLessThan(400 + 100 * proxy.connectionsEver());
  }, 40_000);

  it('files every mail once although the line is cut again and again', async () => {
    await dovecot.fill(
      user,
      numbered(1, 300).map((name) => aMail(name, 'x'.repeat(1000))),
    );
    proxy.cutAfter(120_000, 8);
    await aReader({ handledFolder: 'تمت المعالجة' }).start();
    const handled = async () => (await look('تمت المعالجة')).map(({ name }) => Number(name)).sort((a, b) => a - b);
    await expect.poll(handled, { timeout: 30_000, interval: 50 }).toEqual(numbered(1, 300).map(Number));
    expect(byNumber()).toEqual(numbered(1, 300));
    expect(await look('INBOX')).toEqual([]);
    expect(proxy.connectionsEver()).toBeGreaterThan(3);
  }, 40_000);

  it('reads on when the server was restarted', async () => {
    const mailbox = aReader();
    await mailbox.start();
    await dovecot.deliver(user, aMail('before'));
    await expect.poll(() => store.stored(), poll).toEqual(['before']);
    // a line that is cut before it is noted how far was read has the mail handed again, to be stored once
    await expect.poll(() => store.note('mailbox:INBOX'), poll).toContain('"lastUid":1');
    await proxy.refuse();
    await dovecot.restart();
    await dovecot.deliver(user, aMail('meanwhile'));
    await proxy.resume();
    await expect.poll(() => store.stored(), poll).toEqual(['before', 'meanwhile']);
    expect(store.handed()).toHaveLength(2);
  });

  it('misses nothing when all mails have new UIDs', async () => {
    const mailbox = aReader();
    await mailbox.start();
    for (const name of numbered(1, 5)) await dovecot.deliver(user, aMail(name));
    await expect.poll(() => store.stored().length, poll).toBe(5);
    const before = JSON.parse(store.note('mailbox:INBOX') ?? '{}').uidValidity;
    await proxy.refuse();
    await dovecot.restart({ renumber: user });
    await dovecot.deliver(user, aMail('6'));
    await proxy.resume();
    await expect.poll(byNumber, poll).toEqual(numbered(1, 6));
    expect(store.handed()).toHaveLength(11);
    expect(JSON.parse(store.note('mailbox:INBOX') ?? '{}').uidValidity).not.toBe(before);
  });

  it('notices a dead line and takes what came meanwhile', async () => {
    const timing = { maxIdleMs: 300, silenceMs: 2000, answerMs: 500, pollMs: 300, connectMs: 1000 };
    const mailbox = aReader({}, { timing });
    await mailbox.start();
    await expect.poll(() => mailbox.state().state, poll).toBe('connected');
    proxy.blackHole();
    await dovecot.deliver(user, aMail('meanwhile'));
    await expect.poll(() => mailbox.state().state, poll).toBe('reconnecting');
    await proxy.resume();
    await expect.poll(() => store.stored(), poll).toEqual(['meanwhile']);
  });

  it('moves what is stored into an Arabic folder below another', async () => {
    await fill(numbered(1, 70));
    await aReader({ handledFolder: 'الأرشيف/تمت المعالجة' }).start();
    await expect.poll(async () => (await look('الأرشيف/تمت المعالجة')).length, poll).toBe(70);
    expect(await look('INBOX')).toEqual([]);
    expect(store.handed()).toHaveLength(70);
  });

  it('does not stumble over mails that others remove while they are read', async () => {
    await fill(numbered(1, 150));
    const take: MailboxOptions['take'] = async (batch) => {
      if (batch[0]?.uid === 1) await removeFrom(inboxAt(dovecot.port), '101:150');
      return store.take(batch);
    };
    await aReader({}, { take }).start();
    await expect.poll(() => store.note('mailbox:INBOX'), poll).toContain('"skip":null');
    expect(byNumber()).toEqual(numbered(1, 100));
    expect(store.note('mailbox:INBOX:left')).toBeUndefined();
    await dovecot.deliver(user, aMail('after'));
    await expect.poll(() => store.stored(), poll).toContain('after');
  });

  it('files a sent mail once, although the line broke before the server could say that it had it', async () => {
    const mailbox = aReader();
    await mailbox.start();
    const sent = async () => (await look('Sent')).map(({ name }) => name);
    mailbox.file(Buffer.from(aMail('first')));
    await expect.poll(sent, poll).toEqual(['first']);
    proxy.deafen();
    mailbox.file(Buffer.from(aMail('second')));
    await expect.poll(sent, poll).toEqual(['first', 'second']);
    await proxy.resume();
    proxy.cut();
    mailbox.file(Buffer.from(aMail('third')));
    await expect.poll(sent, poll).toEqual(['first', 'second', 'third']);
  });

  it('takes head and words of a mail that is too large', async () => {
    await dovecot.deliver(user, aMail('large', 'كلمات '.repeat(40_000)));
    await dovecot.deliver(user, aMail('after'));
    await aReader({ maxBytes: 100_000 }).start();
    await expect.poll(() => store.stored(), poll).toEqual(['large', 'after']);
    const [large] = store.handed();
    expect(large).toMatchObject({ truncated: true });
    expect(large!.bytes).toBeGreaterThan(400_000);
    expect(Buffer.from(large!.raw).toString()).toContain('كلمات كلمات');
  });

  it('says that the password is refused', async () => {
    const { imap } = inboxAt(proxy.port);
    const mailbox = aReader({ imap: { ...imap, password: 'wrong' } });
    await mailbox.start();
    expect(mailbox.state().state).toBe('bad-credentials');
  });
});

async function removeFrom(settings: EmailSettings, range: string): Promise<void> {
  const { ImapFlow } = await import('imapflow');
  const { host, port, user, password } = settings.imap;
  const client = new ImapFlow({
    host,
    port,
    secure: false,
    doSTARTTLS: false,
    auth: { user, pass: password },
    logger: false,
  });
  await client.connect();
  await client.mailboxOpen('INBOX');
  await client.messageDelete(range, { uid: true });
  await client.logout();
}
