import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Language } from '../language/language.ts';
import type { Capabilities } from './capabilities.ts';
import type { GivenEvent } from './inbound.ts';
import type { OutboundMessage, SendResult } from './outbound.ts';
import type { ChannelWebhook } from './webhook.ts';

/** The state of an inbox's connection, for people and `/health`. */
export const inboxStates = [
  'starting',
  'connected',
  'reconnecting',
  'needs-login',
  'bad-credentials',
  'stopped',
] as const;
export type InboxState = (typeof inboxStates)[number];

/** What a person must do to sign an account in: scan, or type the code on the phone. */
export interface Login {
  /** The text of a QR code. */
  qr: string | null;
  code: string | null;
  /** When it was given; a newer one takes its place (ISO). */
  at: string;
}

/** What an account has used of what it may, this month and in the provider's own windows. */
export interface Usage {
  /** Null where no budget is set. `resetsAt` (ISO) begins the next month. */
  budget: { currency: string; spent: number; limit: number; resetsAt: string } | null;
  /** What was used this month, by the provider's words for it; `amount` in the currency. */
  lines: { what: string; count: number; amount: number }[];
  /** What the provider still allows, until when (ISO). */
  limits: { what: string; left: number; limit: number; resetsAt: string }[];
}

/** How an inbox is. */
export interface ChannelState {
  state: InboxState;
  /** Where it is not well: why, as a sentence. */
  reason: string | null;
  login?: Login | null;
  /** The number that people write to (E.164), once it is known. */
  phone?: string | null;
  /** What it costs and how near its limits are, of accounts where that is counted. */
  usage?: Usage | null;
}

/** A file fetched from the provider: what it says of it, and the bytes. */
export interface FetchedFile {
  type?: string | undefined;
  name?: string | undefined;
  /** How long it says it is. */
  bytes?: number | undefined;
  from: AsyncIterable<Uint8Array>;
}

/** A template at the provider. Only an approved one may be sent. */
export interface ProviderTemplate {
  name: string;
  language: string;
  category: string;
  status: 'approved' | 'pending' | 'rejected' | 'paused' | 'disabled' | 'other';
  /** Its text with the variables in it: `{{1}}` or `{{name}}`. */
  parts: { part: 'header' | 'body' | 'footer' | 'button'; text: string }[];
  /** Its variables in the order of the provider. */
  variables: { part: 'header' | 'body' | 'button'; name: string; example: string }[];
}

/** What `receive` gives back once an event is durable. */
export interface Received {
  /** Our id of the message (for a receipt: of the message it speaks of, or empty where it is unknown). */
  messageId: string;
  conversationId: string;
  /** True where this event had been stored before. */
  duplicate: boolean;
}

/** A message as it is shown again to a person who comes back. */
export interface HistoryMessage {
  id: string;
  seq: number;
  direction: 'inbound' | 'outbound';
  author: 'contact' | 'assistant' | 'agent' | 'system';
  text: string;
  html?: string;
  quickReplies: { id: string; title: string }[];
  attachments: { id: string; name: string; type: string; bytes: number }[];
  at: string;
  /** For an outbound message: the delivery to confirm, unless it is already delivered. */
  deliveryId: string | null;
}

export interface History {
  conversationId: string | null;
  handledBy: 'assistant' | 'agent' | 'nobody' | null;
  messages: HistoryMessage[];
}

