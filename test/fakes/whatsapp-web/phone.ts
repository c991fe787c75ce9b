import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { Account, type Content, type Me, type Person } from './account.ts';
import { closePage, crashPage, haltPage, killBrowser, resume } from './browser.ts';
import type {
  Order,
  PageSays,
  PhoneSays,
  Snapshot,
  SocketState,
  Trouble,
  Verdict,
  WireChat,
  WireMessage,
} from './wire.ts';

/** A message that the client sent. */
export interface SentMessage {
  id: string;
  /** The chat's id as the page addressed it. */
  chat: string;
  type: string;
  /** Body, or caption of a file. */
  text: string;
  /** Id of the message that it answers. */
  quoted?: string;
  media?: { mimetype: string; filename?: string; bytes: Buffer };
  /** Every attribute of the page's message. */
  fields: Record<string, unknown>;
}

/** `pending`: taken, not yet at the server. `refused`: the promise fails. `stuck`: it never comes back. */
export type Sending = 'ok' | 'pending' | 'refused' | 'stuck';

interface PhoneOptions {
  me?: Partial<Me>;
  now?: () => number;
  /** A folder below which the browser has its profile; for what is done to the browser itself. */
  profiles?: string;
}

type PageSocket = Socket<PageSays, PhoneSays>;

/**
 * WhatsApp and the phone of one account, for one page at a time (see `writeWhatsappPage`). All that happens is remembered here,
 * so a page that loads again, or another browser with the same profile, finds it. Ids of messages are the plain ones (`id.id`).
 */
export class WhatsappPhone {
  readonly url: string;
  readonly account: Account;
  readonly sent: SentMessage[] = [];
  /** Chats marked as read by the client. */
  readonly seen: string[] = [];
  readonly typing: { chat: string; state: string }[] = [];
  readonly edits: { id: string; text: string }[] = [];
  readonly revocations: { id: string; everyone: boolean }[] = [];
  readonly reactions: { id: string; reaction: string }[] = [];
  /** Numbers that asked to be linked by code. */
  readonly pairings: string[] = [];
  takeovers = 0;
  /** Pages that have said hello, reloads and new browsers among them. */
  pages = 0;
  pairingCode = 'ABCD1234';
  sending: Sending = 'ok';
  readonly #close: () => Promise<void>;
  readonly #profiles: string | undefined;
  #page: PageSocket | undefined;
  #pageLinked = false;
  #session: string | undefined;
  #ref = `2@${randomUUID()}`;
  #idle = false;
  #halted: number[] = [];
  #trouble: Trouble = 'none';
  readonly #uploads = new Map<string, Buffer>();
  #arrivals: (() => void)[] = [];

  constructor(url: string, close: () => Promise<void>, { me, now = Date.now, profiles }: PhoneOptions) {
    this.url = url;
    this.#close = close;
    this.#profiles = profiles;
    this.account = new Account({ phone: '966500000001', lid: '100000000000001', pushname: 'الجهة', ...me }, now);
  }

  /** The account is linked to some browser. */
  get isLinked(): boolean {
    return this.#session !== undefined;
  }
  /** A page is open just now. */
  get hasPage(): boolean {
    return this.#page !== undefined;
  }
  close(): Promise<void> {
    this.release();
    return this.#close();
  }

  // What the person with the phone does before it is linked, and to the link.

  /** Shows another QR code, as happens every twenty seconds or so. */
  async showQr(): Promise<void> {
    this.#ref = `2@${randomUUID()}`;
    await this.#orderPage({ do: 'ref', ref: this.#ref });
  }
  /** Scans the code (or types the pairing code): the browser of the open page is linked. Waits for a page. */
  async scan(): Promise<void> {
    await this.#awaitPage();
    this.#idle = false;
    this.#session = randomUUID();
    this.#pageLinked = true;
    await this.#orderPage({ do: 'linked', session: this.#session, snapshot: this.#snapshot(true) });
  }
  /** Nobody scanned for too long. */
  async idle(): Promise<void> {
    this.#idle = true;
    await this.setState('UNPAIRED_IDLE');
  }
  /** Unlinks the browser from the phone. */
  async logout(): Promise<void> {
    this.#forgetLink();
    await this.#orderPage({ do: 'logout' });
  }
  /** WhatsApp is opened in another browser. */
  conflict(): Promise<void> {
    return this.setState('CONFLICT');
  }
  async setState(state: SocketState): Promise<void> {
    await this.#orderPage({ do: 'state', state });
  }
  /** Whether the page becomes ready; holds for the open page and those that come. */
  async setTrouble(trouble: Trouble): Promise<void> {
    this.#trouble = trouble;
    await this.#orderPage({ do: 'trouble', trouble });
  }
  /** Tells a second time that all is in sync. */
  async resync(): Promise<void> {
    await this.#orderPage({ do: 'resync' });
  }
  async reload(): Promise<void> {
    await this.#orderPage({ do: 'reload' });
  }

