/** What the page of the fake and its phone say to each other. Ids travel as text, whatever shape the page gives them. */

/**
 * How the page writes its ids. `$1` is WhatsApp Web since July 2026: message keys lost `_serialized`, people and chats kept it
 * (rmyndharis/OpenWA#757, wwebjs/whatsapp-web.js#201901). `$1 everywhere` is the worse page in which people and chats lose it too.
 */
export type Shape = '_serialized' | '$1' | '$1 everywhere';

export interface WireKey {
  fromMe: boolean;
  remote: string;
  id: string;
  participant?: string;
}

/** How the bytes of a message can be had. */
export type MediaState = 'there' | 'expired' | 'reuploading' | 'stuck';

export interface WireMessage {
  key: WireKey;
  /** Seconds. */
  t: number;
  type: string;
  ack: number;
  from: string;
  to: string;
  author?: string;
  media?: MediaState;
  /** `id.id` of the message that it answers. */
  quoted?: string;
  /** Every other attribute, as the page names it. */
  fields: Record<string, unknown>;
}

/** Somebody on WhatsApp (or not: `registered: false`). */
export interface WirePerson {
  /** Digits. */
  phone?: string;
  /** Digits of the hidden id. */
  lid?: string;
  name?: string;
  pushname?: string;
  registered: boolean;
  /** The page knows which hidden id the phone has, without asking first. */
  lidKnown: boolean;
  /** The page knows which phone the hidden id has. */
  phoneKnown: boolean;
}

export interface WireChat {
  id: string;
  name: string;
  /** Seconds of its newest message. */
  t: number;
  unreadCount: number;
  archive: boolean;
  /** Members of a group. */
  participants?: string[];
}

export type SocketState = 'OPENING' | 'PAIRING' | 'CONNECTED' | 'UNPAIRED' | 'UNPAIRED_IDLE' | 'CONFLICT' | 'TIMEOUT';

/** `never-synced`: connected, and no more is heard. `never-ready`: the library says `authenticated`, and no more. */
export type Trouble = 'none' | 'never-synced' | 'never-ready';

export interface Snapshot {
  me: { phone: string; lid: string; pushname: string };
  /** False where the profile of this browser is not the one that was linked. */
  linked: boolean;
  ref: string;
  idle: boolean;
  trouble: Trouble;
  chats: WireChat[];
  people: WirePerson[];
  messages: WireMessage[];
}

/** What the phone tells the page to do. */
export type Order =
  | { do: 'linked'; session: string; snapshot: Snapshot }
  | { do: 'ref'; ref: string }
  | { do: 'state'; state: SocketState }
  | { do: 'trouble'; trouble: Trouble }
  | { do: 'resync' }
  | { do: 'reload' }
  | { do: 'stall'; stalled: boolean }
  | { do: 'logout' }
  | { do: 'person'; person: WirePerson }
  | { do: 'chat'; chat: WireChat }
  | { do: 'add'; message: WireMessage; isNew: boolean }
  | { do: 'change'; id: string; set: Record<string, unknown> }
  | { do: 'remove'; id: string }
  | { do: 'react'; id: string; reaction: string; from: string; t: number }
  | { do: 'call'; id: string; from: string };

/** What the phone says to a message that the page hands over. */
export type Verdict = { ack: number } | { fails: string };

/** What the page says and asks. The last parameter takes the answer. */
export interface PageSays {
  hello: (session: string | null, answer: (snapshot: Snapshot) => void) => void;
  send: (message: WireMessage, answer: (verdict: Verdict) => void) => void;
  upload: (path: string, bytes: ArrayBuffer, answer: () => void) => void;
  download: (path: string, answer: (bytes: ArrayBuffer | null) => void) => void;
  exists: (wid: string, answer: (person: WirePerson | null) => void) => void;
  seen: (chat: string, answer: () => void) => void;
  typing: (chat: string, state: 'typing' | 'recording' | 'stop', answer: () => void) => void;
  edited: (id: string, text: string, answer: () => void) => void;
  revoked: (id: string, everyone: boolean, answer: () => void) => void;
  reacted: (id: string, reaction: string, answer: () => void) => void;
  pairing: (phone: string, answer: (code: string) => void) => void;
  refresh: () => void;
  takeover: () => void;
  loggedOut: (answer: () => void) => void;
}

export interface PhoneSays {
  order: (order: Order, done: () => void) => void;
}

/** `fromMe_remote_id[_participant]`, with `_out` behind messages to oneself, as WhatsApp writes a message key. */
export const textOfKey = ({ fromMe, remote, id, participant }: WireKey, toSelf = false): string =>
  [String(fromMe), remote, id, ...(participant ? [participant] : []), ...(toSelf ? ['out'] : [])].join('_');
