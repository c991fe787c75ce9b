import type { ChildProcess } from 'node:child_process';

/** A chat as the library gives it. */
export interface WaChat {
  fetchMessages(options: { limit: number; fromMe?: boolean }): Promise<unknown[]>;
  sendStateTyping(): Promise<unknown>;
  clearState(): Promise<unknown>;
}

/** A message that was looked up by its id. */
export interface WaMessage {
  downloadMedia(): Promise<{ mimetype: string; data: string; filename?: string | null } | undefined | null>;
}

export interface WaSendOptions {
  linkPreview: false;
  parseVCards: false;
  sendSeen: false;
  caption?: string;
  quotedMessageId?: string;
  sendMediaAsDocument?: boolean;
}

interface Listening {
  on(event: string, listener: (...given: unknown[]) => void): unknown;
}

/**
 * What is used of a client of whatsapp-web.js; its own class satisfies it, and so does a fake. What comes back is read with
 * schemas (`parse.ts`), since the page may say anything.
 */
export interface WaClient extends Listening {
  initialize(): Promise<unknown>;
  destroy(): Promise<unknown>;
  getState(): Promise<unknown>;
  getChats(): Promise<unknown[]>;
  getChatById(id: string): Promise<WaChat | undefined>;
  getMessageById(id: string): Promise<unknown>;
  getNumberId(digits: string): Promise<unknown>;
  getContactLidAndPhone(ids: string[]): Promise<unknown>;
  sendMessage(chatId: string, content: unknown, options: WaSendOptions): Promise<unknown>;
  sendSeen(chatId: string): Promise<unknown>;
  info?: unknown;
  pupBrowser?: (Listening & { isConnected?(): boolean; process?(): ChildProcess | null }) | null | undefined;
  pupPage?: Listening | null | undefined;
}

/** What a client is made of. */
export interface ClientOptions {
  /** Where the browser's profile stands: the session of the account. */
  directory: string;
  browser: Browser;
  /** E.164 to link by a pairing code; null to link by scanning. */
  phone: string | null;
}

/** A browser that can be started here. */
export interface Browser {
  path: string;
  /** The packaged one is Chromium's headless shell, which has a start of its own. */
  headless: true | 'shell';
  env?: Record<string, string>;
}

/** The library as the channel uses it. */
export interface WaLibrary {
  createClient(options: ClientOptions): WaClient;
  createMedia(file: { type: string; base64: string; name: string; bytes: number }): unknown;
}
