import type { Channel, FetchedFile } from '../channel/channel.ts';
import { SendError } from '../channel/send-error.ts';
import { iso } from '../clock.ts';
import { cleanName, peek, tellType } from '../message/file-facts.ts';
import { type Attachment, attachments, messages } from '../message/message.ts';
import { type Op, StoreError } from '../store/port.ts';
import type { FlowDeps } from './deps.ts';
import { reasonOf } from './reason-of.ts';

/** The largest file that is fetched where the channel names none, in bytes. */
const mostBytes = 100 * 1024 * 1024;
/** After so long it is given up; providers keep files for a week or more. */
const giveUpMs = 3 * 86_400_000;
const retryMs = { first: 2_000, most: 3_600_000 };
const attempts = 20;

type Deps = Pick<FlowDeps, 'store' | 'channels' | 'clock' | 'log' | 'metrics' | 'members'>;
type Change = Partial<Omit<Attachment, 'id' | 'version'>>;

/** A file that will never come, with the reason for people. */
class NeverComes extends Error {}

const limitOf = ({ capabilities }: Channel): number => capabilities.attachments?.maxBytes ?? mostBytes;

const megabyte = 1024 * 1024;
const sizeOf = (bytes: number): string => (bytes < megabyte ? `${bytes} bytes` : `${Math.floor(bytes / megabyte)} MB`);

const tooLarge = (limit: number): NeverComes => new NeverComes(`The file is larger than ${sizeOf(limit)}.`);

const nameOf = (file: Attachment, fetched: FetchedFile, ending: string): string =>
  cleanName(fetched.name ?? '') || cleanName(file.name) || (ending ? `file.${ending}` : 'file');

/** The bytes, and what failed in giving them: the store passes that off as a failure of its own. */
function watched(from: AsyncIterable<Uint8Array>): { bytes: AsyncIterable<Uint8Array>; failure(): unknown } {
  let failure: unknown;
  async function* bytes() {
    try {
      yield* from;
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  return { bytes: bytes(), failure: () => failure };
}

/** Streams the bytes into the store under the id of the file, so that a second fetching leaves one. */
async function pour(deps: Deps, file: Attachment, fetched: FetchedFile, limit: number): Promise<Change> {
  const { head, whole, close } = await peek(fetched.from);
  try {
    const { type, ending } = await tellType(head, fetched.type || file.type);
    const source = watched(whole);
    const { bytes, sha256 } = await deps.store.blobs.put(file.id, source.bytes, limit).catch((error: unknown) => {
      throw source.failure() ?? error;
    });
    return { state: 'here', reason: null, dueAt: null, name: nameOf(file, fetched, ending), type, bytes, sha256 };
  } finally {
    await close();
  }
}

async function fetchBy(deps: Deps, channel: Channel, file: Attachment, signal: AbortSignal): Promise<Change> {
  const limit = limitOf(channel);
  if (file.reference === null) throw new NeverComes('Nothing says where the file is.');
  if (!channel.fetchAttachment) throw new NeverComes('Files of this inbox cannot be fetched.');
  if (file.bytes > limit) throw tooLarge(limit);
  const fetched = await channel.fetchAttachment(file.reference, signal);
  if ((fetched.bytes ?? 0) > limit) {
    await fetched.from[Symbol.asyncIterator]().return?.();
    throw tooLarge(limit);
  }
  return pour(deps, file, fetched, limit).catch((error: unknown) => {
    throw error instanceof StoreError && error.code === 'blob-too-large' ? tooLarge(limit) : error;
  });
}

/** Wrong credentials can be put right while the provider still has the file; whatever is no refusal may go by itself. */
const isFinal = (error: unknown): boolean =>
  error instanceof NeverComes || (error instanceof SendError && !error.retryable && error.code !== 'config-invalid');

/** What a failure makes of the file: tried again later, or missing for good. */
function afterFailure({ clock }: Deps, file: Attachment, error: unknown): Change {
  const why = reasonOf(error);
  const now = clock.now();
  if (isFinal(error)) return { state: 'missing', reason: why, dueAt: null };
  if (now - Date.parse(file.createdAt) >= giveUpMs)
    return { state: 'missing', reason: `It could not be fetched for three days: ${why}`, dueAt: null };
  const asked = error instanceof SendError ? (error.retryAfterMs ?? 0) : 0;
  const waitMs = Math.max(Math.min(retryMs.first * 2 ** Math.min(file.attempts, 20), retryMs.most), asked);
  return { reason: why, attempts: file.attempts + 1, dueAt: iso(now + waitMs) };
}

/** The message shows its files by name, type and length, and changes with any of them, so that it is shown anew. */
async function messageOps({ store }: Deps, file: Attachment, change: Change): Promise<Op[]> {
  const message = file.messageId && change.state ? await store.get(messages, file.messageId) : null;
  if (!message) return [];
  const { name = file.name, type = file.type, bytes = file.bytes } = change;
  const files = message.attachments.map((one) => (one.id === file.id ? { id: one.id, name, type, bytes } : one));
  return [{ op: 'update', in: messages, id: message.id, expect: message.version, set: { attachments: files } }];
}

async function note(deps: Deps, file: Attachment, change: Change): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const update: Op = { op: 'update', in: attachments, id: file.id, when: { state: 'waiting' }, set: change };
    const result = await deps.store.write([update, ...(await messageOps(deps, file, change))]);
    if (result.ok || result.at === 0) return;
  }
  throw new Error(`file ${file.id}: its message kept changing`);
}

