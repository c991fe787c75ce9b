import { EventEmitter } from 'node:events';
import type {
  Browser,
  WaChat,
  WaClient,
  WaLibrary,
  WaMessage,
  WaSendOptions,
} from '../../../channels/whatsapp-web/client.ts';

/** How the page writes ids: as the library knows them, or as WhatsApp Web does since July 2026. */
export type Shape = '_serialized' | '$1';
export const shapes: readonly Shape[] = ['_serialized', '$1'];

export type Raw = Record<string, unknown>;

interface Chat {
  id: string;
  unreadCount: number;
  messages: Raw[];
}

export interface SentMessage {
  chat: string;
  content: unknown;
  options: WaSendOptions;
}

/**
 * The page and the account behind it, without a page: what a client says and does, in one of the shapes of ids. It outlives
 * clients, as an account outlives browsers.
 */
export class FakeWorld {
  readonly shape: Shape;
  isLinked = true;
  me = '966500000001';
  /** Milliseconds, as the page's clock. */
  now: () => number = () => Date.parse('2026-11-22T08:00:00Z');
  readonly chats = new Map<string, Chat>();
  readonly sent: SentMessage[] = [];
  readonly seen: string[] = [];
  readonly typed: string[] = [];
  /** Numbers by hidden ids, both without their servers. */
  readonly lids = new Map<string, string>();
  readonly notOnWhatsapp = new Set<string>();
  readonly media = new Map<string, { mimetype: string; data: string; filename?: string }>();
  readonly clients: FakeClient[] = [];
  /** `silent`: sends and tells nobody. `lost`: sends nothing and tells nobody. */
  sending: 'ok' | 'silent' | 'lost' | 'fails' | 'gone' = 'ok';
  /** Calls that never come back. */
  hangs: 'nothing' | 'everything' | 'history' | 'start' = 'nothing';
  state = 'CONNECTED';
  failsToStart: unknown = null;
  isSilent = false;
  #last = 0;

  constructor(shape: Shape) {
    this.shape = shape;
  }

  get client(): FakeClient {
    const last = this.clients.at(-1);
    if (!last) throw new Error('no client has been made');
    return last;
  }

  nextId(): string {
    this.#last += 1;
    return `3EB0${String(this.#last).padStart(16, '0')}`;
  }

  wid(text: string): unknown {
    const [user, server] = text.split('@');
    return this.shape === '$1' ? { user, server, $1: text } : { user, server, _serialized: text };
  }

  key(fromMe: boolean, chat: string, id: string): Raw {
    const text = `${fromMe}_${chat}_${id}`;
    return { fromMe, remote: this.wid(chat), id, ...(this.shape === '$1' ? { $1: text } : { _serialized: text }) };
  }

  /** A message as the page holds it; written into its chat. */
  write(chat: string, fields: Raw & { fromMe?: boolean; id?: string } = {}): Raw {
    const { fromMe = false, id = this.nextId(), ...rest } = fields;
    const mine = this.wid(`${this.me}@c.us`);
    const raw: Raw = {
      id: this.key(fromMe, chat, id),
      type: 'chat',
      body: '',
      t: Math.floor(this.now() / 1000),
      from: fromMe ? mine : this.wid(chat),
      to: fromMe ? this.wid(chat) : mine,
      ack: fromMe ? 1 : 0,
      ...rest,
    };
    this.chatOf(chat).messages.push(raw);
    return raw;
  }

  chatOf(id: string): Chat {
    const known = this.chats.get(id) ?? { id, unreadCount: 0, messages: [] };
    this.chats.set(id, known);
    return known;
  }

  library(): Promise<WaLibrary> {
    return Promise.resolve({
      createClient: () => {
        const client = new FakeClient(this);
        this.clients.push(client);
        return client;
      },
      createMedia: (file) => file,
    });
  }

  browser = (): Promise<Browser | string> => Promise.resolve({ path: 'none', headless: true });
}

const never = new Promise<never>(() => undefined);

/** What the library hands out: the page's own message behind `rawData`. */
export const asMessage = (raw: Raw): { rawData: Raw } => ({ rawData: raw });

class FakeProcess extends EventEmitter {
  exitCode: number | null = null;
  signalCode: string | null = null;
  killed = false;
  kill(): boolean {
    this.killed = true;
    this.signalCode = 'SIGKILL';
    return true;
  }
}

/** Stands for the library's client. */
export class FakeClient extends EventEmitter implements WaClient {
  readonly world: FakeWorld;
  info: unknown;
  isDestroyed = false;
  readonly browserProcess = new FakeProcess();
  readonly pupPage = new EventEmitter();
  readonly pupBrowser = Object.assign(new EventEmitter(), {
    isConnected: () => !this.isDestroyed,
    process: () => this.browserProcess as never,
  });

  constructor(world: FakeWorld) {
    super();
    this.world = world;
  }

