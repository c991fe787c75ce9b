import { z } from 'zod';
import type { KindSettings } from '../../src/channel/kind.ts';
import { serviceAddress } from '../../src/channel/service-address.ts';
import { faultOf, type Prices, pricesOf } from './prices.ts';

/** One account at X, ready to be opened. */
export interface XSettings {
  appKey: string;
  appSecret: string;
  accessToken: string;
  accessSecret: string;
  /** Of the app itself; null: it is asked for with the key and secret where it is needed. */
  bearerToken: string | null;
  /** Without a slash at the end. */
  baseUrl: string;
  pollSeconds: number;
  /** By which of X's interfaces events are posted to us besides the polling. */
  webhook: 'none' | 'activity' | 'account-activity';
  publicReply: 'once' | 'never';
  publicLinks: boolean;
  /** The account may write long posts. */
  longPosts: boolean;
  /** US dollars; null: counted without a limit. */
  monthlyBudget: number | null;
  prices: Prices;
}

const oneWord = z.string().regex(/^[\x21-\x7e]+$/, 'must be one word without blanks');

const yesOrNo = z.enum(['true', 'false'], { error: 'must be true or false' });

const address = serviceAddress('must be an address such as https://api.x.com', 'everything is read and written');

const pollRule = 'must be a whole number of seconds from 1 to 3600';
const budgetRule = 'must be a number of US dollars above 0, such as 50';

const shape = {
  APP_KEY: oneWord.describe("The API key of the app at X (console.x.com > Apps > Keys and tokens), 'consumer key'."),
  APP_SECRET: oneWord.describe('Its secret, by which the posts of X to Wasl are also known to be genuine.'),
  ACCESS_TOKEN: oneWord.describe(
    'The access token of the account itself, made after the app was given the right to read, write and send direct messages.',
  ),
  ACCESS_SECRET: oneWord.describe('The secret of that access token.'),
  BEARER_TOKEN: oneWord
    .optional()
    .describe('The bearer token of the app, for the webhook only; without it Wasl asks X for one.'),
  BASE_URL: address
    .default('https://api.x.com')
    .describe('The address of the interface of X; another one only for tests.'),
  POLL_SECONDS: z.coerce
    .number({ error: pollRule })
    .refine((n) => Number.isInteger(n) && n >= 1 && n <= 3600, pollRule)
    .default(60)
    .describe(
      'Every so many seconds mentions are asked for; slower where X allows less, and near the end of the budget.',
    ),
  WEBHOOK: z
    .enum(['none', 'activity', 'account-activity'], { error: 'must be none, activity or account-activity' })
    .default('none')
    .describe(
      'activity: X also posts events as they happen (X Activity API) and Wasl sets that up; account-activity: by the older interface, where X still gives it; none: polling only.',
    ),
  PUBLIC_REPLY: z
    .enum(['once', 'never'], { error: 'must be once or never' })
    .default('once')
    .describe(
      'once: the assistant answers a public post once in a matter, briefly; never: only agents answer in public.',
    ),
  PUBLIC_LINKS: yesOrNo
    .default('false')
    .describe(
      'true: the assistant may put links into public posts, each of which X bills at 0.20 instead of 0.01 dollars.',
    ),
  LONG_POSTS: yesOrNo
    .default('false')
    .describe('true where the account has X Premium and may write posts of up to 25,000 characters.'),
  MONTHLY_BUDGET_USD: z.coerce
    .number({ error: budgetRule })
    .refine((n) => Number.isFinite(n) && n > 0, budgetRule)
    .optional()
    .describe(
      'What may be spent at X in a month (UTC), in US dollars: then everything stops; empty: counted without a limit.',
    ),
  PRICES: z
    .string()
    .superRefine((value, context) => {
      const message = faultOf(value);
      if (message !== null) context.addIssue({ code: 'custom', message });
    })
    .optional()
    .describe(
      'Prices of X that differ from the usual ones, such as post-read=0.005,dm-send=0.015 (US dollars a piece).',
    ),
} as const;

type Values = z.infer<z.ZodObject<typeof shape>>;

/** What an inbox of X is set up with. */
export const xKind: KindSettings = {
  prefix: 'X',
  shape,
  secrets: ['APP_KEY', 'APP_SECRET', 'ACCESS_TOKEN', 'ACCESS_SECRET', 'BEARER_TOKEN'],
};

/** The settings of one inbox, from values that `xKind` has checked. */
export function xSettings(checked: Readonly<Record<string, unknown>>): XSettings {
  const values = checked as Values;
  return {
    appKey: values.APP_KEY,
    appSecret: values.APP_SECRET,
    accessToken: values.ACCESS_TOKEN,
    accessSecret: values.ACCESS_SECRET,
    bearerToken: values.BEARER_TOKEN ?? null,
    baseUrl: values.BASE_URL,
    pollSeconds: values.POLL_SECONDS,
    webhook: values.WEBHOOK,
    publicReply: values.PUBLIC_REPLY,
    publicLinks: values.PUBLIC_LINKS === 'true',
    longPosts: values.LONG_POSTS === 'true',
    monthlyBudget: values.MONTHLY_BUDGET_USD ?? null,
    prices: pricesOf(values.PRICES ?? ''),
  };
}
