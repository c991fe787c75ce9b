import type { Likeness } from './phrasing-index.ts';

/** An article and how alike it is to a question, by its best phrasing and a little of its next ones, 0 to 1. */
export interface Close {
  article: number;
  likeness: number;
  /** Its best phrasing. */
  phrasing: number;
}

/** How much the next two phrasings count beside the best one. */
const restShare = 0.45;

/** The scores of the best three phrasings of each article while they are gathered, taken up again for the next question. */
interface Tallies {
  best: Float64Array;
  second: Float64Array;
  third: Float64Array;
  /** The best phrasing. */
  phrasing: Uint32Array;
  /** The articles that have a score, in the first `reached` places. */
  touched: Uint32Array;
  reached: number;
}

const noTallies = (articles: number): Tallies => ({
  best: new Float64Array(articles),
  second: new Float64Array(articles),
  third: new Float64Array(articles),
  phrasing: new Uint32Array(articles),
  touched: new Uint32Array(articles),
  reached: 0,
});

const note = (tallies: Tallies, article: number, score: number, phrasing: number): void => {
  const { best, second, third } = tallies;
  const most = best[article] ?? 0;
  const next = second[article] ?? 0;
  if (most === 0) tallies.touched[tallies.reached++] = article;
  if (score > most) {
    third[article] = next;
    second[article] = most;
    best[article] = score;
    tallies.phrasing[article] = phrasing;
  } else if (score > next) {
    third[article] = next;
    second[article] = score;
  } else if (score > (third[article] ?? 0)) third[article] = score;
};

const likenessOf = ({ best, second, third }: Tallies, article: number): number =>
  (best[article] ?? 0) * (1 - restShare) + (restShare * ((second[article] ?? 0) + (third[article] ?? 0))) / 2;

/** `articleOf` gives the place of a phrasing's article, or -1 where it is left out. */
type ArticleOf = (phrasing: number) => number;

const tally = (tallies: Tallies, { phrasings, scores }: Likeness, articleOf: ArticleOf): void => {
  for (let at = 0; at < phrasings.length; at += 1) {
    const phrasing = phrasings[at] ?? 0;
    const article = articleOf(phrasing);
    if (article >= 0) note(tallies, article, scores[at] ?? 0, phrasing);
  }
};

const isBehind = (one: Close | undefined, likeness: number, article: number): boolean =>
  one !== undefined && (one.likeness < likeness || (one.likeness === likeness && one.article > article));

/** Takes the closest from the tallies, which are empty after it. */
const takeClosest = (tallies: Tallies, most: number): Close[] => {
  const closest: Close[] = [];
  for (let next = 0; next < tallies.reached; next += 1) {
    const article = tallies.touched[next] ?? 0;
    const likeness = likenessOf(tallies, article);
    let place = closest.length;
    while (isBehind(closest[place - 1], likeness, article)) place -= 1;
    if (place < most) closest.splice(place, 0, { article, likeness, phrasing: tallies.phrasing[article] ?? 0 });
    if (closest.length > most) closest.pop();
    for (const scores of [tallies.best, tallies.second, tallies.third]) scores[article] = 0;
  }
  tallies.reached = 0;
  return closest;
};

/** Gives the articles that are closest to a question, at most `most`, closest first. */
export const createClosestFinder = (articles: number) => {
  const tallies = noTallies(articles);
  return (likeness: Likeness, articleOf: ArticleOf, most: number): Close[] => {
    tally(tallies, likeness, articleOf);
    return takeClosest(tallies, most);
  };
};
