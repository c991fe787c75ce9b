import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { startImapServer } from '../../fakes/email/imap-server.ts';
import { idOf, type MailHouse, mailboxPassword, openMail, waitFor, write } from './open-mail.ts';

let house: MailHouse;
afterEach(() => house.close());

const from = 'sara@people.example.net';

const inboxesOf = async ({ url }: MailHouse): Promise<{ id: string; state: string; reason: string | null }[]> =>
  ((await (await fetch(`${url}/health`)).json()) as { inboxes: { id: string; state: string; reason: string | null }[] })
    .inboxes;

describe('a mailbox whose UIDs are given anew', () => {
  it('has each mail stored once and answered once', async () => {
    house = await openMail();
    const people = Array.from({ length: 12 }, (_, at) => `person-${at}@people.example.net`);
    for (const one of people) house.imap.deliver(await write({ id: one, from: one, subject: `طلب ${one}` }));
    for (const one of people) await house.letterTo(one);
    await house.imap.renumber(4242);
    await house.deliver({ id: 'after', from, subject: 'بعد ذلك' });
    await house.letterTo(from);
    await house.quiet();
    expect(await house.inbound()).toHaveLength(people.length + 1);
    for (const one of people) expect(house.lettersTo(one)).toHaveLength(1);
  });
});

const isReading = (pid: number): boolean => {
  const line = execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  return line.includes('reader/child');
};

const readerPids = (): number[] => {
  const out = execFileSync('ps', ['-o', 'pid=', '--ppid', String(process.pid)], { encoding: 'utf8' });
  return out.split('\n').map(Number).filter(Boolean);
};

describe('a reading process that is lost', () => {
  it('loses no mail: all of them become messages', async () => {
    house = await openMail();
    await house.deliver({ id: 'first', from });
    const ids = Array.from({ length: 40 }, (_, at) => `mail-of-many-${at}`);
    for (const id of ids)
      house.imap.deliver(await write({ id, from: `${id}@people.example.net`, subject: `طلب ${id}` }));
    await house.stored(idOf(ids[0] ?? ''));
    for (const pid of readerPids().filter(isSomething)) process.kill(pid, 'SIGKILL');
    for (const id of ids) await house.stored(idOf(id));
    expect(await house.inbound()).toHaveLength(ids.length + 1);
    expect(house.lines.map(({ text }) => text).join()).toContain('the process that reads mails was lost');
  });
});

describe('a mail that stops the process that reads it', () => {
  it('becomes a message that says so, with its source kept, and the mails behind it are read whole', async () => {
    house = await openMail();
    await house.deliver({ id: 'before', from });
    for (const pid of readerPids().filter(isSomething)) process.kill(pid, 'SIGSTOP');
    house.imap.deliver(await write({ id: 'hostile', from: 'hostile@people.example.net', subject: 'لا يُقرأ' }));
    const behind = ['behind-1', 'behind-2'];
    for (const id of behind) house.imap.deliver(await write({ id, from: `${id}@people.example.net`, subject: id }));
    const hostile = await house.stored(idOf('hostile'), 40_000);
    expect(hostile.letter).toMatchObject({ problem: 'unreadable', subject: 'لا يُقرأ' });
    const shown = await house.json<{ items: { id: string; problem: string }[] }>(
      `/conversations/${hostile.conversationId}/messages`,
    );
    expect(shown.items[0]).toMatchObject({ id: hostile.id, problem: 'unreadable' });
    const source = await (await house.api(`/messages/${hostile.id}/source`)).text();
    expect(source).toContain('Message-ID: <hostile@people.example.net>');
    for (const id of behind) expect((await house.stored(idOf(id))).letter?.problem).toBeNull();
    await house.letterTo('hostile@people.example.net');
  }, 60_000);
});

/** Gone meanwhile is no reading process either. */
function isSomething(pid: number): boolean {
  try {
    return isReading(pid);
  } catch {
    return false;
  }
}

describe('a mail server that does not send for a while', () => {
  it('gets the letter later, under the same Message-ID, and the person gets it once', async () => {
    house = await openMail();
    house.smtp.refuse({ at: 'data', code: 451, times: 1 });
    const message = await house.deliver({ from });
    const letter = await house.letterTo(from);
    await house.quiet();
    expect(house.lettersTo(from)).toHaveLength(1);
    const items = await house.json<{ items: { direction: string; deliveries: { externalId: string }[] }[] }>(
      `/conversations/${message.conversationId}/messages`,
    );
    const answer = items.items.find(({ direction }) => direction === 'outbound');
    expect(answer?.deliveries[0]).toMatchObject({ status: 'accepted', externalId: letter.messageId });
  }, 40_000);

  it('has its letter sent again under the same Message-ID where it took it and was cut off before it said so', async () => {
    house = await openMail();
    house.smtp.stall('data', true);
    await house.deliver({ from });
    await waitFor(() => expect(house.lettersTo(from)).toHaveLength(1));
    house.smtp.heal();
    house.smtp.cut();
    const again = await house.letterTo(from, 2);
    const first = await house.letterTo(from, 1);
    expect(again.messageId).toBe(first.messageId);
  }, 40_000);
});

describe('two inboxes', () => {
  it('each answer under their own address, over their own servers', async () => {
    const second = await startImapServer();
    second.accept({ password: mailboxPassword });
    house = await openMail({
      env: {
        EMAIL_2_IMAP_URL: `imap://care:${mailboxPassword}@127.0.0.1:${second.port}`,
        EMAIL_2_SMTP_URL: 'smtp://127.0.0.1:1',
        EMAIL_2_ADDRESS: 'registration@example.org',
      },
    });
    try {
      second.deliver(await write({ id: 'to-second', from, to: 'registration@example.org' }));
      await house.deliver({ id: 'to-first', from });
      await house.letterTo(from);
      expect([(await house.stored(idOf('to-first'))).inboxId, (await house.stored(idOf('to-second'))).inboxId]).toEqual(
        ['email', 'email-2'],
      );
      const states = await inboxesOf(house);
      expect(states.map(({ id, state }) => [id, state])).toEqual([
        ['web-chat', 'connected'],
        ['email', 'connected'],
        ['email-2', 'reconnecting'],
      ]);
      expect(states[2]?.reason).toMatch(/refused the connection/);
      const letter = await house.letterTo(from);
      expect(letter.from?.value[0]?.address).toBe('care@example.org');
    } finally {
      await second.stop();
    }
  });
});

describe('a wrong password', () => {
  it('is told of in /inboxes and /health, and web chat works on', async () => {
    house = await openMail({ imapPassword: 'not-the-right-one' });
    const states = await inboxesOf(house);
    const found = states.find(({ id }) => id === 'email');
    expect(found?.state).toBe('bad-credentials');
    expect(found?.reason).toMatch(/refuses the user or password/);
    expect(states.find(({ id }) => id === 'web-chat')?.state).toBe('connected');
    const { items } = await house.json<{ items: { id: string; state: string }[] }>('/inboxes');
    expect(items.find(({ id }) => id === 'email')).toMatchObject({ state: 'bad-credentials' });
    expect((await fetch(`${house.url}/health`)).status).toBe(200);
    const said = JSON.stringify([states, items, house.lines]);
    for (const hidden of ['not-the-right-one', mailboxPassword]) expect(said).not.toContain(hidden);
  });

  it('of the sending side is told of as well', async () => {
    house = await openMail({ smtp: { credentials: { user: 'care', password: 'another' } } });
    await house.deliver({ from });
    await waitFor(async () =>
      expect((await inboxesOf(house)).find(({ id }) => id === 'email')?.state).not.toBe('connected'),
    );
  });
});
