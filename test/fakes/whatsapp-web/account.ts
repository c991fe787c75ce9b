import { randomBytes } from 'node:crypto';
import type { MediaState, WireChat, WireKey, WireMessage, WirePerson } from './wire.ts';

/** The number that is linked: digits of its phone and of its hidden id. */
export interface Me {
  phone: string;
  lid: string;
  pushname: string;
}

/** A person, before anything is asked about them. `hidesPhone`: WhatsApp never tells the phone of their hidden id. */
export interface Person {
  phone?: string;
  lid?: string;
  name?: string;
  pushname?: string;
  registered?: boolean;
  lidKnown?: boolean;
  phoneKnown?: boolean;
  hidesPhone?: boolean;
}

export interface Media {
  mimetype: string;
  bytes: Buffer;
  filename?: string;
  seconds?: number;
  /** `there` where nothing is said. */
  state?: MediaState;
  /** What the message claims; the true size where nothing is said. */
  size?: number;
}

/** What a message holds, whoever writes it. */
export interface Content {
  /** As WhatsApp names it; where left out it follows from what the message holds, else `chat`. */
  type?: string;
  /** Body, or caption of a file. */
  text?: string;
  media?: Media;
  location?: { latitude: number; longitude: number; name?: string; address?: string; url?: string };
  vcards?: string[];
  /** Id of the message that it answers. */
  quoted?: string;
  /** Seconds; now where left out. */
  at?: number;
  id?: string;
  /** Any other attribute of the page's message. */
  fields?: Record<string, unknown>;
}

const kinds = ['image', 'video', 'audio'];
const kindOf = (mimetype: string): string => {
  const kind = mimetype.split('/')[0] ?? '';
  return kinds.includes(kind) ? kind : 'document';
};

function typeOf({ type, media, location, vcards }: Content): string {
  if (type) return type;
  if (media) return kindOf(media.mimetype);
  if (location) return 'location';
  if (vcards) return vcards.length > 1 ? 'multi_vcard' : 'vcard';
  return 'chat';
}

const mediaFields = ({ mimetype, bytes, filename, seconds, size }: Media, path: string): Record<string, unknown> => ({
  directPath: path,
  mimetype,
  size: size ?? bytes.length,
  mediaKey: 'key',
  mediaKeyTimestamp: 1,
  filehash: 'hash',
  encFilehash: 'hash',
  ...(filename === undefined ? {} : { filename }),
  ...(seconds === undefined ? {} : { duration: String(seconds) }),
});

const locationFields = ({ latitude, longitude, name, address, url }: NonNullable<Content['location']>) => ({
  lat: latitude,
  lng: longitude,
  ...(name === undefined ? {} : { loc: [name, ...(address ? [address] : [])].join('\n') }),
  ...(url === undefined ? {} : { clientUrl: url }),
  // a picture of the map stands where other messages have their words
  body: '/9j/4AAQSkZJRgABAQAAAQABAAD',
});

const vcardFields = (vcards: string[]) =>
  vcards.length > 1 ? { vcardList: vcards.map((vcard) => ({ vcard, displayName: '' })) } : { body: vcards[0] };

function fieldsOf({ text, media, location, vcards, fields }: Content, path: string): Record<string, unknown> {
  if (media) return { ...mediaFields(media, path), ...(text === undefined ? {} : { caption: text }), ...fields };
  if (location) return { ...locationFields(location), ...fields };
  if (vcards) return { ...vcardFields(vcards), ...fields };
  return { ...(text === undefined ? {} : { body: text }), ...fields };
}

const top = new Set(['type', 'ack', 't']);

/** All that WhatsApp knows of one account; it outlives every page and browser. */
export class Account {
  readonly me: Me;
  readonly #now: () => number;
  readonly people: (WirePerson & { hidesPhone: boolean })[] = [];
  readonly chats = new Map<string, WireChat>();
  readonly messages: WireMessage[] = [];
  readonly files = new Map<string, { bytes: Buffer; state: MediaState }>();

