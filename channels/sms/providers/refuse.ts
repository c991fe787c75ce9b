import type { Answer } from './ask.ts';
import { LostAnswer, type Meaning, Refusal } from './provider.ts';

/** Said by all providers in the same way, by the provider's name. */
export const common = {
  credentials: (title: string): Meaning => ({
    code: 'config-invalid',
    says: `${title} refused the account or its token.`,
    alarm: 'bad-credentials',
    scope: 'inbox',
  }),
  balance: (title: string): Meaning => ({
    code: 'config-invalid',
    says: `The balance at ${title} is used up, or it has no package for this country.`,
    alarm: 'no-balance',
    scope: 'inbox',
  }),
  sender: (title: string): Meaning => ({
    code: 'config-invalid',
    says: `${title} does not let this sender name be used: it must be registered and active.`,
    alarm: 'no-sender',
    scope: 'inbox',
  }),
  number: { code: 'message-invalid', says: 'The number is not one that text messages can be sent to.' },
  text: { code: 'message-invalid', says: 'The text is empty or cannot be sent in this form.' },
  route: { code: 'rejected', says: 'No network takes text messages to this number.' },
  filtered: { code: 'rejected', says: 'The provider or the network held the message back for its words.' },
  duplicate: { code: 'rejected', says: 'The same text went to this number a moment ago: it is not sent twice.' },
  optedOut: { code: 'opted-out', says: 'The person has asked the sender for no more messages.' },
  busy: (title: string): Meaning => ({
    code: 'throttled',
    says: `${title} takes no more messages at the moment.`,
    scope: 'inbox',
  }),
  down: (title: string): Meaning => ({
    code: 'unreachable',
    says: `${title} is not available at the moment.`,
    scope: 'inbox',
    retryAfterMs: 5_000,
  }),
} as const satisfies Record<string, Meaning | ((title: string) => Meaning)>;

/** A refusal by what it means. */
export function refusalOf(
  { code, says, ...meaning }: Meaning,
  { retryAfterMs = meaning.retryAfterMs, providerCode }: { retryAfterMs?: number | undefined; providerCode?: string },
): Refusal {
  return new Refusal(code, says, {
    alarm: meaning.alarm,
    ...(meaning.scope ? { scope: meaning.scope } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(providerCode === undefined ? {} : { providerCode }),
  });
}

/** What an HTTP status means where the body says nothing more; null where it is no refusal. */
function meaningOf(title: string, status: number): Meaning | null {
  if (status === 429) return common.busy(title);
  if (status === 503) return common.down(title);
  if (status === 401 || status === 403) return common.credentials(title);
  if (status === 404)
    return { code: 'config-invalid', says: `There is no ${title} under this address.`, scope: 'inbox' };
  return status >= 400 && status < 500
    ? { code: 'rejected', says: `${title} refused the message and did not say why.` }
    : null;
}

/**
 * What an answer means that was not read as taken: by the provider's own table first, then by its HTTP status. One that
 * says nothing is a `LostAnswer`: behind a server that failed the message may be on its way.
 */
export function failureOf(
  title: string,
  answer: Answer,
  meaning: Meaning | undefined,
  providerCode?: string,
): Refusal | LostAnswer {
  const { status, retryAfterMs } = answer;
  const known = (status < 500 ? meaning : undefined) ?? meaningOf(title, status);
  const code = providerCode ?? `HTTP ${status}`;
  if (known) return refusalOf(known, { retryAfterMs, providerCode: code });
  return new LostAnswer(title, { providerCode: code });
}
