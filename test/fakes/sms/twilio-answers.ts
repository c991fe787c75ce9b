import type { Answer, Refusal, ReportStatus, SentSms } from './model.ts';

/** An error as Twilio's REST API answers it. Page "Twilio's errors": code, message, more_info, status. */
export const twilioError = (code: number, message: string, status = 400): Answer => ({
  status,
  code,
  body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});

/** Pages of the single errors. Where a number stands for several refusals, Twilio has one page for them. */
export const twilioRefusals: Record<Refusal, Answer> = {
  auth: twilioError(20003, 'Authenticate', 401),
  rate: twilioError(20429, 'Too Many Requests', 429),
  // Page 20005 says that a lack of funds does this. Assumed: the HTTP status.
  balance: twilioError(20005, 'Account not active', 403),
  number: twilioError(21211, "Invalid 'To' Phone Number"),
  'too-long': twilioError(21211, "Invalid 'To' Phone Number"),
  'too-short': twilioError(21211, "Invalid 'To' Phone Number"),
  route: twilioError(21614, "'To' number is not a valid mobile number"),
  sender: twilioError(
    21606,
    "The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination",
  ),
  body: twilioError(21602, 'Message body is required.'),
  // Twilio does not mind repeats; its filter is told of by 30007 afterwards, and not in the answer.
  duplicate: twilioError(30007, 'Message filtered'),
  filtered: twilioError(30007, 'Message filtered'),
  unverified: twilioError(21608, "The 'to' phone number provided is not yet verified for this account."),
  'opted-out': twilioError(21610, 'Attempt to send to unsubscribed recipient'),
};

const rfc2822 = (ms: number): string => new Date(ms).toUTCString().replace('GMT', '+0000');

const errorTexts: Record<string, string> = {
  30002: 'Account suspended',
  30003: 'Unreachable destination handset',
  30004: 'Message blocked',
  30005: 'Unknown destination handset',
  30006: 'Landline or unreachable carrier',
  30007: 'Message filtered',
  30008: 'Unknown error',
};

const begun = (message: SentSms): 'accepted' | 'queued' => (message.service === null ? 'queued' : 'accepted');

/** The Message resource: at its creation, or as it stands. */
export function messageResource(message: SentSms, account: string): Record<string, unknown> {
  const last: ReportStatus | undefined = message.reports.at(-1);
  const isSent = message.reports.some((status) => status !== 'queued' && status !== 'failed');
  const isNumbered = message.service === null || last !== undefined;
  return {
    sid: message.id,
    account_sid: account,
    api_version: '2010-04-01',
    body: message.text,
    date_created: rfc2822(message.at),
    date_sent: isSent ? rfc2822(message.at) : null,
    date_updated: rfc2822(message.at),
    direction: 'outbound-api',
    error_code: message.error === null ? null : Number(message.error),
    error_message: message.error === null ? null : (errorTexts[message.error] ?? 'Unknown error'),
    from: message.service !== null && last === undefined ? null : message.sender,
    messaging_service_sid: message.service,
    num_media: '0',
    // "For messages sent via a Messaging Service, num_segments is initially 0."
    num_segments: isNumbered ? String(message.segments) : '0',
    // Not known at creation: it is filled in when the message was sent.
    price: isSent ? `-${message.cost.toFixed(5)}` : null,
    price_unit: message.currency,
    status: last ?? begun(message),
    subresource_uris: { media: `/2010-04-01/Accounts/${account}/Messages/${message.id}/Media.json` },
    to: `+${message.to}`,
    uri: `/2010-04-01/Accounts/${account}/Messages/${message.id}.json`,
  };
}
