import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { expect, vi } from 'vitest';
import { channelKinds } from '../../../channels/index.ts';
import { coreSettings, readSettings } from '../../../src/config.ts';
import { type Conversation, conversations } from '../../../src/conversation/conversation.ts';
import { createGateway, type Gateway } from '../../../src/gateway.ts';
import { givenInboxes } from '../../../src/inbox/given-inboxes.ts';
import { type Delivery, deliveries, type Message, messages } from '../../../src/message/message.ts';
import { type ImapServer, imapUser, startImapServer } from '../../fakes/email/imap-server.ts';
import { anEmailInbox, lookInto } from '../../fakes/email/mailbox.ts';
import { type FakeSmtpServer, type ReceivedMail, startSmtpServer } from '../../fakes/email/smtp-server.ts';
import { removeStore, storeEnv } from '../../support/store-env.ts';

export const apiToken = 'token-of-the-test-administrator';
export const careAddress = 'care@example.org';
export const mailboxPassword = 'a-password-of-the-mailbox';
export const copyAddress = 'supervisor@example.org';

/** A mail that somebody writes. */
export interface Written {
  id?: string;
  from?: string;
  name?: string;
  to?: string;
  subject?: string;
  text?: string;
  inReplyTo?: string;
  references?: string[];
  headers?: Record<string, string>;
  attachments?: { filename: string; content: Buffer | string; contentType?: string }[];
}

let written = 0;

/** A mail as a mail program writes it. Its Message-ID is `<id@people.example.net>`. */
export async function write(mail: Written = {}): Promise<string> {
  const { id = `mail-${++written}`, from = 'sara@people.example.net', name = '', to = careAddress } = mail;
  const { subject = 'نقل مقاعد', text = 'نحتاج إلى نقل مقاعد من مبنى 5 إلى مبنى 9 قبل يوم الأحد القادم.' } = mail;
  const { inReplyTo, references, headers, attachments } = mail;
  const composer = new MailComposer({
    messageId: `<${id}@people.example.net>`,
    from: { name, address: from },
    to,
    subject,
    text,
    encoding: 'base64',
    ...(inReplyTo ? { inReplyTo } : {}),
    ...(references ? { references } : {}),
    ...(headers ? { headers } : {}),
    ...(attachments ? { attachments } : {}),
  });
  return (await composer.compile().build()).toString('latin1');
}

export const idOf = (id: string): string => `<${id}@people.example.net>`;

export interface Line {
  level: string;
  text: string;
}

const inWords = (_name: string, value: unknown): unknown =>
  value instanceof Error ? { message: value.message, stack: value.stack, cause: value.cause } : value;

/** The whole of Wasl with email, in this process. */
export interface MailHouse {
  imap: ImapServer;
  smtp: FakeSmtpServer;
  gateway: Gateway;
  url: string;
  /** What was logged at `info` and above, as text. */
  lines: Line[];
  errors(): string[];
  /** Puts a mail into the mailbox and waits until it is stored. */
  deliver(mail?: Written): Promise<Message>;
  /** Waits until the mail of this Message-ID is stored. */
  stored(id: string, withinMs?: number): Promise<Message>;
  inbound(): Promise<Message[]>;
  conversationOf(message: Message): Promise<Conversation>;
  deliveriesOf(message: Message): Promise<Delivery[]>;
  /** Waits for a letter to this address beyond those seen before, and reads it. */
  letterTo(address: string, count?: number): Promise<ParsedMail & { envelope: ReceivedMail }>;
  lettersTo(address: string): ReceivedMail[];
  /** What a mail program sees in a folder: names (Message-IDs up to the @) and flags. */
  look(folder: string): ReturnType<typeof lookInto>;
  /** Waits until nothing is in hand. */
  quiet(): Promise<void>;
  api(path: string, init?: RequestInit): Promise<Response>;
  json<T = unknown>(path: string): Promise<T>;
  post(path: string, body: unknown): Promise<Response>;
  close(): Promise<void>;
}

export interface HouseOptions {
  env?: Record<string, string>;
  smtp?: Parameters<typeof startSmtpServer>[0];
  imapPassword?: string;
}

const patience = { timeout: 15_000, interval: 25 };

