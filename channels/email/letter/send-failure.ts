import { z } from 'zod';
import { SendError } from '../../../src/channel/send-error.ts';

/** What nodemailer and Node tell of a failure; all of it may be missing. */
const failure = z.object({
  code: z.string().optional().catch(undefined),
  originalCode: z.string().optional().catch(undefined),
  command: z.string().optional().catch(undefined),
  responseCode: z.number().optional().catch(undefined),
  response: z.string().optional().catch(undefined),
  timeoutType: z.string().optional().catch(undefined),
  message: z.string().catch(''),
});
type Failure = z.infer<typeof failure>;

/** Why a letter could not be sent, and whether the credentials are the reason. */
export interface SendFailure {
  error: SendError;
  badCredentials: boolean;
}

/** RFC 3463 status such as 5.2.2, where the server gives one. */
const statusOf = ({ response = '' }: Failure): string => /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})/.exec(response)?.[1] ?? '';

const providerCodeOf = (given: Failure): string | undefined =>
  [given.responseCode, statusOf(given)].filter(Boolean).join(' ') || given.originalCode || given.code;

interface Rule {
  is(given: Failure, status: string): boolean;
  code: SendError['code'];
  says: string;
  badCredentials?: boolean;
}

const isCode = (given: Failure, ...codes: readonly string[]): boolean =>
  codes.includes(given.code ?? '') || codes.includes(given.originalCode ?? '');
const within = (given: Failure, from: number, to: number): boolean =>
  given.responseCode !== undefined && given.responseCode >= from && given.responseCode <= to;
const atRecipient = ({ command = '' }: Failure): boolean => command === 'RCPT TO';

/** Servers that ask for a sign-in do so at any command. 454 and other 4xx are their own trouble, not the password's. */
const needsCredentials = (given: Failure): boolean =>
  [530, 534, 535, 538].includes(given.responseCode ?? 0) ||
  isCode(given, 'EOAUTH2', 'ENOAUTH') ||
  (isCode(given, 'EAUTH') && !within(given, 400, 499));

const largest = ['5.3.4', '5.2.3'];
const isTooLarge = (given: Failure, status: string): boolean =>
  largest.includes(status) ||
  (given.responseCode === 552 && !atRecipient(given)) ||
  (isCode(given, 'EMESSAGE') && /size larger than allowed/.test(given.message));

const stillDelivering = ({ command = '', timeoutType }: Failure): boolean =>
  command === 'DATA' || timeoutType === 'SOCKET_TIMEOUT';

/** In order: the first that fits decides. */
const rules: readonly Rule[] = [
  {
    is: (given) => isCode(given, 'EABORT', 'AbortError'),
    code: 'timed-out',
    says: 'The mail server took too long; the letter will be tried again.',
  },
  {
    is: (given) => isCode(given, 'ETLS', 'ESOCKET') && /certificate|self-signed|altnames/i.test(given.message),
    code: 'unreachable',
    says: "The mail server's certificate is not trusted: check its host name, or add its authority to NODE_EXTRA_CA_CERTS.",
  },
  {
    is: (given) => given.command === 'STARTTLS' || isCode(given, 'ETLS'),
    code: 'unreachable',
    says: 'The mail server offers no encrypted connection (STARTTLS): use smtps:// and its port, or have it offered.',
  },
  {
    is: needsCredentials,
    code: 'unreachable',
    says: 'The mail server refused the user or the password; the letter waits until they are set right.',
    badCredentials: true,
  },
  { is: isTooLarge, code: 'message-invalid', says: 'The letter with its files is larger than the mail server takes.' },
  {
    is: (given) => within(given, 500, 599) && given.command === 'MAIL FROM',
    code: 'unreachable',
    says: 'The mail server does not let us send under our address; the letter waits until it does.',
  },
  {
    is: (given, status) => atRecipient(given) && (status === '5.2.2' || given.responseCode === 552),
    code: 'rejected',
    says: 'The mailbox of the recipient is full.',
  },
  {
    is: (given) => atRecipient(given) && within(given, 500, 599),
    code: 'rejected',
    says: 'The mail server does not take mail for this address.',
  },
  {
    is: (given) => isCode(given, 'EMESSAGE') && within(given, 500, 599),
    code: 'rejected',
    says: 'The mail server refused the letter.',
  },
  {
    is: (given) => isCode(given, 'EENVELOPE') && given.responseCode === undefined,
    code: 'message-invalid',
    says: 'Mail cannot be sent to an address such as this.',
  },
  {
    is: (given) => isCode(given, 'EENVELOPE', 'EMESSAGE') && within(given, 400, 499) && given.responseCode !== 421,
    code: 'throttled',
    says: 'The mail server asks to try again later.',
  },
  {
    is: (given) => isCode(given, 'EDNS', 'ENOTFOUND'),
    code: 'unreachable',
    says: 'The name of the mail server was not found.',
  },
  {
    is: (given) => isCode(given, 'ECONNREFUSED'),
    code: 'unreachable',
    says: 'The mail server refused the connection: check its host and port.',
  },
  {
    is: (given) => isCode(given, 'ETIMEDOUT') && stillDelivering(given),
    code: 'timed-out',
    says: 'The mail server took the letter and gave no answer; it will be tried again under the same id.',
  },
  {
    is: (given) => isCode(given, 'ETIMEDOUT', 'ECONNECTION', 'ESOCKET', 'EAUTH', 'EPROTOCOL', 'EPROXY'),
    code: 'unreachable',
    says: 'The mail server gave no answer, or ended the connection.',
  },
  {
    is: (given) => within(given, 400, 499),
    code: 'unreachable',
    says: 'The mail server is not available at the moment.',
  },
];

const unknown = {
  code: 'unexpected-response',
  says: 'The letter could not be sent, for a reason that is not known; it will be tried again.',
} as const;

/** The answer of the mail server for the log, without the addresses that servers like to repeat. */
export function serverAnswer(error: unknown): string {
  const { response, message } = failure.parse(typeof error === 'object' && error !== null ? error : {});
  return (response ?? message).replace(/\S+@\S+/g, '…').slice(0, 300);
}

/** What a failure means for the letter and for the inbox; sentences hold no address and no credential. */
export function sendFailure(error: unknown): SendFailure {
  if (error instanceof SendError) return { error, badCredentials: false };
  const given = failure.parse(typeof error === 'object' && error !== null ? error : {});
  const status = statusOf(given);
  const rule = rules.find((one) => one.is(given, status));
  const { code, says } = rule ?? unknown;
  const providerCode = providerCodeOf(given);
  return {
    error: new SendError(code, says, providerCode ? { providerCode } : {}),
    badCredentials: rule?.badCredentials ?? false,
  };
}
