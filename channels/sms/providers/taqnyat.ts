import { z } from 'zod';
import type { SmsSettings } from '../settings.ts';
import type { Answer, Ask, Question } from './ask.ts';
import { type Balance, LostAnswer, type Meaning, type Provider, type Sms, type Taken } from './provider.ts';
import { common, failureOf, refusalOf } from './refuse.ts';
import { unsignedPosts } from './reports.ts';

const title = 'Taqnyat';

/** It says in a sentence what is wrong, and the sentences are not always written alike; the first that fits counts. */
const sentences: readonly [RegExp, Meaning][] = [
  [/countr/i, common.route],
  [/balance|credit/i, common.balance(title)],
  [/sender/i, common.sender(title)],
  [/mobile|recipient|number/i, common.number],
  [/body|message/i, common.text],
  [/stopped|blocked|filter/i, common.filtered],
  [/try again|not responding/i, common.down(title)],
  [/\bip\b|auth|token|api ?key|disabled/i, common.credentials(title)],
];

const sentenceOf = (message: string): Meaning | undefined => sentences.find(([words]) => words.test(message))?.[1];

const text = z.union([z.string(), z.number()]).transform(String);
const amount = z.coerce.number().nonnegative().nullable().catch(null);

const answer = z.object({
  statusCode: z.coerce.number().optional().catch(undefined),
  message: z.string().catch(''),
  messageId: text.optional().catch(undefined),
  cost: amount.optional(),
  currency: z.string().length(3).optional().catch(undefined),
  totalCount: amount.optional(),
  msgLength: amount.optional(),
  rejected: z
    .union([z.string(), z.array(text)])
    .transform(String)
    .catch(''),
});

const headersOf = ({ token }: SmsSettings): Record<string, string> => ({
  authorization: `Bearer ${token}`,
  accept: 'application/json',
});

/** The request for a message. It has no place for an id of ours. */
export function requestOf(settings: SmsSettings, { to, text: body }: Sms): Question {
  return {
    method: 'POST',
    url: `${settings.baseUrl}/v1/messages`,
    headers: { ...headersOf(settings), 'content-type': 'application/json' },
    body: JSON.stringify({ recipients: [to], body, sender: settings.sender }),
  };
}

type Read = z.infer<typeof answer>;

/** A 201 may reject the one number. */
function readTaken({ messageId, cost, currency, msgLength, rejected, totalCount }: Read): Taken {
  if (/\d/.test(rejected) || totalCount === 0) throw refusalOf(common.number, { providerCode: 'rejected' });
  if (messageId === undefined) throw new LostAnswer(title);
  const told = { units: Math.round(msgLength ?? 0), amount: cost ?? null, currency: currency ?? null };
  return { externalId: messageId, status: 'accepted', cost: cost == null ? null : told };
}

/** A token that is not right is told by the status, whatever the sentence says. */
const toldByStatus: ReadonlySet<number> = new Set([401, 403, 429]);

const failed = (given: Answer, message: string): Error =>
  failureOf(title, given, toldByStatus.has(given.status) ? undefined : sentenceOf(message));

/** What the provider answered: that it took the message, or a `SendError`. */
export function takenOf(given: Answer): Taken {
  const read = answer.safeParse(given.body).data;
  if (given.status >= 300) throw failed(given, read?.message ?? '');
  if (!read) throw new LostAnswer(title);
  const { statusCode = given.status } = read;
  if (statusCode >= 300) throw failed({ ...given, status: statusCode }, read.message);
  return readTaken(read);
}

const balanceAnswer = z.object({
  balance: z.coerce.number(),
  currency: z.string().length(3).optional().catch(undefined),
});

/** What is left in the account. */
export function balanceOf(given: Answer): Balance {
  const read = balanceAnswer.safeParse(given.body);
  if (given.status < 300 && read.success) return { left: read.data.balance, currency: read.data.currency ?? null };
  throw failed(given, answer.safeParse(given.body).data?.message ?? '');
}

/** Taqnyat's interface for text messages (dev.taqnyat.sa, "SMS"). */
export function createTaqnyat(settings: SmsSettings, ask: Ask): Provider {
  const balance: Question = { method: 'GET', url: `${settings.baseUrl}/account/balance`, headers: headersOf(settings) };
  return {
    title,
    send: async (sms, signal) => takenOf(await ask(requestOf(settings, sms), signal)),
    // nothing of ours goes with a message and none can be looked up: whether it was taken cannot be known
    resend: null,
    balance: async (signal) => balanceOf(await ask(balance, signal)),
    posts: unsignedPosts(settings.webhookToken, () => undefined),
  };
}
