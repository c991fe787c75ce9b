import { z } from 'zod';

/**
 * What the page of WhatsApp Web says, read with distrust: since July 2026 an id may have its text in `$1` instead of
 * `_serialized`, and any field may be missing tomorrow. Nothing here throws.
 */
const widObject = z.object({
  _serialized: z.string().optional().catch(undefined),
  $1: z.string().optional().catch(undefined),
  user: z.string().optional().catch(undefined),
  server: z.string().optional().catch(undefined),
});

const textOfWid = ({ _serialized, $1, user, server }: z.infer<typeof widObject>): string =>
  _serialized ?? $1 ?? (user && server ? `${user}@${server}` : '');

/** An id of a person or a chat: as text, or as the page's object; empty where it cannot be read. */
const wid = z
  .union([z.string(), widObject.transform(textOfWid)])
  .catch('')
  .transform((text) => text.replace(/:\d+(?=@)/, '').replace(/@s\.whatsapp\.net$/, '@c.us'));

/** The id of a person or a chat as text (`9665…@c.us`, `…@lid`), without the number of a device; empty if unreadable. */
export const readWid = (given: unknown): string => wid.parse(given);

const key = z.object({
  fromMe: z.boolean().catch(false),
  remote: wid,
  id: z.string().min(1),
  participant: wid.optional(),
  _serialized: z.string().optional().catch(undefined),
  $1: z.string().optional().catch(undefined),
});

export interface MessageKey {
  fromMe: boolean;
  /** The chat; empty where the page does not tell. */
  remote: string;
  /** The part that stays the same however the chat is named: our external id. */
  id: string;
  /** The form in which the page finds a message. */
  serialized: string;
}

/** A message's id; null where there is none. */
export function readKey(given: unknown): MessageKey | null {
  const parsed = key.safeParse(given);
  if (!parsed.success) return null;
  const { fromMe, remote, id, participant, _serialized, $1 } = parsed.data;
  const made = [String(fromMe), remote, id, ...(participant ? [participant] : [])].join('_');
  return { fromMe, remote, id, serialized: _serialized ?? $1 ?? made };
}

const text = z.string().catch('');
const number = z.number().nullable().catch(null);
const flag = z.boolean().catch(false);
const option = z.object({ name: text });

const fields = z.object({
  type: text,
  subtype: text,
  body: text,
  caption: text,
  t: number,
  from: wid,
  to: wid,
  ack: number,
  notifyName: text,
  isForwarded: flag,
  isStatusV3: flag,
  isViewOnce: flag,
  directPath: text,
  mimetype: text,
  filename: text,
  size: number,
  lat: number,
  lng: number,
  loc: text,
  vcardList: z.array(z.object({ vcard: text })).catch([]),
  quotedStanzaID: text,
  protocolMessageKey: z.unknown().optional(),
  selectedButtonId: text,
  selectedId: text,
  listResponse: z
    .object({ singleSelectReply: z.object({ selectedRowId: text }) })
    .nullable()
    .catch(null),
  pollName: text,
  pollOptions: z.array(option).catch([]),
  eventName: text,
  orderId: text,
  orderTitle: text,
  itemCount: number,
  title: text,
  productId: text,
  latestEditSenderTimestampMs: number,
  latestEditMsgKey: z.unknown().optional(),
});

/** A message as the page tells it. Text that is missing is empty, a number null. */
export interface PageMessage extends z.infer<typeof fields> {
  key: MessageKey;
  raw: unknown;
}

const library = z.object({ rawData: z.unknown().optional() });
const identified = z.object({ id: z.unknown().optional() });

/** Reads what the library calls a message; null where it is none. */
export function readMessage(given: unknown): PageMessage | null {
  const raw = library.safeParse(given).data?.rawData ?? given;
  const found = readKey(identified.safeParse(raw).data?.id);
  const parsed = fields.safeParse(raw);
  return found && parsed.success ? { ...parsed.data, key: found, raw } : null;
}

const reaction = z.object({
  id: z.unknown().optional(),
  msgId: z.unknown().optional(),
  reaction: text,
  senderId: wid,
  timestamp: number,
});

export interface PageReaction {
  /** The message it stands at. */
  on: MessageKey;
  own: boolean;
  /** An emoji; empty where it was taken back. */
  sign: string;
  sender: string;
  /** Seconds. */
  t: number | null;
}

/** Reads a reaction; null where it is none. */
export function readReaction(given: unknown): PageReaction | null {
  const parsed = reaction.safeParse(given);
  const on = parsed.success ? readKey(parsed.data.msgId) : null;
  if (!parsed.success || !on) return null;
  const { id, reaction: sign, senderId: sender, timestamp: t } = parsed.data;
  return { on, own: readKey(id)?.fromMe ?? false, sign, sender, t };
}

const call = z.object({
  id: z.string().min(1),
  from: wid,
  timestamp: number,
  isVideo: flag,
  isGroup: flag,
  fromMe: flag,
});
export type PageCall = z.infer<typeof call>;

/** Reads a call; null where it is none. */
export const readCall = (given: unknown): PageCall | null => call.safeParse(given).data ?? null;

const vote = z.object({
  voter: wid,
  selectedOptions: z.array(option).catch([]),
  interractedAtTs: number,
  parentMsgKey: z.unknown().optional(),
  parentMessage: z.unknown().optional(),
});

export interface PageVote {
  on: MessageKey;
  voter: string;
  poll: string;
  chosen: string[];
  atMs: number | null;
}

/** Reads an answer to a poll; null where it is none. */
export function readVote(given: unknown): PageVote | null {
  const parsed = vote.safeParse(given);
  const on = parsed.success ? readKey(parsed.data.parentMsgKey) : null;
  if (!parsed.success || !on) return null;
  const { voter, selectedOptions, interractedAtTs: atMs, parentMessage } = parsed.data;
  const poll = readMessage(parentMessage)?.pollName ?? '';
  return { on, voter, poll, chosen: selectedOptions.map(({ name }) => name), atMs };
}

const chat = z.object({ id: wid, timestamp: number, unreadCount: z.number().catch(0), isGroup: flag });
export type PageChat = z.infer<typeof chat>;

/** Reads a chat; null where it is none. */
export const readChat = (given: unknown): PageChat | null => {
  const found = chat.safeParse(given).data;
  return found?.id ? found : null;
};
