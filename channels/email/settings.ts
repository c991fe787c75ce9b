import { z } from 'zod';
import type { KindSettings } from '../../src/channel/kind.ts';
import { isLoopback } from './loopback.ts';

/** Where a mail server is and how one signs in. */
export interface MailServer {
  host: string;
  port: number;
  /** TLS from the first byte (imaps, smtps); else STARTTLS is demanded, except on loopback. */
  secure: boolean;
  user: string;
  /** Empty where an access token is used. */
  password: string;
}

/** Where access tokens come from (XOAUTH2): a refresh token, or the client's own credentials where there is none. */
export interface TokenSource {
  url: string;
  clientId: string;
  clientSecret: string;
  refreshToken: string | null;
  scope: string | null;
}

/** One email inbox, ready to be opened. */
export interface EmailSettings {
  imap: MailServer;
  smtp: MailServer;
  tokens: TokenSource | null;
  /** The address that people write to, in lower case. */
  address: string;
  /** Further own addresses that end in this mailbox, in lower case. */
  aliases: string[];
  name: string | null;
  copyTo: string[];
  /** Folders that are read. */
  folders: string[];
  /** Where mails go once they are stored; null: they stay and are flagged as seen. */
  handledFolder: string | null;
  /** Where what we sent is filed: a folder's name, `auto` for the server's own Sent folder, null for nowhere. */
  sentFolder: string | null;
  /** Put a token into the reply address (`care+token@…`). */
  replyToken: boolean;
  sourceDays: number;
  maxBytes: number;
  /** How old a mail may be when an inbox is read for the first time, in days; older ones are left alone. */
  firstDays: number;
}

const serverRule =
  'must be an address such as imaps://user:password@mail.example.org:993 (signs such as @ : / in the user or password percent-encoded)';

const parsed = (value: string): URL | null => (URL.canParse(value) ? new URL(value) : null);

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

function readServer(value: string, secureScheme: string, ports: { secure: number; plain: number }): MailServer | null {
  const url = parsed(value);
  const [user, password] = [decoded(url?.username ?? ''), decoded(url?.password ?? '')];
  if (!url || user === null || password === null || !url.hostname) return null;
  const secure = url.protocol === `${secureScheme}:`;
  const port = url.port === '' ? (secure ? ports.secure : ports.plain) : Number(url.port);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port, secure, user, password };
}

const server = (scheme: 'imap' | 'smtp', ports: { secure: number; plain: number }) =>
  z
    .string()
    .refine((value) => new RegExp(`^${scheme}s?://`, 'i').test(value), serverRule.replaceAll('imap', scheme))
    .transform((value, context) => {
      const read = readServer(value, `${scheme}s`, ports);
      if (read) return read;
      context.addIssue({ code: 'custom', message: serverRule.replaceAll('imap', scheme) });
      return z.NEVER;
    });

const addressRule = 'must be an email address such as care@example.org';
const address = z.email({ error: addressRule }).transform((value) => value.toLowerCase());

const list = (value: string): string[] =>
  value
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);

const addresses = z
  .string()
  .refine((value) => list(value).every((one) => z.email().safeParse(one).success), `each ${addressRule}`)
  .transform((value) => list(value).map((one) => one.toLowerCase()));

const whole = (least: number, most: number) => {
  const rule = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number({ error: rule }).refine((n) => Number.isInteger(n) && n >= least && n <= most, rule);
};

