import { z } from 'zod';
import type { KindSettings } from '../../src/channel/kind.ts';
import { serviceAddress } from '../../src/channel/service-address.ts';

export const providerNames = ['unifonic', 'taqnyat', 'twilio', 'log'] as const;
export type ProviderName = (typeof providerNames)[number];

/** One sender at a provider, ready to be opened. */
export interface SmsSettings {
  provider: ProviderName;
  /** Without a slash at the end. */
  baseUrl: string;
  /** Twilio's AccountSid; empty for the others. */
  account: string;
  token: string;
  /** A registered name, a number with its plus, or a Messaging Service of Twilio's. */
  sender: string;
  /** Of one segment, where the provider does not tell what it cost; null: unknown. */
  price: number | null;
  currency: string;
  /** A word in the address to which reports are posted; null: none. */
  webhookToken: string | null;
  perSecond: number;
}

const address = serviceAddress('must be an address such as https://api.example.org', 'the token is sent');

const word = (error: string) => z.string().regex(/^[\x21-\x7e]+$/, error);
const oneWord = 'must be one word without blanks';

const priceRule = 'must be a number such as 0.08';
const paceRule = 'must be a number above 0 and at most 1000';

const shape = {
  PROVIDER: z
    .enum(providerNames, { error: 'must be unifonic, taqnyat, twilio or log' })
    .describe('Who sends the text messages: unifonic, taqnyat, twilio, or log to write them to the log only.'),
  BASE_URL: address.optional().describe("The address of the provider's interface; another one only for tests."),
  ACCOUNT: word(oneWord).optional().describe('The AccountSid of Twilio; the other providers have none.'),
  TOKEN: word(oneWord)
    .optional()
    .describe('The AppSid of Unifonic, the bearer token of Taqnyat, or the auth token of Twilio.'),
  SENDER: z
    .string()
    .max(40)
    .optional()
    .describe(
      'The registered sender name, at most 11 Latin letters and digits; for Twilio also a number (+966…) or a Messaging Service (MG…).',
    ),
  PRICE: z.coerce
    .number({ error: priceRule })
    .nonnegative(priceRule)
    .optional()
    .describe('What one segment costs, for the count of what was spent where the provider does not tell.'),
  CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be three letters such as SAR')
    .default('SAR')
    .describe('The currency of that price.'),
  WEBHOOK_TOKEN: z
    .string()
    .regex(/^[\w-]{16,128}$/, 'must be 16 to 128 letters, digits, - or _')
    .optional()
    .describe('A word of your own in the report address that is entered at a provider that signs nothing (?token=…).'),
  PER_SECOND: z.coerce
    .number({ error: paceRule })
    .refine((n) => n > 0 && n <= 1000, paceRule)
    .optional()
    .describe('How many messages may be sent in a second: 10, with Taqnyat 1.6.'),
} as const;

type Values = z.infer<z.ZodObject<typeof shape>>;

const baseUrls: Record<ProviderName, string> = {
  unifonic: 'https://el.cloud.unifonic.com',
  taqnyat: 'https://api.taqnyat.sa',
  twilio: 'https://api.twilio.com',
  log: '',
};

interface Fault {
  name: string;
  message: string;
}

const senderName = /^(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9 .-]{0,10}$/;

function senderFault({ PROVIDER, SENDER }: Values): string | null {
  if (PROVIDER === 'log') return null;
  if (SENDER === undefined) return 'is missing: the sender name that is registered with the provider';
  if (senderName.test(SENDER)) return null;
  if (PROVIDER !== 'twilio')
    return 'must be a registered name of at most 11 Latin letters and digits; numbers are not let through in Saudi Arabia';
  if (/^\+[1-9]\d{6,14}$/.test(SENDER) || /^MG\w{2,62}$/.test(SENDER)) return null;
  return 'must be a name of at most 11 Latin letters and digits, a number such as +966110000000, or MG and 32 digits';
}

function accountFault({ PROVIDER, ACCOUNT }: Values): string | null {
  if (PROVIDER !== 'twilio') return null;
  if (ACCOUNT === undefined) return 'is missing: the AccountSid, which begins with AC';
  return /^AC\w{2,62}$/.test(ACCOUNT) ? null : 'must be the AccountSid, which begins with AC';
}

const tokens: Partial<Record<ProviderName, string>> = {
  unifonic: 'the AppSid of the application at Unifonic',
  taqnyat: 'the bearer token of the application at Taqnyat',
  twilio: 'the auth token of the account at Twilio',
};

const tokenFault = ({ PROVIDER, TOKEN }: Values): string | null =>
  TOKEN === undefined && tokens[PROVIDER] ? `is missing: ${tokens[PROVIDER]}` : null;

/** What each provider needs besides; the sentences say it by the provider's own names. */
function faultsOf(checked: Readonly<Record<string, unknown>>): Fault[] {
  const values = checked as Values;
  const faults = { ACCOUNT: accountFault(values), TOKEN: tokenFault(values), SENDER: senderFault(values) };
  return Object.entries(faults).flatMap(([name, message]) => (message === null ? [] : [{ name, message }]));
}

/** What an inbox of text messages is set up with. */
export const smsKind: KindSettings = {
  prefix: 'SMS',
  shape,
  secrets: ['TOKEN', 'WEBHOOK_TOKEN'],
  check: faultsOf,
};

/** Known of a connector only: 100 calls in 60 seconds. */
const taqnyatPerSecond = 1.6;

/** The settings of one inbox, from values that `smsKind` has checked. */
export function smsSettings(checked: Readonly<Record<string, unknown>>): SmsSettings {
  const values = checked as Values;
  const { PROVIDER: provider } = values;
  return {
    provider,
    baseUrl: values.BASE_URL ?? baseUrls[provider],
    account: values.ACCOUNT ?? '',
    token: values.TOKEN ?? '',
    sender: values.SENDER ?? '',
    price: values.PRICE ?? null,
    currency: values.CURRENCY,
    webhookToken: values.WEBHOOK_TOKEN ?? null,
    perSecond: values.PER_SECOND ?? (provider === 'taqnyat' ? taqnyatPerSecond : 10),
  };
}
