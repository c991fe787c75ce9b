import type { Server } from 'socket.io';
import type { Channel, ChannelDeps } from './channel.ts';

/** What the gateway hands to every channel. */
export interface HostDeps extends ChannelDeps {
  /** The socket server of this process; a channel that speaks over sockets takes a namespace of it. */
  io: Server;
}

/** One kind of channel: the inboxes that the settings make, none where its block is absent. */
export interface ChannelKind {
  kind: string;
  create(settings: Readonly<Record<string, unknown>>, deps: HostDeps): Channel[];
}
