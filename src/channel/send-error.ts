/** Why a sending failed. Each decides the future of the delivery: `retryableCodes` are tried again with back-off. */
export const sendErrorCodes = [
  'config-invalid',
  'message-invalid',
  'unsupported',
  'window-closed',
  'opted-out',
  'rejected',
  'recipient-away',
  'throttled',
  'unreachable',
  'timed-out',
  'unexpected-response',
] as const;
export type SendErrorCode = (typeof sendErrorCodes)[number];

const retryableCodes: ReadonlySet<SendErrorCode> = new Set([
  'throttled',
  'unreachable',
  'timed-out',
  'unexpected-response',
]);

/**
 * A sending that failed, with a sentence that an agent can read. `recipient-away` is no failure: nobody is connected
 * to take the message, it stays queued until the channel tells that the person is back.
 */
export class SendError extends Error {
  readonly code: SendErrorCode;
  readonly retryAfterMs: number | undefined;
  readonly providerCode: string | undefined;
  /** Whom it concerns: this person's sendings, or all of the inbox, which then pauses (`throttled`). */
  readonly scope: 'person' | 'inbox';
  constructor(
    code: SendErrorCode,
    message: string,
    options: { retryAfterMs?: number; providerCode?: string; scope?: 'person' | 'inbox'; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'SendError';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    this.providerCode = options.providerCode;
    this.scope = options.scope ?? 'person';
  }
  get retryable(): boolean {
    return retryableCodes.has(this.code);
  }
}
