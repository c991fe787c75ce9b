import type { Request, RequestHandler, Response } from 'express';
import { fileTypeFromBuffer } from 'file-type';
import multer, { type StorageEngine } from 'multer';
import { WaslError } from '../errors.ts';
import { cleanName, isText, peek } from '../message/file-facts.ts';
import type { HttpDeps } from './deps.ts';
import type { Upload } from './route.ts';

/** The largest file that staff may attach. */
export const maxFileBytes = 20 * 1024 * 1024;

/** What may be attached, by what the bytes are and not by what the sender says. */
const allowedTypes = new Set([
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/zip',
  'audio/aac',
  'audio/mpeg',
  'audio/ogg',
  'audio/ogg; codecs=opus',
  'audio/wav',
  'audio/x-m4a',
  'image/gif',
  'image/heic',
  'image/jpeg',
  'image/png',
  'image/webp',
  'video/mp4',
  'video/webm',
]);
const textTypes = new Set(['text/plain', 'text/csv']);

/** The type of a file by its bytes, or `invalid` where it is none that may be attached. */
export async function sniffType(head: Buffer, said: string): Promise<string> {
  const found = await fileTypeFromBuffer(head);
  if (found && allowedTypes.has(found.mime)) return found.mime;
  if (!found && textTypes.has(said) && isText(head)) return said;
  throw new WaslError('invalid', 'Files of this kind cannot be attached.');
}

type Deps = Pick<HttpDeps, 'store' | 'ids'>;

const uploadOf = ({ filename }: Express.Multer.File): Upload => JSON.parse(filename) as Upload;

async function keep({ store, ids }: Deps, file: Express.Multer.File): Promise<Upload> {
  const { head, whole } = await peek(file.stream);
  const type = await sniffType(head, file.mimetype);
  const blobId = ids.next();
  const { bytes, sha256 } = await store.blobs.put(blobId, whole, maxFileBytes);
  return { blobId, name: cleanName(file.originalname) || 'file', type, bytes, sha256 };
}

/** Multer's storage engine over the store's blobs: the bytes stream through and are never whole in memory. */
const blobEngine = (deps: Deps): StorageEngine => ({
  _handleFile(_request, file, done) {
    keep(deps, file).then(
      (upload) => done(null, { filename: JSON.stringify(upload), size: upload.bytes }),
      (error) => {
        file.stream.resume();
        done(error);
      },
    );
  },
  _removeFile(_request, file, done) {
    const { blobId } = uploadOf(file);
    deps.store.blobs.remove(blobId).then(() => done(null), done);
  },
});

/** What the parser says of a form that is none, or that ended early; it gives its errors no codes. */
const brokenForm = new Set([
  'Multipart: Boundary not found',
  'Malformed content type',
  'Malformed part header',
  'Unexpected end of form',
  'Unexpected end of file',
  'Request aborted',
  'Request closed',
]);

function ofForm(error: unknown): unknown {
  if (!(error instanceof Error) || !brokenForm.has(error.message)) return error;
  const sentence =
    'The body is not a whole multipart/form-data form: name its boundary in the content type, and end it with that.';
  return new WaslError('invalid', sentence, { cause: error });
}

const run = (take: RequestHandler, request: Request, response: Response): Promise<void> =>
  new Promise((resolve, reject) => {
    take(request, response, (error?: unknown) => (error ? reject(ofForm(error)) : resolve()));
  });

/**
 * Reads one file from the field `file` of a multipart request into the store's blobs. Rejects with `invalid` (not
 * multipart, no file, more than one, a kind that may not be attached) or `too-large`; nothing is kept then.
 */
export function createReadUpload(deps: Deps): (request: Request, response: Response) => Promise<Upload> {
  const limits = { fileSize: maxFileBytes, files: 1, fields: 0, parts: 1, headerPairs: 20 };
  const take = multer({ storage: blobEngine(deps), limits, defParamCharset: 'utf8' }).single('file');
  return async (request, response) => {
    if (!request.is('multipart/form-data')) {
      throw new WaslError('invalid', 'The content type must be multipart/form-data with one file in the field "file".');
    }
    await run(take, request, response);
    if (!request.file) throw new WaslError('invalid', 'There is no file in the field "file".');
    return uploadOf(request.file);
  };
}

/** A form of a page: its fields, and its files as blobs of the store. */
export interface ReadForm {
  fields: Record<string, string>;
  uploads: Upload[];
}

const mostFieldBytes = 64 * 1024;

/**
 * Reads a multipart form with fields of text and at most `most` files in the field `files`. Rejects as an upload does, after
 * which nothing of the files is kept; the fields that came before are in `request.body` even then.
 */
export function createReadForm(deps: Deps, most: number): (request: Request, response: Response) => Promise<ReadForm> {
  const limits = { fileSize: maxFileBytes, files: most, fields: 10, fieldSize: mostFieldBytes, headerPairs: 20 };
  const take = multer({ storage: blobEngine(deps), limits, defParamCharset: 'utf8' }).array('files', most);
  return async (request, response) => {
    if (!request.is('multipart/form-data')) throw new WaslError('invalid', 'The form must be multipart/form-data.');
    await run(take, request, response);
    const files = Array.isArray(request.files) ? request.files : [];
    return { fields: { ...request.body }, uploads: files.map(uploadOf) };
  };
}