export const waitFor = <T>(look: () => T | Promise<T>, timeout = patience.timeout): Promise<T> =>
  vi.waitFor(look, { ...patience, timeout });

async function startGateway(env: Record<string, string>, lines: Line[]): Promise<Gateway> {
  const line = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, text: `${message} ${JSON.stringify(fields, inWords)}` });
  const gateway = await createGateway({
    settings: readSettings(coreSettings, env),
    root: join(import.meta.dirname, '../../..'),
    version: 'test',
    kinds: channelKinds,
    inboxes: givenInboxes(channelKinds, env),
    log: { debug: () => undefined, info: line('info'), warn: line('warn'), error: line('error') },
  });
  await gateway.start();
  return gateway;
}

/** Starts everything: an IMAP server, an SMTP server, and Wasl between them. */
export async function openMail({ env = {}, smtp: smtpOptions, ...rest }: HouseOptions = {}): Promise<MailHouse> {
  const directory = mkdtempSync(join(tmpdir(), 'wasl-mail-'));
  const imap = await startImapServer({ folders: ['Sent'] });
  imap.accept({ password: mailboxPassword });
  const smtp = await startSmtpServer(smtpOptions);
  const lines: Line[] = [];
  const gateway = await startGateway(
    {
      PORT: '0',
      ...storeEnv(directory),
      API_TOKEN: apiToken,
      RATE_LIMITS: 'off',
      EMAIL_IMAP_URL: `imap://${imapUser}:${rest.imapPassword ?? mailboxPassword}@127.0.0.1:${imap.port}`,
      EMAIL_SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
      EMAIL_ADDRESS: careAddress,
      EMAIL_COPY_TO: copyAddress,
      ...env,
    },
    lines,
  );
  const { store } = gateway;
  const url = `http://127.0.0.1:${gateway.port()}`;
  const authorization = `Bearer ${apiToken}`;
  const api: MailHouse['api'] = (path, init = {}) =>
    fetch(`${url}/api/v1${path}`, { ...init, headers: { authorization, ...init.headers } });
  const find = async (externalId: string, inboxId: string): Promise<Message | undefined> =>
    (await store.find(messages, { index: 'by-external-id', where: { direction: 'inbound', inboxId, externalId } }))
      .items[0];
  const stored: MailHouse['stored'] = (id, withinMs) =>
    waitFor(async () => {
      const found = (await find(id, 'email')) ?? (await find(id, 'email-2'));
      if (!found) throw new Error(`${id} is not stored; logged: ${lines.map(({ text }) => text).join('\n')}`);
      return found;
    }, withinMs);
  const lettersTo = (address: string): ReceivedMail[] => smtp.received.filter(({ to }) => to.includes(address));
  return {
    imap,
    smtp,
    gateway,
    url,
    lines,
    errors: () => lines.filter(({ level }) => level === 'error').map(({ text }) => text),
    async deliver(mail = {}) {
      const id = mail.id ?? `mail-${++written}`;
      imap.deliver(await write({ ...mail, id }));
      return stored(idOf(id));
    },
    stored,
    inbound: async () =>
      (await store.find(messages, { index: 'by-external-id', where: { direction: 'inbound' }, limit: 1000 })).items,
    async conversationOf({ conversationId }) {
      const found = await store.get(conversations, conversationId);
      if (!found) throw new Error('the conversation does not exist');
      return found;
    },
    deliveriesOf: async ({ id }) =>
      (await store.find(deliveries, { index: 'by-message', where: { messageId: id } })).items,
    async letterTo(address, count = 1) {
      await waitFor(() => expect(lettersTo(address).length).toBeGreaterThanOrEqual(count));
      const envelope = lettersTo(address)[count - 1];
      if (!envelope) throw new Error('no letter');
      return Object.assign(await simpleParser(envelope.raw), { envelope });
    },
    lettersTo,
    look: (folder) => lookInto(anEmailInbox(imap.port, { password: mailboxPassword }), folder),
    quiet: () => gateway.flow.idle(),
    api,
    json: async <T>(path: string) => (await (await api(path)).json()) as T,
    post: (path, body) =>
      api(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    async close() {
      await gateway.stop();
      await smtp.close();
      await imap.stop();
      await removeStore(directory);
    },
  };
}
