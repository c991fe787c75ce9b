import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPost } from '../../../channels/email/letter/post.ts';
import { type Agent, agents } from '../../../src/agent/agent.ts';
import { type Alert, type AlertKind, alerts } from '../../../src/alert/alert.ts';
import { deputies } from '../../../src/casework/deputies.ts';
import type { OutboundMessage } from '../../../src/channel/outbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { alertOps } from '../../../src/flow/casework/alert-ops.ts';
import { createFlow } from '../../../src/flow/create-flow.ts';
import type { Op } from '../../../src/store/port.ts';
import { type Ticket, tickets } from '../../../src/ticket/ticket.ts';
import { createFakeChannel, type FakeChannel } from '../../fakes/channel.ts';
import { startSmtpServer } from '../../fakes/email/smtp-server.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { createFakeMembers } from '../../fakes/members.ts';
import { createPaidChannel } from '../../fakes/paid-channel.ts';
import { aMember, aTicket } from '../../unit/casework/builders.ts';
import { someDeps, someServer, someSettings } from '../../unit/email/letter/a-letter.ts';

const hourMs = 3_600_000;
/** A Sunday, 10:00 in Riyadh: the office is open. */
const morning = '2026-11-22T07:00:00.000Z';
const evening = '2026-11-22T18:00:00.000Z';
const number = '26000010';

const createLetterChannel = (inboxId = 'letters') =>
  Object.assign(createFakeChannel(inboxId, { form: 'letter', canStart: true, visibility: 'private' }), {
    kind: 'letters',
  });

let letters: FakeChannel;
let paid: FakeChannel;
let test: TestFlow;

const begin = async (at = morning, more: FakeChannel[] = [letters, paid]): Promise<void> => {
  test = await openFlow({ at, more });
  // the look of the start is over
  await test.flow.idle();
  await keep([
    anAgent('huda', { role: 'head', departments: ['maintenance'] }),
    anAgent('mona', { role: 'member', departments: ['maintenance'] }),
    anAgent('samia', { role: 'supervisor' }),
    anAgent('nasser', { role: 'coordinator', phone: '+966500000007' }),
  ]);
  await keepTicket({});
};

beforeEach(() => {
  letters = createLetterChannel();
  paid = createPaidChannel();
});
afterEach(() => test.cleanUp());

const anAgent = (id: string, facts: Partial<Agent> = {}): Agent => ({
  ...aMember(id),
  version: 1,
  passwordHash: 'none',
  ...facts,
});
const keep = (all: readonly Agent[]) =>
  test.store.write(all.map((document) => ({ op: 'insert', in: agents, document }) as Op));
const keepTicket = (facts: Partial<Ticket>) =>
  test.store.write([
    { op: 'insert', in: tickets, document: aTicket({ number, departmentId: 'maintenance', ...facts }) },
  ]);
const changeTicket = (set: Partial<Ticket>) => test.store.write([{ op: 'update', in: tickets, id: number, set }]);

let causes = 0;
const tell = async (agentId: string, kind: AlertKind = 'assigned', more: Partial<Alert> = {}): Promise<string> => {
  const about = { ticketNumber: number, cause: `cause ${++causes}`, at: new Date(test.clock.now()).toISOString() };
  const ops = alertOps([{ kind, agentId }], about) as { document: Alert }[];
  for (const op of ops) Object.assign(op.document, more);
  await test.store.write(ops as unknown as Op[]);
  return ops[0]?.document.id ?? '';
};
const kept = async (id: string): Promise<Alert | null> => test.store.get(alerts, id);
const look = async (ms = 2_000): Promise<void> => {
  test.clock.advance(ms);
  await test.flow.idle();
};
const to = (channel: FakeChannel): string[] => channel.sent.map(({ address }) => address);
const refuse = (code: SendError['code']) => {
  letters.answer = () => {
    throw new SendError(code, 'The server said so.');
  };
};

const aFile = async (content: string) => {
  const blobId = test.deps.ids.next();
  const bytes = Buffer.from(content);
  await test.store.blobs.put(blobId, asParts(bytes), bytes.byteLength);
  return { blobId, name: 'week.xlsx', type: 'application/octet-stream', bytes: bytes.byteLength };
};
async function* asParts(bytes: Uint8Array) {
  yield bytes;
}

