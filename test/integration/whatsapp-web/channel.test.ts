import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../../channels/whatsapp-web/browser.ts';
import { createWhatsappWeb } from '../../../channels/whatsapp-web/channel.ts';
import { loadLibrary } from '../../../channels/whatsapp-web/library.ts';
import type { Channel } from '../../../src/channel/channel.ts';
import type { RecordingSink } from '../../contract/channel-contract.ts';
import { hostDeps } from '../../fakes/host-deps.ts';
import { type FakeWhatsapp, openWhatsapp } from '../../fakes/whatsapp-web/open-whatsapp.ts';
import type { WhatsappPhone } from '../../fakes/whatsapp-web/phone.ts';
import type { Shape } from '../../fakes/whatsapp-web/wire.ts';
import { anOutbound, createSink, eventsOf, settingsOf } from '../../unit/whatsapp-web/open-channel.ts';

const sara = '966512345678@c.us';
const hidden = '200000000000002@lid';
const person = { phone: '966512345678', lid: '200000000000002', name: 'سارة' };

const browser = await findBrowser(process.env.CHROMIUM_PATH);
if (typeof browser === 'string') console.warn(`No browser starts here: ${browser}`);

/** Starting a browser again takes some seconds on a busy machine. */
const slow = { timeout: 60_000, interval: 100 };
const soon = (): AbortSignal => new AbortController().signal;

interface Stand {
  whatsapp: FakeWhatsapp;
  phone: WhatsappPhone;
  channel: Channel;
  sink: RecordingSink;
  log: string[];
  close(): Promise<void>;
}

