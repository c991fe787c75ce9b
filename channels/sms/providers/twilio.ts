import { z } from 'zod';
import type { SmsSettings } from '../settings.ts';
import type { Answer, Ask, Question } from './ask.ts';
import { type Balance, LostAnswer, type Provider, type Sms, type Taken } from './provider.ts';
import { failureOf, refusalOf } from './refuse.ts';
import { meaningOf, title } from './twilio-codes.ts';
import { twilioPosts } from './twilio-posts.ts';

const code = z.coerce.number().nullable().catch(null);
const amount = z.coerce.number().nullable().catch(null);

/** Page "Messages resource"; what a message cost is mostly known later only. */
const resource = z.object({
  sid: z.string().min(1),
  status: z.string().catch(''),
  error_code: code.optional(),
  num_segments: amount.optional(),
  price: amount.optional(),
  price_unit: z.string().length(3).nullable().optional().catch(null),
});

const refused = z.object({ code });

const messagesOf = ({ baseUrl, account }: SmsSettings): string =>
  `${baseUrl}/2010-04-01/Accounts/${account}/Messages.json`;

const headersOf = ({ account, token }: SmsSettings): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`,
  accept: 'application/json',
});

/** The request for a message. */
export function requestOf(settings: SmsSettings, { to, text, callbackUrl }: Sms): Question {
  const { sender } = settings;
  const from: Record<string, string> = sender.startsWith('MG') ? { MessagingServiceSid: sender } : { From: sender };
  const fields = { To: `+${to}`, ...from, Body: text, ...(callbackUrl ? { StatusCallback: callbackUrl } : {}) };
  return {
    method: 'POST',
    url: messagesOf(settings),
    headers: { ...headersOf(settings), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  };
}

function resultOf({ sid, num_segments: parts, price, price_unit: unit }: z.infer<typeof resource>): Taken {
  const cost = price == null ? null : { units: parts ?? 0, amount: Math.abs(price), currency: unit ?? null };
  return { externalId: sid, status: 'accepted', cost };
}

/** What the provider answered: that it took the message, or a `SendError`. */
export function takenOf(given: Answer): Taken {
  if (given.status >= 300) {
    const said = refused.safeParse(given.body).data?.code;
    throw failureOf(title, given, meaningOf(said), said ? String(said) : undefined);
  }
  const read = resource.safeParse(given.body);
  if (!read.success) throw new LostAnswer(title);
  const { status, error_code: error } = read.data;
  if (status !== 'failed' && status !== 'undelivered') return resultOf(read.data);
  const meaning = meaningOf(error) ?? { code: 'rejected', says: 'Twilio could not send the message.' };
  throw refusalOf(meaning, { providerCode: String(error ?? status) });
}

const listed = resource.extend({ body: z.string(), date_created: z.string() });
const list = z.object({ messages: z.array(z.unknown()) });

/** Its clock and ours may differ by so much. */
const slackMs = 120_000;

/** Of the messages to this number the one with this text that was made since then; null where there is none. */
export function foundIn(
  given: Answer,
  { text }: Pick<Sms, 'text'>,
  since: number,
  isOther: (sid: string) => boolean,
): Taken | null {
  const read = list.safeParse(given.body);
  if (given.status >= 300 || !read.success) throw new LostAnswer(title, { providerCode: `HTTP ${given.status}` });
  const messages = read.data.messages.flatMap((one) => listed.safeParse(one).data ?? []);
  const found = messages.find(
    ({ sid, body, date_created: madeAt }) => body === text && Date.parse(madeAt) >= since - slackMs && !isOther(sid),
  );
  return found ? resultOf(found) : null;
}

const balanceAnswer = z.object({
  balance: z.coerce.number(),
  currency: z.string().length(3).optional().catch(undefined),
});

function balanceOf(given: Answer): Balance {
  const read = balanceAnswer.safeParse(given.body);
  if (given.status < 300 && read.success) return { left: read.data.balance, currency: read.data.currency ?? null };
  const said = refused.safeParse(given.body).data?.code;
  throw failureOf(title, given, meaningOf(said), said ? String(said) : undefined);
}

/** So many ids of messages are known to be of other sendings. */
const remembered = 1000;

/** Twilio's Messages interface (twilio.com/docs/messaging/api/message-resource). */
export function createTwilio(settings: SmsSettings, ask: Ask, publicUrl: string): Provider {
  const { baseUrl, account } = settings;
  const known = new Map<string, string>();
  const note = (sms: Sms, taken: Taken): Taken => {
    known.set(taken.externalId, sms.ref);
    const oldest = known.size > remembered ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    return taken;
  };
  const get = (url: string): Question => ({ method: 'GET', url, headers: headersOf(settings) });
  const send: Provider['send'] = async (sms, signal) => note(sms, takenOf(await ask(requestOf(settings, sms), signal)));
  return {
    title,
    send,
    async resend(sms, since, signal) {
      const query = new URLSearchParams({ To: `+${sms.to}`, PageSize: '50' });
      const answer = await ask(get(`${messagesOf(settings)}?${query}`), signal);
      const isOther = (sid: string): boolean => (known.get(sid) ?? sms.ref) !== sms.ref;
      const found = foundIn(answer, sms, since, isOther);
      return found ? note(sms, found) : send(sms, signal);
    },
    balance: async (signal) =>
      balanceOf(await ask(get(`${baseUrl}/2010-04-01/Accounts/${account}/Balance.json`), signal)),
    posts: twilioPosts(settings, publicUrl),
  };
}
