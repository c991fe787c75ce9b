import { ImapFlow } from 'imapflow';
import {
  createMailbox,
  type Mailbox,
  type MailboxOptions,
  type RawMail,
} from '../../../channels/email/mailbox/mailbox.ts';
import type { EmailSettings } from '../../../channels/email/settings.ts';
import { systemClock } from '../../../src/clock.ts';

/** A mail from somebody, with an id that tells it from all others. */
export const aMail = (name: string | number, words = 'Please help.'): string =>
  [
    `Message-ID: <${name}@test.example>`,
    'From: Sara <sara@test.example>',
    'To: care@test.example',
    `Subject: Mail ${name}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    words,
    '',
  ].join('\r\n');

export const nameOf = (raw: Uint8Array): string =>
  /message-id: <([^@>]+)@/i.exec(Buffer.from(raw).toString('latin1'))?.[1] ?? '?';

/** A store that keeps mails by their id, as the core does: the same mail twice is stored once. */
export interface FakeStore {
  take(batch: readonly RawMail[]): Promise<readonly boolean[]>;
  /** Names of the mails that are stored, in order of storing. */
  stored(): string[];
  /** Every mail that was handed over, also again. */
  handed(): RawMail[];
  /** While on, storing is impossible. */
  full(on: boolean): void;
  /** These mails are not taken. */
  refuse(...names: string[]): void;
  notes: MailboxOptions['notes'];
  note(key: string): string | undefined;
}

export function createFakeStore(): FakeStore {
  const stored = new Set<string>();
  const handed: RawMail[] = [];
  const notes = new Map<string, string>();
  let isFull = false;
  let refused: string[] = [];
  return {
    async take(batch) {
      handed.push(...batch);
      if (isFull) throw new Error('The disk is full');
      return batch.map(({ raw }) => {
        const name = nameOf(raw);
        if (refused.includes(name)) return false;
        stored.add(name);
        return true;
      });
    },
    stored: () => [...stored],
    handed: () => handed,
    full(on) {
      isFull = on;
    },
    refuse(...names) {
      refused = names;
    },
    notes: {
      recall: async (key) => notes.get(key) ?? null,
      remember: async (key, value) => {
        notes.set(key, value);
      },
    },
    note: (key) => notes.get(key),
  };
}

export function anEmailInbox(
  port: number,
  given: Partial<EmailSettings> & { password?: string; user?: string } = {},
): EmailSettings {
  const { password = 'right', user = 'care', ...rest } = given;
  const server = { host: '127.0.0.1', port, secure: false, user, password };
  return {
    imap: server,
    smtp: server,
    tokens: null,
    address: 'care@test.example',
    aliases: [],
    name: null,
    copyTo: [],
    folders: ['INBOX'],
    handledFolder: null,
    sentFolder: 'auto',
    replyToken: true,
    sourceDays: 90,
    maxBytes: 25 * 1024 * 1024,
    firstDays: 30,
    ...rest,
  };
}

/** What is logged, as one text: to look for what must not stand there. */
export function createLines() {
  const lines: string[] = [];
  const line = (level: string) => (fields: object, message: string) => {
    lines.push(`${level} ${JSON.stringify(fields)} ${message}`);
  };
  const log = { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
  return { log, lines };
}

/** A mailbox that tries again quickly. */
export function aMailbox(settings: EmailSettings, store: FakeStore, options: Partial<MailboxOptions> = {}): Mailbox {
  const { timing, ...rest } = options;
  return createMailbox({
    settings,
    log: createLines().log,
    clock: systemClock,
    notes: store.notes,
    take: store.take,
    ...rest,
    timing: { retryMs: [20, 100], slowRetryMs: [50, 100], leftMs: 0, ...timing },
  });
}

/** Looks into a folder with a connection of its own. */
export async function lookInto(
  settings: EmailSettings,
  folder: string,
): Promise<{ uid: number; name: string; flags: string[] }[]> {
  const { host, port, user, password } = settings.imap;
  const client = new ImapFlow({
    host,
    port,
    secure: false,
    doSTARTTLS: false,
    auth: { user, pass: password },
    logger: false,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.mailboxOpen(folder, { readOnly: true });
    const mails = await client.fetchAll('1:*', { uid: true, flags: true, source: true });
    return mails.map(({ uid, flags, source }) => ({
      uid,
      flags: [...(flags ?? [])],
      name: nameOf(source ?? Buffer.of()),
    }));
  } catch {
    return [];
  } finally {
    await client.logout();
  }
}
