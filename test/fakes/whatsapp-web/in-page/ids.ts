import type { Shape, WireKey } from '../wire.ts';
import { textOfKey } from '../wire.ts';

/** Anything that stands for an id: text, an id of the page, or what is left of one after a trip through JSON. */
export type IdLike = string | { user: string; server: string } | { toString(): string };

const textOf = (id: IdLike): string =>
  typeof id === 'object' && 'user' in id && 'server' in id ? `${id.user}@${id.server}` : String(id);

/** A person, a group, a list or a channel. */
export class Wid {
  readonly server: string;
  readonly user: string;

  constructor(id: IdLike, label: string) {
    const [user = '', server = ''] = textOf(id).split('@');
    if (!user || !server) throw new Error(`wid error: invalid wid ${textOf(id)}`);
    this.server = server;
    this.user = user;
    (this as unknown as Record<string, string>)[label] = `${user}@${server}`;
  }

  toString(): string {
    return `${this.user}@${this.server}`;
  }
  toJid(): string {
    return this.toString().replace(/@c\.us$/, '@s.whatsapp.net');
  }
  isUser(): boolean {
    return this.server === 'c.us' || this.isLid();
  }
  isLid(): boolean {
    return this.server === 'lid';
  }
  isGroup(): boolean {
    return this.server === 'g.us';
  }
  isNewsletter(): boolean {
    return this.server === 'newsletter';
  }
  isBroadcast(): boolean {
    return this.server === 'broadcast';
  }
  isStatus(): boolean {
    return this.toString() === 'status@broadcast';
  }
}

interface KeyParts {
  fromMe?: boolean;
  from?: Wid;
  to?: Wid;
  remote?: Wid;
  id: string;
  participant?: Wid;
  selfDir?: string;
}

const randomId = (): string =>
  `3EB0${[...crypto.getRandomValues(new Uint8Array(9))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`.toUpperCase();

/** The ids of a page of the given shape. */
export function makeIds(shape: Shape) {
  const ofWid = shape === '$1 everywhere' ? '$1' : '_serialized';
  const ofKey = shape === '_serialized' ? '_serialized' : '$1';
  const createWid = (id: IdLike): Wid => (id instanceof Wid ? id : new Wid(id, ofWid));

  class MsgKey {
    readonly fromMe: boolean;
    readonly remote: Wid;
    readonly id: string;
    declare readonly participant?: Wid;
    declare readonly self?: string;

    constructor({ fromMe, from, to, remote, id, participant, selfDir }: KeyParts) {
      const chat = remote ?? to;
      if (!chat) throw new Error('MsgKey error: no remote');
      this.fromMe = fromMe ?? selfDir === 'out';
      this.remote = chat;
      this.id = id;
      if (participant) this.participant = participant;
      const toSelf = from !== undefined && String(from) === String(to);
      if (toSelf) this.self = 'out';
      (this as unknown as Record<string, string>)[ofKey] = textOfKey(this.wire(), toSelf);
    }

    static newId(): string {
      return randomId();
    }
    wire(): WireKey {
      const { fromMe, remote, id, participant } = this;
      return { fromMe, remote: String(remote), id, ...(participant ? { participant: String(participant) } : {}) };
    }
    toString(): string {
      return (this as unknown as Record<string, string>)[ofKey] ?? '';
    }
  }

  const createKey = ({ fromMe, remote, id, participant }: WireKey): InstanceType<typeof MsgKey> =>
    new MsgKey({
      fromMe,
      remote: createWid(remote),
      id,
      ...(participant ? { participant: createWid(participant) } : {}),
    });

  return { createWid, createKey, MsgKey };
}

export type Ids = ReturnType<typeof makeIds>;
export type Key = ReturnType<Ids['createKey']>;