describe('the letter of an alert', () => {
  it('goes to the address of the agent, once, with its subject, the facts and the link', async () => {
    await begin();
    const id = await tell('mona');
    await look();
    await look();
    expect(letters.sent).toHaveLength(1);
    expect(letters.sent[0]).toMatchObject({
      inboxId: 'letters',
      address: 'mona@example.org',
      language: 'ar',
      automated: true,
      author: 'system',
      letter: { subject: expect.stringContaining(number), inReplyTo: null },
      text: expect.stringContaining(`https://wasl.example/console/tickets/${number}`),
    });
    expect(await kept(id)).toMatchObject({ mail: 'sent', dueAt: null, tries: 1 });
    expect(test.errors).toEqual([]);
  });

  it('holds all that is due to one agent, but reports go by themselves', async () => {
    await begin();
    for (const kind of ['assigned', 'warned', 'nudged'] as const) await tell('mona', kind);
    await tell('huda');
    await tell('mona', 'weekly-report', { ticketNumber: null, file: await aFile('mona') });
    await look();
    expect(to(letters).sort()).toEqual(['huda@example.org', 'mona@example.org', 'mona@example.org']);
    const digest = letters.sent.find(({ letter }) => letter?.subject.includes('تنبيهات'));
    expect(digest?.letter?.subject).toContain('3');
  });

  const opened = async ({ address, inboxId, attachments }: OutboundMessage): Promise<string> => {
    const [file] = attachments;
    const found = await letters.sink?.openAttachment({ address, inboxId, id: file?.id ?? '' });
    return found ? Buffer.concat(await found.stream.toArray()).toString() : '';
  };

  it('has its file with it, which several receivers can open at a time', async () => {
    await begin();
    const file = await aFile('the week');
    for (const agentId of ['mona', 'huda']) await tell(agentId, 'weekly-report', { ticketNumber: null, file });
    await look();
    expect(letters.sent.map(({ attachments }) => attachments[0])).toMatchObject([
      { name: 'week.xlsx', bytes: 8 },
      { name: 'week.xlsx', bytes: 8 },
    ]);
    expect(await Promise.all(letters.sent.map(opened))).toEqual(['the week', 'the week']);
  });

  it('fails where its file is gone', async () => {
    await begin();
    const file = { blobId: 'gone', name: 'week.xlsx', type: 'a/b', bytes: 1 };
    const id = await tell('mona', 'weekly-report', { ticketNumber: null, file });
    await look();
    expect(letters.sent).toEqual([]);
    expect(await kept(id)).toMatchObject({ mail: 'failed' });
  });

  it('stands in the console alone where nothing writes letters', async () => {
    await begin(morning, [paid]);
    const id = await tell('mona');
    await look();
    expect(await kept(id)).toMatchObject({ mail: 'none', dueAt: null });
  });

  it('waits for an inbox that is not connected', async () => {
    await begin();
    const { state } = letters;
    letters.state = () => ({ state: 'bad-credentials', reason: 'The password is refused.' });
    const id = await tell('mona');
    await look();
    expect(await kept(id)).toMatchObject({ mail: 'waiting', tries: 0 });
    letters.state = state;
    await look();
    expect(to(letters)).toEqual(['mona@example.org']);
  });

  it('is given up where no inbox was well for three days', async () => {
    await begin();
    letters.state = () => ({ state: 'bad-credentials', reason: 'The password is refused.' });
    const id = await tell('mona');
    await look(71 * hourMs);
    expect(await kept(id)).toMatchObject({ mail: 'waiting' });
    await look(hourMs);
    expect(await kept(id)).toMatchObject({ mail: 'failed', dueAt: null });
  });
});

describe('a letter that did not leave', () => {
  it('is tried again after longer and longer waits, under the same id, and then goes once', async () => {
    await begin();
    await keepAlwaysOpen();
    const tried: { id: string; at: number }[] = [];
    const started = test.clock.now();
    letters.answer = ({ id }) => {
      tried.push({ id, at: test.clock.now() - started });
      if (tried.length < 4) throw new SendError('unreachable', 'Nobody answers.');
      return { externalId: id, status: 'accepted' };
    };
    const ids = [await tell('mona'), await tell('mona', 'warned')];
    for (let minute = 0; minute < 30; minute += 1) await look(60_000);
    expect(tried).toHaveLength(4);
    expect(new Set(tried.map(({ id }) => id)).size).toBe(1);
    const waits = tried.slice(1).map(({ at }, index) => at - (tried[index]?.at ?? 0));
    expect(waits).toEqual(waits.toSorted((one, other) => one - other));
    expect(waits[0]).toBeGreaterThanOrEqual(60_000);
    for (const id of ids) expect(await kept(id)).toMatchObject({ mail: 'sent', tries: 4 });
  });

  it('is given up after three days, or at once where the address is refused, and both are seen', async () => {
    await begin();
    await keepAlwaysOpen();
    refuse('unreachable');
    const late = await tell('mona');
    for (let hour = 0; hour < 78; hour += 1) await look(hourMs);
    expect(await kept(late)).toMatchObject({ mail: 'failed', dueAt: null });
    refuse('rejected');
    const refused = await tell('mona');
    await look();
    expect(await kept(refused)).toMatchObject({ mail: 'failed', dueAt: null, tries: 1 });
  });

  it('of one agent does not hold up those of others', async () => {
    await begin();
    letters.answer = ({ id, address }) => {
      if (address === 'mona@example.org') throw new SendError('rejected', 'No such mailbox.');
      return { externalId: id, status: 'accepted' };
    };
    await tell('mona');
    await tell('huda');
    await look();
    expect(to(letters)).toEqual(['huda@example.org']);
  });
});