  constructor(me: Me, now: () => number) {
    this.me = me;
    this.#now = now;
  }

  seconds(): number {
    return Math.floor(this.#now() / 1000);
  }

  addPerson({
    registered = true,
    lidKnown = false,
    phoneKnown = false,
    hidesPhone = false,
    ...ids
  }: Person): WirePerson {
    const person = { ...ids, registered, lidKnown, phoneKnown, hidesPhone };
    this.people.push(person);
    return person;
  }

  find(id: string): (WirePerson & { hidesPhone: boolean }) | undefined {
    const [digits, server] = id.split('@');
    return this.people.find((one) => (server === 'lid' ? one.lid : one.phone) === digits);
  }

  /** What WhatsApp answers when it is asked about an id: null for a number that is not on it. */
  ask(id: string): WirePerson | null {
    const person = this.find(id);
    if (!person?.registered) return null;
    person.lidKnown = true;
    person.phoneKnown = !person.hidesPhone;
    return person;
  }

  openChat(id: string, more: Partial<WireChat> = {}): WireChat {
    const known = this.chats.get(id);
    if (known) return Object.assign(known, more);
    const [digits = ''] = id.split('@');
    const chat = { id, name: this.find(id)?.name ?? digits, t: 0, unreadCount: 0, archive: false, ...more };
    this.chats.set(id, chat);
    return chat;
  }

  meet(id: string): WirePerson | null {
    const [digits, server] = id.split('@');
    if (this.find(id) || (server !== 'c.us' && server !== 'lid')) return null;
    return this.addPerson(server === 'lid' ? { lid: digits } : { phone: digits });
  }

  #mine(chat: string): string {
    return chat.endsWith('@lid') ? `${this.me.lid}@lid` : `${this.me.phone}@c.us`;
  }

  /** Writes a message down: from somebody in the chat, or (`fromMe`) typed on the phone. */
  write(chat: string, content: Content, { fromMe, author }: { fromMe: boolean; author?: string }): WireMessage {
    const id = content.id ?? randomBytes(16).toString('hex').toUpperCase();
    const key: WireKey = { fromMe, remote: chat, id, ...(author ? { participant: author } : {}) };
    const path = `/in/${id}`;
    if (content.media) this.files.set(path, { bytes: content.media.bytes, state: content.media.state ?? 'there' });
    const mine = this.#mine(chat);
    const status = chat === 'status@broadcast' ? { isStatusV3: true } : {};
    return this.keep({
      key,
      t: content.at ?? this.seconds(),
      type: typeOf(content),
      ack: fromMe ? 1 : 0,
      from: fromMe ? mine : chat,
      to: fromMe ? chat : mine,
      ...(author ? { author } : {}),
      ...(content.media ? { media: content.media.state ?? 'there' } : {}),
      ...(content.quoted ? { quoted: content.quoted } : {}),
      fields: { ...fieldsOf(content, path), ...status },
    });
  }

  keep(message: WireMessage): WireMessage {
    this.messages.push(message);
    const { remote, fromMe } = message.key;
    if (remote === 'status@broadcast') return message;
    const chat = this.openChat(remote);
    chat.t = Math.max(chat.t, message.t);
    if (!fromMe) chat.unreadCount += 1;
    return message;
  }

  message(id: string): WireMessage {
    const found = this.messages.find((one) => one.key.id === id);
    if (!found) throw new Error(`no message ${id}`);
    return found;
  }

  change(id: string, set: Record<string, unknown>): void {
    const message = this.message(id);
    for (const [name, value] of Object.entries(set)) {
      if (top.has(name)) Object.assign(message, { [name]: value });
      else message.fields[name] = value;
    }
  }

  remove(id: string): void {
    this.messages.splice(this.messages.indexOf(this.message(id)), 1);
  }
}
