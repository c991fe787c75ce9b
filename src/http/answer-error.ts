import type { ErrorRequestHandler, Request, Response } from 'express';
import { MulterError } from 'multer';
import { type ErrorCode, errorStatus, WaslError } from '../errors.ts';
import { StoreError, type StoreErrorCode } from '../store/port.ts';
import type { HttpDeps } from './deps.ts';

const storeCodes: Partial<Record<StoreErrorCode, ErrorCode>> = {
  'disk-full': 'unavailable',
  'read-only': 'unavailable',
  'in-use': 'unavailable',
  corrupt: 'unavailable',
  closed: 'unavailable',
  'blob-too-large': 'too-large',
};

/** What the body parsers of Express say (`type` of their errors). */
const parserFaults: Record<string, [ErrorCode, string]> = {
  'entity.parse.failed': ['invalid', 'The body is not valid JSON.'],
  'entity.verify.failed': ['invalid', 'The body is not valid UTF-8.'],
  'encoding.unsupported': ['invalid', 'The content encoding is not supported.'],
  'charset.unsupported': ['invalid', 'The character set is not supported: send UTF-8.'],
  'request.aborted': ['invalid', 'The request ended early.'],
  'request.size.invalid': ['invalid', 'The body is not as long as its Content-Length says.'],
};

const multerFault = (error: MulterError): WaslError =>
  error.code === 'LIMIT_FILE_SIZE'
    ? new WaslError('too-large', 'The file is too large.', { cause: error })
    : new WaslError('invalid', 'Send one file in the field "file" and nothing else.', { cause: error });

const tooLarge = (error: { limit?: unknown }): WaslError => {
  const most = typeof error.limit === 'number' ? `: at most ${Math.floor(error.limit / 1024 / 1024)} MB` : '';
  return new WaslError('too-large', `The body is too large${most}.`, { cause: error });
};

function fromLibrary(error: { type?: unknown; status?: unknown; limit?: unknown }): WaslError | null {
  if (error.type === 'entity.too.large') return tooLarge(error);
  const known = typeof error.type === 'string' ? parserFaults[error.type] : undefined;
  if (known) return new WaslError(known[0], known[1], { cause: error });
  return error.status === 400 ? new WaslError('invalid', 'The request is malformed.', { cause: error }) : null;
}

/** Any thrown thing as an error that a caller may read, or null where it is a fault of ours. */
export function readableError(thrown: unknown): WaslError | null {
  if (thrown instanceof WaslError) return thrown.code === 'failed' ? null : thrown;
  if (thrown instanceof MulterError) return multerFault(thrown);
  if (thrown instanceof StoreError) {
    const code = storeCodes[thrown.code];
    if (!code) return null;
    const message = code === 'too-large' ? 'The file is too large.' : 'The store cannot be used at the moment.';
    return new WaslError(code, message, { cause: thrown });
  }
  return typeof thrown === 'object' && thrown !== null ? fromLibrary(thrown) : null;
}

/** The body of the contract's errors. */
export const errorBody = ({ code, message, details }: WaslError) => ({
  error: { code, message, ...(details === undefined ? {} : { details }) },
});

const retryAfter = (details: unknown): number | null =>
  typeof details === 'object' && details !== null && 'retryAfterMs' in details
    ? Math.ceil(Number(details.retryAfterMs) / 1000)
    : null;

function send(response: Response, error: WaslError): void {
  const seconds = retryAfter(error.details);
  if (seconds !== null) response.set('Retry-After', String(seconds));
  if (error.code === 'unauthorized') response.set('WWW-Authenticate', 'Bearer');
  response.status(errorStatus[error.code]).json(errorBody(error));
}

/** The last handler: one table from what was thrown to what is answered. What nobody foresaw is logged under an id. */
export function answerError({ ids, log }: Pick<HttpDeps, 'ids' | 'log'>): ErrorRequestHandler {
  return (thrown: unknown, request: Request, response: Response, next) => {
    const readable = readableError(thrown);
    // what says when to come again was foreseen
    const isForeseen = readable && (readable.code !== 'unavailable' || retryAfter(readable.details) !== null);
    if (!isForeseen) {
      const errorId = ids.next();
      log.error({ errorId, err: thrown, method: request.method, route: response.locals.route }, 'request failed');
      if (response.headersSent) return next(thrown);
      const failed = new WaslError('failed', 'Something went wrong on our side.', { details: { errorId } });
      return send(response, readable ?? failed);
    }
    if (response.headersSent) return next(thrown);
    send(response, readable);
  };
}