const keepAlwaysOpen = async () => {
  const { organisation } = test.deps.content;
  const whole = [['00:00', '24:00']] as [string, string][];
  const week = { sun: whole, mon: whole, tue: whole, wed: whole, thu: whole, fri: whole, sat: whole };
  test.deps.content.organisation = () => ({
    ...organisation(),
    calendars: organisation().calendars.map((one) => ({ ...one, calendar: { timeZone: 'Asia/Riyadh', week } })),
  });
};

describe('outside working hours', () => {
  it('letters wait for the next opening and come as one', async () => {
    await begin(evening);
    const ids = [await tell('mona'), await tell('mona', 'warned')];
    await look();
    expect(letters.sent).toEqual([]);
    const { dueAt } = (await kept(ids[0] ?? '')) ?? {};
    expect(dueAt).toBe('2026-11-23T04:30:00.000Z');
    test.clock.set(Date.parse(dueAt ?? ''));
    await look();
    expect(letters.sent).toHaveLength(1);
  });

  it('what is urgent or confidential goes at once', async () => {
    await begin(evening);
    await changeTicket({ urgent: true });
    await tell('mona');
    await look();
    await changeTicket({ urgent: false, restricted: true });
    await tell('samia', 'confidential');
    await look();
    expect(to(letters)).toEqual(['mona@example.org', 'samia@example.org']);
  });

  it('nobody is told in the morning of what was done in the night', async () => {
    await begin(evening);
    const moot = await tell('mona', 'warned');
    const news = await tell('mona', 'data-given');
    await look();
    await changeTicket({ status: 'closed' });
    test.clock.set(Date.parse('2026-11-23T04:30:00.000Z'));
    await look();
    expect(await kept(moot)).toMatchObject({ mail: 'dropped', dueAt: null });
    expect(await kept(news)).toMatchObject({ mail: 'sent' });
  });
});

describe('who gets the letter', () => {
  const standIn = (agentId: string, deputyId: string) =>
    test.store.write([
      {
        op: 'insert',
        in: deputies,
        document: {
          id: `${agentId} ${deputyId}`,
          version: 1,
          agentId,
          deputyId,
          from: '2026-11-01T00:00:00.000Z',
          to: null,
          at: '2026-11-01T00:00:00.000Z',
        },
      },
    ]);

  it('is the deputy of whoever is away, who reads for whom it is', async () => {
    await begin();
    await standIn('huda', 'samia');
    await tell('huda');
    await look();
    expect(to(letters)).toEqual(['samia@example.org']);
    expect(letters.sent[0]?.text).toContain('huda');
  });

  it('is not a deputy from whom the ticket is kept', async () => {
    await begin();
    await changeTicket({ hiddenFrom: ['samia'] });
    await standIn('huda', 'samia');
    await tell('huda');
    await look();
    expect(to(letters)).toEqual(['huda@example.org']);
  });

  it('is nobody where the agent was disabled meanwhile, or may not know of the ticket any more', async () => {
    await begin();
    await test.store.write([{ op: 'update', in: agents, id: 'mona', set: { disabledAt: morning } }]);
    const ids = [await tell('mona')];
    await look();
    await changeTicket({ hiddenFrom: ['samia'] });
    ids.push(await tell('samia'));
    await look();
    await changeTicket({ restricted: true });
    ids.push(await tell('huda'), await tell('nobody-of-that-name'));
    await look();
    expect(letters.sent).toEqual([]);
    for (const id of ids) expect(await kept(id)).toMatchObject({ mail: 'dropped', dueAt: null });
  });
});

