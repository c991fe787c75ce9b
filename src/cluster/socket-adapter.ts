import { deserialize, serialize } from 'node:v8';
import type { Namespace } from 'socket.io';
import { type Adapter, ClusterAdapter, type ClusterMessage, type ClusterResponse } from 'socket.io-adapter';
import { z } from 'zod';
import type { Bus } from './bus.ts';
import type { Members } from './members.ts';

/** What the sockets of several processes need of their cluster. */
export interface SocketPeers {
  bus: Bus;
  members: Pick<Members, 'count'>;
}

/** A packet may hold bytes, which JSON does not carry. */
const envelope = z.strictObject({ packed: z.string() });
const pack = (message: ClusterMessage | ClusterResponse): z.infer<typeof envelope> => ({
  packed: serialize(message).toString('base64'),
});
/** What a process of the same store has packed. */
const unpack = (payload: unknown): unknown => deserialize(Buffer.from(envelope.parse(payload).packed, 'base64'));

class BusAdapter extends ClusterAdapter {
  readonly #peers: SocketPeers;
  readonly #unsubscribe: (() => void)[];

  constructor(namespace: Namespace, peers: SocketPeers) {
    super(namespace);
    this.#peers = peers;
    this.#unsubscribe = [
      peers.bus.subscribe(this.#topic(), (payload) => this.onMessage(unpack(payload) as ClusterMessage)),
      peers.bus.subscribe(this.#topic(this.uid), (payload) => this.onResponse(unpack(payload) as ClusterResponse)),
    ];
  }

  /** Of all processes in this namespace, or of one of them. */
  #topic(uid?: string): string {
    return `sockets ${this.nsp.name}${uid === undefined ? '' : ` ${uid}`}`;
  }

  override async serverCount(): Promise<number> {
    return this.#peers.members.count();
  }

  override close(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  override async doPublish(message: ClusterMessage): Promise<string> {
    this.#peers.bus.publish(this.#topic(), pack(message));
    // where to go on after a lost connection: Wasl has its own history for that
    return '';
  }

  override async doPublishResponse(uid: string, response: ClusterResponse): Promise<void> {
    this.#peers.bus.publish(this.#topic(uid), pack(response));
  }
}

/**
 * Joins the socket servers of all processes: what is emitted to rooms, or asked of all sockets, reaches those of every
 * process, unless it is said to be `local`. For the `adapter` option of a socket.io server.
 */
export const socketAdapter = (peers: SocketPeers): ((namespace: Namespace) => Adapter) =>
  // socket.io calls it with `new`, which an arrow function would refuse
  function adapt(namespace) {
    return new BusAdapter(namespace, peers);
  };
