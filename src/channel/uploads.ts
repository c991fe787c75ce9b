import type { Readable } from 'node:stream';
import type { Sink } from './channel.ts';
import type { OutboundAttachment } from './outbound.ts';
import { SendError } from './send-error.ts';

/** A file of a message, to be brought up, and as what. */
export interface Upload<Form> {
  inboxId: string;
  address: string;
  file: OutboundAttachment;
  form: Form;
}

/** Files at a provider: each is brought up once, however often its message is tried. */
export interface Uploads<Form> {
  /** The provider's id of the file. Rejects with `timed-out` where the signal comes first; the file goes on being brought up. */
  idOf(upload: Upload<Form>, signal: AbortSignal): Promise<string>;
  /** Ends what is under way. */
  stop(): void;
}

export interface UploadRules<Form> {
  /** The provider as it is called in a sentence. */
  title: string;
  /** Uploads with one key are one. */
  keyOf(upload: Upload<Form>): string;
  openAttachment: Sink['openAttachment'];
  /** Gives the provider's id. */
  bringUp(stream: Readable, upload: Upload<Form>, signal: AbortSignal): Promise<string>;
  /** How long the provider keeps what was not used, in ms. */
  goodMs: number;
  /** In ms. */
  now(): number;
}

/** Files whose ids are known. */
const remembered = 200;

/** The id, or a rejection once the signal aborts. */
async function before(signal: AbortSignal, id: Promise<string>, late: () => SendError): Promise<string> {
  let leave = (): void => undefined;
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(late());
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([id, left]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

async function openAndBringUp<Form>(
  { openAttachment, bringUp }: UploadRules<Form>,
  upload: Upload<Form>,
  signal: AbortSignal,
): Promise<string> {
  const { inboxId, address, file } = upload;
  const opened = await openAttachment({ inboxId, address, id: file.id });
  if (!opened) throw new SendError('message-invalid', `The file "${file.name}" is no longer there.`);
  try {
    return await bringUp(opened.stream, upload, signal);
  } finally {
    opened.stream.destroy();
  }
}

/** Remembers what was brought up; what failed is brought up again when it is asked for again. */
export function rememberUploads<Form>(rules: UploadRules<Form>): Uploads<Form> {
  const { title, keyOf, goodMs, now } = rules;
  const ids = new Map<string, { at: number; id: Promise<string> }>();
  const stopping = new AbortController();
  const stillGoing = (): SendError =>
    new SendError('timed-out', `The file is still on its way to ${title}.`, { retryAfterMs: 20_000 });

  const begin = (key: string, upload: Upload<Form>): Promise<string> => {
    const id = openAndBringUp(rules, upload, stopping.signal);
    ids.set(key, { at: now(), id });
    id.catch(() => ids.delete(key));
    const oldest = ids.size > remembered ? ids.keys().next().value : undefined;
    if (oldest !== undefined) ids.delete(oldest);
    return id;
  };

  return {
    idOf(upload, signal) {
      const key = keyOf(upload);
      const known = ids.get(key);
      const isGood = known !== undefined && now() - known.at < goodMs;
      return before(signal, isGood ? known.id : begin(key, upload), stillGoing);
    },
    stop: () => stopping.abort(),
  };
}
