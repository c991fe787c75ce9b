import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from 'whatsapp-web.js';
import { giveIdsTheirOldName } from '../../../channels/whatsapp-web/guard.ts';
import { type Clients, makeClients, next } from '../../fakes/whatsapp-web/client.ts';
import { type FakeWhatsapp, findBrowser, openWhatsapp } from '../../fakes/whatsapp-web/open-whatsapp.ts';
import type { WhatsappPhone } from '../../fakes/whatsapp-web/phone.ts';

const person = '966512345678@c.us';
const sara = { phone: '966512345678', lid: '200000000000002', name: 'سارة', lidKnown: true };

/** Puppeteer's own events. */
const said = (source: unknown, event: string): Promise<unknown> =>
  new Promise((resolve) => (source as { once(name: string, go: (value: unknown) => void): void }).once(event, resolve));

/** Whether a browser starts here at all; the reason is printed where none does. */
const browser = await findBrowser();

describe.skipIf(!browser)('the page when something is wrong', () => {
  let whatsapp: FakeWhatsapp;
  let phone: WhatsappPhone;
  let clients: Clients;

  beforeEach(async () => {
    whatsapp = await openWhatsapp('$1', { people: [sara] });
    phone = whatsapp.phone;
    clients = makeClients(whatsapp, browser!, giveIdsTheirOldName);
  });
  afterEach(async () => {
    await clients?.close();
    await whatsapp?.close();
  });

  it('leaves the library without ids of messages where nothing gives them back', async () => {
    const plain = await openWhatsapp('$1', { people: [sara] });
    const bare = makeClients(plain, browser!);
    try {
      const client = await bare.ready();
      const heard = next<[Message]>(client, 'message');
      await plain.phone.receive({ from: person, text: 'السلام عليكم' });
      const [message] = await heard;
      expect(message.body).toBe('السلام عليكم');
      expect(message.id._serialized).toBeUndefined();
      expect(await client.sendMessage(person, 'وعليكم السلام', { sendSeen: false })).toBeUndefined();
      expect(plain.phone.sent).toHaveLength(1);
      await expect(client.getChats()).rejects.toThrow('r');
    } finally {
      await bare.close();
      await plain.close();
    }
  });

  it('shows code after code, and none once it is idle', async () => {
    const client = clients.make();
    const codes: string[] = [];
    client.on('qr', (code: string) => codes.push(code));
    await client.initialize();
    await phone.showQr();
    await expect.poll(() => new Set(codes).size).toBe(2);
    await phone.idle();
    expect(await client.getState()).toBe('UNPAIRED_IDLE');
    expect(codes).toHaveLength(2);
  });

  it('links by a code that is typed on the phone', async () => {
    const client = clients.make({ pairWithPhoneNumber: { phoneNumber: '966500000001' } });
    const code = next(client, 'code');
    const isReady = next(client, 'ready');
    await client.initialize();
    expect(await code).toEqual([phone.pairingCode]);
    expect(phone.pairings).toEqual(['966500000001']);
    await phone.scan();
    await isReady;
  });

  it('may never become ready, after it said it was authenticated or before', async () => {
    const said: string[] = [];
    await phone.setTrouble('never-ready');
    const client = clients.make();
    for (const event of ['authenticated', 'ready']) client.on(event, () => said.push(event));
    client.once('qr', () => void phone.scan());
    const isKnown = next(client, 'authenticated');
    await client.initialize();
    await isKnown;
    await client.destroy();
    await phone.setTrouble('never-synced');
    const other = clients.make();
    for (const event of ['authenticated', 'ready']) other.on(event, () => said.push(event));
    await other.initialize();
    expect(await other.getState()).toBe('CONNECTED');
    expect(said).toEqual(['authenticated']);
  });

  it('asks for a code where the profile is not the one that was linked', async () => {
    const client = await clients.ready();
    await client.destroy();
    await rm(whatsapp.profiles, { recursive: true });
    const other = clients.make();
    const code = next(other, 'qr');
    await other.initialize();
    await code;
  });

  it('says that another browser took over', async () => {
    const client = await clients.ready();
    const reason = next(client, 'disconnected');
    await phone.conflict();
    expect(await reason).toEqual(['CONFLICT']);
  });

  it('sends what it never tells of, refuses, and is silent', async () => {
    const client = await clients.ready();
    phone.sending = 'pending';
    expect((await client.sendMessage(person, 'أولى', { sendSeen: false })).ack).toBe(0);
    phone.sending = 'refused';
    await expect(client.sendMessage(person, 'ثانية', { sendSeen: false })).rejects.toThrow('not sent');
    phone.sending = 'stuck';
    const third = client.sendMessage(person, 'ثالثة', { sendSeen: false });
    third.catch(() => undefined);
    expect(await Promise.race([third, client.getState()])).toBe('CONNECTED');
    expect(phone.sent.map(({ text }) => text)).toEqual(['أولى']);
  });

  it('may keep older messages to itself for ever, and answer all else', async () => {
    const client = await clients.ready();
    await phone.receive({ from: person, text: 'وحيدة' });
    await phone.stallHistory(true);
    const chat = await client.getChatById(person);
    const older = chat.fetchMessages({ limit: 20 });
    older.catch(() => undefined);
    expect(await Promise.race([older, client.getState()])).toBe('CONNECTED');
    await phone.stallHistory(false);
    expect(await chat.fetchMessages({ limit: 20 })).toHaveLength(1);
  });

  it('answers nothing while it hangs, and goes on afterwards', async () => {
    const client = await clients.ready();
    let answers = 0;
    await phone.hang();
    const state = client.getState().finally(() => (answers += 1));
    await phone.receive({ from: person, text: 'هل من أحد؟' });
    expect(answers).toBe(0);
    const heard = next<[Message]>(client, 'message');
    phone.release();
    expect(await state).toBe('CONNECTED');
    expect((await heard)[0].body).toBe('هل من أحد؟');
  });

  it('may lose its tab, the process of the tab, or the browser', async () => {
    const client = await clients.ready();
    const isClosed = said(client.pupPage!, 'close');
    await phone.breakFrame();
    await isClosed;
    await expect(client.getState()).rejects.toThrow();
    await client.destroy();

    const second = await clients.ready();
    const hasCrashed = said(second.pupPage!, 'error');
    await phone.crashPage();
    await hasCrashed;
    await second.destroy();

    const third = await clients.ready();
    const isGone = said(third.pupBrowser!, 'disconnected');
    await phone.killBrowser();
    await isGone;
    await expect(third.getChats()).rejects.toThrow();
    expect(phone.isLinked).toBe(true);
  });
});
