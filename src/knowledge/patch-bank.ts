import type { Language } from '../language/language.ts';
import type { Words } from '../learning/words.ts';
import type { Article } from './article.ts';
import { articlesIn, gatherArticles, type LearnedBank } from './learn-bank.ts';
import type { Numbers } from './lexicon.ts';
import { weighMore } from './weighed-rows.ts';

/** What changed since a bank was learned. */
export interface Edits {
  /** Articles as they are now, published ones. */
  changed: readonly Article[];
  /** Ids of articles that count no more: removed, unpublished, or changed. */
  gone: ReadonlySet<string>;
}

const copied = (numbers: Numbers): Numbers => ({
  grams: new Map(numbers.grams),
  words: new Map(numbers.words),
  pairs: new Map(numbers.pairs),
});

/**
 * A bank with edits in it before they are learned: who is gone is not told, who changed is found by the likeness of
 * phrasings alone. Quick: it grows with the edits, but for one copy of the vocabulary.
 */
export const patchBank = (bank: LearnedBank, edits: Edits, language: Language, words: Words): LearnedBank => {
  const changed = articlesIn(edits.changed, language);
  const first = bank.articles.length;
  const numbers = copied(bank.numbers);
  const fresh = gatherArticles(changed, language, words, numbers);
  const gone = bank.articles.flatMap(({ id }, at) => (edits.gone.has(id) ? [at] : []));
  return {
    ...bank,
    articles: [...bank.articles, ...fresh.articles],
    phrasings: [...bank.phrasings, ...fresh.phrasings.map((one) => ({ ...one, article: one.article + first }))],
    words: {
      written: new Set([...bank.words.written, ...fresh.ownWords.written]),
      stems: new Set([...bank.words.stems, ...fresh.ownWords.stems]),
    },
    numbers,
    rows: weighMore(bank.rows, fresh.rows, fresh.size),
    vocabularies: [...bank.vocabularies, ...fresh.vocabularies],
    gone: new Set([...bank.gone, ...gone]),
  };
};