/** The real library in a real browser, on a page that stands for WhatsApp's. */
async function open(shape: Shape, values: Record<string, string> = {}): Promise<Stand> {
  const directory = await mkdtemp(join(tmpdir(), 'wasl-web-inbox-'));
  const whatsapp = await openWhatsapp(shape, { profiles: directory, people: [person] });
  const sink = createSink(new Map());
  sink.openAttachment = async ({ id }) => ({ name: id, type: '', stream: Readable.from([Buffer.from('%PDF-1.4')]) });
  const log: string[] = [];
  const deps = hostDeps({ lines: log, directory: () => directory });
  const channel = createWhatsappWeb({ inboxId: 'whatsapp-web', values: settingsOf(values) }, deps, {
    library: () => loadLibrary(whatsapp.page),
    browser: async () => browser,
  });
  const close = async (): Promise<void> => {
    await channel.stop();
    await whatsapp.close();
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  await channel.start(sink);
  return { whatsapp, phone: whatsapp.phone, channel, sink, log, close };
}

const stateOf = ({ channel }: Stand) => channel.state().state;
const becomes = (stand: Stand, state: string) => expect.poll(() => stateOf(stand), slow).toBe(state);

async function link(stand: Stand): Promise<void> {
  await becomes(stand, 'needs-login');
  await stand.phone.scan();
  await becomes(stand, 'connected');
}

const shapes: Shape[] = ['_serialized', '$1', '$1 everywhere'];

describe.skipIf(typeof browser === 'string').each(shapes)('an account on a page with ids in %s', (shape) => {
  let stand: Stand;
  beforeAll(async () => {
    stand = await open(shape);
  });
  afterAll(() => stand?.close());

  it('shows a code, is linked by it, and knows its number', async () => {
    await becomes(stand, 'needs-login');
    expect(stand.channel.state().login?.qr).toMatch(/^2@/);
    await stand.phone.scan();
    await becomes(stand, 'connected');
    expect(stand.channel.state().phone).toBe('+966500000001');
  });

  it('takes what people write under number and hidden id as one person', async () => {
    const first = await stand.phone.receive({ from: sara, text: 'السلام عليكم' });
    const second = await stand.phone.receive({ from: hidden, text: 'عندي سؤال' });
    await expect.poll(() => eventsOf(stand.sink, 'message').length).toBe(2);
    expect(eventsOf(stand.sink, 'message')).toEqual([
      expect.objectContaining({
        externalId: first,
        address: sara,
        identity: hidden,
        phone: '+966512345678',
        text: 'السلام عليكم',
      }),
      expect.objectContaining({
        externalId: second,
        address: sara,
        identity: hidden,
        phone: '+966512345678',
        text: 'عندي سؤال',
      }),
    ]);
  });

  it('answers in the chat the question came from, quoting it, and follows the marks', async () => {
    const question = eventsOf(stand.sink, 'message')[1]!.externalId;
    const message = anOutbound({ quotes: question });
    const { externalId } = await stand.channel.send(message, soon());
    expect(stand.phone.sent.at(-1)).toMatchObject({
      id: externalId,
      chat: hidden,
      text: 'وصلتنا رسالتك',
      quoted: question,
    });
    await stand.phone.ack(externalId, 2);
    await stand.phone.ack(externalId, 3);
    const statuses = () =>
      eventsOf(stand.sink, 'receipt')
        .filter((one) => one.externalId === externalId)
        .map((one) => one.status);
    await expect.poll(statuses).toEqual(expect.arrayContaining(['delivered', 'read']));
    expect(eventsOf(stand.sink, 'receipt')[0]).toMatchObject({ deliveryId: message.id });
    expect(eventsOf(stand.sink, 'own-message')).toEqual([]);
  });

  it('sends a file with its words', async () => {
    const file = { id: 'f', name: 'إفادة.pdf', type: 'application/pdf', bytes: 8 };
    await stand.channel.send(anOutbound({ text: 'الإفادة', attachments: [file] }), soon());
    expect(stand.phone.sent.at(-1)).toMatchObject({
      type: 'document',
      text: 'الإفادة',
      media: { filename: 'إفادة.pdf' },
    });
    expect(stand.phone.sent.at(-1)!.media!.bytes.toString()).toBe('%PDF-1.4');
  });

  it('tells what somebody of ours typed on the phone', async () => {
    const id = await stand.phone.type({ to: sara, text: 'سأتصل بكم' });
    await expect
      .poll(() => eventsOf(stand.sink, 'own-message'))
      .toEqual([expect.objectContaining({ externalId: id, address: sara, text: 'سأتصل بكم' })]);
  });

  it('tells of files, and fetches them', async () => {
    const bytes = Buffer.from('a picture');
    await stand.phone.receive({ from: sara, text: 'الإيصال', media: { mimetype: 'image/jpeg', bytes } });
    const last = () => eventsOf(stand.sink, 'message').at(-1);
    await expect.poll(() => last()?.kind).toBe('image');
    const reference = last()!.attachments[0]!.reference!;
    const file = await stand.channel.fetchAttachment!(reference, soon());
    const parts: Uint8Array[] = [];
    for await (const part of file.from) parts.push(part);
    expect([file.type, Buffer.concat(parts).toString()]).toEqual(['image/jpeg', 'a picture']);
  });

  it('says that a file is gone', async () => {
    const media = { mimetype: 'image/jpeg', bytes: Buffer.from('x'), state: 'expired' as const };
    const id = await stand.phone.receive({ from: sara, media });
    await expect.poll(() => eventsOf(stand.sink, 'message').at(-1)?.externalId).toBe(id);
    const reference = eventsOf(stand.sink, 'message').at(-1)!.attachments[0]!.reference!;
    await expect(stand.channel.fetchAttachment!(reference, soon())).rejects.toMatchObject({ code: 'rejected' });
  });

  it('tells of changes, reactions, deletions and calls', async () => {
    const id = await stand.phone.receive({ from: sara, text: 'الرقم 12' });
    await stand.phone.edit(id, 'الرقم 13');
    await stand.phone.react(id, '👍');
    await stand.phone.revoke(id);
    await stand.phone.call(sara);
    const kinds = () =>
      eventsOf(stand.sink, 'message')
        .slice(-5)
        .map(({ kind }) => kind)
        .sort();
    await expect.poll(kinds).toEqual(['deletion', 'edit', 'notice', 'reaction', 'text']);
    const about = eventsOf(stand.sink, 'message').filter(({ refersTo }) => refersTo === id);
    expect(about.map(({ kind, text }) => [kind, text]).sort()).toEqual([
      ['deletion', ''],
      ['edit', 'الرقم 13'],
      ['reaction', '👍'],
    ]);
  });

  it('leaves groups, the status and channels alone', async () => {
    const before = stand.sink.events.length;
    await stand.phone.receive({ from: '1203@g.us', author: sara, text: 'في مجموعة' });
    await stand.phone.receive({ from: 'status@broadcast', author: sara, text: 'حالة' });
    await stand.phone.receive({ from: '1203@newsletter', text: 'قناة' });
    const id = await stand.phone.receive({ from: sara, text: 'بعدها' });
    await expect.poll(() => eventsOf(stand.sink, 'message').at(-1)?.externalId).toBe(id);
    expect(stand.sink.events).toHaveLength(before + 1);
  });

  it('refuses a number that is not on WhatsApp', async () => {
    await stand.phone.addPerson({ phone: '966599999999', registered: false });
    const sending = stand.channel.send(anOutbound({ address: '966599999999@c.us' }), soon());
    await expect(sending).rejects.toMatchObject({ code: 'rejected' });
  });

  it('types and marks as read', async () => {
    stand.channel.typing?.({ address: sara, on: true, externalId: null });
    await stand.channel.markRead?.({ address: sara, externalId: 'x' });
    await expect.poll(() => stand.phone.typing.length).toBeGreaterThan(0);
    expect(stand.phone.seen.length).toBeGreaterThan(0);
  });

  it('comes back after its browser was killed, and has lost nothing', async () => {
    const before = eventsOf(stand.sink, 'message').length;
    await stand.phone.killBrowser();
    await becomes(stand, 'reconnecting');
    const missed = await stand.phone.receive({ from: sara, text: 'وصلت في الانقطاع' });
    const own = await stand.phone.type({ to: sara, text: 'رددت من الهاتف' });
    await becomes(stand, 'connected');
    const told = () => stand.sink.events.map((one) => ('externalId' in one ? one.externalId : ''));
    await expect.poll(told, slow).toEqual(expect.arrayContaining([missed, own]));
    const { externalId } = await stand.channel.send(anOutbound(), soon());
    expect(stand.phone.sent.at(-1)?.id).toBe(externalId);
    const fresh = eventsOf(stand.sink, 'message')
      .slice(before)
      .map((one) => one.externalId);
    expect(fresh.filter((id) => id === missed)).toHaveLength(1);
  }, 90_000);

  it('needs a person again when it is unlinked on the phone, and is linked anew', async () => {
    await stand.phone.logout();
    await becomes(stand, 'needs-login');
    await expect.poll(() => stand.channel.state().login?.qr ?? '', slow).toMatch(/^2@/);
    await stand.phone.scan();
    await becomes(stand, 'connected');
  }, 90_000);

  it('put no number of a person into the log', () => {
    expect(stand.log.join('\n')).not.toMatch(/966512345678|200000000000002/);
  });
});

describe.skipIf(typeof browser === 'string')('linking by a pairing code', () => {
  it('shows the code that is typed on the phone', async () => {
    const stand = await open('$1', { PHONE: '+966500000001' });
    try {
      await expect.poll(() => stand.channel.state().login?.code, slow).toBe('ABCD1234');
      expect(stand.phone.pairings).toEqual(['966500000001']);
      await stand.phone.scan();
      await becomes(stand, 'connected');
    } finally {
      await stand.close();
    }
  }, 90_000);
});

/** Processes of this machine that were started with the directory; only Linux tells. */
const processesOn = (directory: string): string[] =>
  readdirSync('/proc').filter((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      return readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes(directory);
    } catch {
      return false;
    }
  });

