import { z } from 'zod';
import type { ChannelDeps } from '../../src/channel/channel.ts';
import type { Peers } from '../../src/channel/kind.ts';
import { said } from './shown.ts';

const hint = z.enum(['typing', 'conversation']);
const gift = z.object({ said, deliveryId: z.string().optional() });

/** A message, and our delivery to confirm once the visitor has it. */
export type Gift = z.infer<typeof gift>;
export type HintName = z.infer<typeof hint>;

/** What the processes of one web chat tell each other. `from` and `to` are processes, for as long as they run. */
const words = z.discriminatedUnion('word', [
  z.object({ word: z.literal('entered'), from: z.string(), visitor: z.string() }),
  z.object({ word: z.literal('here'), from: z.string(), visitor: z.string(), to: z.string(), still: z.boolean() }),
  z.object({ word: z.literal('left'), from: z.string(), visitor: z.string() }),
  z.object({ word: z.literal('give'), from: z.string(), visitor: z.string(), gift, ask: z.string().optional() }),
  z.object({ word: z.literal('answer'), from: z.string(), ask: z.string(), has: z.boolean() }),
  z.object({ word: z.literal('tell'), from: z.string(), visitor: z.string(), hint, payload: z.unknown() }),
]);
type Word = z.infer<typeof words>;
type WordOf<Name extends Word['word']> = Extract<Word, { word: Name }>;

/** The visitors of this process, as the others reach them. */
export interface Local {
  /** How many tabs a visitor has open here. */
  count(visitor: string): number;
  /** To all tabs of a visitor; false where none is open. */
  give(visitor: string, gift: Gift): boolean;
  tell(visitor: string, hint: HintName, payload: unknown): void;
  /** Reads anew what a visitor's tabs may have missed. */
  readAgain(visitor: string): void;
  /** The same for all visitors. */
  readAllAgain(): void;
}

/** The visitors of other processes. */
export interface Elsewhere {
  /**
   * One who was here before has come to this process. Another that has tabs of theirs, or had until a moment ago, says so:
   * it passes on what it gives them from then on, and what it gave before is read anew here.
   */
  entered(visitor: string): void;
  /** The last tab of a visitor in this process is closed. */
  left(visitor: string): void;
  /** Whether one who has a tab here is known to have another in another process. */
  has(visitor: string): boolean;
  give(visitor: string, gift: Gift): void;
  /** Gives it, and finds out whether anybody had the visitor: false where nobody did, or told in time that they did. */
  giveAway(visitor: string, gift: Gift): Promise<boolean>;
  tell(visitor: string, hint: HintName, payload: unknown): void;
  /** Hears the others from now on. Gives a function that stops it once what was asked is answered. */
  listen(local: Local): () => Promise<void>;
}

/** Where this process is alone. */
export const nowhere: Elsewhere = {
  entered: () => undefined,
  left: () => undefined,
  has: () => false,
  give: () => undefined,
  giveAway: async () => false,
  tell: () => undefined,
  listen: () => async () => undefined,
};

/** So long the others have to say whether a visitor is with them; one that died does not hold up a conversation longer. */
export const answerWithinMs = 2_000;
/** So long after the last tab was closed what it was given may not have arrived, and a word of a new one be under way. */
const latelyMs = 10_000;

/** Who had a tab here until a moment ago. */
function createLately(now: () => number) {
  const leftAt = new Map<string, number>();
  const forget = (): void => {
    for (const [visitor, at] of leftAt) {
      if (now() - at <= latelyMs) return;
      leftAt.delete(visitor);
    }
  };
  return {
    add(visitor: string): void {
      leftAt.delete(visitor);
      leftAt.set(visitor, now());
      forget();
    },
    has: (visitor: string): boolean => now() - (leftAt.get(visitor) ?? Number.NEGATIVE_INFINITY) <= latelyMs,
  };
}

