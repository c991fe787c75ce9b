/** The words that the widget and the server exchange, and the readers that turn what came into them. */

export type Language = 'ar' | 'en';
export type HandledBy = 'assistant' | 'agent' | 'nobody';

export interface QuickReply {
  id: string;
  title: string;
}

export interface Attachment {
  id: string;
  name: string;
  type: string;
  bytes: number;
  /** Absent while only this browser knows the file. */
  url?: string;
}

export interface ChatMessage {
  id: string;
  direction: 'inbound' | 'outbound';
  author: 'contact' | 'assistant' | 'agent' | 'system';
  text: string;
  html?: string;
  quickReplies: readonly QuickReply[];
  attachments: readonly Attachment[];
  /** ISO 8601. */
  at: string;
}

/** The server's word on one sent message. `retryAfterMs` comes with `rate-limited`. */
export type SendReply = { id: string } | { error: { code: string; message: string; retryAfterMs?: number } };

export interface ChatConfig {
  inbox: string;
  language: Language;
  direction: 'rtl' | 'ltr';
  name: string;
  unit: string;
  texts: Record<string, string>;
  hours: { open: boolean; text: string };
  files: { maxBytes: number; accept: readonly string[] };
  maxLength: number;
  privacy: { version: string; notice: string };
}

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const fields = (value: unknown): Fields => (isFields(value) ? value : {});
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const count = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : otherwise;
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const oneOf = <T extends string>(value: unknown, all: readonly T[], otherwise: T): T =>
  all.find((one) => one === value) ?? otherwise;

const readQuickReply = (value: unknown): QuickReply => ({
  id: text(fields(value).id),
  title: text(fields(value).title),
});

/** An attachment as the server describes it, or nothing where it has no id. */
export function readAttachment(value: unknown): Attachment | undefined {
  const source = fields(value);
  if (!text(source.id)) return undefined;
  const url = text(source.url);
  return {
    id: text(source.id),
    name: text(source.name) || 'file',
    type: text(source.type),
    bytes: count(source.bytes, 0),
    ...(url ? { url } : {}),
  };
}

/** A message as the server sends it, or nothing where it has no id: what is missing gets a harmless value. */
export function readMessage(value: unknown): ChatMessage | undefined {
  const source = fields(value);
  if (!text(source.id)) return undefined;
  const html = text(source.html);
  return {
    id: text(source.id),
    direction: oneOf(source.direction, ['inbound', 'outbound'], 'outbound'),
    author: oneOf(source.author, ['contact', 'assistant', 'agent', 'system'], 'system'),
    text: text(source.text),
    ...(html ? { html } : {}),
    quickReplies: list(source.quickReplies)
      .map(readQuickReply)
      .filter((reply) => reply.id && reply.title),
    attachments: list(source.attachments).flatMap((one) => readAttachment(one) ?? []),
    at: Number.isNaN(Date.parse(text(source.at))) ? new Date().toISOString() : text(source.at),
  };
}

/** The session that the server opened, or nothing where it is not one. */
export function readSession(value: unknown): { token: string; conversationId: string | null } | undefined {
  const source = fields(value);
  if (!text(source.token)) return undefined;
  return { token: text(source.token), conversationId: text(source.conversationId) || null };
}

/** The server's time in ms, which may not be this machine's. */
export function readTime(value: unknown): number | undefined {
  const now = Date.parse(text(fields(value).now));
  return Number.isNaN(now) ? undefined : now;
}

/** The acknowledgement of a sent message. What cannot be understood counts as `unavailable`, so that it is tried again. */
export function readReply(value: unknown): SendReply {
  const source = fields(value);
  if (text(source.id)) return { id: text(source.id) };
  const error = fields(source.error);
  const wait = error.retryAfterMs ?? fields(error.details).retryAfterMs ?? source.retryAfterMs;
  return {
    error: {
      code: text(error.code) || 'unavailable',
      message: text(error.message),
      ...(typeof wait === 'number' ? { retryAfterMs: count(wait, 0) } : {}),
    },
  };
}

/** Who has the conversation now. */
export const readHandledBy = (value: unknown): HandledBy =>
  oneOf(fields(value).handledBy, ['assistant', 'agent', 'nobody'], 'assistant');

export const readTyping = (value: unknown): boolean => fields(value).on === true;

export function readDelivery(value: unknown): { messageId: string; status: string } {
  return { messageId: text(fields(value).messageId), status: text(fields(value).status) };
}

const readTexts = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields(value)).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );

/** What the widget is told before it opens: words, hours and limits. Throws where it is not a configuration. */
export function readConfig(value: unknown): ChatConfig {
  const source = fields(value);
  if (!isFields(source.texts)) throw new Error('The server gave no configuration for the chat.');
  const language = oneOf(source.language, ['ar', 'en'], 'ar');
  const [hours, files, privacy] = [fields(source.hours), fields(source.files), fields(source.privacy)];
  return {
    inbox: text(source.inbox),
    language,
    direction: oneOf(source.direction, ['rtl', 'ltr'], language === 'ar' ? 'rtl' : 'ltr'),
    name: text(source.name),
    unit: text(source.unit),
    texts: readTexts(source.texts),
    hours: { open: hours.open === true, text: text(hours.text) },
    files: { maxBytes: count(files.maxBytes, 0), accept: list(files.accept).map(text).filter(Boolean) },
    maxLength: count(source.maxLength, 4000),
    privacy: { version: text(privacy.version), notice: text(privacy.notice) },
  };
}
