import { isUtf8 } from 'node:buffer';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { WaslError } from '../errors.ts';

const limit = 1024 * 1024;

const parseJson = express.json({
  limit,
  strict: false,
  type: () => true,
  verify(_request, _response, bytes) {
    if (!isUtf8(bytes)) throw new Error('invalid UTF-8');
  },
});

const hasBody = (request: Request): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;

const run = (handler: RequestHandler, request: Request, response: Response): Promise<void> =>
  new Promise((resolve, reject) => {
    handler(request, response, (error?: unknown) => (error ? reject(error) : resolve()));
  });

/**
 * The JSON body of a request, or an empty object where it has none. Rejects with `invalid` on another content type,
 * on bytes that are not UTF-8 and on broken JSON, and with `too-large` beyond 1 MB.
 */
export async function readJson(request: Request, response: Response): Promise<unknown> {
  if (!hasBody(request)) return {};
  if (!request.is('application/json')) {
    throw new WaslError('invalid', 'The content type must be application/json.');
  }
  await run(parseJson, request, response);
  return request.body;
}