const shape = {
  IMAP_URL: server('imap', { secure: 993, plain: 143 }).describe(
    'The mailbox that is read: imaps://user:password@host:993, or imap:// for STARTTLS (unencrypted on loopback only).',
  ),
  SMTP_URL: server('smtp', { secure: 465, plain: 587 }).describe(
    'The server that sends: smtps://user:password@host:465, or smtp:// for STARTTLS (unencrypted on loopback only).',
  ),
  ADDRESS: address.describe('The address that people write to.'),
  NAME: z.string().max(100).optional().describe('The name that people see beside the address.'),
  COPY_TO: addresses
    .optional()
    .describe('Whoever gets a copy of every answer, such as the general supervisor; several separated by commas.'),
  ALIASES: addresses
    .optional()
    .describe('Further addresses that end in this mailbox, separated by commas; mail from them is never answered.'),
  FOLDERS: z.string().default('INBOX').transform(list).describe('The folders that are read, separated by commas.'),
  HANDLED_FOLDER: z
    .string()
    .max(200)
    .optional()
    .describe(
      'The folder to which a mail is moved once it is stored; without it the mail stays and is marked as read.',
    ),
  SENT_FOLDER: z
    .string()
    .max(200)
    .default('auto')
    .describe(
      'The folder of sent answers: a name, auto for the Sent folder of the server, none where the server files them.',
    ),
  REPLY_TOKEN: z
    .enum(['on', 'off'])
    .default('on')
    .describe('off where the mail server does not know plus addresses (care+token@example.org) and would refuse them.'),
  MAX_MEGABYTES: whole(1, 100)
    .default(25)
    .describe('Of a larger mail only the words are taken, and the sender is told.'),
  SOURCE_DAYS: whole(1, 3650)
    .default(90)
    .describe('How many days the mail as it came is kept beside what was read of it.'),
  FIRST_DAYS: whole(1, 3650)
    .default(30)
    .describe(
      'When a mailbox is read for the first time, mails that arrived longer ago than so many days are left alone.',
    ),
  OAUTH_TOKEN_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address that begins with https://' })
    .optional()
    .describe('Where access tokens are fetched, for servers that take no password (XOAUTH2).'),
  OAUTH_CLIENT_ID: z.string().optional().describe('The client that asks for access tokens.'),
  OAUTH_CLIENT_SECRET: z.string().optional().describe('The secret of that client.'),
  OAUTH_REFRESH_TOKEN: z
    .string()
    .optional()
    .describe('The refresh token of the mailbox; without it the client asks with its own credentials.'),
  OAUTH_SCOPE: z.string().optional().describe('The scope that is asked for, where the server demands one.'),
} as const;

type Values = z.infer<z.ZodObject<typeof shape>>;

const oauthNames = ['OAUTH_TOKEN_URL', 'OAUTH_CLIENT_ID'] as const;

/** What is wrong with settings that are each right. */
function check(given: Readonly<Record<string, unknown>>): { name: string; message: string }[] {
  const values = given as Values;
  const oauth = Object.keys(values).some((name) => name.startsWith('OAUTH_') && values[name as keyof Values]);
  const missing = oauth ? oauthNames.filter((name) => !values[name]) : [];
  const servers = [
    ['IMAP_URL', values.IMAP_URL],
    ['SMTP_URL', values.SMTP_URL],
  ] as const;
  const faults = servers.flatMap(([name, one]) => {
    const local = isLoopback(one.host);
    if (name === 'IMAP_URL' && !one.user) return [{ name, message: 'must hold the user (imaps://user:password@host)' }];
    if (one.user && !one.password && !oauth && !local)
      return [{ name, message: 'must hold the password, or the OAUTH settings must be given' }];
    return [];
  });
  const folders = values.FOLDERS.length === 0 ? [{ name: 'FOLDERS', message: 'must name at least one folder' }] : [];
  const loop = values.HANDLED_FOLDER && values.FOLDERS.includes(values.HANDLED_FOLDER);
  return [
    ...faults,
    ...folders,
    ...(loop ? [{ name: 'HANDLED_FOLDER', message: 'must not be one of the folders that are read' }] : []),
    ...missing.map((name) => ({ name, message: 'is needed where access tokens are used' })),
  ];
}

/** What an email inbox is set up with (architecture.md section 5). */
export const emailKind: KindSettings = {
  prefix: 'EMAIL',
  shape,
  secrets: ['IMAP_URL', 'SMTP_URL', 'OAUTH_CLIENT_SECRET', 'OAUTH_REFRESH_TOKEN'],
  check,
};

const folder = (name: string): string | null => (name === 'none' ? null : name);

/** The settings of one inbox, from values that `emailKind` has checked. */
export function emailSettings(checked: Readonly<Record<string, unknown>>): EmailSettings {
  const values = checked as Values;
  const tokens = values.OAUTH_TOKEN_URL
    ? {
        url: values.OAUTH_TOKEN_URL,
        clientId: values.OAUTH_CLIENT_ID ?? '',
        clientSecret: values.OAUTH_CLIENT_SECRET ?? '',
        refreshToken: values.OAUTH_REFRESH_TOKEN ?? null,
        scope: values.OAUTH_SCOPE ?? null,
      }
    : null;
  return {
    imap: values.IMAP_URL,
    smtp: values.SMTP_URL,
    tokens,
    address: values.ADDRESS,
    aliases: values.ALIASES ?? [],
    name: values.NAME ?? null,
    copyTo: values.COPY_TO ?? [],
    folders: values.FOLDERS,
    handledFolder: values.HANDLED_FOLDER ?? null,
    sentFolder: folder(values.SENT_FOLDER),
    replyToken: values.REPLY_TOKEN === 'on',
    sourceDays: values.SOURCE_DAYS,
    maxBytes: values.MAX_MEGABYTES * 1024 * 1024,
    firstDays: values.FIRST_DAYS,
  };
}
