import type { SendErrorCode } from '../../../src/channel/send-error.ts';

/** What an error code of the provider means for a sending and for the inbox. */
export interface Meaning {
  code: SendErrorCode;
  /** For an agent. */
  says: string;
  retryAfterMs?: number;
  /** `inbox`: it is about the account, not about this message or person. */
  scope?: 'person' | 'inbox';
  /** The account itself is not well: how its inbox then is. */
  alarm?: 'bad-credentials' | 'reconnecting';
}

const alarmed = (alarm: 'bad-credentials' | 'reconnecting', says: string): Meaning => ({
  code: 'unreachable',
  says,
  scope: 'inbox',
  retryAfterMs: 60_000,
  alarm,
});

const token = alarmed('bad-credentials', 'WhatsApp refused the access token.');
const permission = alarmed('bad-credentials', 'The access token lacks a permission that WhatsApp asks for.');
const noNumber = alarmed('bad-credentials', 'WhatsApp knows no such phone number id, or the token may not use it.');
const busy = (retryAfterMs: number): Meaning => ({
  code: 'throttled',
  says: 'WhatsApp takes no more messages from this number at the moment.',
  scope: 'inbox',
  retryAfterMs,
});
const down: Meaning = { code: 'unreachable', says: 'WhatsApp is not available at the moment.', retryAfterMs: 5_000 };
const odd: Meaning = { code: 'unexpected-response', says: 'Something went wrong at WhatsApp.', retryAfterMs: 5_000 };
const invalid: Meaning = { code: 'message-invalid', says: 'WhatsApp does not accept the message in this form.' };
const rejected = (says: string): Meaning => ({ code: 'rejected', says });

/** By the provider's page "Error codes"; where it names no way to go on, the reading of it is ours. */
const meanings: Record<number, Meaning> = {
  0: token,
  1: odd,
  2: down,
  3: permission,
  4: busy(30_000),
  10: permission,
  33: noNumber,
  100: invalid,
  190: token,
  368: alarmed('reconnecting', 'WhatsApp has blocked the account for a breach of its policies.'),
  80007: busy(30_000),
  130429: busy(2_000),
  130472: rejected('WhatsApp withheld the message: the number takes part in an experiment of WhatsApp.'),
  130497: alarmed('reconnecting', 'WhatsApp does not let this account write to people of this country.'),
  131000: odd,
  131005: permission,
  131008: invalid,
  131009: invalid,
  131016: down,
  131021: { code: 'message-invalid', says: 'The number cannot write to itself.' },
  131026: rejected(
    'WhatsApp cannot reach this person: no WhatsApp under the number, too old a version of it, or the number is blocked there.',
  ),
  131030: rejected('The number is not on the list of recipients of this test number.'),
  131031: alarmed('reconnecting', 'WhatsApp has locked the account.'),
  131037: alarmed('reconnecting', 'The display name of the number has not been approved by WhatsApp yet.'),
  131042: alarmed('reconnecting', 'The payment method of the WhatsApp account is missing or was refused.'),
  131045: alarmed('reconnecting', 'The number is not registered properly at WhatsApp.'),
  131047: {
    code: 'window-closed',
    says: 'More than 24 hours have passed since the person last wrote: only an approved template may be sent.',
  },
  131048: rejected('WhatsApp withheld the message: too many people blocked or reported this number.'),
  131049: rejected('WhatsApp withheld the message so that this person does not get too many advertisements.'),
  131050: { code: 'opted-out', says: 'The person does not want advertisements from this number.' },
  131051: { code: 'unsupported', says: 'WhatsApp does not support this type of message.' },
  131052: rejected('WhatsApp could not fetch the file.'),
  131053: rejected('WhatsApp did not accept the file.'),
  131056: {
    code: 'throttled',
    says: 'Too many messages were sent to this person in a short time.',
    retryAfterMs: 6_000,
    scope: 'person',
  },
  131057: down,
  131062: { code: 'unsupported', says: 'This template needs a phone number, which the person hides.' },
  132000: rejected('The number of values does not fit the template.'),
  132001: rejected('WhatsApp has no approved template of this name in this language.'),
  132005: rejected('The text of the template is too long with these values.'),
  132007: rejected('The template breaks a policy of WhatsApp.'),
  132008: rejected('A value does not fit the template.'),
  132012: rejected('A value does not fit the template.'),
  132015: rejected('WhatsApp has paused the template because of its quality.'),
  132016: rejected('WhatsApp has disabled the template because of its quality.'),
  133004: down,
  133010: alarmed('reconnecting', 'The number is not registered at WhatsApp.'),
};

/** An error as the provider names it. */
export interface ProviderError {
  code: number;
  subcode?: number | undefined;
  /** HTTP status of the answer; absent in receipts. */
  status?: number | undefined;
}

/** A gateway of the provider's gave up waiting: the message may have been taken all the same. */
const lost: Meaning = {
  code: 'timed-out',
  says: 'WhatsApp gave no answer in time; the message may have been sent.',
  retryAfterMs: 60_000,
};

/** Where there is no code, or one that nobody has heard of. */
const byStatus = (status: number): Meaning => {
  if (status === 401) return token;
  if (status === 403) return permission;
  if (status === 429) return busy(5_000);
  if (status === 408 || status === 502 || status === 504) return lost;
  if (status >= 500) return down;
  return rejected('WhatsApp refused the message.');
};

/** What an error means. An object that does not exist (100/33) is the number itself, since nothing else is asked for by path. */
export function meaningOf({ code, subcode, status = 400 }: ProviderError): Meaning {
  if (code === 100 && subcode === 33) return noNumber;
  if (code >= 200 && code <= 299) return permission;
  const known = meanings[code];
  // 0 is also what an answer without a code reads as
  if (!known || (code === 0 && status !== 401)) return byStatus(status);
  return known;
}
