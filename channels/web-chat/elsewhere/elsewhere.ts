import type { ChannelDeps } from '../../../src/channel/channel.ts';
import type { Peers } from '../../../src/channel/kind.ts';
import { createAsking } from './asking.ts';
import { createLately, createNeighbours } from './known.ts';
import { type Answers, createSpeech, type Gift, type HintName, hear } from './words.ts';

/** The visitors of this process, as the others reach them. */
export interface Local {
  /** How many tabs a visitor has open here. */
  count(visitor: string): number;
  /** To all tabs of a visitor; false where none is open. */
  give(visitor: string, gift: Gift): boolean;
  tell(visitor: string, hint: HintName, payload: unknown): void;
  /** Reads anew what the tabs of a visitor (without one: of all) may have missed; what comes live waits behind it. */
  readAgain(visitor?: string): void;
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

/** So soon the others notice that something did not reach them, after they can be reached again. */
export const beatMs = 5_000;

interface Deps {
  peers: Peers;
  clock: ChannelDeps['clock'];
  inboxId: string;
  /** The name of this process among the others. */
  self: string;
}

function keepBeating(clock: ChannelDeps['clock'], beat: () => void): () => void {
  let cancel = (): void => undefined;
  const again = (): void => {
    cancel = clock.after(beatMs, () => {
      beat();
      again();
    });
  };
  again();
  return () => cancel();
}

/** Reaches the visitors of one web chat who are connected to other processes. */
export function createElsewhere({ peers, clock, inboxId, self }: Deps): Elsewhere {
  const topic = `web-chat ${inboxId}`;
  const say = createSpeech(peers, topic, self);
  const lately = createLately(() => clock.now());
  const neighbours = createNeighbours();
  const asking = createAsking(self, clock);
  const answersOf = (local: Local): Answers => ({
    entered({ visitor }, from) {
      const still = local.count(visitor) > 0;
      if (still) neighbours.add(visitor, from);
      if (still || lately.has(visitor)) say({ word: 'here', to: from, visitor, still });
    },
    here({ visitor, to, still }, from) {
      if (to !== self || local.count(visitor) === 0) return;
      if (still) neighbours.add(visitor, from);
      local.readAgain(visitor);
    },
    left: ({ visitor }, from) => neighbours.remove(visitor, from),
    give({ visitor, gift, ask }) {
      const has = local.give(visitor, gift);
      if (ask !== undefined) say({ word: 'answer', ask, has });
    },
    answer: asking.hear,
    tell: ({ visitor, hint, payload }) => local.tell(visitor, hint, payload),
    beat: () => undefined,
  });
  return {
    entered: (visitor) => say({ word: 'entered', visitor }),
    left(visitor) {
      if (neighbours.has(visitor)) say({ word: 'left', visitor });
      neighbours.forget(visitor);
      lately.add(visitor);
    },
    has: neighbours.has,
    give: (visitor, gift) => say({ word: 'give', visitor, gift }),
    giveAway: (visitor, gift) => asking.ask(peers.count(), (ask) => say({ word: 'give', visitor, gift, ask })),
    tell: (visitor, hint, payload) => say({ word: 'tell', visitor, hint, payload }),
    listen(local) {
      const stopHearing = hear(peers, topic, { answers: answersOf(local), missed: () => local.readAgain() });
      const stopBeating = keepBeating(clock, () => say({ word: 'beat' }));
      return async () => {
        stopBeating();
        await asking.settled();
        stopHearing();
      };
    },
  };
}