describe.skipIf(typeof browser === 'string' || process.platform !== 'linux')('its end', () => {
  it('leaves no browser behind, even while one is being started', async () => {
    const stand = await open('$1');
    await stand.channel.stop();
    expect(stand.channel.state().state).toBe('stopped');
    const begun = stand.channel.start(stand.sink);
    await stand.channel.stop();
    await begun;
    expect(processesOn(stand.whatsapp.profiles)).toEqual([]);
    await stand.close();
  }, 90_000);
});

describe('a browser that is not there', () => {
  it('is told of with what the machine says', async () => {
    expect(await findBrowser('/no/such/browser')).toMatch(/ENOENT/);
  });
});

describe.skipIf(typeof browser === 'string')('what goes wrong in the browser', () => {
  it.each([
    ['the tab is closed', (phone: WhatsappPhone) => phone.breakFrame()],
    ['the tab crashes', (phone: WhatsappPhone) => phone.crashPage()],
    ['another WhatsApp Web takes over', (phone: WhatsappPhone) => phone.conflict()],
  ])(
    'is overcome: %s',
    async (_, happen) => {
      const stand = await open('$1');
      try {
        await link(stand);
        await happen(stand.phone);
        await becomes(stand, 'reconnecting');
        await becomes(stand, 'connected');
        const id = await stand.phone.receive({ from: sara, text: 'بعد العطل' });
        await expect.poll(() => eventsOf(stand.sink, 'message').map((one) => one.externalId), slow).toContain(id);
      } finally {
        await stand.close();
      }
    },
    45_000,
  );

  it('is not made worse by a page that is loaded again: each message comes once', async () => {
    const stand = await open('$1');
    try {
      await link(stand);
      const pages = stand.phone.pages;
      await stand.phone.reload();
      await expect.poll(() => stand.phone.pages, slow).toBe(pages + 1);
      await stand.phone.resync();
      const told = () => eventsOf(stand.sink, 'message').map((one) => one.externalId);
      await expect
        .poll(async () => {
          const id = await stand.phone.receive({ from: sara, text: 'بعد التحميل' });
          return expect
            .poll(told)
            .toContain(id)
            .then(
              () => true,
              () => false,
            );
        }, slow)
        .toBe(true);
      expect(new Set(told()).size).toBe(told().length);
    } finally {
      await stand.close();
    }
  }, 120_000);
});
