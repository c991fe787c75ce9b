import express, { type Request, Router } from 'express';
import { z } from 'zod';
import { newSid } from './ids.ts';
import type { Answer, Desk, ProviderModel } from './model.ts';
import { numberFault } from './numbers.ts';
import { serveReading, serveSending } from './serving.ts';
import { messageResource, twilioError, twilioRefusals } from './twilio-answers.ts';
import { statusCallback } from './twilio-callbacks.ts';

// The parameters of "Create a Message" that notices need. Twilio overlooks others; here they are refused, since a name
// that is overlooked is a mistake of the sender's.
const request = z.strictObject({
  To: z.string(),
  From: z.string().optional(),
  MessagingServiceSid: z
    .string()
    .regex(/^MG[0-9a-f]{32}$/)
    .optional(),
  Body: z.string(),
  StatusCallback: z.url({ protocol: /^https?$/ }).optional(),
  ValidityPeriod: z
    .string()
    .regex(/^\d{1,5}$/)
    .optional(),
  SmartEncoded: z.enum(['true', 'false']).optional(),
});
type MessageRequest = z.infer<typeof request>;

const shapeErrors: Record<string, Answer> = {
  To: twilioError(21604, "A 'To' phone number is required."),
  Body: twilioRefusals.body,
  StatusCallback: twilioError(21609, "The 'StatusCallback' URL is not a valid URL."),
  MessagingServiceSid: twilioError(21701, 'The Messaging Service does not exist'),
};

const refuseShape = ({ issues: [issue] }: z.ZodError): Answer => {
  if (issue?.code === 'unrecognized_keys') return twilioError(20001, `Unknown parameter ${issue.keys[0]}`);
  return shapeErrors[String(issue?.path[0] ?? '')] ?? twilioError(20001, 'Bad request parameter');
};

const isAuthorized = (desk: Desk, { headers, params }: Request): boolean => {
  const { account, token } = desk.accounts.twilio;
  const basic = Buffer.from(`${account}:${token}`).toString('base64');
  return headers.authorization === `Basic ${basic}` && params.account === account;
};

/** What Twilio has against a message, in the order in which it looks. */
const faultOf = (desk: Desk, { To, From, MessagingServiceSid, Body }: MessageRequest): Answer | null => {
  if (From === undefined && MessagingServiceSid === undefined) {
    return twilioError(21603, "A 'From' phone number is required.");
  }
  if (Body === '') return twilioRefusals.body;
  if ([...Body].length > 1600) {
    return twilioError(21617, 'The concatenated message body exceeds the 1600 character limit');
  }
  if (!/^\+[1-9]\d+$/.test(To)) return twilioRefusals.number;
  const fault = numberFault(To.slice(1));
  if (fault) return twilioRefusals[fault];
  if (From !== undefined && From !== desk.accounts.twilio.sender) return twilioRefusals.sender;
  return desk.ledger.optedOut.has(To.slice(1)) ? twilioRefusals['opted-out'] : null;
};

const send =
  (desk: Desk) =>
  (asked: Request): Answer => {
    if (!isAuthorized(desk, asked)) return twilioRefusals.auth;
    const parsed = request.safeParse(asked.body ?? {});
    if (!parsed.success) return refuseShape(parsed.error);
    const fault = faultOf(desk, parsed.data);
    if (fault) return fault;
    const { To, From, MessagingServiceSid, Body, StatusCallback } = parsed.data;
    const { account, sender } = desk.accounts.twilio;
    const taken = desk.ledger.take({
      provider: 'twilio',
      id: newSid('SM'),
      to: To.slice(1),
      sender: From ?? sender,
      text: Body,
      callbackUrl: StatusCallback ?? null,
      service: MessagingServiceSid ?? null,
    });
    if (typeof taken === 'string') return twilioRefusals[taken];
    return { status: 201, body: messageResource(taken, account) };
  };

const notFound = (path: string): Answer => twilioError(20404, `The requested resource ${path} was not found`, 404);

const look =
  (desk: Desk) =>
  (asked: Request): Answer => {
    if (!isAuthorized(desk, asked)) return twilioRefusals.auth;
    const message = desk.ledger.find(String(asked.params.sid));
    if (message?.provider !== 'twilio') return notFound(asked.path);
    return { status: 200, body: messageResource(message, desk.accounts.twilio.account) };
  };

/** Page "Balance" of Twilio. */
const balance =
  (desk: Desk) =>
  (asked: Request): Answer => {
    if (!isAuthorized(desk, asked)) return twilioRefusals.auth;
    const { account, balance: left, currency } = desk.accounts.twilio;
    return { status: 200, body: { account_sid: account, balance: String(left), currency } };
  };

/** Twilio's Messages API below `https://api.twilio.com`. */
export function createTwilio(): ProviderModel {
  const model: ProviderModel = {
    name: 'twilio',
    refuse: (what) => twilioRefusals[what],
    // Assumed: a message may be created as failed.
    refuseWithin: () => ({
      status: 201,
      code: 30008,
      body: { sid: newSid('SM'), status: 'failed', error_code: 30008, error_message: 'Unknown error', price: null },
    }),
    routes(desk) {
      const router = Router();
      const form = express.urlencoded({ extended: false });
      const messages = '/2010-04-01/Accounts/:account/Messages';
      router.post(`${messages}.json`, form, serveSending(desk, model, send(desk)));
      router.get(`${messages}/:sid.json`, serveReading(desk, model, look(desk)));
      router.get('/2010-04-01/Accounts/:account/Balance.json', serveReading(desk, model, balance(desk)));
      router.use(serveReading(desk, model, ({ path }) => notFound(path)));
      return router;
    },
    callback: statusCallback,
  };
  return model;
}
