import { z } from 'zod';
import { SendError } from '../../../src/channel/send-error.ts';
import type { SmsSettings } from '../settings.ts';
import type { Answer, Ask, Question } from './ask.ts';
import { LostAnswer, type Meaning, type Provider, Refusal, type Sms, type Taken } from './provider.ts';
import { common, failureOf } from './refuse.ts';
import { unsignedPosts } from './reports.ts';

const title = 'Unifonic';

/** Pages "Understanding reasons of SMS non-delivery" (ER-01 to ER-10) and "HTTP Status Codes", by number. */
const meanings: Readonly<Record<number, Meaning>> = {
  1: common.balance(title),
  2: common.number,
  3: common.number,
  4: common.number,
  5: common.route,
  6: common.text,
  7: common.filtered,
  8: common.sender(title),
  9: common.duplicate,
  10: common.text,
  401: common.credentials(title),
  402: common.credentials(title),
  403: common.credentials(title),
  406: common.text,
  409: common.duplicate,
  410: common.number,
  421: common.text,
  422: common.number,
  429: common.busy(title),
  449: common.text,
  459: common.credentials(title),
  480: common.sender(title),
};

/** `ER-09` or a bare number. */
const numberIn = (code: string): number => Number(/^(?:ER-)?(\d{1,3})$/i.exec(code.trim())?.[1] ?? Number.NaN);
/** What a code in a report means. */
export const meaningOf = (code: string): Meaning | undefined => meanings[numberIn(code)];

const isDuplicate = (error: unknown): boolean =>
  error instanceof Refusal && [9, 409].includes(numberIn(error.providerCode ?? ''));

const isAtHome = (to: string): boolean => to.startsWith('966');

/** ER-01 says either of two things: abroad it may be the country alone, so what goes there waits and nobody else does. */
function ofOneCountry(error: unknown): unknown {
  if (!(error instanceof Refusal) || error.alarm !== 'no-balance') return error;
  const more = error.providerCode === undefined ? {} : { providerCode: error.providerCode };
  return new SendError('unreachable', error.message, { ...more, retryAfterMs: 3_600_000, cause: error });
}

const text = z.union([z.string(), z.number()]).transform(String);
const amount = z.coerce.number().nonnegative().nullable().catch(null);

/** Both forms that the pages show: the whole, and one of two fields with `"success": "true"`. */
const answer = z.object({
  success: z.union([z.boolean(), z.string()]).transform((value) => String(value) === 'true'),
  errorCode: text.catch(''),
  data: z
    .object({
      MessageID: text.optional().catch(undefined),
      NumberOfUnits: amount.optional(),
      Cost: amount.optional(),
      CurrencyCode: z.string().length(3).optional().catch(undefined),
    })
    .nullable()
    .catch(null),
});

/** Within the Kingdom a message has a class: notices on somebody's own request, and codes, are service messages. */
const service = '3';

/** The request for a message; `ref` comes back as CorrelationID, by which the provider knows a repeat. */
export function requestOf({ baseUrl, token, sender }: SmsSettings, { to, text: body, ref }: Sms): Question {
  const fields: Record<string, string> = {
    AppSid: token,
    SenderID: sender,
    Recipient: to,
    Body: body,
    responseType: 'JSON',
    CorrelationID: ref,
    ...(isAtHome(to) ? { MessageType: service } : {}),
  };
  return {
    method: 'POST',
    url: `${baseUrl}/rest/SMS/messages`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(fields).toString(),
  };
}

/** What the provider answered: that it took the message, or a `SendError`. */
export function takenOf(given: Answer): Taken {
  const read = answer.safeParse(given.body);
  const { success, errorCode = '', data } = read.data ?? {};
  if (given.status < 300 && success && data?.MessageID) {
    const { NumberOfUnits: units, Cost: cost, CurrencyCode: currency } = data;
    const told = { units: Math.round(units ?? 0), amount: cost ?? null, currency: currency ?? null };
    return { externalId: data.MessageID, status: 'accepted', cost: cost == null && units == null ? null : told };
  }
  if (given.status < 300 && (!read.success || success)) throw new LostAnswer(title);
  const code = errorCode || String(given.status);
  const unknown: Meaning = { code: 'rejected', says: `${title} refused the message and did not say why.` };
  throw failureOf(title, given, meaningOf(code) ?? (given.status < 300 ? unknown : undefined), code);
}

/** Unifonic's interface for text messages (docs.unifonic.com, "Sending Your First SMS via Unifonic API"). */
export function createUnifonic(settings: SmsSettings, ask: Ask): Provider {
  const send: Provider['send'] = async (sms, signal) => {
    try {
      return takenOf(await ask(requestOf(settings, sms), signal));
    } catch (error) {
      throw isAtHome(sms.to) ? error : ofOneCountry(error);
    }
  };
  return {
    title,
    send,
    // the repeat is refused for a while by its CorrelationID and by its words: then the first one was taken
    resend: (sms, _since, signal) =>
      send(sms, signal).catch((error: unknown) => {
        if (!isDuplicate(error)) throw error;
        return { externalId: sms.ref, status: 'accepted', cost: null };
      }),
    balance: null,
    posts: unsignedPosts(settings.webhookToken, meaningOf),
  };
}
