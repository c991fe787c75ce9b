import type { Attachment, ChatConfig, HandledBy, Language } from '../protocol.ts';
import type { Storage } from '../storage.ts';
import type { Connection, ConnectionEvents, Handshake } from './connection.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createOutboxStorage } from './outbox-storage.ts';
import { createState, type State } from './state.ts';
import type { Tabs } from './tabs.ts';
import { countUnread, emptyThread, receiveMessage, type Thread, trackDelivery } from './thread.ts';
import { createTypingTeller, type TypingTeller } from './typing.ts';

const dayMs = 86_400_000;
const graceMs = 1_200;
const typingFadesMs = 10_000;

export type ConnectionState = 'connecting' | 'online' | 'reconnecting' | 'offline';

/** All that the panel draws from. */
export interface ChatState {
  config: ChatConfig;
  connection: ConnectionState;
  handledBy: HandledBy;
  thread: Thread;
  isTyping: boolean;
  /** Whether the server has opened a session in this page's life. */
  isReady: boolean;
  /** A sentence of the server's about sending, for instance that it was too fast. */
  notice: string;
  unread: number;
  isOpen: boolean;
  isPrivacyAccepted: boolean;
}

export interface ChatDeps {
  config: ChatConfig;
  storage: Storage;
  tabs: Tabs;
  connect(handshake: () => Handshake, events: ConnectionEvents): Connection;
  loadConfig(language: Language): Promise<ChatConfig>;
  newId(): string;
  now(): number;
  after(ms: number, run: () => void): () => void;
}

/** What a visitor sends in one go. */
export interface Draft {
  text: string;
  quickReplyId?: string;
  attachments?: readonly Attachment[];
}

/** The visitor's side of the conversation: what is known and what can be done. */
export interface Chat {
  state: State<ChatState>;
  send(draft: Draft): void;
  sendAgain(clientId: string): void;
  drop(clientId: string): void;
  isWriting(on: boolean): void;
  show(): void;
  hide(): void;
  setLanguage(language: Language): Promise<void>;
  token(): string;
}

/** What the parts of the chat share. */
interface Parts {
  deps: ChatDeps;
  state: State<ChatState>;
  isOpened: boolean;
  /** By how much the server's clock is ahead of this one. */
  aheadMs: number;
}

const isVisible = (): boolean => document.visibilityState !== 'hidden';

/** Counts what is unread; what is on screen is read, for all tabs. */
function settleUnread({ deps, state }: Parts): void {
  const { thread, isOpen } = state.get();
  const newest = thread.messages.at(-1)?.id;
  if (isOpen && isVisible() && newest && deps.storage.get('seen') !== newest) deps.storage.set('seen', newest);
  const unread = countUnread(thread, deps.storage.get('seen'));
  if (unread !== state.get().unread) state.set({ unread });
}

const changeThread = (parts: Parts, thread: Thread): void => {
  if (thread === parts.state.get().thread) return;
  parts.state.set({ thread });
  settleUnread(parts);
};

const handshakeOf = ({ deps, state }: Parts): Handshake => {
  const { config, thread } = state.get();
  const token = deps.storage.get('token');
  return {
    ...(token ? { token } : {}),
    ...(config.inbox ? { inbox: config.inbox } : {}),
    ...(thread.cursor ? { after: thread.cursor } : {}),
    language: config.language,
  };
};

/** Whether the connection has been lost for long enough to tell; short gaps are not worth a word. */
function createGapTeller({ deps, state }: Parts): { lost(): void; back(): void } {
  let cancel: (() => void) | undefined;
  const tell = (): void => {
    const isFirst = state.get().connection === 'connecting';
    const lost = navigator.onLine ? (isFirst ? 'connecting' : 'reconnecting') : 'offline';
    if (state.get().connection !== lost) state.set({ connection: lost });
  };
  return {
    lost() {
      state.set({ isTyping: false });
      if (!navigator.onLine) tell();
      cancel ??= deps.after(graceMs, tell);
    },
    back() {
      cancel?.();
      cancel = undefined;
      state.set({ connection: 'online' });
    },
  };
}

function typingShower({ deps, state }: Parts): (on: boolean) => void {
  let cancel: (() => void) | undefined;
  return (on) => {
    cancel?.();
    cancel = on ? deps.after(typingFadesMs, () => state.set({ isTyping: false })) : undefined;
    if (on !== state.get().isTyping) state.set({ isTyping: on });
  };
}

