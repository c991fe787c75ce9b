import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { newDigits } from './ids.ts';
import type { Answer, Desk, ProviderModel, Refusal, Report, SentSms } from './model.ts';
import { numberFault } from './numbers.ts';
import { serveReading, serveSending } from './serving.ts';

export interface TaqnyatOptions {
  retryDelaysMs?: readonly number[];
}

// Page "SMS" of dev.taqnyat.sa. `smsId` is in its PHP client, `deleteId` and `scheduledDatetime` on the page.
const request = z.strictObject({
  recipients: z.array(z.union([z.string(), z.int().transform(String)])),
  body: z.string(),
  sender: z.string(),
  scheduledDatetime: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/)
    .optional(),
  deleteId: z.int().optional(),
  smsId: z.union([z.string(), z.int().transform(String)]).optional(),
});

const refusal = (message: string, status = 400): Answer => ({
  status,
  code: status,
  body: { statusCode: status, message },
});

// The sentences are the page's, its misspellings among them. Assumed: which of them answers to an empty text.
const refusals: Record<Refusal, Answer> = {
  auth: refusal('Authentication failed', 401),
  // Not documented: how often one may ask is known of a connector only (100 calls in 60 seconds).
  rate: refusal('Too many requests', 429),
  balance: refusal('Your balance is not enough'),
  number: refusal('Mobile(s) number(s) is not specified or incorrect'),
  'too-long': refusal('Mobile(s) number(s) is not specified or incorrect'),
  'too-short': refusal('Mobile(s) number(s) is not specified or incorrect'),
  route: refusal('this country Not authorized to using the API'),
  sender: refusal('Sender Name not active .'),
  body: refusal('Message body is not specified'),
  unverified: refusal('sending by API is disabled'),
  // Not documented: it says nothing of repeats, filters and numbers that want no more.
  duplicate: refusal('Sending SMS stopped from support'),
  filtered: refusal('Sending SMS stopped from support'),
  'opted-out': refusal('Sending SMS stopped from support'),
};

/** Lists of numbers as Taqnyat writes them: text in brackets, a comma behind each. */
const listed = (numbers: readonly string[]): string => `[${numbers.map((one) => `${one},`).join('')}]`;

const outcome = (taken: readonly SentSms[], rejected: readonly string[], currency: string): Answer => ({
  status: 201,
  code: 201,
  body: {
    statusCode: 201,
    ...(taken[0] ? { messageId: Number(taken[0].id) } : {}),
    cost: Math.round(taken.reduce((sum, { cost }) => sum + cost, 0) * 1e5) / 1e5,
    currency,
    totalCount: taken.length,
    msgLength: taken[0]?.segments ?? 0,
    accepted: listed(taken.map(({ to }) => to)),
    rejected: listed(rejected),
  },
});

const isAuthorized = (desk: Desk, { headers }: Request): boolean =>
  headers.authorization === `Bearer ${desk.accounts.taqnyat.token}`;

const refuseShape = ({ issues: [issue] }: z.ZodError): Answer => {
  const name = issue?.path[0];
  if (name === 'recipients') return refusals.number;
  if (name === 'sender') return refusal('Sender Name is not accepted');
  return name === 'body' ? refusals.body : refusal('Wrong parameter');
};

/** Assumed from published clients: a number that no text message reaches is rejected within a 201. */
const send =
  (desk: Desk) =>
  (asked: Request): Answer => {
    if (!isAuthorized(desk, asked)) return refusals.auth;
    const parsed = request.safeParse(asked.body ?? {});
    if (!parsed.success) return refuseShape(parsed.error);
    const { recipients, body, sender, smsId } = parsed.data;
    const { sender: own, currency } = desk.accounts.taqnyat;
    if (recipients.length === 0 || recipients.some((one) => !/^[1-9]\d+$/.test(one))) return refusals.number;
    if (recipients.length > 1000) return refusal('The number of recipients is greater than 1000');
    if (body.trim() === '') return refusals.body;
    if (sender !== own) return refusals.sender;
    const rejected = recipients.filter((one) => numberFault(one) !== null);
    const id = newDigits(10);
    const taken: SentSms[] = [];
    for (const to of recipients.filter((one) => !rejected.includes(one))) {
      const one = desk.ledger.take({ provider: 'taqnyat', id, to, sender, text: body, correlation: smsId ?? null });
      if (typeof one === 'string') return refusals[one];
      taken.push(one);
    }
    return outcome(taken, rejected, currency);
  };

/** Page "SMS", account balance. */
const balance =
  (desk: Desk) =>
  (asked: Request): Answer => {
    if (!isAuthorized(desk, asked)) return refusals.auth;
    const { balance: left, currency } = desk.accounts.taqnyat;
    const body = {
      statusCode: 200,
      accountStatus: 'active',
      accountExpiryDate: '2030-01-01',
      balance: left.toFixed(2),
      currency,
    };
    return { status: 200, body };
  };

// Not documented for SMS: neither the fields nor the words of a report. Its page on WhatsApp has the statuses sent,
// delivered and failed, and says that callbacks are tried three times. Taken over from there, under the names of the answer
// to a message; nothing proves where a report comes from.
const words: Partial<Record<Report['status'], string>> = {
  sent: 'sent',
  delivered: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
};

/** Taqnyat's SMS API below `https://api.taqnyat.sa`. */
export function createTaqnyat(options: TaqnyatOptions = {}): ProviderModel {
  const model: ProviderModel = {
    name: 'taqnyat',
    refuse: (what) => refusals[what],
    refuseWithin: () => outcome([], ['966500000000'], 'SAR'),
    routes(desk) {
      const router = Router();
      router.post('/v1/messages', express.json(), serveSending(desk, model, send(desk)));
      router.get('/account/balance', serveReading(desk, model, balance(desk)));
      router.use(serveReading(desk, model, () => refusal('Not found', 404)));
      router.use((_error: unknown, asked: Request, response: Response, next: NextFunction) =>
        serveReading(desk, model, () => refusal('Wrong parameter'))(asked, response, next),
      );
      return router;
    },
    callback(desk, { message, status }) {
      const url = desk.webhookUrl('taqnyat');
      const word = words[status];
      if (url === null || word === undefined) return null;
      return {
        url,
        type: 'application/json',
        raw: JSON.stringify({ messageId: Number(message.id), recipient: message.to, status: word }),
        headers: {},
        retryDelaysMs: options.retryDelaysMs ?? [60_000, 300_000],
        isFinal: (answered) => answered >= 200 && answered < 300,
      };
    },
  };
  return model;
}
