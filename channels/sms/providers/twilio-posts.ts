import { createHmac } from 'node:crypto';
import type { DeliveryStatus } from '../../../src/channel/inbound.ts';
import { isSame } from '../../../src/channel/same.ts';
import type { WebhookPost } from '../../../src/channel/webhook.ts';
import type { SmsSettings } from '../settings.ts';
import { digitsOf } from './fields.ts';
import { type Incoming, maxPostBytes, type ProviderPosts, type Read, type Report } from './provider.ts';
import { meaningOf } from './twilio-codes.ts';

/** Names and values as they are signed: by name, and of equal ones each once. */
function signedOf(raw: string): string {
  const pairs = new Set([...new URLSearchParams(raw)].map((pair) => JSON.stringify(pair)));
  return [...pairs]
    .map((pair): [string, string] => JSON.parse(pair))
    .sort(([a, left], [b, right]) => (a === b ? (left < right ? -1 : 1) : a < b ? -1 : 1))
    .flat()
    .join('');
}

const defaultPorts: Record<string, string> = { 'https:': '443', 'http:': '80' };

/** An address without its port and with it: which of them is signed has changed with the years. */
function withAndWithoutPort(address: string): string[] {
  const parts = /^(https?:)\/\/([^/?#:]+|\[[^\]]+\])(?::(\d+))?(.*)$/.exec(address);
  if (!parts) return [];
  const [, scheme = '', host = '', given, rest = ''] = parts;
  const port = given ?? defaultPorts[scheme];
  return [`${scheme}//${host}${rest}`, `${scheme}//${host}:${port}${rest}`];
}

/** Where Twilio may say that it posted to: a proxy may have taken a path away from before ours. */
const addressesOf = (publicUrl: string, asked: string): string[] => {
  const origin = URL.canParse(publicUrl) ? new URL(publicUrl).origin : publicUrl;
  return [...new Set([`${publicUrl}${asked}`, `${origin}${asked}`])].flatMap(withAndWithoutPort);
};

/** Page "Webhooks security": base64 of HMAC-SHA1 over the address and the parameters in order. */
export const signatureOf = (address: string, raw: string, authToken: string): string =>
  createHmac('sha1', authToken)
    .update(address + signedOf(raw))
    .digest('base64');

/** Whether `X-Twilio-Signature` was made with the auth token for one of the addresses that are ours. */
export function isSigned({ raw, headers, url }: WebhookPost, publicUrl: string, authToken: string): boolean {
  const given = headers['x-twilio-signature'];
  if (typeof given !== 'string') return false;
  const body = raw.toString('utf8');
  return addressesOf(publicUrl, url)
    .map((address) => isSame(signatureOf(address, body, authToken), given))
    .some(Boolean);
}

const statuses: Readonly<Record<string, DeliveryStatus>> = {
  accepted: 'accepted',
  scheduled: 'accepted',
  queued: 'accepted',
  sending: 'accepted',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
};

function reportOf(form: URLSearchParams, externalId: string): Report | null {
  const status = statuses[(form.get('MessageStatus') ?? form.get('SmsStatus') ?? '').toLowerCase()];
  if (!status) return null;
  const to = digitsOf(form.get('To') ?? undefined);
  const about: Report = { externalId, status, ...(to ? { to } : {}) };
  if (status !== 'failed') return about;
  const meaning = meaningOf(form.get('ErrorCode'));
  const reason = meaning?.says ?? 'The network could not deliver the message.';
  return { ...about, code: meaning?.code ?? 'rejected', reason };
}

/** Page "Advanced Opt-Out": what Twilio obeys and answers itself where no words of one's own are set. */
const stops = new Set(['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout']);
const starts = new Set(['start', 'unstop']);
const helps = new Set(['help', 'info']);

/** By what Twilio says that it did, else by the word alone. */
function keywordOf(form: URLSearchParams): 'STOP' | 'START' | 'HELP' | null {
  const told = form.get('OptOutType')?.toUpperCase();
  if (told === 'STOP' || told === 'START' || told === 'HELP') return told;
  const word = (form.get('Body') ?? '').trim().toLowerCase();
  if (stops.has(word)) return 'STOP';
  if (starts.has(word)) return 'START';
  return helps.has(word) ? 'HELP' : null;
}

/** A short number is one too, though nobody can be called by it. */
const senderOf = (number: string | null): string | null => /^\+?(\d{3,15})$/.exec(number?.trim() ?? '')?.[1] ?? null;

function incomingOf(form: URLSearchParams, externalId: string): Incoming | null {
  const from = senderOf(form.get('From'));
  if (from === null) return null;
  const keyword = keywordOf(form);
  return {
    externalId,
    from,
    text: form.get('Body') ?? '',
    hasFiles: Number(form.get('NumMedia') ?? 0) > 0,
    optOut: keyword === 'STOP' ? true : keyword === 'START' ? false : null,
    isAnswered: keyword !== null,
  };
}

const nothing = (odd: string): Read => ({ reports: [], incoming: [], odd: [odd] });

/** A report has a status that is none of an incoming message's. */
const isIncoming = (form: URLSearchParams): boolean =>
  !form.has('MessageStatus') && form.has('Body') && /^(received|receiving)?$/.test(form.get('SmsStatus') ?? '');

/** What a post of Twilio's says: always one thing. */
export function readPost(raw: string): Read {
  const form = new URLSearchParams(raw);
  const externalId = form.get('MessageSid') ?? form.get('SmsSid') ?? '';
  if (!/^[\w-]{1,64}$/.test(externalId)) return nothing('no-id');
  if (isIncoming(form)) {
    const incoming = incomingOf(form, externalId);
    return incoming ? { reports: [], incoming: [incoming], odd: [] } : nothing('no-sender');
  }
  const report = reportOf(form, externalId);
  return report ? { reports: [report], incoming: [], odd: [] } : nothing('unknown-status');
}

/** By what name an inbox is spoken of: its number or name, or its Messaging Service. */
function subjectOf(form: URLSearchParams, sender: string): string | null {
  if (sender.startsWith('MG')) return form.get('MessagingServiceSid');
  return form.get(isIncoming(form) ? 'To' : 'From');
}

/** The posts of Twilio for one sender; genuine where the account's token signed them. */
export function twilioPosts(
  { token, sender }: Pick<SmsSettings, 'token' | 'sender'>,
  publicUrl: string,
): ProviderPosts {
  return {
    isOpen: false,
    maxBytes: maxPostBytes,
    isGenuine: (post) => isSigned(post, publicUrl, token),
    about(raw) {
      const subject = subjectOf(new URLSearchParams(raw), sender);
      const isMine = subject === null || subject === sender;
      return { mine: isMine, strangers: isMine ? [] : [`sender ${subject}`] };
    },
    read: readPost,
  };
}
