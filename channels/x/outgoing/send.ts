import { z } from 'zod';
import type { OutboundMessage, SendResult } from '../../../src/channel/outbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import type { Uploads } from '../../../src/channel/uploads.ts';
import type { XClient } from '../client.ts';
import type { Limits } from '../limits.ts';
import type { Meter } from '../meter.ts';
import { Refusal } from '../refusal.ts';
import type { MediaForm } from './files.ts';
import { type FindOptions, findSent } from './find.ts';
import type { Handles } from './handles.ts';
import type { Sendings } from './sendings.ts';
import { type ShapeOptions, type Wanted, wantedOf } from './shape.ts';

/** Sends messages of one account. */
export interface Sender {
  send(message: OutboundMessage, signal: AbortSignal): Promise<SendResult>;
}

export interface SenderOptions {
  client: XClient;
  limits: Limits;
  meter: Meter;
  sendings: Sendings;
  uploads: Uploads<MediaForm>;
  find: FindOptions;
  handles: Handles;
  shape: Omit<ShapeOptions, 'isOwn'>;
}

const posted = z.object({ data: z.object({ id: z.string().min(1) }) });
const sentDm = z.object({ dm_event_id: z.string().min(1) });
/** The library's type knows the id without what X wraps it in. */
const dmAnswer = z.union([z.object({ data: sentDm }).transform(({ data }) => data), sentDm]);

/** At most four files go with a post; the library wants them counted by its types. */
type PostMedia = [string] | [string, string] | [string, string, string] | [string, string, string, string];

/** Ids of the files that went up for it, and whether the person is addressed by name. */
interface Given {
  ids: string[];
  isNamed: boolean;
}

const noId = (): Refusal =>
  new Refusal(
    { code: 'unexpected-response', says: 'X gave no id for the message.', isOpen: true },
    { retryAfterMs: 15_000 },
  );

async function post(client: XClient, wanted: Wanted & Given & { repliesTo: string }, signal: AbortSignal) {
  const { text, repliesTo, ids } = wanted;
  const media = ids.length > 0 ? { media: { media_ids: ids as PostMedia } } : {};
  const given = await client.ask({ endpoint: 'createPost', signal }, (api) => api.reply(text, repliesTo, media));
  const read = posted.safeParse(given);
  if (!read.success) throw noId();
  return read.data.data.id;
}

async function dm(client: XClient, to: string, { text, ids }: Wanted & Given, signal: AbortSignal) {
  const attachments = ids.map((media_id) => ({ media_id }));
  const message = {
    ...(text.trim() === '' ? {} : { text }),
    ...(attachments.length > 0 ? { attachments } : {}),
  };
  const given: unknown = await client.ask({ endpoint: 'sendDm', signal }, (api) =>
    api.sendDmToParticipant(to, message as Parameters<typeof api.sendDmToParticipant>[1]),
  );
  const read = dmAnswer.safeParse(given);
  if (!read.success) throw noId();
  return read.data.dm_event_id;
}

const isOpen = (error: unknown): boolean => !(error instanceof SendError) || (error instanceof Refusal && error.isOpen);

const isDuplicate = (error: unknown): boolean => error instanceof SendError && error.providerCode === 'duplicate';

export function createSender(options: SenderOptions): Sender {
  const { client, limits, meter, sendings, uploads } = options;
  const shape: ShapeOptions = { ...options.shape, isOwn: sendings.has };

  const upload = async (message: OutboundMessage, wanted: Wanted, signal: AbortSignal): Promise<string[]> => {
    const { inboxId, address } = message;
    const ids: string[] = [];
    for (const one of wanted.files) ids.push(await uploads.idOf({ ...one, inboxId, address }, signal));
    return ids;
  };

  /** What an earlier try became, if X took it after all. */
  const found = async (message: OutboundMessage, signal: AbortSignal): Promise<string | null> => {
    const earlier = sendings.find(message.id);
    if (!earlier) return null;
    const id = earlier.externalId ?? (await findSent(options.find, earlier, signal));
    if (id !== null && earlier.externalId === null) await sendings.became(message.id, id);
    return id;
  };

  const make = (message: OutboundMessage, wanted: Wanted & Given, signal: AbortSignal): Promise<string> => {
    const { repliesTo } = wanted;
    return repliesTo === null
      ? dm(client, message.address, wanted, signal)
      : post(client, { ...wanted, repliesTo }, signal);
  };

  /** Counts, notes and makes the one request; what X certainly did not take is neither counted nor remembered. */
  const attempt = async (
    message: OutboundMessage,
    wanted: Wanted & Given,
    signal: AbortSignal,
  ): Promise<SendResult> => {
    const isRepeated = sendings.find(message.id) !== null;
    await sendings.begin(message, wanted.isNamed);
    const charge = await meter.write(wanted.price);
    const cost = { units: 1, amount: charge.amount, currency: 'USD' };
    try {
      const externalId = await make(message, wanted, signal);
      await sendings.became(message.id, externalId);
      return { externalId, status: 'sent', cost };
    } catch (error) {
      if (isOpen(error)) throw error;
      charge.takeBack();
      const known = isDuplicate(error) && isRepeated ? await found(message, signal) : null;
      if (known !== null) return { externalId: known, status: 'sent', cost };
      // what became of an earlier try is still not known
      if (!isRepeated) await sendings.drop(message.id);
      throw error;
    }
  };

  /** Addressed by name, as X's own app does it: the words are then theirs, and the name counts nothing of the length. */
  const byName = async (wanted: Wanted & Given, signal: AbortSignal): Promise<(Wanted & Given) | null> => {
    if (wanted.repliesTo === null || wanted.text.startsWith('@')) return null;
    const handle = await options.handles.of(wanted.repliesTo, signal).catch(() => null);
    return handle === null ? null : { ...wanted, isNamed: true, text: `@${handle} ${wanted.text}` };
  };

  /** X takes no words twice, also not for two people; where no earlier try can have been the first, a name tells them apart. */
  const attemptOnce = async (message: OutboundMessage, wanted: Wanted & Given, signal: AbortSignal) => {
    const earlier = sendings.find(message.id);
    const isFirst = earlier === null;
    const isNamed = earlier?.isNamed ?? sendings.isSaidElsewhere(message);
    const named = isNamed ? await byName(wanted, signal) : null;
    try {
      return await attempt(message, named ?? wanted, signal);
    } catch (error) {
      const other = isDuplicate(error) && isFirst && !named ? await byName(wanted, signal) : null;
      if (!other) throw error;
      return attempt(message, other, signal);
    }
  };

  const send = async (message: OutboundMessage, signal: AbortSignal): Promise<SendResult> => {
    const wanted = wantedOf(message, shape);
    const known = await found(message, signal);
    if (known !== null) return { externalId: known, status: 'sent' };
    meter.check(wanted.price);
    limits.check(wanted.repliesTo === null ? 'sendDm' : 'createPost');
    const ids = await upload(message, wanted, signal);
    return attemptOnce(message, { ...wanted, ids, isNamed: false }, signal);
  };

  return { send: (message, signal) => sendings.during(() => send(message, signal)) };
}