describe('coordinators', () => {
  it('get a brief message on their phone beside the letter', async () => {
    await begin();
    const id = await tell('nasser', 'platform-ticket', { values: { platform: 'تواصل', number: 'T-77' } });
    await look();
    await look();
    expect(paid.sent).toMatchObject([{ address: '+966500000007', text: expect.stringContaining(number) }]);
    expect(paid.sent[0]?.text.length).toBeLessThanOrEqual(70);
    expect(letters.sent).toMatchObject([{ address: 'nasser@example.org', text: expect.stringContaining('T-77') }]);
    expect(await kept(id)).toMatchObject({ mail: 'sent', phone: 'sent', phoneDueAt: null });
  });

  it('without a phone, and everybody about anything else, get a letter only', async () => {
    await begin();
    const id = await tell('samia', 'platform-ticket');
    await tell('nasser', 'assigned');
    await look();
    expect(paid.sent).toEqual([]);
    expect(letters.sent).toHaveLength(2);
    expect(await kept(id)).toMatchObject({ mail: 'sent', phone: 'none' });
  });

  it('get the letter although the phone cannot be reached, and the message is tried again by itself', async () => {
    await begin();
    let isDown = true;
    paid.answer = ({ id }) => {
      if (isDown) throw new SendError('unreachable', 'Nobody answers.');
      return { externalId: id, status: 'accepted' };
    };
    const id = await tell('nasser', 'platform-ticket');
    await look();
    expect(await kept(id)).toMatchObject({ mail: 'sent', phone: 'waiting', phoneTries: 1 });
    isDown = false;
    await look(70_000);
    expect(await kept(id)).toMatchObject({ phone: 'sent' });
    expect([paid.sent.length, letters.sent.length]).toEqual([1, 1]);
  });
});

describe('several processes', () => {
  it('send nothing twice', async () => {
    await begin();
    const group = createFakeMembers();
    const sent: string[] = [];
    const started = ['one', 'two', 'three'].map((name) => {
      const channel = createLetterChannel();
      channel.answer = async ({ id, address }) => {
        await new Promise((resolve) => setImmediate(resolve));
        sent.push(address);
        return { externalId: id, status: 'accepted' };
      };
      // as where the members are seen differently for a while: each takes all for its own
      const members = { ...group.join(name), isMine: () => true };
      return createFlow({ ...test.deps, channels: new Map([['letters', channel]]), members });
    });
    await test.flow.stop();
    for (const agentId of ['mona', 'huda', 'samia']) for (let count = 0; count < 5; count += 1) await tell(agentId);
    await Promise.all(started.map((flow) => flow.start()));
    for (let round = 0; round < 3; round += 1) {
      test.clock.advance(2_000);
      await Promise.all(started.map((flow) => flow.idle()));
    }
    expect(sent.sort()).toEqual(['huda@example.org', 'mona@example.org', 'samia@example.org']);
    await Promise.all(started.map((flow) => flow.stop()));
  });

  it('leave what was taken in hand to whoever has it, and take it over where that one is gone', async () => {
    await begin();
    const id = await tell('mona');
    const inHand = new Date(test.clock.now() + 100_000).toISOString();
    await test.store.write([{ op: 'update', in: alerts, id, set: { dueAt: inHand, tries: 1, triedAt: morning } }]);
    await look();
    expect(letters.sent).toEqual([]);
    await look(100_000);
    expect(to(letters)).toEqual(['mona@example.org']);
    expect(await kept(id)).toMatchObject({ mail: 'sent', tries: 2 });
  });
});

describe('over a mail server', () => {
  it('the letter arrives from right to left, as one that nobody wrote, with its file', async () => {
    const server = await startSmtpServer();
    const settings = someSettings({ smtp: someServer({ port: server.port }) });
    const openFile = async (query: { address: string; id: string }) =>
      (await letters.sink?.openAttachment({ inboxId: 'letters', ...query })) ?? null;
    const post = createPost({ inboxId: 'letters', settings, deps: someDeps().deps, openFile });
    letters.send = async (message, signal) => (await post.send(message, signal)).result;
    await begin();
    const values = { department: 'قسم الصيانة', period: 'من 2026-11-15 إلى 2026-11-21', count: 12 };
    const file = await aFile('the week');
    const id = await tell('huda', 'weekly-report', { ticketNumber: null, values, file });
    await tell('mona');
    await look();
    const mails = await Promise.all(server.received.map(({ raw }) => simpleParser(raw)));
    expect(server.received.map((one) => one.to).sort()).toEqual([['huda@example.org'], ['mona@example.org']]);
    const report = mails.find(({ attachments }) => attachments.length > 0);
    expect(report?.subject).toBe('التقرير الأسبوعي: قسم الصيانة');
    expect(report?.attachments[0]).toMatchObject({ filename: 'week.xlsx', content: Buffer.from('the week') });
    expect(report?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(report?.html).toMatch(/<html[^>]*dir="rtl"/);
    const other = mails.find(({ attachments }) => attachments.length === 0);
    expect(other?.html).toContain(`href="https://wasl.example/console/tickets/${number}"`);
    expect(await kept(id)).toMatchObject({ mail: 'sent' });
    await post.stop();
    await server.close();
  });
});
