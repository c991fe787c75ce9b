import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Sink } from '../../../src/channel/channel.ts';
import type { OutboundAttachment } from '../../../src/channel/outbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import type { Graph } from '../graph.ts';
import type { MediaForm } from './files.ts';

const answer = z.object({ id: z.union([z.string(), z.number()]).transform(String) });

/** A large file by a slow line. */
const uploadMs = 600_000;
/** Files whose ids are known; the provider keeps them for 30 days. */
const remembered = 200;

export interface UploadOptions {
  graph: Graph;
  phoneNumberId: string;
  openAttachment: Sink['openAttachment'];
}

/** A file of a message, to be brought up. */
export interface Upload {
  inboxId: string;
  address: string;
  file: OutboundAttachment;
  form: MediaForm;
}

const formOf = (blob: Blob, name: string, type: string): FormData => {
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', type);
  form.set('file', blob, name || 'file');
  return form;
};

/**
 * Brings a file up and gives its id. It goes by a file of this machine, so that its length is known before the first byte
 * is sent and it is never in memory whole.
 */
async function bringUp(
  { graph, phoneNumberId, openAttachment }: UploadOptions,
  { inboxId, address, file, form }: Upload,
  signal: AbortSignal,
): Promise<string> {
  const opened = await openAttachment({ inboxId, address, id: file.id });
  if (!opened) throw new SendError('message-invalid', `The file "${file.name}" is no longer there.`);
  const directory = await mkdtemp(join(tmpdir(), 'wasl-upload-'));
  try {
    const path = join(directory, 'file');
    await pipeline(opened.stream, createWriteStream(path), { signal });
    const body = formOf(await openAsBlob(path, { type: form.type }), file.name, form.type);
    const given = await graph.call(`${phoneNumberId}/media`, { form: body, signal, ms: uploadMs });
    const read = answer.safeParse(given);
    if (!read.success) throw new SendError('unexpected-response', 'WhatsApp gave no id for the file.');
    return read.data.id;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const stillGoing = (): SendError =>
  new SendError('timed-out', 'The file is still on its way to WhatsApp.', { retryAfterMs: 20_000 });

/** Waits for the id as long as the sending may take; the file goes on being brought up after that. */
async function within(signal: AbortSignal, id: Promise<string>): Promise<string> {
  let leave = (): void => undefined;
  const late = new Promise<never>((_, reject) => {
    leave = () => reject(stillGoing());
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([id, late]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

/** Files at the provider: each is brought up once, however often its message is tried. */
export interface Uploads {
  idOf(upload: Upload, signal: AbortSignal): Promise<string>;
  /** Ends what is under way. */
  stop(): void;
}

export function createUploads(options: UploadOptions): Uploads {
  const ids = new Map<string, Promise<string>>();
  const stopping = new AbortController();

  const begin = (upload: Upload): Promise<string> => {
    const key = upload.file.id;
    const id = bringUp(options, upload, stopping.signal);
    ids.set(key, id);
    id.catch(() => ids.delete(key));
    const oldest = ids.size > remembered ? ids.keys().next().value : undefined;
    if (oldest !== undefined) ids.delete(oldest);
    return id;
  };

  return {
    idOf: (upload, signal) => within(signal, ids.get(upload.file.id) ?? begin(upload)),
    stop: () => stopping.abort(),
  };
}
