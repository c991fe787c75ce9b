import { containerBootstrap } from '@nlpjs/core';
import { LangAr } from '@nlpjs/lang-ar';
import { LangEn } from '@nlpjs/lang-en';
import { Nlp } from '@nlpjs/nlp';
import { z } from 'zod';
import { tokens } from '../language/fold.ts';
import { type Language, languages } from '../language/language.ts';
import { lightStem } from '../language/light-stem.ts';
import { stopWords } from '../language/stop-words.ts';

/** A sentence and what it is an example of. */
export interface Example {
  language: Language;
  text: string;
  label: string;
}

export interface Classified {
  label: string;
  /** Share of the label among all, 0 to 1. */
  score: number;
}

export interface Classifier {
  /** The most likely label, or null where too little of the text is known to judge. */
  classify(text: string, language: Language): Classified | null;
}

const has = (value: unknown, method: string): boolean =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, method) === 'function';

const scores = z.record(z.string(), z.number());
const stemmer = z.custom<{ tokenizeAndStem(text: string): string[] }>((value) => has(value, 'tokenizeAndStem'));
const network = z.custom<{ run(input: Record<string, number>): unknown }>((value) => has(value, 'run'));
const counts = z.record(z.string(), z.number());
const learned = z.object({
  features: counts,
  intentFeatures: z.record(z.string(), counts),
  numIntents: z.number(),
  numFeatures: z.number(),
  neuralNetwork: network,
});
const manager = z.object({
  domainManagers: z.record(z.string(), z.object({ domains: z.record(z.string(), learned) })),
});
type Learned = z.infer<typeof learned>;

/** The library's normaliser leaves hamza, ta marbuta and tashkeel as they are, so it is given folded, lightly stemmed words. */
const prepare = (text: string): string =>
  tokens(text)
    .filter((word) => !stopWords.has(word))
    .map((word) => lightStem(word))
    .join(' ');

/** How much each further unknown word speaks for "none of the labels"; the library's own growth factor. */
const unknownGrowth = 1.2;

const featuresOf = (stems: readonly string[], { features, numIntents, numFeatures }: Learned) => {
  const known: Record<string, number> = {};
  let delta = numIntents / numFeatures;
  let none = 0;
  for (const stem of new Set(stems)) {
    if (features[stem] !== undefined) known[stem] = 1;
    else {
      none += delta;
      delta *= unknownGrowth;
    }
  }
  return { known, none };
};

const best = (found: Record<string, number>): Classified | null => {
  const squares = Object.entries(found).map(([label, score]) => ({ label, score: score ** 2 }));
  const total = squares.reduce((sum, one) => sum + one.score, 0);
  const first = squares.sort((one, other) => other.score - one.score)[0];
  return first === undefined || total === 0 ? null : { label: first.label, score: first.score / total };
};

/** One known word among strangers gives confident nonsense (axa-group/nlp.js#286). */
const leastKnown = 2;
const leastKnownShare = 0.4;

const classifyStems = (stems: readonly string[], model: Learned): Classified | null => {
  const { known, none } = featuresOf(stems, model);
  const stemsKnown = Object.keys(known);
  if (stemsKnown.length < leastKnown || stemsKnown.length < leastKnownShare * new Set(stems).size) return null;
  const input = none > 0 ? { ...known, nonefeature: none } : known;
  const found = scores.parse(model.neuralNetwork.run(input));
  const active = Object.entries(found).filter(
    ([label]) => label === 'None' || stemsKnown.some((stem) => model.intentFeatures[label]?.[stem] !== undefined),
  );
  return best(Object.fromEntries(active));
};

const teach = async (examples: readonly Example[]) => {
  const container = await containerBootstrap();
  container.use(LangAr);
  container.use(LangEn);
  const nlp = new Nlp({
    container,
    languages: [...languages],
    autoSave: false,
    forceNER: false,
    nlu: { log: false, useNoneFeature: true },
  });
  for (const language of languages) nlp.addLanguage(language);
  for (const { language, text, label } of examples) nlp.addDocument(language, prepare(text), label);
  await nlp.train();
  return { container, nlp };
};

const modelOf = (trained: unknown, language: Language): Learned => {
  const domain = Object.values(manager.parse(trained).domainManagers[language]?.domains ?? {})[0];
  if (domain === undefined) throw new Error(`The classifier learned nothing in "${language}".`);
  return domain;
};

/**
 * Learns labels from examples with @nlpjs (the modules of node-nlp). What it learned is then asked directly, because the
 * library's own process() is asynchronous and keeps every text that it was ever asked in memory.
 */
export const trainClassifier = async (examples: readonly Example[]): Promise<Classifier> => {
  const { container, nlp } = await teach(examples);
  const ready = {
    ar: { stemmer: stemmer.parse(container.get('stemmer-ar')), model: modelOf(nlp.nluManager, 'ar') },
    en: { stemmer: stemmer.parse(container.get('stemmer-en')), model: modelOf(nlp.nluManager, 'en') },
  };
  return {
    classify(text, language) {
      const stems = ready[language].stemmer.tokenizeAndStem(prepare(text));
      return classifyStems(stems, ready[language].model);
    },
  };
};