const ended = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new SendError('timed-out', 'It took too long.')), { once: true });
  });

/** The change that fetching makes; a channel that does not listen to the signal holds up nobody. */
function tryFetch(deps: Deps, file: Attachment, signal: AbortSignal): Promise<Change> {
  const channel = deps.channels.get(file.inboxId);
  if (!channel) return Promise.reject(new SendError('unreachable', 'The inbox is not open.'));
  return Promise.race([fetchBy(deps, channel, file, signal), ended(signal)]);
}

/** So long a file is its process's that fetches it, which says again and again that it still does, in ms. */
const claimMs = { lasts: 60_000, every: 20_000 };

/** Takes a file for this process, where there are others: null where another fetches it. */
async function claim(deps: Deps, file: Attachment): Promise<Attachment | null> {
  const { clock, members, store } = deps;
  if (members.count() === 1) return file;
  // it is another's, or was put off
  if ((file.dueAt ?? '') > iso(clock.now())) return null;
  const set = { dueAt: iso(clock.now() + claimMs.lasts) };
  const result = await store.write([{ op: 'update', in: attachments, id: file.id, expect: file.version, set }]);
  return result.ok ? (result.documents[0] as Attachment) : null;
}

/** Says so until it is called off. */
function keepClaim(deps: Deps, { id }: Attachment): () => void {
  const { clock, members, store } = deps;
  if (members.count() === 1) return () => undefined;
  let cancel = (): void => undefined;
  let isOver = false;
  const renew = async (): Promise<void> => {
    const set = { dueAt: iso(clock.now() + claimMs.lasts) };
    await store.write([{ op: 'update', in: attachments, id, when: { state: 'waiting' }, set }]);
  };
  const again = (): void => {
    if (isOver) return;
    cancel = clock.after(claimMs.every, () => {
      // one that fails is made up for by the next
      renew().then(again, again);
    });
  };
  again();
  return () => {
    isOver = true;
    cancel();
  };
}

async function fetchAndNote(deps: Deps, file: Attachment, signal: AbortSignal): Promise<void> {
  const release = keepClaim(deps, file);
  const change = await tryFetch(deps, file, signal)
    .catch((error: unknown) => {
      if (signal.aborted && signal.reason === stopping) throw error;
      deps.log.warn({ attachmentId: file.id, inboxId: file.inboxId, err: error }, 'a file could not be fetched');
      return afterFailure(deps, file, error);
    })
    .finally(release);
  await note(deps, file, change);
  if (change.state === 'missing') await deps.store.blobs.remove(file.id);
  if (change.state) deps.metrics.file(deps.channels.get(file.inboxId)?.kind ?? '', change.state);
}

/**
 * Fetches a file that waits at the provider, if it still does and no other process does it: afterwards its bytes are here, it
 * is put off, or it is missing for good. Rejects only where the store does, or where the signal ended it.
 */
export async function fetchFile(deps: Deps, id: string, signal: AbortSignal): Promise<void> {
  const file = await deps.store.get(attachments, id);
  if (file?.state !== 'waiting') return;
  const ours = await claim(deps, file);
  if (ours) await fetchAndNote(deps, ours, signal);
}

/** Why a fetching is ended that is to be taken up at the next start. */
export const stopping = 'stopping';
