import { setImmediate as breathe } from 'node:timers/promises';
import type { Embed } from './load-model.ts';
import type { OrderWord, ReplyWord, Way } from './near-words.ts';
import { type Neighbours, type Placed, placeNeighbours } from './neighbours.ts';

/** So many texts go through the model at once; small, because a question waits for it. */
const batch = 8;

type Learn = Extract<OrderWord, { do: 'learn' }>;
type Question = Extract<OrderWord, { do: 'near' }>;

/** A newer bank came: what was being learned is out of date. */
class Outdated extends Error {}

/** Texts keep their numbers from one bank to the next. */
const keepOnly = (known: Map<string, Float32Array>, ways: readonly Way[]): void => {
  const wanted = new Set(ways.map(({ text }) => text));
  for (const text of known.keys()) if (!wanted.has(text)) known.delete(text);
};

/** Reads texts by a model, one batch at a time: questions first, between them the bank. */
export function createReader(embed: Embed, tell: (word: ReplyWord) => void) {
  const known = new Map<string, Float32Array>();
  let questions: Question[] = [];
  let wanted: Learn | null = null;
  let neighbours: Neighbours | null = null;
  let isWorking = false;

  const answer = async (): Promise<void> => {
    const now = questions.splice(0, batch);
    if (now.length === 0) return;
    const vectors = await embed(now.map(({ text }) => text));
    now.forEach(({ turn }, at) => {
      const vector = vectors[at];
      tell({ on: 'near', turn, near: neighbours && vector ? neighbours.near(vector) : [] });
    });
  };

  /** Lets orders come in and questions be answered. */
  const pauseOf = (order: Learn) => async (): Promise<void> => {
    await breathe();
    while (questions.length > 0) await answer();
    if (wanted !== null && wanted !== order) throw new Outdated();
  };

  const learn = async (order: Learn): Promise<void> => {
    const pause = pauseOf(order);
    const open = [...new Set(order.ways.map(({ text }) => text))].filter((text) => !known.has(text));
    for (let from = 0; from < open.length; from += batch) {
      const texts = open.slice(from, from + batch);
      const vectors = await embed(texts);
      for (const [at, text] of texts.entries()) known.set(text, vectors[at] ?? new Float32Array());
      await pause();
    }
    const placed: Placed[] = order.ways.flatMap(({ id, text }) => {
      const vector = known.get(text);
      return vector ? [{ id, vector }] : [];
    });
    neighbours = await placeNeighbours(placed, pause);
    keepOnly(known, order.ways);
    tell({ on: 'learned', turn: order.turn });
  };

  const learnWanted = async (order: Learn): Promise<void> => {
    try {
      await learn(order);
    } catch (error) {
      if (!(error instanceof Outdated)) throw error;
    }
    if (wanted === order) wanted = null;
  };

  const work = async (): Promise<void> => {
    isWorking = true;
    while (questions.length > 0 || wanted !== null) {
      await answer();
      if (wanted !== null) await learnWanted(wanted);
    }
    isWorking = false;
  };

  return {
    /** Takes an order; the answer is told when it is there. What the model cannot do ends the thread. */
    take(order: OrderWord): void {
      if (order.do === 'near') questions.push(order);
      if (order.do === 'learn') wanted = order;
      if (order.do === 'drop') questions = questions.filter(({ turn }) => turn !== order.turn);
      if (!isWorking) void work();
    },
  };
}
