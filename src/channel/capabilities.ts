import type { DeliveryStatus } from './inbound.ts';

/** How a medium shows choices: its own buttons up to a number, a numbered list in the text, or not at all. */
export type QuickReplySupport =
  | { as: 'native'; max: number; titleLength: number }
  | { as: 'numbered-list' }
  | { as: 'none' };

/** How fast an account may send before its provider refuses or the account is in danger. */
export interface Pace {
  /** Sendings of the whole inbox in a second; below 1 for one that is to look like a person. */
  perSecond: number;
  /** Up to so many ms more between two sendings, by chance. */
  jitterMs: number;
  /** To one person: one sending in `everyMs`, and up to `burst` at once that are made up for afterwards. */
  person: { everyMs: number; burst: number } | null;
  /** How many people who have not written in the last day may be written to in a day; null for no limit of ours. */
  startsPerDay: number | null;
}

/**
 * What is said where everybody reads it, in a channel that has public conversations beside private ones. All else that the
 * channel can do in private it cannot do there.
 */
export interface InPublic {
  /** Longest text of one message, as `Channel.measure` counts it. */
  maxLength: number;
  attachments: Capabilities['attachments'];
  /** The assistant answers one post of a person in a matter, or none. */
  assistant: 'once' | 'never';
  /** Links may stand in what the assistant says. */
  links: boolean;
}

/** What a channel can do, as data with degrees; the core owns every fallback. */
export interface Capabilities {
  /** `maxLength` as `Channel.measure` counts it: without one, in UTF-16 units. */
  text: { maxLength: number; format: 'plain' | 'html' | 'markdown' | 'whatsapp' };
  /** One chat line at a time, or one letter that holds everything. */
  form: 'chat' | 'letter';
  attachments: { maxBytes: number; maxCount: number; types: readonly string[] } | null;
  quickReplies: QuickReplySupport;
  /** The highest rung of the delivery ladder that this medium can tell. */
  receipts: DeliveryStatus;
  typing: boolean;
  markRead: boolean;
  fetchAttachment: boolean;
  visibility: 'private' | 'public';
  /** Where the channel has public conversations beside private ones; null where all are of its one `visibility`. */
  inPublic: InPublic | null;
  /** Each message costs money: it is written to where no free way leads, in the brief form of a text. */
  paid: boolean;
  /** May we write first? */
  canStart: boolean;
  /** Hours after the person's last message in which free text is allowed; null where there is no such limit. */
  replyWindowHours: number | null;
  /** How long to wait for more of the same turn after a fragment or media without words, in ms (EX-03). */
  turnWindowMs: number;
  /** How long a short line waits for further ones, where people write in bursts of them, in ms (EX-03). */
  burstMs: number;
  /** Approved templates may be sent at any time, also outside the reply window (`Channel.templates`). */
  templates: boolean;
  /** Addresses are phone numbers: whoever has a number can be reached (`Channel.addressOf`). */
  phones: boolean;
  pace: Pace | null;
  /**
   * Sayings of one turn are joined into messages of up to so many characters, where each message to a person counts; null:
   * each is a message of its own.
   */
  joinUpTo: number | null;
  /** How many sendings may be on their way at a time, over all conversations; null where there is no limit. */
  sendsAtOnce: number | null;
}

/** Everybody reads it: nothing is asked, shown or offered there, and no two things are said at once. */
const publicly = ({ maxLength, attachments }: InPublic): Partial<Capabilities> => ({
  visibility: 'public',
  text: { maxLength, format: 'plain' },
  attachments,
  quickReplies: { as: 'none' },
  receipts: 'sent',
  typing: false,
  markRead: false,
  canStart: false,
  replyWindowHours: null,
  turnWindowMs: 0,
  burstMs: 0,
  templates: false,
  phones: false,
  joinUpTo: null,
});

/** What a channel can do in a conversation of this visibility. */
export function capabilitiesIn(
  capabilities: Capabilities,
  { visibility }: Pick<Capabilities, 'visibility'>,
): Capabilities {
  const { inPublic } = capabilities;
  return visibility === 'public' && inPublic ? { ...capabilities, ...publicly(inPublic) } : capabilities;
}

/** The form in which texts are said: the brief one where each message costs, or everybody reads it. */
export const formIn = ({ form, paid, visibility, inPublic }: Capabilities): 'chat' | 'letter' | 'brief' =>
  paid || (visibility === 'public' && inPublic) ? 'brief' : form;
