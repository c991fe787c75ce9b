/** Error codes of the public contract and the HTTP status of each (architecture.md section 5). */
export const errorStatus = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'not-allowed': 422,
  'too-large': 413,
  'rate-limited': 429,
  failed: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** An error that a caller may read: the message says what to do; `details` are facts, never secrets. */
export class WaslError extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;
  constructor(code: ErrorCode, message: string, options: { details?: unknown; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'WaslError';
    this.code = code;
    this.details = options.details;
  }
}