/** What the core gives a channel: the only way in. A channel decides nothing and stores nothing itself. */
export interface Sink {
  /**
   * Stores an event once. Only after it resolves may the channel acknowledge to its provider; if it rejects, the
   * provider must be told to send again. Rejects with `WaslError('invalid')` where the event breaks the schema.
   */
  receive(event: GivenEvent): Promise<Received>;
  /** What a person missed: after a message id, and what was never delivered; without `after` the last `limit`. In order. */
  history(query: { inboxId: string; address: string; after?: string; limit: number }): Promise<History>;
  /** Streams a file into the store for a later message of this sender; rejects `too-large` beyond the limit. */
  saveAttachment(file: {
    inboxId: string;
    address: string;
    name: string;
    type: string;
    maxBytes: number;
    from: AsyncIterable<Uint8Array>;
  }): Promise<{ id: string; bytes: number }>;
  /** A stored file, if this address may see it; else null. */
  openAttachment(query: {
    inboxId: string;
    address: string;
    id: string;
  }): Promise<{ name: string; type: string; stream: Readable } | null>;
  /** The person is writing or has stopped; shown to agents, never stored. */
  typing(event: { inboxId: string; address: string; on: boolean }): void;
  /** A durable note of the channel's own (cursor, UID, secret), one value per key. */
  recall(key: string): Promise<string | null>;
  remember(key: string, value: string): Promise<void>;
  /** The provider told that its templates are others now: the core asks for all of them again, soon. */
  changed?(what: 'templates'): void;
}

/** One request to a channel's route: raw, because signatures are made over raw bytes. */
export interface ChannelRoute {
  method: 'get' | 'post' | 'options';
  path: string;
  /** How the route knows its caller; shown in the surface test. */
  auth: 'public' | 'signature' | 'session-token';
  handle(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): Promise<void>;
}

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What every channel is handed besides its own settings. */
export interface ChannelDeps {
  log: Log;
  clock: { now(): number; after(ms: number, run: () => void): () => void };
  ids: { next(): string; token(): string };
  /** A text of `templates/` for the person in front of the channel, such as `rate-limited`. */
  text(key: string, language: Language, values?: Record<string, unknown>): string;
  /** What the channel's own browser client may show: texts, hours, names (web chat, portal). */
  publicView(language: Language): Promise<Record<string, unknown>>;
  /** The address that a request really came from, behind trusted proxies. */
  clientAddress(request: IncomingMessage): string;
  /** Where people reach Wasl, without a slash at the end. */
  publicUrl: string;
  /** False in load tests: nobody is slowed down. */
  rateLimits: boolean;
  /** A secret of this installation, derived for one purpose. */
  secret(purpose: string): Buffer;
  /** Counts something for `/metrics`: `wasl_channel_events_total{channel,event}`. */
  count(event: string): void;
}

/**
 * One inbox: a configured account of a channel. A plain object made by a factory that does no I/O.
 * Start returns when it listens; a lost connection is a state, not an exception. Stop is idempotent and bounded in time.
 * Members marked optional exist exactly where the capabilities say so (asserted by the contract suite).
 */
export interface Channel {
  readonly kind: string;
  readonly inboxId: string;
  readonly capabilities: Capabilities;
  /**
   * One process at a time may run it: it listens at one mailbox, holds one session, or keeps the pace and the budget of an
   * account. Where several processes share a store the others do not start it, and send nothing over it.
   */
  readonly runsAlone?: true;
  /** Current state and, where it is not well, the reason as a sentence. */
  state(): ChannelState;
  start(sink: Sink): Promise<void>;
  stop(): Promise<void>;
  /** Sends one message or throws a `SendError`. Gives up when the signal aborts. */
  send(message: OutboundMessage, signal: AbortSignal): Promise<SendResult>;
  routes?: readonly ChannelRoute[];
  webhook?: ChannelWebhook;
  /** `externalId` is the person's last message, for media that tell typing as an answer to one. */
  typing?(to: { address: string; on: boolean; externalId: string | null }): void;
  /** Tells the person in front who now has the conversation; a hint, never relied on. */
  handled?(to: { address: string; by: 'assistant' | 'agent' | 'nobody' }): void;
  markRead?(message: { address: string; externalId: string }): Promise<void>;
  /** The file that a message named; rejects with a `SendError`, `rejected` where it will never come. */
  fetchAttachment?(reference: string, signal: AbortSignal): Promise<FetchedFile>;
  /** All templates of the account; rejects with a `SendError`. */
  templates?(): Promise<ProviderTemplate[]>;
  /** The address under which a number (E.164 with its plus) is reached. */
  addressOf?(phone: string): string;
  /** How long a text is as the medium counts it; without it, in UTF-16 units. Pure. */
  measure?(text: string): number;
}
