import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { ChannelDeps, Sink } from '../../../src/channel/channel.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { rememberUploads, type Upload, type Uploads } from '../../../src/channel/uploads.ts';
import type { Graph } from '../graph.ts';
import type { MediaForm } from './files.ts';

const answer = z.object({ id: z.union([z.string(), z.number()]).transform(String) });

/** A large file by a slow line. */
const uploadMs = 600_000;
/** The provider keeps them for 30 days. */
const goodMs = 29 * 86_400_000;

export interface UploadOptions {
  graph: Graph;
  phoneNumberId: string;
  clock: ChannelDeps['clock'];
  openAttachment: Sink['openAttachment'];
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
  { graph, phoneNumberId }: UploadOptions,
  stream: Readable,
  { file, form }: Upload<MediaForm>,
  signal: AbortSignal,
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'wasl-upload-'));
  try {
    const path = join(directory, 'file');
    await pipeline(stream, createWriteStream(path), { signal });
    const body = formOf(await openAsBlob(path, { type: form.type }), file.name, form.type);
    const given = await graph.call(`${phoneNumberId}/media`, { form: body, signal, ms: uploadMs });
    const read = answer.safeParse(given);
    if (!read.success) throw new SendError('unexpected-response', 'WhatsApp gave no id for the file.');
    return read.data.id;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Files at the provider. */
export function createUploads(options: UploadOptions): Uploads<MediaForm> {
  return rememberUploads({
    title: 'WhatsApp',
    keyOf: ({ file }) => file.id,
    openAttachment: options.openAttachment,
    bringUp: (stream, upload, signal) => bringUp(options, stream, upload, signal),
    goodMs,
    now: options.clock.now,
  });
}
