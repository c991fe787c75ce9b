import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ChannelDeps, Sink } from '../../src/channel/channel.ts';
import { readNote } from '../../src/channel/note.ts';
import { BoundedMap } from './bounded.ts';
import type { PageMessage } from './parse.ts';

const part = z.object({
  /** Of address, sort and words: what is noted here says nothing to whoever reads it. */
  digest: z.string(),
  /** WhatsApp's id of it, once it is known. */
  externalId: z.string().nullable(),
});

const sending = z.object({
  /** The id of our delivery. */
  id: z.string(),
  /** Seconds. */
  at: z.number(),
  parts: z.array(part),
});

/** One of our sendings, and which message of WhatsApp each part of it became. */
export type Sending = z.infer<typeof sending>;
export type Part = z.infer<typeof part>;

export interface Sendings {
  /** Notes a sending before it is made, durably; gives the earlier one where it is tried again. */
  begin(id: string, digests: readonly string[]): Promise<{ sending: Sending; isRepeated: boolean }>;
  /** Runs what sends, one after another: who tries again finds what became of the first. Echoes are judged only after it. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>;
  /** A part became this message. */
  became(sending: Sending, part: Part, externalId: string): void;
  /** The delivery that a message of ours belongs to; null where somebody typed it on the phone. */
  ownerOf(message: PageMessage, address: string): string | null;
  /** By its id alone. */
  deliveryOf(externalId: string): string | null;
}

const note = 'sendings';
/** So many are remembered across a restart: what was on its way, and what the core may not have noted yet. */
const kept = 20;
const known = 5_000;
/** The page's clock and ours are one machine's, yet it counts in whole seconds. */
const slackSeconds = 5;

/** What a part of a sending and the message that it becomes have in common. */
export const digestOf = (address: string, { text, isFile }: { text: string; isFile: boolean }): string =>
  createHash('sha256')
    .update(JSON.stringify([address, isFile, text.trim()]))
    .digest('hex');

const isFile = ({ type, directPath, mimetype }: PageMessage): boolean =>
  type !== 'chat' && (directPath !== '' || mimetype !== '');

/** Finds the part that has no message yet and could be this one. */
function partFor(one: Sending, message: PageMessage, address: string): Part | undefined {
  if ((message.t ?? 0) < one.at - slackSeconds) return undefined;
  const file = isFile(message);
  const digest = digestOf(address, { text: file ? message.caption : message.body, isFile: file });
  return one.parts.find((given) => given.externalId === null && given.digest === digest);
}

/**
 * What we sent: so that an echo of ours is never taken for somebody typing on the phone, and a sending whose outcome is not
 * known is looked for before it is made again. It is noted before the call (channel-facts 9.4).
 */
export function createSendings(sink: Pick<Sink, 'recall' | 'remember'>, clock: ChannelDeps['clock']): Sendings {
  const owners = new BoundedMap<string>(known);
  let open: Promise<Sending[]> | null = null;
  let busy: Promise<unknown> = Promise.resolve();
  const all = (): Promise<Sending[]> => {
    open ??= sink.recall(note).then((text) => readNote(z.array(sending), text) ?? []);
    return open;
  };
  let recent: Sending[] = [];
  const load = async (): Promise<void> => {
    recent = recent.length > 0 ? recent : await all();
  };
  const became = (one: Sending, given: Part, externalId: string): void => {
    given.externalId = externalId;
    owners.set(externalId, one.id);
  };
  return {
    async begin(id, digests) {
      await load();
      const before = recent.find((one) => one.id === id);
      if (before) return { sending: before, isRepeated: true };
      const parts = digests.map((digest) => ({ digest, externalId: null }));
      const fresh: Sending = { id, at: Math.floor(clock.now() / 1000), parts };
      recent = [...recent, fresh].slice(-kept);
      await sink.remember(note, JSON.stringify(recent));
      return { sending: fresh, isRepeated: false };
    },
    during(work) {
      const done = busy.then(work);
      busy = done.catch(() => undefined);
      return done;
    },
    async idle() {
      await load();
      await busy;
    },
    became,
    ownerOf(message, address) {
      const owner = owners.get(message.key.id);
      if (owner !== undefined) return owner;
      for (const one of recent) {
        const found = partFor(one, message, address);
        if (!found) continue;
        became(one, found, message.key.id);
        return one.id;
      }
      return null;
    },
    deliveryOf: (externalId) => owners.get(externalId) ?? null,
  };
}
