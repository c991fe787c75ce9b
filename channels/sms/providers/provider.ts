import type { Cost, DeliveryStatus } from '../../../src/channel/inbound.ts';
import { SendError, type SendErrorCode } from '../../../src/channel/send-error.ts';
import type { Recognised, WebhookPost } from '../../../src/channel/webhook.ts';

/** One text message to be sent. */
export interface Sms {
  /** Digits with the country code. */
  to: string;
  text: string;
  /** The id of our delivery. */
  ref: string;
  /** Where reports on it are to be posted; null where nobody could reach us. */
  callbackUrl: string | null;
}

/** What a provider said when it took a message. */
export interface Taken {
  externalId: string;
  status: 'accepted' | 'sent';
  /** Null where it does not tell. */
  cost: Cost | null;
}

/** A report on a message: by the provider's id, or by ours that it gave back. */
export interface Report {
  externalId: string;
  ref?: string;
  status: DeliveryStatus;
  /** Digits, where the report names whom it speaks of. */
  to?: string;
  code?: SendErrorCode;
  reason?: string;
  cost?: Cost;
}

/** Somebody wrote to the sender. */
export interface Incoming {
  externalId: string;
  /** Digits. */
  from: string;
  text: string;
  /** It has pictures or other files, which are not read. */
  hasFiles: boolean;
  /** True: the person wants no more messages; false: wants them again. */
  optOut: boolean | null;
  /** The provider has answered it itself. */
  isAnswered: boolean;
}

/** What a post holds. */
export interface Read {
  reports: Report[];
  incoming: Incoming[];
  /** Why something of it, or all of it, could not be read. */
  odd: string[];
}

/** A report is some hundred bytes; several may come at once. */
export const maxPostBytes = 256 * 1024;

/** The posts of a provider. Pure. */
export interface ProviderPosts {
  /** Anybody may post: neither a signature nor a word in the address proves who does. */
  readonly isOpen: boolean;
  /** The longest body, in bytes. */
  readonly maxBytes: number;
  /** Whether it comes from the provider, as far as that can be known. */
  isGenuine(post: WebhookPost): boolean;
  /** Whether it speaks of this sender. */
  about(raw: string): Recognised;
  /** Bears anything and throws nothing. */
  read(raw: string): Read;
}

export interface Balance {
  left: number;
  currency: string | null;
}

/** Who carries text messages. Whatever is asked of it rejects with a `SendError`. */
export interface Provider {
  /** For sentences. */
  readonly title: string;
  /** Rejects with a `LostAnswer` where the message may have been taken all the same. */
  send(sms: Sms, signal: AbortSignal): Promise<Taken>;
  /**
   * Sends again what may have been taken at `since` (ms), or finds that it was: the person gets it once. Null where nothing
   * tells the two apart.
   */
  resend: ((sms: Sms, since: number, signal: AbortSignal) => Promise<Taken>) | null;
  /** Null where it cannot be asked. */
  balance: ((signal: AbortSignal) => Promise<Balance>) | null;
  /** Null where it posts nothing. */
  posts: ProviderPosts | null;
}

/** What a refusal says of the account. */
export type Alarm = 'bad-credentials' | 'no-balance' | 'no-sender';

/** A refusal with what it says of the account, where it says something. */
export class Refusal extends SendError {
  readonly alarm: Alarm | undefined;
  constructor(
    code: SendErrorCode,
    says: string,
    { alarm, ...options }: ConstructorParameters<typeof SendError>[2] & { alarm?: Alarm | undefined } = {},
  ) {
    super(code, says, options);
    this.alarm = alarm;
  }
}

/** No answer, or none that says anything: the message may have been taken. */
export class LostAnswer extends SendError {
  constructor(title: string, options: { retryAfterMs?: number; cause?: unknown; providerCode?: string } = {}) {
    super('timed-out', `${title} gave no answer; the message may have been sent.`, {
      retryAfterMs: 10_000,
      ...options,
    });
  }
}

/** What a code of a provider means for a sending. */
export interface Meaning {
  code: SendErrorCode;
  /** For an agent. */
  says: string;
  alarm?: Alarm;
  scope?: 'person' | 'inbox';
  retryAfterMs?: number;
}
