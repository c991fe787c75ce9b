import type { WireChat, WireMessage, WirePerson } from '../wire.ts';
import { Emitter } from './emitter.ts';
import type { IdLike, Ids, Wid } from './ids.ts';
import { ChatModel, ContactModel, type Fields, type MessageModel, messageFrom } from './models.ts';

const earlierAtOnce = 25;

/** The error that the minified page throws when it is asked for a message without an id. */
function failWithoutName(): never {
  const error = new Error('r');
  error.name = 'r';
  throw error;
}

const digitsOf = (wid: Wid): string => wid.user;

/** All that the page holds: messages (those in hand and those further back), chats, channels, people. */
export class Store {
  readonly #ids: Ids;
  /** Every message by the text of its key, in hand or not. */
  readonly #all = new Map<string, MessageModel>();
  readonly #chats = new Map<string, ChatModel>();
  readonly #channels = new Map<string, ChatModel>();
  readonly people: WirePerson[] = [];
  readonly messageEvents = new Emitter();
  readonly chatEvents = new Emitter();

  constructor(ids: Ids) {
    this.#ids = ids;
  }

  person(id: IdLike): WirePerson | undefined {
    const wid = this.#ids.createWid(id);
    return this.people.find((one) => (wid.isLid() ? one.lid : one.phone) === digitsOf(wid));
  }

  learn(person: WirePerson): void {
    const known = this.people.find((one) => one.phone === person.phone && one.lid === person.lid);
    if (known) Object.assign(known, person);
    else this.people.push(person);
  }

  contact(id: IdLike): ContactModel {
    const wid = this.#ids.createWid(id);
    return new ContactModel(wid, this.person(wid), this.#ids);
  }

  chat(id: IdLike): ChatModel | undefined {
    const wid = this.#ids.createWid(id);
    const person = wid.isUser() ? this.person(wid) : undefined;
    const other = wid.isLid() ? `${person?.phone}@c.us` : `${person?.lid}@lid`;
    // a person has one chat, whichever of their two ids it was begun under
    return this.#chats.get(String(wid)) ?? (person ? this.#chats.get(other) : undefined);
  }

  chats(): ChatModel[] {
    return [...this.#chats.values()];
  }
  channel(id: IdLike): ChatModel | undefined {
    return this.#channels.get(String(this.#ids.createWid(id)));
  }
  channels(): ChatModel[] {
    return [...this.#channels.values()];
  }

  putChat(wire: WireChat): void {
    const shelf = wire.id.endsWith('@newsletter') ? this.#channels : this.#chats;
    const chat = shelf.get(wire.id) ?? new ChatModel({ ...wire, unreadCount: 0 }, this.#ids);
    shelf.set(wire.id, chat);
    const unreadChanged = chat.unreadCount !== wire.unreadCount;
    Object.assign(chat, { t: wire.t, unreadCount: wire.unreadCount, archive: wire.archive, formattedTitle: wire.name });
    if (unreadChanged) this.chatEvents.trigger('change:unreadCount', chat);
  }

  openChat(id: IdLike): ChatModel {
    const wid = this.#ids.createWid(id);
    const known = this.chat(wid);
    if (known) return known;
    const person = this.person(wid);
    if (wid.isUser() && (!person?.registered || (!wid.isLid() && person.lid && !person.lidKnown)))
      throw new Error('No LID for user');
    const chat = new ChatModel({ id: String(wid), name: wid.user, t: 0, unreadCount: 0, archive: false }, this.#ids);
    this.#chats.set(String(wid), chat);
    return chat;
  }

  /** A message in hand, by its key or the text of it. */
  message(key: unknown): MessageModel | undefined {
    const found = key === undefined ? undefined : this.#all.get(String(key));
    const home = found ? this.#home(found) : undefined;
    return !home || (found && home.loaded.includes(found)) ? found : undefined;
  }

  /** Messages from wherever they are; they are in hand from then on. */
  async messagesById(keys: unknown[]): Promise<{ messages: MessageModel[] }> {
    if (keys.some((key) => key === undefined)) failWithoutName();
    const messages = keys.flatMap((key) => this.#all.get(String(key)) ?? []);
    for (const message of messages) this.#load(message);
    return { messages };
  }

  /** By the part of the key that no change of shape or of address touches. */
  byPlainId(id: string): MessageModel | undefined {
    return [...this.#all.values()].find((one) => one.id.id === id);
  }

  #home(message: MessageModel): ChatModel | undefined {
    const { remote } = message.id;
    return remote.isNewsletter() ? this.channel(remote) : this.#chats.get(String(remote));
  }

  #load(message: MessageModel): void {
    const chat = this.#home(message);
    if (chat && !chat.loaded.includes(message)) chat.loaded.push(message);
  }

  /** Files a message without saying so: it came while nobody looked. */
  file(wire: WireMessage): void {
    const message = messageFrom(wire, this.#ids, (id) => this.byPlainId(id));
    this.#all.set(String(message.id), message);
  }

  /** Takes the newest message of each chat in hand, as the page does when it starts. */
  loadNewest(): void {
    for (const chat of [...this.#chats.values(), ...this.#channels.values()]) {
      const newest = this.#of(chat).at(-1);
      if (newest) this.#load(newest);
    }
  }

  add(message: MessageModel): void {
    this.#all.set(String(message.id), message);
    const chat = this.#home(message);
    if (chat) chat.t = Math.max(chat.t, message.t);
    this.#load(message);
    this.messageEvents.trigger('add', message);
  }

  arrive(wire: WireMessage, isNew: boolean): void {
    const message = messageFrom(wire, this.#ids, (id) => this.byPlainId(id));
    if (this.#all.has(String(message.id))) return;
    if (isNew) message.isNewMsg = true;
    this.add(message);
  }

  change(id: string, set: Fields): void {
    const message = this.byPlainId(id);
    if (!message) return;
    const before = { ...message };
    Object.assign(message, set);
    for (const [name, value] of Object.entries(set)) {
      this.messageEvents.trigger(`change:${name}`, message, value, before[name]);
      message.trigger(`change:${name}`, message, value, before[name]);
    }
    this.messageEvents.trigger('change', message);
  }

  remove(id: string): void {
    const message = this.byPlainId(id);
    if (!message) return;
    this.#all.delete(String(message.id));
    const chat = this.#home(message);
    if (chat) chat.loaded = chat.loaded.filter((one) => one !== message);
    this.messageEvents.trigger('remove', message);
  }

  #of(chat: ChatModel): MessageModel[] {
    return [...this.#all.values()].filter((one) => this.#home(one) === chat).sort((a, b) => a.t - b.t);
  }

  /** Takes messages further back in hand and gives them newest first: nobody promised an order. */
  earlier(chat: ChatModel): MessageModel[] {
    const back = this.#of(chat)
      .filter((one) => !chat.loaded.includes(one))
      .reverse()
      .slice(0, earlierAtOnce);
    chat.loaded = [...back, ...chat.loaded];
    return back;
  }
}
