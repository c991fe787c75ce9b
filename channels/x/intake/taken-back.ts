import { z } from 'zod';
import type { Sink } from '../../../src/channel/channel.ts';
import type { GivenEvent } from '../../../src/channel/inbound.ts';
import { readNote } from '../../../src/channel/note.ts';
import { deletionOf } from '../payload/post-event.ts';

type Receive = Sink['receive'];
type Message = Extract<GivenEvent, { event: 'message' }>;

/** Ids of posts that were taken back, and when (ISO), the newest last. */
const deleted = z.array(z.tuple([z.string(), z.string()]));

const note = 'x-taken-back';
const mostKnown = 1_000;

/** Knows the posts that were taken back, also over a restart: X may tell of that before it tells of the post. */
export interface TakenBack {
  open(): Promise<void>;
  /** Gives an event to the core; a post that was taken back is answered by nobody, and shown as what it is. */
  receive: Receive;
}

export function createTakenBack(sink: Pick<Sink, 'recall' | 'remember' | 'receive'>): TakenBack {
  const known = new Map<string, string>();
  let saving: Promise<void> = Promise.resolve();

  const add = (id: string, at: string): Promise<void> => {
    if (!known.has(id)) known.set(id, at);
    const oldest = known.size > mostKnown ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    saving = saving.catch(() => undefined).then(() => sink.remember(note, JSON.stringify([...known])));
    return saving;
  };

  const receiveLate = async (message: Message, at: string): ReturnType<Receive> => {
    const given = await sink.receive({ ...message, settled: true });
    const { inboxId, address, externalId } = message;
    await sink.receive(deletionOf({ id: externalId, authorId: address, at, raw: {} }, inboxId));
    return given;
  };

  return {
    async open() {
      for (const [id, at] of readNote(deleted, await sink.recall(note)) ?? []) known.set(id, at);
    },
    async receive(event) {
      if (event.event !== 'message' || event.visibility !== 'public') return sink.receive(event);
      if (event.kind === 'deletion' && event.refersTo !== undefined) await add(event.refersTo, event.sentAt);
      const at = event.kind === 'deletion' ? undefined : known.get(event.externalId);
      return at === undefined ? sink.receive(event) : receiveLate(event, at);
    },
  };
}
