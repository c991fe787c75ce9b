import { isIP } from 'node:net';
import { z } from 'zod';
import { leastPasswordLength } from './agent/password.ts';

const flag = (fallback: 'on' | 'off') =>
  z
    .enum(['on', 'off'])
    .default(fallback)
    .transform((value) => value === 'on');

const split = (value: string): string[] =>
  value
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);

/** An origin as browsers send it, or null where the text is none. */
const originOf = (text: string): string | null =>
  /^https?:\/\/[^/?#@]+$/i.test(text) && URL.canParse(text) ? new URL(text).origin : null;

const origins = z
  .string()
  .refine(
    (value) => split(value).every((one) => one === '*' || originOf(one) !== null),
    'each must be an origin such as https://www.example.org (no path, no slash at the end), or *',
  )
  .transform((value) => split(value).map((one) => originOf(one) ?? one));

const isNetwork = (text: string): boolean => {
  const [address = '', bits, ...more] = text.split('/');
  const most = isIP(address) === 4 ? 32 : 128;
  const hasRange = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most);
  return isIP(address) !== 0 && more.length === 0 && hasRange;
};

/** What Express takes as proxies to be trusted: how many, or which. */
const isTrust = (value: string): boolean =>
  /^\d{1,2}$/.test(value) ||
  value
    .split(',')
    .map((one) => one.trim())
    .every((one) => ['loopback', 'linklocal', 'uniquelocal'].includes(one) || isNetwork(one));

const portRule = 'must be a whole number from 0 to 65535';
const isPort = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 65_535;

/** Nothing in it but where it is. */
const isBare = (address: string): boolean => {
  if (!URL.canParse(address)) return true;
  const { username, password, search, hash } = new URL(address);
  return [username, password, search, hash].every((part) => part === '');
};

const helpRule = 'must be a whole number of milliseconds from 10 to 30000';

const isHelpRight = (text: string): text is 'choose' | 'rephrase' => text === 'choose' || text === 'rephrase';

const helpRights = z
  .string()
  .refine(
    (value) => split(value).includes('choose') && split(value).every(isHelpRight),
    'must be choose or choose,rephrase',
  )
  .transform((value) => split(value).filter(isHelpRight));

const zone = z.string().refine((name) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}, 'is not a time zone such as Asia/Riyadh');

/** The settings of Wasl itself; a channel adds its own. The help sentence of each stands in `.env.example`, asserted by a test. */
export const coreSettings = {
  PORT: z.coerce
    .number({ error: portRule })
    .refine(isPort, portRule)
    .default(8080)
    .describe('The port that Wasl listens on.'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address that begins with https:// or http://' })
    .optional()
    .describe('The address under which people reach Wasl; links in messages begin with it.'),
  DATA_DIR: z.string().min(1).default('./data').describe('The directory of the embedded store, its files and keys.'),
  MONGODB_URL: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/.+/, 'must be an address that begins with mongodb:// or mongodb+srv://')
    .optional()
    .describe(
      'A MongoDB that several processes of Wasl may share (mongodb://host/wasl); without it the embedded store.',
    ),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/.+/, 'must be an address that begins with redis:// or rediss://')
    .optional()
    .describe(
      'A Redis over which processes that share a MongoDB tell each other news; without it they do through MongoDB.',
    ),
  TIME_ZONE: zone.default('Asia/Riyadh').describe('The time zone in which times are shown to people.'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('How much is logged.'),
  ADMIN_EMAIL: z.email().default('admin@example.org').describe('Sign-in name of the first administrator.'),
  ADMIN_PASSWORD: z
    .string()
    .min(leastPasswordLength, `must have at least ${leastPasswordLength} characters`)
    .optional()
    .describe('Password of the first administrator; without it one is generated and printed once.'),
  API_TOKEN: z
    .string()
    .min(24, 'must have at least 24 characters')
    .optional()
    .describe("An administrator's bearer token for automation."),
  ENCRYPTION_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits (openssl rand -hex 32)')
    .optional()
    .describe('Key for what is encrypted at rest; without it one is made in DATA_DIR.'),
  TRUST_PROXY: z
    .string()
    .refine(isTrust, 'must be a number of proxies such as 1, or their addresses or networks, separated by commas')
    .optional()
    .describe(
      'How many proxies stand in front (1), or their addresses; needed for true visitor addresses behind a proxy.',
    ),
  ALLOWED_ORIGINS: origins
    .optional()
    .describe('Host pages that may embed the widget, separated by commas; * allows all. Own pages always may.'),
  CHROMIUM_PATH: z
    .string()
    .min(1)
    .optional()
    .describe('A Chromium for channels that need a browser; without it the packaged one is used (Linux, x64).'),
  KNOWLEDGE_MODEL: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A folder with a sentence model (ONNX) by which questions are compared by meaning; needs transformers.js.',
    ),
  KNOWLEDGE_LLM_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address that begins with https:// or http://' })
    .refine(isBare, 'must be an address without a name, a password, ? or #; a token goes into KNOWLEDGE_LLM_TOKEN')
    .optional()
    .describe('An OpenAI-compatible interface on your own network that may choose among articles: https://host/v1.'),
  KNOWLEDGE_LLM_MODEL: z.string().min(1).optional().describe('The name of the model that is asked there.'),
  KNOWLEDGE_LLM_TOKEN: z.string().min(1).optional().describe('The bearer token of that interface, where it wants one.'),
  KNOWLEDGE_LLM_MAY: helpRights
    .default(['choose'])
    .describe(
      'What that model may do: choose, or choose,rephrase to also shorten articles for text messages and posts.',
    ),
  KNOWLEDGE_HELP_MS: z.coerce
    .number({ error: helpRule })
    .refine((value) => Number.isInteger(value) && value >= 10 && value <= 30_000, helpRule)
    .default(300)
    .describe('How many milliseconds a question may wait for these models before it is answered without them.'),
  RATE_LIMITS: flag('on').describe('off for load tests: nobody is slowed down.'),
} as const;

type Shape = z.core.$ZodLooseShape;

/** What is wrong with the settings: one sentence for each fault, by name, never a value. */
export class SettingsError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'SettingsError';
    this.faults = faults;
  }
}

/** An empty value in the environment means that the setting is not given. */
const given = (env: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])));

/** Reads settings from the environment against a schema; all faults at once as a `SettingsError`. The result is frozen. */
export function readSettings<T extends Shape>(shape: T, env: Record<string, string | undefined>) {
  const parsed = z.object(shape).safeParse(given(env));
  if (parsed.success) return Object.freeze(parsed.data);
  throw new SettingsError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
}

export type CoreSettings = z.infer<z.ZodObject<typeof coreSettings>>;