  // What goes wrong in the browser.

  /** Nothing that the client asks of the page comes back, until `release`. */
  async hang(): Promise<void> {
    this.#halted = await haltPage(this.#folder());
  }
  release(): void {
    resume(this.#halted);
    this.#halted = [];
  }
  /** Asking for older messages never comes back; all else does. */
  async stallHistory(stalled: boolean): Promise<void> {
    await this.#orderPage({ do: 'stall', stalled });
  }
  /** The tab is gone, the browser is not. */
  breakFrame(): Promise<void> {
    return closePage(this.#folder());
  }
  crashPage(): Promise<void> {
    return crashPage(this.#folder());
  }
  killBrowser(): Promise<void> {
    return killBrowser(this.#folder());
  }

  // People, chats and messages.

  async addPerson(person: Person): Promise<void> {
    await this.#orderPage({ do: 'person', person: this.account.addPerson(person) });
  }
  async openChat(id: string, more: Partial<WireChat> = {}): Promise<void> {
    await this.#orderLinked({ do: 'chat', chat: this.account.openChat(id, more) });
  }
  /**
   * Somebody writes: in their chat (`…@c.us`, `…@lid`), a group (`…@g.us`, with `author`), `status@broadcast` (with `author`) or a
   * channel (`…@newsletter`). With no page open it waits for one and makes no event there. Resolves to the id.
   */
  receive(content: Content & { from: string; author?: string }): Promise<string> {
    return this.#write(
      content.from,
      content,
      { fromMe: false, ...(content.author ? { author: content.author } : {}) },
      true,
    );
  }
  /** As `receive`, but the page finds the message among the old ones, with no event, as if it had been away. */
  receiveUnseen(content: Content & { from: string; author?: string }): Promise<string> {
    return this.#write(
      content.from,
      content,
      { fromMe: false, ...(content.author ? { author: content.author } : {}) },
      false,
    );
  }
  /** The owner of the account writes on the phone. */
  type(content: Content & { to: string }): Promise<string> {
    return this.#write(content.to, content, { fromMe: true }, true);
  }
  /** -1 error, 0 pending, 1 server, 2 device, 3 read, 4 played. */
  ack(id: string, level: number): Promise<void> {
    return this.#change(id, { ack: level });
  }
  edit(id: string, text: string): Promise<void> {
    const field = this.account.message(id).media ? 'caption' : 'body';
    return this.#change(id, { [field]: text, latestEditSenderTimestampMs: this.account.seconds() * 1000 });
  }
  /** Deletes it for everyone. */
  revoke(id: string): Promise<void> {
    const protocolMessageKey = this.account.message(id).key;
    return this.#change(id, { type: 'revoked', subtype: 'sender', body: null, caption: null, protocolMessageKey });
  }
  /** Deletes it on this account alone. */
  async remove(id: string): Promise<void> {
    this.account.remove(id);
    await this.#orderLinked({ do: 'remove', id });
  }
  /** An empty reaction takes it back. */
  async react(id: string, reaction: string, from = this.account.message(id).from): Promise<void> {
    await this.#orderLinked({ do: 'react', id, reaction, from, t: this.account.seconds() });
  }
  /** A `ciphertext` becomes readable. */
  decrypt(id: string, text: string): Promise<void> {
    return this.#change(id, { body: text, type: 'chat' });
  }
  async call(from: string): Promise<void> {
    await this.#orderLinked({ do: 'call', id: randomUUID(), from });
  }

  // The page's side.

  /** Takes a page that connects. */
  serve(socket: PageSocket): void {
    socket.on('hello', (session, answer) => this.#greet(socket, session, answer));
    socket.on('disconnect', () => {
      if (this.#page === socket) this.#page = undefined;
    });
    socket.on('send', (message, answer) => this.#takeSent(message, answer));
    socket.on('upload', (path, bytes, answer) => {
      this.#uploads.set(path, Buffer.from(bytes));
      answer();
    });
    socket.on('download', (path, answer) => answer(this.#bytesOf(path)));
    socket.on('exists', (wid, answer) => answer(this.account.ask(wid)));
    socket.on('pairing', (phone, answer) => {
      this.pairings.push(phone);
      answer(this.pairingCode);
    });
    socket.on('refresh', () => void this.showQr());
    socket.on('takeover', () => {
      this.takeovers += 1;
    });
    socket.on('loggedOut', (answer) => {
      this.#forgetLink();
      answer();
    });
    this.#serveActions(socket);
  }

  #serveActions(socket: PageSocket): void {
    socket.on('seen', (chat, answer) => {
      this.seen.push(chat);
      this.account.openChat(chat, { unreadCount: 0 });
      answer();
    });
    socket.on('typing', (chat, state, answer) => {
      this.typing.push({ chat, state });
      answer();
    });
    socket.on('edited', (id, text, answer) => {
      this.edits.push({ id, text });
      this.account.change(id, { body: text });
      answer();
    });
    socket.on('revoked', (id, everyone, answer) => {
      this.revocations.push({ id, everyone });
      answer();
    });
    socket.on('reacted', (id, reaction, answer) => {
      this.reactions.push({ id, reaction });
      answer();
    });
  }

  #greet(socket: PageSocket, session: string | null, answer: (snapshot: Snapshot) => void): void {
    this.#page = socket;
    this.release();
    this.#pageLinked = this.#session !== undefined && session === this.#session;
    this.pages += 1;
    answer(this.#snapshot(this.#pageLinked));
    for (const go of this.#arrivals.splice(0)) go();
  }

  #snapshot(linked: boolean): Snapshot {
    const { me, people, chats, messages } = this.account;
    const known = linked ? { chats: [...chats.values()], messages } : { chats: [], messages: [] };
    return { me, linked, ref: this.#ref, idle: this.#idle, trouble: this.#trouble, people, ...known };
  }

  #takeSent(message: WireMessage, answer: (verdict: Verdict) => void): void {
    if (this.sending === 'stuck') return;
    if (this.sending === 'refused') {
      answer({ fails: 'not sent' });
      return;
    }
    this.account.keep(message);
    const ack = this.sending === 'ok' ? 1 : 0;
    message.ack = ack;
    this.sent.push(this.#sentFrom(message));
    answer({ ack });
  }

  #sentFrom({ key, type, fields }: WireMessage): SentMessage {
    const { body, caption, mimetype, filename, quotedStanzaID, directPath } = fields as Record<
      string,
      string | undefined
    >;
    const bytes = directPath === undefined ? undefined : this.#uploads.get(directPath);
    const file = bytes ? { media: { mimetype: mimetype ?? '', bytes, ...(filename ? { filename } : {}) } } : {};
    const quoted = quotedStanzaID ? { quoted: quotedStanzaID } : {};
    return { id: key.id, chat: key.remote, type, text: caption ?? body ?? '', ...quoted, ...file, fields };
  }

  #bytesOf(path: string): ArrayBuffer | null {
    const file = this.account.files.get(path);
    const bytes = file?.state === 'expired' ? undefined : (file?.bytes ?? this.#uploads.get(path));
    return bytes ? (new Uint8Array(bytes).buffer as ArrayBuffer) : null;
  }

  #forgetLink(): void {
    this.#session = undefined;
    this.#pageLinked = false;
    this.#ref = `2@${randomUUID()}`;
  }

  #folder(): string {
    if (!this.#profiles) throw new Error('start the phone with `profiles`');
    return this.#profiles;
  }

  #awaitPage(): Promise<void> {
    return this.#page ? Promise.resolve() : new Promise((resolve) => this.#arrivals.push(resolve));
  }

  /** Resolves when the page has done it, when there is none, or when it does not answer; at once while it hangs. */
  async #orderPage(order: Order): Promise<void> {
    const done = this.#page
      ?.timeout(5000)
      .emitWithAck('order', order)
      .catch(() => undefined);
    if (this.#halted.length === 0) await done;
  }

  async #orderLinked(order: Order): Promise<void> {
    if (this.#pageLinked) await this.#orderPage(order);
  }

  async #write(
    chat: string,
    content: Content,
    who: { fromMe: boolean; author?: string },
    isNew: boolean,
  ): Promise<string> {
    const person = this.account.meet(who.author ?? chat);
    if (person) await this.#orderLinked({ do: 'person', person });
    const message = this.account.write(chat, content, who);
    const known = this.account.chats.get(chat);
    if (known) await this.#orderLinked({ do: 'chat', chat: known });
    await this.#orderLinked({ do: 'add', message, isNew });
    return message.key.id;
  }

  async #change(id: string, set: Record<string, unknown>): Promise<void> {
    this.account.change(id, set);
    await this.#orderLinked({ do: 'change', id, set });
  }
}

/** Starts the phone of an account on the loopback address. `close` it when done. */
export async function startPhone(options: PhoneOptions = {}): Promise<WhatsappPhone> {
  const server = createServer();
  const io = new Server<PageSays, PhoneSays>(server, { cors: { origin: '*' }, maxHttpBufferSize: 1e8 });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const phone = new WhatsappPhone(`http://127.0.0.1:${port}`, () => io.close(), options);
  io.on('connection', (socket) => phone.serve(socket));
  return phone;
}
