import { z } from 'zod';
import type { Sink } from '../../../src/channel/channel.ts';
import type { GivenEvent } from '../../../src/channel/inbound.ts';
import { readNote } from '../../../src/channel/note.ts';
import type { OutboundMessage } from '../../../src/channel/outbound.ts';
import type { OwnSendings } from '../reading.ts';
import { digestOf } from './said.ts';

const sending = z.object({
  /** The id of our delivery. */
  id: z.string(),
  /** When it was tried first, in ms. */
  at: z.number(),
  to: z.string(),
  /** The post that it answers; null for a direct message. */
  repliesTo: z.string().nullable(),
  digest: z.string(),
  /** The person was addressed by name: whoever tries again says the very same, so that X can tell it is the same. */
  isNamed: z.boolean().default(false),
  /** What it became at X; null while nobody knows. */
  externalId: z.string().nullable(),
});

/** One of our sendings: on its way, or of which nobody knows whether X took it, or taken. */
export type Sending = Readonly<z.infer<typeof sending>>;

/** An own message of the account, as it is about to be told to the core. */
export type OwnEvent = Extract<GivenEvent, { event: 'own-message' }>;

/** Remembers each sending from before its first try, also over a crash: nothing is sent twice for not knowing. */
export interface Sendings extends OwnSendings {
  open(sink: Pick<Sink, 'recall' | 'remember'>): Promise<void>;
  /** An earlier try of this delivery. */
  find(deliveryId: string): Sending | null;
  /** Whether another post of ours has the same words. */
  isSaidElsewhere(message: OutboundMessage): boolean;
  /** Notes a try durably before it is made. */
  begin(message: OutboundMessage, isNamed?: boolean): Promise<Sending>;
  /** X took it. */
  became(deliveryId: string, externalId: string): Promise<void>;
  /** X certainly did not take it. */
  drop(deliveryId: string): Promise<void>;
  /** Runs what sends. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves once nothing is on its way that was when it was asked. */
  idle(): Promise<void>;
  /** Whether an own message is one of ours; one of which nobody knew what became of it is known then. */
  claim(event: OwnEvent): Promise<boolean>;
}

const note = 'x-sendings';
/** So many are known while the process lives, and of those whose fate is known so many after it. */
const mostKnown = 1_000;
const mostKept = 50;
/** The core gives up a delivery after three days. */
const keptMs = 4 * 86_400_000;

const noted = ({ id, address, visibility, quotes, text }: OutboundMessage, at: number): Sending => ({
  id,
  at,
  to: address,
  repliesTo: visibility === 'public' ? (quotes ?? null) : null,
  digest: digestOf(text),
  isNamed: false,
  externalId: null,
});

/** All that nobody knows the fate of, and the last of the others, which the core may not have noted yet. */
function toKeep(list: readonly Sending[]): Sending[] {
  const settled = new Set(list.filter(({ externalId }) => externalId !== null).slice(-mostKept));
  return list.filter((one) => one.externalId === null || settled.has(one));
}

/** A list of sendings that is kept as a note, the newest last; one writing after the other. */
function createList(now: () => number) {
  let sink: Pick<Sink, 'remember'> | null = null;
  let list: Sending[] = [];
  let saving: Promise<void> = Promise.resolve();
  const change = (next: Sending[]): Promise<void> => {
    list = next.filter(({ at }) => now() - at < keptMs).slice(-mostKnown);
    saving = saving.catch(() => undefined).then(() => sink?.remember(note, JSON.stringify(toKeep(list))));
    return saving;
  };
  return {
    all: (): readonly Sending[] => list,
    async open(given: Pick<Sink, 'recall' | 'remember'>): Promise<void> {
      sink = given;
      list = readNote(z.array(sending), await given.recall(note)) ?? [];
    },
    put: (one: Sending): Promise<void> => change([...list.filter(({ id }) => id !== one.id), one]),
    remove: (id: string): Promise<void> => change(list.filter((one) => one.id !== id)),
  };
}

export function createSendings(now: () => number): Sendings {
  const list = createList(now);
  const running = new Set<Promise<unknown>>();
  const find = (id: string): Sending | null => list.all().find((one) => one.id === id) ?? null;
  const has = (id: string): boolean => list.all().some(({ externalId }) => externalId === id);

  const became = async (id: string, externalId: string): Promise<void> => {
    const known = find(id);
    if (known) await list.put({ ...known, externalId });
  };

  return {
    open: list.open,
    has,
    find,
    isSaidElsewhere({ id, text }) {
      const digest = digestOf(text);
      return list.all().some((one) => one.id !== id && one.repliesTo !== null && one.digest === digest);
    },
    async begin(message, isNamed = false) {
      const known = { ...(find(message.id) ?? noted(message, now())), isNamed };
      await list.put(known);
      return known;
    },
    became,
    drop: list.remove,
    async during(work) {
      const run = work();
      running.add(run);
      try {
        return await run;
      } finally {
        running.delete(run);
      }
    },
    async idle() {
      await Promise.allSettled(running);
    },
    async claim({ externalId, address, text }) {
      if (has(externalId)) return true;
      const digest = digestOf(text);
      const open = list.all().find((one) => one.externalId === null && one.to === address && one.digest === digest);
      if (open) await became(open.id, externalId);
      return open !== undefined;
    },
  };
}
