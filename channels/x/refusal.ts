import { z } from 'zod';
import { isNeverSent, unnumbered } from '../../src/channel/asking.ts';
import { SendError, type SendErrorCode } from '../../src/channel/send-error.ts';
import { type Endpoint, type RateLimit, tooFast } from './limits.ts';

/**
 * What a failed request says of the account: its tokens are refused, X's own cap or credits are used up, or the app lacks
 * the right to what was asked.
 */
export type Alarm = 'bad-credentials' | 'capped' | 'not-permitted';

/** A request that failed. */
export class Refusal extends SendError {
  readonly alarm: Alarm | undefined;
  /** X may have done what was asked. */
  readonly isOpen: boolean;
  /** X's own words, without long numbers; for the log. */
  readonly details: string | undefined;
  constructor(
    error: { code: SendErrorCode; says: string; alarm?: Alarm | undefined; isOpen?: boolean; details?: string },
    options: ConstructorParameters<typeof SendError>[2] = {},
  ) {
    super(error.code, error.says, options);
    this.alarm = error.alarm;
    this.isOpen = error.isOpen ?? false;
    this.details = error.details;
  }
}

const rate = z.object({ limit: z.number(), remaining: z.number(), reset: z.number() });

/** The library's errors, by what they carry; it names no two of them alike. */
const response = z.object({
  type: z.literal('response'),
  code: z.number(),
  data: z.unknown(),
  rateLimit: rate
    .extend({ day: rate.optional().catch(undefined), userDay: rate.optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
const partial = z.object({ type: z.literal('partial-response'), response: z.object({ complete: z.boolean() }) });
/** In 1.29.1 `requestError` looks in the wrong place for what happened. */
const request = z.object({
  type: z.literal('request'),
  requestError: z.unknown().optional(),
  _options: z.object({ error: z.unknown() }).optional().catch(undefined),
});

const problem = z.object({
  title: z.string().catch(''),
  detail: z.string().catch(''),
  type: z.string().catch(''),
  errors: z
    .array(z.object({ code: z.number().optional(), message: z.string().optional(), detail: z.string().optional() }))
    .catch([]),
});
type Problem = z.infer<typeof problem>;

const wordsOf = ({ title, detail, errors }: Problem): string =>
  unnumbered(
    [detail || title, ...errors.flatMap(({ message, detail: more }) => message ?? more ?? [])].join(' ').trim(),
  );

interface Meaning {
  code: SendErrorCode;
  says: string;
  providerCode?: string;
  alarm?: Alarm;
}

interface Rule extends Meaning {
  status?: number;
  /** Error numbers of the older interface, which still come. */
  numbers?: readonly number[];
  words?: RegExp;
}

/**
 * What X's refusals mean, the first that fits. The sentences are looked for in title, type and detail: X gives most of its
 * refusals one status and no number (pages "Response codes" and "Error troubleshooting" of X).
 */
const rules: readonly Rule[] = [
  {
    status: 402,
    code: 'config-invalid',
    alarm: 'capped',
    says: 'X takes nothing more: the credits are used up. Buy credits in the developer console of X.',
  },
  {
    words: /usage.?cap|credits.?depleted|problems\/credits|spend.?(cap|limit)/i,
    code: 'config-invalid',
    alarm: 'capped',
    says: "X takes nothing more: the month's cap or the credits are used up. Look into the developer console of X.",
  },
  {
    status: 401,
    code: 'config-invalid',
    alarm: 'bad-credentials',
    says: 'X refuses the keys or tokens of this account. Make new ones in the developer console of X and enter them.',
  },
  {
    numbers: [32, 89, 99, 135, 215],
    code: 'config-invalid',
    alarm: 'bad-credentials',
    says: 'X refuses the keys or tokens of this account. Make new ones in the developer console of X and enter them.',
  },
  {
    numbers: [93, 261],
    words: /oauth1-permissions|app permissions|not configured with the appropriate/i,
    code: 'config-invalid',
    alarm: 'not-permitted',
    says: 'The app at X may not do this: give it the right to read, write and send direct messages, then make a new access token.',
  },
  {
    numbers: [64, 326, 416],
    words: /account (is|has been) (temporarily )?(locked|suspended)/i,
    code: 'config-invalid',
    alarm: 'bad-credentials',
    says: 'X has locked or suspended the account. Sign in on X and do what it asks for.',
  },
  {
    status: 403,
    numbers: [187],
    words: /duplicate content/i,
    code: 'rejected',
    providerCode: 'duplicate',
    says: 'X takes no post with the same words twice.',
  },
  {
    status: 403,
    numbers: [433],
    words: /not been mentioned|otherwise engaged|reply to this conversation is not allowed|restricted who can reply/i,
    code: 'rejected',
    providerCode: 'not-summoned',
    says: 'X lets programs answer only who mentioned or quoted us: a person must answer on X itself.',
  },
  {
    status: 403,
    numbers: [186, 354],
    words: /text is too long|needs to be a bit shorter/i,
    code: 'message-invalid',
    providerCode: 'too-long',
    says: 'The text is too long for X.',
  },
  {
    status: 403,
    numbers: [385, 144, 179],
    words: /deleted or not visible/i,
    code: 'rejected',
    providerCode: 'gone',
    says: 'The post is deleted or not visible to us any more.',
  },
  {
    status: 403,
    numbers: [150, 151, 349],
    words: /permission to DM|cannot send messages|not following you/i,
    code: 'rejected',
    providerCode: 'dm-closed',
    says: 'The person does not take messages from accounts they do not follow.',
  },
  {
    words: /client-forbidden|unsupported-authentication|client-not-enrolled/i,
    code: 'rejected',
    providerCode: 'not-allowed',
    says: 'X does not let this app do that: its project or plan does not include it.',
  },
];

const fits = (rule: Rule, { status, about }: { status: number; about: Problem }): boolean => {
  if (rule.status !== undefined && rule.status !== status && !rule.numbers && !rule.words) return false;
  const text = [about.title, about.type, about.detail, ...about.errors.map(({ message, detail }) => message ?? detail)];
  const isNumbered = about.errors.some(({ code }) => code !== undefined && rule.numbers?.includes(code));
  if (isNumbered || rule.words?.test(text.join('\n'))) return status < 500;
  return rule.status === status && !rule.numbers && !rule.words;
};

const otherwise = (status: number, endpoint: Endpoint, words: string): Meaning => {
  if (status === 403 && endpoint === 'sendDm')
    return { code: 'rejected', providerCode: '403', says: 'X does not let us write to this person.' };
  if (status === 400 || status === 413 || status === 415)
    return { code: 'message-invalid', says: `X does not understand the request${words ? `: ${words}` : '.'}` };
  return { code: 'rejected', says: `X refused it${words ? `: ${words}` : '.'}` };
};

/** What a request without an answer means: it may have been done, unless no connection was made. */
export function withoutAnswer(cause: unknown): Refusal {
  if (isNeverSent(cause))
    return new Refusal(
      { code: 'unreachable', says: 'X cannot be reached.' },
      { cause, scope: 'inbox', retryAfterMs: 5_000 },
    );
  return new Refusal(
    { code: 'timed-out', says: 'X gave no answer; it may have been done.', isOpen: true },
    { cause, retryAfterMs: 15_000 },
  );
}

const troubled = (status: number, details: string): Refusal => {
  const isAway = status === 503;
  const says = isAway ? 'X is not available at the moment.' : 'X failed at its end.';
  return new Refusal(
    { code: isAway ? 'unreachable' : 'unexpected-response', says, isOpen: true, details },
    { providerCode: `HTTP ${status}`, retryAfterMs: 15_000 },
  );
};

const answered = (read: z.infer<typeof response>, endpoint: Endpoint, waitMs: number): SendError => {
  const status = read.code;
  const parsed = problem.safeParse(read.data);
  const about: Problem = parsed.success ? parsed.data : { title: '', detail: '', type: '', errors: [] };
  const details = wordsOf(about);
  if (status >= 500) return troubled(status, details);
  const known = rules.find((rule) => fits(rule, { status, about }));
  if (!known && status === 429) return tooFast(endpoint, waitMs);
  const { code, says, alarm, providerCode = `HTTP ${status}` } = known ?? otherwise(status, endpoint, details);
  return new Refusal({ code, says, alarm, details }, { providerCode, ...(alarm ? { scope: 'inbox' as const } : {}) });
};

/** What the library threw, as what it means for a sending; `waitMs` says how long X's limits make one wait. */
export function refusalOf(
  error: unknown,
  endpoint: Endpoint,
  waitMs: (told: RateLimit | undefined) => number,
): SendError {
  if (error instanceof SendError) return error;
  const read = response.safeParse(error);
  if (read.success) return answered(read.data, endpoint, waitMs(read.data.rateLimit));
  const broken = partial.safeParse(error);
  if (broken.success && broken.data.response.complete)
    return new Refusal(
      { code: 'unexpected-response', says: 'X gave an answer that cannot be read.', isOpen: true },
      { retryAfterMs: 15_000 },
    );
  const lost = request.safeParse(error);
  // nothing else is kept as the cause: the library's errors hold the whole request with its signature
  return withoutAnswer(lost.success ? (lost.data.requestError ?? lost.data._options?.error) : undefined);
}
