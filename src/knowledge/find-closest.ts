import type { Likeness } from './phrasing-index.ts';

/** The likeness of an article's best phrasings to a question. */
interface Tally {
  article: number;
  best: number;
  second: number;
  third: number;
  /** The best one. */
  phrasing: number;
}

/** An article and how alike it is to a question by its best phrasing and a little of its next ones, 0 to 1. */
export interface Close {
  article: number;
  likeness: number;
  /** Its best phrasing. */
  phrasing: number;
}

/** How much the next two phrasings count beside the best one. */
const restShare = 0.45;

const note = (tally: Tally, score: number, phrasing: number): void => {
  if (score > tally.best) {
    tally.third = tally.second;
    tally.second = tally.best;
    tally.best = score;
    tally.phrasing = phrasing;
  } else if (score > tally.second) {
    tally.third = tally.second;
    tally.second = score;
  } else if (score > tally.third) tally.third = score;
};

const likenessOf = ({ best, second, third }: Tally): number =>
  best * (1 - restShare) + (restShare * (second + third)) / 2;

/** `articleOf` gives the place of a phrasing's article, or -1 where it is left out. */
type ArticleOf = (phrasing: number) => number;

const tally = ({ phrasings, scores }: Likeness, articleOf: ArticleOf): Iterable<Tally> => {
  const tallies = new Map<number, Tally>();
  for (let at = 0; at < phrasings.length; at += 1) {
    const phrasing = phrasings[at] ?? 0;
    const article = articleOf(phrasing);
    if (article < 0) continue;
    const score = scores[at] ?? 0;
    const known = tallies.get(article);
    if (known === undefined) tallies.set(article, { article, best: score, second: 0, third: 0, phrasing });
    else note(known, score, phrasing);
  }
  return tallies.values();
};

const isCloser = (one: Close, other: Close): boolean =>
  one.likeness > other.likeness || (one.likeness === other.likeness && one.article < other.article);

/** Puts one in its place among the closest, and lets the last go where there are too many. */
const place = (closest: Close[], one: Close, most: number): void => {
  let at = closest.length;
  for (; at > 0; at -= 1) {
    const before = closest[at - 1];
    if (before === undefined || !isCloser(one, before)) break;
  }
  if (at >= most) return;
  closest.splice(at, 0, one);
  if (closest.length > most) closest.pop();
};

/** The articles that are closest to a question, at most `most`, closest first. */
export const findClosest = (likeness: Likeness, articleOf: ArticleOf, most: number): Close[] => {
  const closest: Close[] = [];
  for (const one of tally(likeness, articleOf))
    place(closest, { article: one.article, likeness: likenessOf(one), phrasing: one.phrasing }, most);
  return closest;
};
