import { createHmac } from 'node:crypto';
import { newSid } from './ids.ts';
import type { Account, Callback, Desk, Report } from './model.ts';
import { countryOf } from './numbers.ts';
import { countSegments } from './segments.ts';

/**
 * The value of `X-Twilio-Signature`. Page "Webhooks security": the address as it was set, with its query, followed by each
 * parameter's name and value in the order of the names; HMAC-SHA1 with the auth token, in base64.
 */
export function twilioSignature(token: string, url: string, fields: Readonly<Record<string, string>>): string {
  const said = Object.keys(fields)
    .sort()
    .reduce((text, name) => `${text}${name}${fields[name]}`, url);
  return createHmac('sha1', token).update(said, 'utf8').digest('base64');
}

const signedPost = (url: string, fields: Record<string, string>, token: string): Callback => ({
  url,
  type: 'application/x-www-form-urlencoded; charset=utf-8',
  raw: new URLSearchParams(fields).toString(),
  headers: { 'x-twilio-signature': twilioSignature(token, url, fields), 'user-agent': 'TwilioProxy/1.1' },
  // Page "Webhooks: Connection overrides": one more attempt where no connection came about; an answer of 500 is final.
  retryDelaysMs: [0],
  isFinal: (status) => status !== 0,
});

/** `YYMMDDhhmm`, as carriers write it. */
const doneDate = (ms: number): string => new Date(ms).toISOString().slice(2, 16).replace(/[-T:]/g, '');

/** What is posted when a message changes its status. Page "Track the Message Status of Outbound Messages". */
export function statusCallback(desk: Desk, { message, status, error }: Report): Callback | null {
  // A message of its own is told of where it asks for it; one of a Messaging Service, where the service has it set.
  const url = message.callbackUrl ?? (message.service === null ? null : desk.webhookUrl('twilio'));
  if (url === null) return null;
  const { account, token } = desk.accounts.twilio;
  const isOver = status === 'delivered' || status === 'undelivered';
  const fields = {
    SmsSid: message.id,
    SmsStatus: status,
    MessageStatus: status,
    To: `+${message.to}`,
    MessageSid: message.id,
    AccountSid: account,
    From: message.sender,
    ApiVersion: '2010-04-01',
    ...(message.service === null ? {} : { MessagingServiceSid: message.service }),
    ...(error === null ? {} : { ErrorCode: error }),
    ...(isOver ? { RawDlrDoneDate: doneDate(desk.clock.now()) } : {}),
  };
  return signedPost(url, fields, token);
}

/** What somebody texts to the account's number. Digits of the sender, without plus. */
export interface Said {
  from: string;
  text: string;
}

const optOuts = new Set(['STOP', 'UNSUBSCRIBE', 'END', 'QUIT', 'STOPALL', 'REVOKE', 'OPTOUT', 'CANCEL']);
const optIns = new Set(['START', 'YES', 'UNSTOP']);
const helps = new Set(['HELP', 'INFO']);

/** A keyword alone, in any case. Page "Advanced Opt-Out". */
export const optOutTypeOf = (text: string): 'STOP' | 'START' | 'HELP' | null => {
  const word = text.trim().toUpperCase();
  if (optOuts.has(word)) return 'STOP';
  if (optIns.has(word)) return 'START';
  return helps.has(word) ? 'HELP' : null;
};

const place = (side: 'From' | 'To', country: string): Record<string, string> => ({
  [`${side}Country`]: country,
  [`${side}State`]: '',
  [`${side}City`]: '',
  [`${side}Zip`]: '',
});

/** What is posted of an incoming message, to the account's webhook. Page "Twilio's request to your incoming message Webhook URL". */
export function incomingMessage(account: Account, { from, text }: Said, url: string): Callback & { id: string } {
  const id = newSid('SM');
  const keyword = optOutTypeOf(text);
  const fields = {
    ...place('To', countryOf(account.sender.slice(1))),
    ...place('From', countryOf(from)),
    SmsMessageSid: id,
    NumMedia: '0',
    SmsSid: id,
    SmsStatus: 'received',
    Body: text,
    To: account.sender,
    NumSegments: String(countSegments(text).segments),
    MessageSid: id,
    AccountSid: account.account,
    From: `+${from}`,
    ApiVersion: '2010-04-01',
    ...(keyword === null ? {} : { OptOutType: keyword }),
  };
  return { ...signedPost(url, fields, account.token), id };
}
