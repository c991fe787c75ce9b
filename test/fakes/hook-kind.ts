import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Channel, FetchedFile, Sink } from '../../src/channel/channel.ts';
import type { GivenEvent } from '../../src/channel/inbound.ts';
import type { ChannelKind, InboxSettings } from '../../src/channel/kind.ts';
import type { ChannelWebhook } from '../../src/channel/webhook.ts';
import { plainChat } from './capabilities.ts';

export const hookPath = '/webhooks/hook';
export const hookMaxBytes = 64 * 1024;
export const hookMaxFile = 100_000;

const posted = z.object({
  accounts: z.array(z.string()),
  said: z.array(
    z.object({
      id: z.string(),
      from: z.string(),
      text: z.string(),
      files: z.array(z.object({ reference: z.string(), name: z.string(), type: z.string() })).default([]),
    }),
  ),
});
export type Posted = z.input<typeof posted>;

/** What the other side is made to do. */
export interface HookWorld {
  /** Called before a post is read; may throw, wait, or say that it cannot be read. */
  beforeTake(inboxId: string, raw: string): Promise<void> | 'odd' | undefined;
  /** The file behind a reference; may throw. */
  file(reference: string, signal: AbortSignal): Promise<FetchedFile> | FetchedFile;
  /** What was read, in the order in which it was begun. */
  taken: string[];
  /** References in the order in which they were asked for. */
  asked: string[];
}

const signature = (secret: string, raw: Buffer): string =>
  `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;

const isSigned = (secret: string, raw: Buffer, given: unknown): boolean => {
  const [right, got] = [Buffer.from(signature(secret, raw)), Buffer.from(String(given))];
  return right.length === got.length && timingSafeEqual(right, got);
};

const messageOf = (inboxId: string, said: z.output<typeof posted>['said'][number]): GivenEvent => ({
  event: 'message',
  inboxId,
  externalId: said.id,
  address: said.from,
  conversationKey: said.from,
  visibility: 'private',
  sentAt: '2026-11-22T07:00:00.000Z',
  kind: said.files.length > 0 ? 'image' : 'text',
  text: said.text,
  attachments: said.files,
  automated: 'none',
});

function webhookOf(world: HookWorld, { inboxId, values }: InboxSettings, sinkOf: () => Sink | null): ChannelWebhook {
  const [secret, account] = [String(values.SECRET), String(values.ACCOUNT)];
  return {
    path: hookPath,
    maxBytes: hookMaxBytes,
    challenge: (query) => (query.get('token') === secret ? query.get('echo') : null),
    recognise({ raw, headers }) {
      if (!isSigned(secret, raw, headers['x-hook-signature'])) return null;
      const read = posted.safeParse(parse(raw.toString()));
      const strangers = read.success ? read.data.accounts.filter((one) => one !== account) : [];
      return { mine: raw.includes(`"${account}"`), strangers };
    },
    async take(raw) {
      world.taken.push(raw);
      if ((await world.beforeTake(inboxId, raw)) === 'odd') return 'odd';
      const read = posted.safeParse(parse(raw));
      const sink = sinkOf();
      if (!sink) throw new Error('It is not started.');
      if (!read.success) return 'odd';
      await Promise.all(read.data.said.map((one) => sink.receive(messageOf(inboxId, one))));
      return 'taken';
    },
  };
}

const parse = (raw: string): unknown => {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
};

function channelOf(world: HookWorld, inbox: InboxSettings): Channel {
  let sink: Sink | null = null;
  return {
    kind: 'hook',
    inboxId: inbox.inboxId,
    capabilities: {
      ...plainChat,
      text: { maxLength: 4000, format: 'plain' },
      attachments: { maxBytes: hookMaxFile, maxCount: 1, types: [] },
      fetchAttachment: true,
    },
    state: () => ({ state: sink ? 'connected' : 'starting', reason: null }),
    async start(given) {
      sink = given;
    },
    async stop() {
      sink = null;
    },
    send: async ({ id }) => ({ externalId: `sent-${id}`, status: 'sent' }),
    webhook: webhookOf(world, inbox, () => sink),
    async fetchAttachment(reference, signal) {
      world.asked.push(reference);
      return world.file(reference, signal);
    },
  };
}

/** A kind of channel whose provider posts signed JSON, and all that its other side does. */
export function createHookKind() {
  const world: HookWorld = {
    beforeTake: () => undefined,
    file: () => {
      throw new Error('There is no file.');
    },
    taken: [],
    asked: [],
  };
  const kind: ChannelKind = {
    kind: 'hook',
    settings: {
      prefix: 'HOOK',
      shape: { SECRET: z.string().describe('Signs posts.'), ACCOUNT: z.string().describe('The account.') },
      secrets: ['SECRET'],
    },
    create: (inbox) => channelOf(world, inbox),
  };
  return { kind, world };
}

/** Posts as the provider does; a string goes as it is. */
export function postHook(url: string, body: Posted | string, secret = 'word-of-hook'): Promise<Response> {
  const raw = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const headers = { 'content-type': 'application/json', 'x-hook-signature': signature(secret, raw) };
  return fetch(url + hookPath, { method: 'POST', headers, body: raw });
}
