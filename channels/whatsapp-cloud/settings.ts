import { z } from 'zod';
import type { KindSettings } from '../../src/channel/kind.ts';
import { serviceAddress } from '../../src/channel/service-address.ts';

/** One number at the provider, ready to be opened. */
export interface CloudSettings {
  phoneNumberId: string;
  /** The business account that owns the number and the templates; null: templates cannot be used. */
  businessAccountId: string | null;
  accessToken: string;
  appSecret: string;
  verifyToken: string;
  /** With the version, without a slash at the end. */
  baseUrl: string;
  /** Hosts besides the provider's own to which the token may be shown for the sake of a file. */
  mediaHosts: string[];
  perSecond: number;
}

const id = z
  .string()
  .regex(
    /^(?!\+|00|05\d{8}$|9665\d{8}$)[\w.-]{1,64}$/,
    'must be the digits that Meta shows as the id, not a telephone number',
  );

const oneLine = z.string().regex(/^[\x21-\x7e]+$/, 'must be one word without blanks');

const printable = z.string().regex(/^[^\p{Cc}]+$/u, 'must be one line');

const address = serviceAddress(
  'must be an address with a version such as https://graph.facebook.com/v26.0',
  'the access token is sent',
);

const list = (value: string): string[] =>
  value
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter(Boolean);

const perSecondRule = 'must be a whole number from 1 to 1000';

const shape = {
  PHONE_NUMBER_ID: id.describe('The id of the number at Meta (WhatsApp > API Setup), which is not the number itself.'),
  WABA_ID: id
    .optional()
    .describe('The id of the WhatsApp business account; without it approved templates cannot be used.'),
  ACCESS_TOKEN: oneLine.describe('The token of a system user with the permission whatsapp_business_messaging.'),
  APP_SECRET: printable.describe('The secret of the app at Meta, by which its posts are known to be genuine.'),
  VERIFY_TOKEN: printable.describe('A word of your own that is typed here and at Meta when the webhook is set up.'),
  BASE_URL: address
    .default('https://graph.facebook.com/v26.0')
    .describe('The address of the Graph API with its version; another one only for tests.'),
  MEDIA_HOSTS: z
    .string()
    .default('lookaside.fbsbx.com')
    .transform(list)
    .describe('The hosts from which files are fetched with the token, separated by commas.'),
  PER_SECOND: z.coerce
    .number({ error: perSecondRule })
    .refine((n) => Number.isInteger(n) && n >= 1 && n <= 1000, perSecondRule)
    .default(80)
    .describe('How many messages the number may send in a second: 80, more where Meta has raised it.'),
} as const;

type Values = z.infer<z.ZodObject<typeof shape>>;

/** What an inbox of the Cloud API is set up with. */
export const cloudKind: KindSettings = {
  prefix: 'WHATSAPP_CLOUD',
  shape,
  secrets: ['ACCESS_TOKEN', 'APP_SECRET', 'VERIFY_TOKEN'],
};

/** The settings of one inbox, from values that `cloudKind` has checked. */
export function cloudSettings(checked: Readonly<Record<string, unknown>>): CloudSettings {
  const values = checked as Values;
  return {
    phoneNumberId: values.PHONE_NUMBER_ID,
    businessAccountId: values.WABA_ID ?? null,
    accessToken: values.ACCESS_TOKEN,
    appSecret: values.APP_SECRET,
    verifyToken: values.VERIFY_TOKEN,
    baseUrl: values.BASE_URL,
    mediaHosts: values.MEDIA_HOSTS,
    perSecond: values.PER_SECOND,
  };
}
