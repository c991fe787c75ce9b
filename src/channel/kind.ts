import type { Server } from 'socket.io';
import type { z } from 'zod';
import type { Channel, ChannelDeps } from './channel.ts';

/**
 * The other processes that share the store. What is told goes quickly and in order, but is not kept: a process that is cut
 * off misses what was said meanwhile.
 */
export interface Peers {
  /** How many others there are, as far as is known. */
  count(): number;
  /** Tells every other process; `payload` is plain JSON. Never throws and never waits. */
  publish(topic: string, payload: unknown): void;
  /** Hears what other processes publish (not this one). Gives a function that stops it. */
  subscribe(topic: string, listener: (payload: unknown) => void): () => void;
}

/** What the gateway hands to every channel. */
export interface HostDeps extends ChannelDeps {
  /** Absent where this process has the store for itself. */
  peers?: Peers | undefined;
  /** The socket server of this process; a channel that speaks over sockets takes a namespace of it. */
  io: Server;
  /** A directory of the inbox's own, for a library that keeps its session in files; made on the first call. */
  directory(inboxId: string): string;
  /** The browser of this machine (CHROMIUM_PATH), if one is set. */
  chromium: string | undefined;
}

/** The settings of one inbox, already checked against its kind's schema. Names are without the kind's prefix. */
export interface InboxSettings {
  inboxId: string;
  values: Readonly<Record<string, unknown>>;
}

/**
 * What an inbox of a kind is set up with. In the environment each name stands behind the prefix (`EMAIL_IMAP_URL`), for
 * a further inbox behind the prefix and a number (`EMAIL_2_IMAP_URL`); in the console without them. An empty block is
 * no inbox.
 */
export interface KindSettings {
  prefix: string;
  /** Each with a help sentence (`describe`) that stands in `.env.example`. */
  shape: Readonly<Record<string, z.ZodType>>;
  /** Names whose values nobody is shown again. */
  secrets: readonly string[];
  /** What is wrong with values that are each right: sentences that begin with the name. */
  check?(values: Readonly<Record<string, unknown>>): { name: string; message: string }[];
  /** True where the values say that there is to be no inbox. */
  off?(values: Readonly<Record<string, string>>): boolean;
}

/** One kind of channel. A kind without settings has one inbox, always, under its own name. */
export interface ChannelKind {
  kind: string;
  settings?: KindSettings;
  /** Makes an inbox; does no I/O. */
  create(inbox: InboxSettings, deps: HostDeps): Channel;
}