/** Questions to all others whether they have a visitor: the first yes counts, or all noes, or the end of the time. */
function createAsking(self: string, clock: ChannelDeps['clock']) {
  const open = new Map<string, (answer: { from: string; has: boolean }) => void>();
  const pending = new Set<Promise<boolean>>();
  let asked = 0;
  const begin = (id: string, others: number): Promise<boolean> =>
    new Promise((resolve) => {
      const without = new Set<string>();
      const end = (has: boolean): void => {
        cancel();
        open.delete(id);
        resolve(has);
      };
      const cancel = clock.after(answerWithinMs, () => end(false));
      open.set(id, ({ from, has }) => {
        if (has) end(true);
        else if (without.add(from).size >= others) end(false);
      });
    });
  return {
    async ask(others: number, publish: (id: string) => void): Promise<boolean> {
      const id = `${self} ${++asked}`;
      const answer = others > 0 ? begin(id, others) : Promise.resolve(false);
      pending.add(answer);
      publish(id);
      return answer.finally(() => pending.delete(answer));
    },
    hear: (word: WordOf<'answer'>): void => open.get(word.ask)?.(word),
    settled: async (): Promise<void> => void (await Promise.all(pending)),
  };
}

/** Which others have tabs of visitors who have some here too. */
function createNeighbours() {
  const peersOf = new Map<string, Set<string>>();
  return {
    add: (visitor: string, peer: string): void =>
      void peersOf.set(visitor, (peersOf.get(visitor) ?? new Set()).add(peer)),
    remove: (visitor: string, peer: string): void => void peersOf.get(visitor)?.delete(peer),
    forget: (visitor: string): void => void peersOf.delete(visitor),
    has: (visitor: string): boolean => (peersOf.get(visitor)?.size ?? 0) > 0,
  };
}

interface Deps {
  peers: Peers;
  clock: ChannelDeps['clock'];
  inboxId: string;
  /** The name of this process among the others. */
  self: string;
}

/** Reaches the visitors of one web chat who are connected to other processes. */
export function createElsewhere({ peers, clock, inboxId, self }: Deps): Elsewhere {
  const topic = `web-chat ${inboxId}`;
  const lately = createLately(() => clock.now());
  const asking = createAsking(self, clock);
  const neighbours = createNeighbours();
  const publish = (word: Word): void => peers.publish(topic, word);
  const answers = (local: Local): { [Name in Word['word']]: (word: WordOf<Name>) => void } => ({
    entered({ visitor, from }) {
      const still = local.count(visitor) > 0;
      if (still) neighbours.add(visitor, from);
      if (still || lately.has(visitor)) publish({ word: 'here', from: self, to: from, visitor, still });
    },
    here({ visitor, from, to, still }) {
      if (to !== self || local.count(visitor) === 0) return;
      if (still) neighbours.add(visitor, from);
      local.readAgain(visitor);
    },
    left: ({ visitor, from }) => neighbours.remove(visitor, from),
    give({ visitor, gift, ask }) {
      const has = local.give(visitor, gift);
      if (ask !== undefined) publish({ word: 'answer', from: self, ask, has });
    },
    answer: (word) => asking.hear(word),
    tell: ({ visitor, hint, payload }) => local.tell(visitor, hint, payload),
  });
  return {
    entered: (visitor) => publish({ word: 'entered', from: self, visitor }),
    left(visitor) {
      if (neighbours.has(visitor)) publish({ word: 'left', from: self, visitor });
      neighbours.forget(visitor);
      lately.add(visitor);
    },
    has: neighbours.has,
    give: (visitor, gift) => publish({ word: 'give', from: self, visitor, gift }),
    giveAway: (visitor, gift) =>
      asking.ask(peers.count(), (ask) => publish({ word: 'give', from: self, visitor, gift, ask })),
    tell: (visitor, hint, payload) => publish({ word: 'tell', from: self, visitor, hint, payload }),
    listen(local) {
      const answer = answers(local);
      const deaf = peers.subscribe(topic, (payload) => {
        const { data } = words.safeParse(payload);
        // a newer version may say what this one does not know
        if (data) (answer[data.word] as (word: Word) => void)(data);
      });
      const unmissed = peers.onMissed?.(() => local.readAllAgain());
      return async () => {
        await asking.settled();
        deaf();
        unmissed?.();
      };
    },
  };
}