  async initialize(): Promise<void> {
    if (this.world.failsToStart !== null) throw this.world.failsToStart;
    if (this.world.hangs === 'start') return never;
    if (this.world.isSilent) return;
    if (this.world.isLinked) this.becomeReady();
    else this.emit('qr', 'qr-text-1');
  }

  scan(): void {
    this.world.isLinked = true;
    this.becomeReady();
  }

  becomeReady(): void {
    this.emit('authenticated', undefined);
    this.info = { wid: this.world.wid(`${this.world.me}@c.us`), pushname: 'الجهة', platform: 'android' };
    this.emit('ready');
  }

  async destroy(): Promise<void> {
    if (this.world.hangs === 'everything') return never;
    this.isDestroyed = true;
    this.browserProcess.exitCode = 0;
  }

  /** What the page answers, if it answers. */
  #answer<T>(value: T): Promise<T> {
    if (this.isDestroyed) return Promise.reject(new Error('Attempted to use detached Frame "F".'));
    return this.world.hangs === 'everything' ? never : Promise.resolve(value);
  }

  getState(): Promise<unknown> {
    return this.#answer(this.world.state);
  }

  #chat(id: string): WaChat & Raw {
    const chat = this.world.chatOf(id);
    const times = chat.messages.map(({ t }) => Number(t));
    return {
      id: this.world.wid(id),
      timestamp: times.length > 0 ? Math.max(...times) : undefined,
      unreadCount: chat.unreadCount,
      isGroup: id.endsWith('@g.us'),
      fetchMessages: ({ limit, fromMe }) => {
        if (this.world.hangs === 'history') return never;
        const found = chat.messages.filter(({ id: key }) => fromMe === undefined || (key as Raw).fromMe === fromMe);
        const newest = found.toSorted((a, b) => Number(a.t) - Number(b.t)).slice(-limit);
        // the library gives them in no order where there are fewer than were asked for
        return this.#answer((found.length < limit ? newest.toReversed() : newest).map(asMessage));
      },
      sendStateTyping: () => this.#answer(this.world.typed.push(`${id} on`)),
      clearState: () => this.#answer(this.world.typed.push(`${id} off`)),
    };
  }

  getChats(): Promise<unknown[]> {
    return this.#answer([...this.world.chats.keys()].map((id) => this.#chat(id)));
  }

  getChatById(id: string): Promise<WaChat | undefined> {
    return this.#answer(this.#chat(id));
  }

  getMessageById(id: string): Promise<unknown> {
    const [fromMe, chat = '', plain] = id.split('_');
    const raw = this.world.chats
      .get(chat)
      ?.messages.find(({ id: key }) => (key as Raw).id === plain && String((key as Raw).fromMe) === fromMe);
    const message: (WaMessage & Raw) | null = raw
      ? { ...asMessage(raw), downloadMedia: () => this.#answer(this.world.media.get(String(plain))) }
      : null;
    return this.#answer(message);
  }

  getNumberId(digits: string): Promise<unknown> {
    return this.#answer(this.world.notOnWhatsapp.has(digits) ? null : this.world.wid(`${digits}@c.us`));
  }

  getContactLidAndPhone(ids: string[]): Promise<unknown> {
    const pairs = ids.map((id) => {
      const [user = '', server] = id.split('@');
      const numberOfLid = [...this.world.lids].find(([, lid]) => lid === user)?.[0];
      const number = server === 'lid' ? numberOfLid : user;
      const lid = server === 'lid' ? user : this.world.lids.get(user);
      return { lid: lid && `${lid}@lid`, pn: number && `${number}@c.us` };
    });
    return this.#answer(pairs);
  }

  async sendMessage(chat: string, content: unknown, options: WaSendOptions): Promise<unknown> {
    const { sending } = this.world;
    if (sending === 'fails') throw new Error('r');
    if (sending === 'gone') throw new Error('Attempted to use detached Frame "F".');
    if (sending === 'lost') return this.#answer(undefined);
    this.world.sent.push({ chat, content, options });
    const file = content as { type?: string };
    const raw = this.world.write(chat, {
      fromMe: true,
      ...(typeof content === 'string'
        ? { body: content }
        : { type: 'document', mimetype: file.type, directPath: '/file', caption: options.caption ?? '' }),
    });
    // the page tells of it before the call comes back
    this.emit('message_create', asMessage(raw));
    return this.#answer(sending === 'silent' ? undefined : asMessage(raw));
  }

  sendSeen(chat: string): Promise<unknown> {
    return this.#answer(this.world.seen.push(chat));
  }

  /** Somebody writes while the page is open. */
  receive(chat: string, fields: Parameters<FakeWorld['write']>[1] = {}): Raw {
    const raw = this.world.write(chat, fields);
    this.tell(raw);
    return raw;
  }

  tell(raw: Raw): void {
    this.emit('message_create', asMessage(raw));
    if (!(raw.id as Raw).fromMe) this.emit('message', asMessage(raw));
  }
}
