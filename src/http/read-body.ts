import { isUtf8 } from 'node:buffer';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { WaslError } from '../errors.ts';

/** What a body may have where its route says nothing else. */
export const usualLimit = 1024 * 1024;

/** The smallest articles make fewer in 64 MB; a body of nothing but objects and lists would take twenty times its size. */
const mostParts = 4_000_000;

function hasTooManyParts(bytes: Buffer): boolean {
  let parts = 0;
  for (const opening of ['{', '[']) {
    for (let at = bytes.indexOf(opening); at !== -1 && parts <= mostParts; at = bytes.indexOf(opening, at + 1))
      parts += 1;
  }
  return parts > mostParts;
}

const parserOf = (limit: number): RequestHandler =>
  express.json({
    limit,
    strict: false,
    type: () => true,
    verify(_request, _response, bytes) {
      if (!isUtf8(bytes)) throw new Error('invalid UTF-8');
      if (hasTooManyParts(bytes)) throw new WaslError('too-large', 'The body has too many parts: split it.');
    },
  });

const hasBody = (request: Request): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;

const run = (handler: RequestHandler, request: Request, response: Response): Promise<void> =>
  new Promise((resolve, reject) => {
    handler(request, response, (error?: unknown) => (error ? reject(error) : resolve()));
  });

export type ReadJson = (request: Request, response: Response) => Promise<unknown>;

/**
 * Gives what reads the JSON body of a request, or an empty object where it has none. That rejects with `invalid` on another
 * content type, on bytes that are not UTF-8 and on broken JSON, and with `too-large` beyond `limit` bytes.
 */
export function createReadJson(limit: number): ReadJson {
  const parseJson = parserOf(limit);
  return async (request, response) => {
    if (!hasBody(request)) return {};
    if (!request.is('application/json')) {
      throw new WaslError('invalid', 'The content type must be application/json.');
    }
    // who is gone sends nothing more that could be waited for
    if (request.destroyed) throw new WaslError('invalid', 'The request ended early.');
    await run(parseJson, request, response);
    return request.body;
  };
}