function takeSession({ deps, state }: Parts, token: string): void {
  if (deps.storage.get('token') !== token) {
    deps.storage.set('token', token);
    state.set({ thread: { ...state.get().thread, cursor: undefined } });
  }
  state.set({ isReady: true });
}

function eventsOf(parts: Parts, outbox: () => Outbox): ConnectionEvents {
  const { deps, state } = parts;
  const gap = createGapTeller(parts);
  const showTyping = typingShower(parts);
  return {
    connected: gap.back,
    disconnected: gap.lost,
    time(now) {
      parts.aheadMs = now - deps.now();
    },
    session(token) {
      takeSession(parts, token);
      outbox().connected();
    },
    sessionRefused: () => deps.storage.remove('token'),
    message(message) {
      if (message.direction === 'outbound') showTyping(false);
      if (message.author === 'agent') state.set({ handledBy: 'agent' });
      changeThread(parts, receiveMessage(state.get().thread, message));
    },
    typing: showTyping,
    delivery: (id, status) => changeThread(parts, trackDelivery(state.get().thread, id, status)),
    handledBy: (handledBy) => state.set({ handledBy }),
  };
}

function followOtherTabs(parts: Parts, connection: Connection): void {
  const { deps, state } = parts;
  deps.storage.onChange((key, value) => {
    if (key === 'seen') settleUnread(parts);
    const isNewSession = key === 'token' && value !== undefined && state.get().thread.messages.length === 0;
    if (isNewSession && parts.isOpened) connection.renew();
  });
  document.addEventListener('visibilitychange', () => settleUnread(parts));
}

function createActions(
  parts: Parts,
  connection: Connection,
  outbox: Outbox,
  typing: TypingTeller,
): Omit<Chat, 'state'> {
  const { deps, state } = parts;
  const open = (): void => {
    if (parts.isOpened) return;
    parts.isOpened = true;
    connection.open();
  };
  const isTalking = deps.now() - Number(deps.storage.get('activeAt') ?? 0) < dayMs;
  if (isTalking && deps.storage.get('token')) open();
  return {
    send({ text, quickReplyId, attachments = [] }) {
      const { version } = state.get().config.privacy;
      deps.storage.set('privacy', version);
      deps.storage.set('activeAt', String(deps.now()));
      state.set({ isPrivacyAccepted: true });
      typing.stop();
      const at = new Date(deps.now() + parts.aheadMs).toISOString();
      const reply = quickReplyId ? { quickReplyId } : {};
      outbox.add({
        clientId: deps.newId(),
        tab: deps.tabs.own,
        text,
        ...reply,
        attachments,
        at,
        state: 'queued',
        attempted: false,
      });
    },
    sendAgain: outbox.sendAgain,
    drop: outbox.drop,
    isWriting: (on) => (on ? typing.start() : typing.stop()),
    show() {
      state.set({ isOpen: true });
      open();
      settleUnread(parts);
    },
    hide: () => state.set({ isOpen: false }),
    async setLanguage(language) {
      if (language === state.get().config.language) return;
      state.set({ config: await deps.loadConfig(language) });
      if (parts.isOpened) connection.renew();
    },
    token: () => deps.storage.get('token') ?? '',
  };
}

/** Makes the visitor's side of a chat. It connects when it is first shown, or at once where a conversation is under way. */
export function createChat(deps: ChatDeps): Chat {
  const state = createState<ChatState>({
    config: deps.config,
    connection: 'connecting',
    handledBy: 'assistant',
    thread: emptyThread,
    isTyping: false,
    isReady: false,
    notice: '',
    unread: 0,
    isOpen: false,
    isPrivacyAccepted: deps.storage.get('privacy') === deps.config.privacy.version,
  });
  const parts: Parts = { deps, state, isOpened: false, aheadMs: 0 };
  let outbox: Outbox;
  const connection = deps.connect(
    () => handshakeOf(parts),
    eventsOf(parts, () => outbox),
  );
  outbox = createOutbox({
    isConnected: () => connection.isConnected() && state.get().isReady,
    emit: (item) => connection.send(item),
    after: deps.after,
    thread: () => state.get().thread,
    change: (thread) => changeThread(parts, thread),
    stored: createOutboxStorage(deps.storage),
    tabs: deps.tabs,
    notice: (notice) => notice !== state.get().notice && state.set({ notice }),
  });
  followOtherTabs(parts, connection);
  const typing = createTypingTeller(connection.typing, deps.after);
  return { state, ...createActions(parts, connection, outbox, typing) };
}
