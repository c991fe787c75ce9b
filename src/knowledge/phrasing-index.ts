import { type Features, type Kind, kinds } from './features.ts';

/** One way to ask for an article. */
export interface Phrasing {
  /** Place of the article in its bank. */
  article: number;
  features: Features;
}

/** How much each kind of feature says; chosen by leave-one-out on the shipped bank, they add up to 1. */
const kindWeights: Record<Kind, number> = { grams: 0.55, words: 0.35, pairs: 0.1 };

interface Postings {
  phrasings: Uint32Array;
  weights: Float32Array;
}

export interface Exclusion {
  phrasing?: number;
  article?: number;
}

const named = (kind: Kind, feature: string): string => `${kind[0]}${feature}`;

/** Weighs the features of a text: rare ones more, each kind normalised by itself. */
const weigh = (features: Features, rarity: (feature: string) => number): [string, number][] =>
  kinds.flatMap((kind) => {
    const weighed = [...features.kinds[kind]].map(([feature, count]): [string, number] => {
      const name = named(kind, feature);
      return [name, Math.sqrt(count) * rarity(name)];
    });
    const norm = Math.sqrt(weighed.reduce((sum, [, weight]) => sum + weight * weight, 0));
    const scale = norm === 0 ? 0 : Math.sqrt(kindWeights[kind]) / norm;
    return weighed.map(([name, weight]): [string, number] => [name, weight * scale]);
  });

const seal = (lists: Map<string, [number, number][]>): Map<string, Postings> => {
  const sealed = new Map<string, Postings>();
  for (const [name, list] of lists) {
    sealed.set(name, {
      phrasings: Uint32Array.from(list, ([phrasing]) => phrasing),
      weights: Float32Array.from(list, ([, weight]) => weight),
    });
  }
  return sealed;
};

const frequencies = (phrasings: readonly Phrasing[]): Map<string, number> => {
  const found = new Map<string, number>();
  for (const { features } of phrasings) {
    for (const kind of kinds) {
      for (const feature of features.kinds[kind].keys()) {
        const name = named(kind, feature);
        found.set(name, (found.get(name) ?? 0) + 1);
      }
    }
  }
  return found;
};

/** A phrasing and how alike it is to the question, 0 to 1. */
export interface Likeness {
  phrasing: number;
  score: number;
}

/** TF-IDF cosine over character 3- and 4-grams, words and word pairs, by an inverted index: cost grows with what is shared, not with the bank. */
export const createPhrasingIndex = (phrasings: readonly Phrasing[]) => {
  const total = phrasings.length;
  const found = frequencies(phrasings);
  const rarity = (name: string): number => Math.log(1 + total / (0.5 + (found.get(name) ?? 0)));
  const lists = new Map<string, [number, number][]>();
  for (const [place, { features }] of phrasings.entries()) {
    for (const [name, weight] of weigh(features, rarity)) {
      const list = lists.get(name);
      if (list === undefined) lists.set(name, [[place, weight]]);
      else list.push([place, weight]);
    }
  }
  const postings = seal(lists);
  const scores = new Float32Array(total);
  const touched = new Uint32Array(total);

  /** Adds up what each phrasing shares with the question; gives how many were touched. */
  const addUp = (features: Features): number => {
    let reached = 0;
    for (const [name, weight] of weigh(features, rarity)) {
      const list = postings.get(name);
      if (list === undefined) continue;
      for (let at = 0; at < list.phrasings.length; at += 1) {
        const phrasing = list.phrasings[at] ?? 0;
        const known = scores[phrasing] ?? 0;
        if (known === 0) touched[reached++] = phrasing;
        scores[phrasing] = known + weight * (list.weights[at] ?? 0);
      }
    }
    return reached;
  };

  const allowed = (phrasing: number, except: Exclusion): boolean =>
    phrasing !== except.phrasing && phrasings[phrasing]?.article !== except.article;

  /** The phrasings that share anything with the question, in no order. */
  const compare = (features: Features, except: Exclusion = {}): Likeness[] => {
    const reached = addUp(features);
    const alike: Likeness[] = [];
    for (let at = 0; at < reached; at += 1) {
      const phrasing = touched[at] ?? 0;
      if (allowed(phrasing, except)) alike.push({ phrasing, score: scores[phrasing] ?? 0 });
      scores[phrasing] = 0;
    }
    return alike;
  };

  return { compare, wordRarity: (stem: string): number => rarity(named('words', stem)) };
};
export type PhrasingIndex = ReturnType<typeof createPhrasingIndex>;
