import type { Socket } from 'socket.io';
import type { ShownMessage } from './shown.ts';

/** A message and what to do when the client has it. */
export interface Parcel {
  message: ShownMessage;
  confirmed?: () => void;
}

const ackWithinMs = 20_000;

/** One tab of a visitor. While its history is on the way, what comes live waits behind it. */
export interface Tab {
  socket: Socket;
  waiting: Parcel[] | null;
  /** What this connection was handed lately: nothing comes twice over it. */
  handed: Set<string>;
  /** Reads anew what it may have missed, and hands that over. Never rejects. */
  readAgain(): Promise<void>;
}

/** How many messages back a connection remembers what it was handed. */
const remembered = 500;

/** Notes that a connection has a message; false where it had it before. */
export function note({ handed }: Pick<Tab, 'handed'>, messageId: string): boolean {
  if (handed.has(messageId)) return false;
  handed.add(messageId);
  const oldest = handed.size > remembered ? handed.values().next().value : undefined;
  if (oldest !== undefined) handed.delete(oldest);
  return true;
}

/** A message may come by the history and, sent anew after a restart, live as well: the connection gets it once. */
const hand = (tab: Tab, { message, confirmed }: Parcel): void => {
  if (!note(tab, message.id)) return;
  tab.socket.timeout(ackWithinMs).emit('message', message, (error: Error | null) => {
    if (!error) confirmed?.();
  });
};

/** So many tabs read at once: what was away has much to do when it comes back. */
const readAtOnce = 8;

function readInTurn(tabs: Tab[]): void {
  // from now on, whenever its turn comes
  for (const tab of tabs) tab.waiting ??= [];
  const readOn = async (): Promise<void> => {
    for (let tab = tabs.shift(); tab; tab = tabs.shift()) await tab.readAgain();
  };
  for (let lane = 0; lane < readAtOnce; lane++) void readOn();
}

/** The tabs that are open now, by visitor. */
export interface Rooms {
  enter(visitor: string, tab: Tab): void;
  leave(visitor: string, tab: Tab): void;
  /** To all tabs of a visitor but `except`; false where none is open. */
  give(visitor: string, parcel: Parcel, except?: Socket): boolean;
  /** Hands over the history, then what came live meanwhile and is not in it. */
  open(tab: Tab, history: readonly Parcel[]): void;
  tell(visitor: string, event: string, payload: unknown): void;
  /** How many tabs a visitor has open. */
  count(visitor: string): number;
  /** Has the tabs of a visitor (without one: of all) read anew what they may have missed. */
  readAgain(visitor?: string): void;
  readonly size: number;
}

export function createRooms(): Rooms {
  const rooms = new Map<string, Set<Tab>>();
  return {
    enter(visitor, tab) {
      const tabs = rooms.get(visitor) ?? new Set();
      rooms.set(visitor, tabs.add(tab));
    },
    leave(visitor, tab) {
      const tabs = rooms.get(visitor);
      tabs?.delete(tab);
      if (tabs?.size === 0) rooms.delete(visitor);
    },
    give(visitor, parcel, except) {
      const tabs = [...(rooms.get(visitor) ?? [])].filter((tab) => tab.socket !== except);
      for (const tab of tabs) {
        if (tab.waiting) tab.waiting.push(parcel);
        else hand(tab, parcel);
      }
      return tabs.length > 0;
    },
    open(tab, history) {
      const live = tab.waiting ?? [];
      tab.waiting = null;
      for (const parcel of [...history, ...live]) hand(tab, parcel);
    },
    tell(visitor, event, payload) {
      for (const { socket } of rooms.get(visitor) ?? []) socket.emit(event, payload);
    },
    count: (visitor) => rooms.get(visitor)?.size ?? 0,
    readAgain(visitor) {
      readInTurn(
        visitor === undefined ? [...rooms.values()].flatMap((tabs) => [...tabs]) : [...(rooms.get(visitor) ?? [])],
      );
    },
    get size() {
      return rooms.size;
    },
  };
}
