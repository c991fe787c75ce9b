import { z } from 'zod';
import type { ChannelDeps, Sink } from '../../src/channel/channel.ts';
import { BoundedMap } from './bounded.ts';
import type { PageMessage } from './parse.ts';

const part = z.object({
  text: z.string(),
  isFile: z.boolean(),
  /** WhatsApp's id of it, once it is known. */
  externalId: z.string().nullable(),
});

const sending = z.object({
  /** The id of our delivery. */
  id: z.string(),
  address: z.string(),
  /** Seconds. */
  at: z.number(),
  parts: z.array(part),
});

/** One of our sendings, and which message of WhatsApp each part of it became. */
export type Sending = z.infer<typeof sending>;
export type Part = z.infer<typeof part>;

export interface Sendings {
  /** Notes a sending before it is made, durably; gives the earlier one where it is tried again. */
  begin(given: Omit<Sending, 'at'>): Promise<{ sending: Sending; isRepeated: boolean }>;
  /** Runs what sends; echoes are judged only after it. */
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

const parsed = (text: string | null): Sending[] => {
  try {
    return z
      .array(sending)
      .catch([])
      .parse(JSON.parse(text ?? '[]'));
  } catch {
    return [];
  }
};

/** Could this message be that part? Only where the part has no message yet. */
const fits =
  (one: Sending, message: PageMessage, address: string) =>
  (given: Part): boolean =>
    given.externalId === null &&
    one.address === address &&
    (message.t ?? 0) >= one.at - slackSeconds &&
    given.isFile === (message.directPath !== '' || (message.mimetype !== '' && message.type !== 'chat')) &&
    given.text === (given.isFile ? message.caption : message.body);

/**
 * What we sent: so that an echo of ours is never taken for somebody typing on the phone, and a sending whose outcome is not
 * known is looked for before it is made again. It is noted before the call (channel-facts 9.4).
 */
export function createSendings(sink: Pick<Sink, 'recall' | 'remember'>, clock: ChannelDeps['clock']): Sendings {
  const owners = new BoundedMap<string>(known);
  let open: Promise<Sending[]> | null = null;
  let busy: Promise<unknown> = Promise.resolve();
  const all = (): Promise<Sending[]> => {
    open ??= sink.recall(note).then(parsed);
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
    async begin(given) {
      await load();
      const before = recent.find(({ id }) => id === given.id);
      if (before) return { sending: before, isRepeated: true };
      const fresh = { ...given, at: Math.floor(clock.now() / 1000) };
      recent = [...recent, fresh].slice(-kept);
      await sink.remember(note, JSON.stringify(recent));
      return { sending: fresh, isRepeated: false };
    },
    during(work) {
      const done = work();
      busy = Promise.allSettled([busy, done]);
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
        const found = one.parts.find(fits(one, message, address));
        if (!found) continue;
        became(one, found, message.key.id);
        return one.id;
      }
      return null;
    },
    deliveryOf: (externalId) => owners.get(externalId) ?? null,
  };
}
