import { z } from 'zod';
import type { ChannelDeps, Sink } from '../../../src/channel/channel.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { rememberUploads, type Upload, type Uploads } from '../../../src/channel/uploads.ts';
import { pause } from '../../../src/channel/wait.ts';
import type { XApi, XClient } from '../client.ts';
import type { MediaForm } from './files.ts';

const begun = z.object({ data: z.object({ id: z.string() }) });
const state = z.object({
  data: z.object({
    processing_info: z
      .object({ state: z.string(), check_after_secs: z.number().optional() })
      .optional()
      .catch(undefined),
  }),
});

/** X takes a file in at most 1,000 parts of at most 5 MB. */
const partBytes = 1024 * 1024;
const partMs = 60_000;
/** X works on films for a while before they can go with a message. */
const looks = 60;
/** X keeps what went up and was not used for a day. */
const goodMs = 20 * 3_600_000;

export interface UploadOptions {
  client: XClient;
  clock: ChannelDeps['clock'];
  openAttachment: Sink['openAttachment'];
}

/** The bytes in parts of one size; the last may be shorter. */
async function* parts(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    waiting.push(Buffer.from(chunk));
    bytes += chunk.length;
    while (bytes >= partBytes) {
      const all = Buffer.concat(waiting);
      yield all.subarray(0, partBytes);
      waiting = [all.subarray(partBytes)];
      bytes -= partBytes;
    }
  }
  if (bytes > 0) yield Buffer.concat(waiting);
}

const unsuitable = (name: string): SendError =>
  new SendError('message-invalid', `X could not make use of the file "${name}".`);

/** Waits until X has worked on the file; `first` is what it said when all of it was there. */
async function ready({ client, clock }: UploadOptions, id: string, { first, name }: { first: unknown; name: string }) {
  let told = first;
  for (let look = 0; look < looks; look += 1) {
    const read = state.safeParse(told);
    if (!read.success) throw new SendError('unexpected-response', 'X did not tell how the file is.');
    const { processing_info: work } = read.data.data;
    if (!work || work.state === 'succeeded') return;
    if (work.state === 'failed') throw unsuitable(name);
    await pause(clock, Math.min(work.check_after_secs ?? 1, 30) * 1000);
    told = await client.ask({ endpoint: 'media' }, (api) =>
      api.get('media/upload', { command: 'STATUS', media_id: id }),
    );
  }
  throw new SendError('timed-out', `X still works on the file "${name}".`, { retryAfterMs: 60_000 });
}

/** Brings a file up part by part, so that it is never in memory whole, and gives its id. */
async function bringUp(
  options: UploadOptions,
  stream: AsyncIterable<Uint8Array>,
  { file, form }: Upload<MediaForm>,
  signal: AbortSignal,
): Promise<string> {
  const ask = <T>(work: (api: XApi) => Promise<T>) =>
    options.client.ask({ endpoint: 'media', signal, ms: partMs }, work);
  const { type: media_type, category: media_category } = form;
  const announced = { media_type, media_category, total_bytes: file.bytes };
  const read = begun.safeParse(await ask((api) => api.post('media/upload/initialize', announced)));
  if (!read.success) throw new SendError('unexpected-response', 'X gave no id for the file.');
  const { id } = read.data.data;
  let segment_index = 0;
  for await (const media of parts(stream)) {
    const part = { segment_index, media };
    await ask((api) => api.post(`media/upload/${id}/append`, part, { forceBodyMode: 'form-data' }));
    segment_index += 1;
  }
  const first = await ask((api) => api.post(`media/upload/${id}/finalize`));
  await ready(options, id, { first, name: file.name });
  return id;
}

/** Files at X; one that goes in public is another than the same in private. */
export function createUploads(options: UploadOptions): Uploads<MediaForm> {
  return rememberUploads({
    title: 'X',
    keyOf: ({ form, file }) => `${form.category} ${file.id}`,
    openAttachment: options.openAttachment,
    bringUp: (stream, upload, signal) => bringUp(options, stream, upload, signal),
    goodMs,
    now: options.clock.now,
  });
}
