import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import { fileTypeFromBuffer } from 'file-type';
import { capabilities, fileTypes } from './capabilities.ts';

/** A file that could not be taken: the key of the sentence that the visitor reads, and the HTTP status. */
export class FileRefused extends Error {
  readonly status: number;
  readonly code: 'invalid' | 'too-large';
  constructor(key: 'chat-error-file' | 'chat-error-file-type' | 'chat-error-file-size', status: number) {
    super(key);
    this.status = status;
    this.code = key === 'chat-error-file-size' ? 'too-large' : 'invalid';
  }
}

export const maxFileBytes = capabilities.attachments?.maxBytes ?? 0;
const sniffBytes = 4_100;
const allowed: ReadonlySet<string> = new Set(fileTypes);

/** Names that some systems give to the same type. */
const otherNames: Record<string, string> = {
  'audio/x-m4a': 'audio/mp4',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-wav': 'audio/wav',
  'application/ogg': 'audio/ogg',
  'video/quicktime': 'video/mp4',
};

const looksLikeText = (head: Buffer): boolean => !head.includes(0);

/** The type without its parameters: a voice note is found as `audio/ogg; codecs=opus`. */
const bare = (type: string): string => type.split(';', 1)[0]?.trim() ?? '';

/** The type that the first bytes show, never the one that was claimed; null where it is not allowed. */
export async function sniff(head: Buffer, claimed: string): Promise<string | null> {
  const found = bare((await fileTypeFromBuffer(head))?.mime ?? '');
  const type = found
    ? (otherNames[found] ?? found)
    : claimed === 'text/plain' && looksLikeText(head)
      ? 'text/plain'
      : null;
  return type && allowed.has(type) ? type : null;
}

/** Reads the first bytes of a file, in the pieces in which they come. */
async function peek(file: AsyncIterator<Buffer>): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  for (let size = 0; size < sniffBytes; ) {
    const { value, done } = await file.next();
    if (done) break;
    chunks.push(value);
    size += value.length;
  }
  return chunks;
}

/** The first bytes with the rest, so that nothing is held whole in memory. */
async function* whole(first: readonly Buffer[], file: AsyncIterator<Buffer>): AsyncGenerator<Uint8Array> {
  yield* first;
  for (let next = await file.next(); !next.done; next = await file.next()) yield next.value;
}

/** Reads away what nobody wants, so that the request comes to its end and can be answered. */
async function drain(file: AsyncIterator<Buffer>): Promise<void> {
  for (let next = await file.next(); !next.done; next = await file.next());
}

/** The last part of a path-like name, without control characters, short enough to keep. */
export const safeName = (name: string): string => {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return (
    last
      .replace(/[\p{Cc}\u202a-\u202e]/gu, '')
      .trim()
      .slice(0, 120) || 'file'
  );
};

export interface UploadedFile {
  name: string;
  type: string;
  from: AsyncIterable<Uint8Array>;
}

/** The one file of a multipart request, as a stream, handed to `keep`. Rejects with `FileRefused`. */
export async function readUpload<T>(request: IncomingMessage, keep: (file: UploadedFile) => Promise<T>): Promise<T> {
  const parser = (() => {
    try {
      return busboy({ headers: request.headers, defParamCharset: 'utf8', limits: { files: 1, fields: 5 } });
    } catch {
      throw new FileRefused('chat-error-file', 400);
    }
  })();
  let seen = false;
  const kept = new Promise<T>((resolve, reject) => {
    parser.on('file', (_field, stream, { filename, mimeType }) => {
      seen = true;
      const file = stream[Symbol.asyncIterator]();
      take(file, { name: safeName(filename ?? ''), claimed: mimeType }, keep).then(resolve, (error: unknown) => {
        reject(error);
        drain(file).catch(() => undefined);
      });
    });
    parser.on('close', () => seen || reject(new FileRefused('chat-error-file', 400)));
    parser.on('error', () => reject(new FileRefused('chat-error-file', 400)));
  });
  kept.catch(() => undefined);
  await pipeline(request, parser).catch(() => undefined);
  return kept;
}

async function take<T>(
  file: AsyncIterator<Buffer>,
  { name, claimed }: { name: string; claimed: string },
  keep: (file: UploadedFile) => Promise<T>,
): Promise<T> {
  const first = await peek(file);
  const head = Buffer.concat(first);
  if (head.length === 0) throw new FileRefused('chat-error-file', 400);
  const type = await sniff(head, claimed);
  if (!type) throw new FileRefused('chat-error-file-type', 415);
  return keep({ name, type, from: whole(first, file) });
}

export const answerJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
};
