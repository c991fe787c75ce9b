import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../../channels/whatsapp-web/browser.ts';
import { createWhatsappWeb, whatsappWeb } from '../../../channels/whatsapp-web/channel.ts';
import { loadLibrary } from '../../../channels/whatsapp-web/library.ts';
import type { ChannelKind } from '../../../src/channel/kind.ts';
import { coreSettings, readSettings } from '../../../src/config.ts';
import { conversations } from '../../../src/conversation/conversation.ts';
import { createGateway, type Gateway } from '../../../src/gateway.ts';
import { givenInboxes } from '../../../src/inbox/given-inboxes.ts';
import { attachments, deliveries, type Message, messages } from '../../../src/message/message.ts';
import { type FakeWhatsapp, openWhatsapp } from '../../fakes/whatsapp-web/open-whatsapp.ts';
import { removeStore, storeEnv } from '../../support/store-env.ts';

const sara = '966512345678@c.us';
const token = 'token-of-the-test-administrator';
const slow = { timeout: 60_000, interval: 100 };

const browser = await findBrowser(process.env.CHROMIUM_PATH);
if (typeof browser === 'string') console.warn(`No browser starts here: ${browser}`);

describe.skipIf(typeof browser === 'string')('Wasl as a whole, with an account of WhatsApp Web', () => {
  const directory = mkdtempSync(join(tmpdir(), 'wasl-web-whole-'));
  const env = {
    PORT: '0',
    ...storeEnv(directory),
    API_TOKEN: token,
    RATE_LIMITS: 'off',
    WHATSAPP_WEB_ENABLED: 'true',
    WHATSAPP_WEB_PER_MINUTE: '60',
  };
  const errors: string[] = [];
  let whatsapp: FakeWhatsapp;
  let gateway: Gateway;

  const start = async (): Promise<void> => {
    const kind: ChannelKind = {
      ...whatsappWeb,
      create: (inbox, deps) =>
        createWhatsappWeb(inbox, deps, {
          library: () => loadLibrary(whatsapp.page),
          browser: async () => browser,
        }),
    };
    gateway = await createGateway({
      settings: readSettings(coreSettings, env),
      root: join(import.meta.dirname, '../../..'),
      version: 'test',
      kinds: [kind],
      inboxes: givenInboxes([kind], env),
      log: {
        debug: () => undefined,
        info: () => undefined,
        warn: () => undefined,
        error: (fields, message) => void errors.push(`${message} ${JSON.stringify(fields)}`),
      },
    });
    await gateway.start();
  };

  const ask = async (path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const given = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`http://127.0.0.1:${gateway.port()}/api/v1${path}`, { headers, ...given });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const states = async (): Promise<unknown> => {
    const { items } = (await ask('/inboxes')).body as { items: { id: string; state: string }[] };
    return items.find(({ id }) => id === 'whatsapp-web')?.state;
  };
  const connected = () => expect.poll(states, slow).toBe('connected');
  const stored = async (externalId: string): Promise<Message[]> =>
    (
      await gateway.store.find(messages, {
        index: 'by-external-id',
        where: { direction: 'inbound', inboxId: 'whatsapp-web', externalId },
      })
    ).items;
  const answers = (): string[] => whatsapp.phone.sent.map(({ text }) => text);
  const conversation = async () =>
    (await gateway.store.find(conversations, { index: 'by-last-message', where: {}, order: 'desc', limit: 10 }))
      .items[0];

  beforeAll(async () => {
    whatsapp = await openWhatsapp('$1', {
      profiles: join(directory, 'inboxes', 'whatsapp-web'),
      people: [{ phone: '966512345678', lid: '200000000000002', name: 'سارة' }, { phone: '966555555555' }],
    });
    await start();
  }, 120_000);

  afterAll(async () => {
    await gateway?.stop();
    await whatsapp?.close();
    await removeStore(directory);
  });

  it('is linked by the code that the API shows', async () => {
    await expect.poll(states, slow).toBe('needs-login');
    const shown = (await ask('/inboxes/whatsapp-web')).body as { login?: { qr?: string } };
    expect(shown.login?.qr).toMatch(/^2@/);
    await whatsapp.phone.scan();
    await connected();
  }, 90_000);

  it('greets who writes, and takes its own words for nobody else’s', async () => {
    const id = await whatsapp.phone.receive({ from: sara, text: 'السلام عليكم' });
    await expect.poll(async () => (await stored(id)).length, slow).toBe(1);
    await expect.poll(() => answers().length, slow).toBeGreaterThan(0);
    expect((await conversation())?.handledBy).toBe('assistant');
    expect((await stored(id))[0]).toMatchObject({ kind: 'text', text: 'السلام عليكم' });
  }, 90_000);

  it('follows the marks of what it sent', async () => {
    const { id } = whatsapp.phone.sent[0]!;
    await whatsapp.phone.ack(id, 3);
    const status = async () =>
      (
        await gateway.store.find(deliveries, {
          index: 'by-external-id',
          where: { inboxId: 'whatsapp-web', externalId: id },
        })
      ).items[0]?.status;
    await expect.poll(status, slow).toBe('read');
  }, 90_000);

  it('fetches a file after its words', async () => {
    const media = { mimetype: 'image/png', bytes: Buffer.from('89504e470d0a1a0a', 'hex') };
    const id = await whatsapp.phone.receive({ from: sara, text: 'إيصال السداد', media });
    await expect.poll(async () => (await stored(id))[0]?.attachments.length, slow).toBe(1);
    const file = (await stored(id))[0]!.attachments[0]!.id;
    await expect.poll(async () => (await gateway.store.get(attachments, file))?.state, slow).toBe('here');
    expect((await gateway.store.get(attachments, file))?.bytes).toBe(8);
  }, 90_000);

  it('is silent as soon as somebody writes on the phone', async () => {
    await whatsapp.phone.type({ to: sara, text: 'معكم منى من وحدة العناية' });
    await expect.poll(async () => (await conversation())?.handledBy, slow).toBe('agent');
    const id = await whatsapp.phone.receive({ from: sara, text: 'شكرًا لكم' });
    await expect.poll(async () => (await stored(id)).length, slow).toBe(1);
  }, 90_000);

  it('reads after a restart what came meanwhile, once, and sends what waited, once', async () => {
    await gateway.stop();
    const missed = [
      await whatsapp.phone.receive({ from: sara, text: 'وأنتم متوقفون ١' }),
      await whatsapp.phone.receive({ from: '200000000000002@lid', text: 'وأنتم متوقفون ٢' }),
    ];
    await start();
    await connected();
    for (const id of missed) await expect.poll(async () => (await stored(id)).length, slow).toBe(1);
    const found = (await Promise.all(missed.map(stored))).flat();
    expect(new Set(found.map(({ conversationId }) => conversationId)).size).toBe(1);
    const where = { conversationId: found[0]!.conversationId };
    const all = (await gateway.store.find(messages, { index: 'by-conversation', where, limit: 100 })).items;
    const ids = all.map(({ externalId }) => externalId).filter((id) => id !== null);
    expect(new Set(ids).size).toBe(ids.length);
    const assistant = all.filter(({ author }) => author === 'assistant');
    const begin = (texts: string[]): string[] => texts.map((text) => text.split('\n')[0] ?? '').sort();
    await expect.poll(() => begin(answers()), slow).toEqual(begin(assistant.map(({ text }) => text)));
    const takenOver = all.find(({ author }) => author === 'agent')!.seq;
    expect(assistant.filter(({ seq }) => seq > takenOver)).toEqual([]);
  }, 120_000);

  it('writes first to a number', async () => {
    const { status } = await ask('/conversations', {
      phone: '+966555555555',
      inboxId: 'whatsapp-web',
      text: 'نود إبلاغكم بإنجاز طلبكم.',
    });
    expect(status).toBeLessThan(300);
    await expect
      .poll(() => whatsapp.phone.sent.at(-1), slow)
      .toMatchObject({
        chat: '966555555555@c.us',
        text: expect.stringContaining('نود إبلاغكم بإنجاز طلبكم.'),
      });
  }, 90_000);

  it('had no error to log', () => {
    expect(errors).toEqual([]);
  });
});
