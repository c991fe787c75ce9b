import type { OutboundMessage } from '../../../src/channel/outbound.ts';
import type { EmailSettings } from '../settings.ts';
import { idDomainOf, messageIdOf } from './message-id.ts';
import { replyAddress } from './reply-token.ts';

/** What the head of a letter is made with, besides the message. */
export interface Sender {
  settings: EmailSettings;
  /** The name beside the address, in the letter's language. */
  name: string;
  loopMark: string;
  replySecret: Buffer;
}

export interface NamedAddress {
  name: string;
  address: string;
}

/** The head of a letter, still in words. */
export interface LetterHead {
  from: NamedAddress;
  to: NamedAddress;
  cc: NamedAddress[];
  replyTo: NamedAddress;
  subject: string;
  date: Date;
  messageId: string;
  inReplyTo?: string;
  references?: string[];
  headers: Record<string, string>;
}

const mostReferences = 20;
/** Only what is safe to repeat in a header: an external id may be anything that a stranger wrote. */
const messageIdShape = /^<[!-;=?-~]{1,900}>$/;
const isMessageId = (id: string | null): id is string => id !== null && messageIdShape.test(id);

/** The first and the last of a long exchange (channel-facts: at most about 20), each once. */
function referencesOf(ids: readonly string[], inReplyTo: string | null): string[] {
  const known = [...ids, inReplyTo].filter(isMessageId);
  const each = known.filter((id, index) => known.lastIndexOf(id) === index);
  return each.length <= mostReferences ? each : [...each.slice(0, 1), ...each.slice(1 - mostReferences)];
}

/** RFC 3834 section 5, and what Exchange and older robots look at. */
const automaticHeaders = (answers: boolean, loopMark: string): Record<string, string> => ({
  'Auto-Submitted': answers ? 'auto-replied' : 'auto-generated',
  'X-Auto-Response-Suppress': 'All',
  Precedence: 'auto_reply',
  'X-Wasl-Loop': loopMark,
});

const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

const dateOf = (at: string): Date => {
  const date = new Date(at);
  date.setUTCMilliseconds(0);
  return date;
};

/** Who gets a copy (IN-17): never the person themself, never an own address, nobody twice; of what is for one alone nobody. */
export function copiesOf(
  { copyTo, address, aliases }: EmailSettings,
  { address: person, letter }: Pick<OutboundMessage, 'address' | 'letter'>,
): string[] {
  if (letter?.alone) return [];
  const left = [address, ...aliases, person.toLowerCase()];
  return [...new Set(copyTo)].filter((copy) => !left.includes(copy));
}

/** The head of the letter that a message becomes. */
export function letterHead(message: OutboundMessage, { settings, name, loopMark, replySecret }: Sender): LetterHead {
  const { letter, address, automated } = message;
  const answered = letter?.inReplyTo ?? null;
  const references = referencesOf(letter?.references ?? [], answered);
  const ownName = oneLine(name);
  const replyTo = settings.replyToken
    ? replyAddress(replySecret, settings.address, message.conversationKey)
    : settings.address;
  return {
    from: { name: ownName, address: settings.address },
    to: { name: '', address },
    cc: copiesOf(settings, message).map((copy) => ({ name: '', address: copy })),
    replyTo: { name: ownName, address: replyTo },
    subject: oneLine(letter?.subject ?? ''),
    date: dateOf(message.at),
    messageId: messageIdOf(message.id, idDomainOf(settings.address)),
    ...(isMessageId(answered) ? { inReplyTo: answered } : {}),
    ...(references.length > 0 ? { references } : {}),
    headers: automated ? automaticHeaders(answered !== null, loopMark) : {},
  };
}
