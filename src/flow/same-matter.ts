import type { PublicMatter } from '../conversation/conversation.ts';
import { tokens } from '../language/fold.ts';
import { lightStem } from '../language/light-stem.ts';
import { stopWords } from '../language/stop-words.ts';

type Told = Pick<PublicMatter, 'words' | 'type' | 'service'>;

const matterWords = (text: string): Set<string> => {
  const all = tokens(text);
  const telling = all.filter((word) => !stopWords.has(word));
  return new Set(telling.length > 0 ? telling : all);
};

/** Which part of the fewer words stand in both. */
function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): { ofFewer: number; ofAll: number } {
  const both = [...one].filter((word) => other.has(word)).length;
  const fewer = Math.min(one.size, other.size);
  return { ofFewer: fewer === 0 ? 0 : both / fewer, ofAll: fewer === 0 ? 0 : both / (one.size + other.size - both) };
}

/** How much of the fewer words stand in both, from 0 to 1. */
export const likeness = (one: string, other: string): number => shared(matterWords(one), matterWords(other)).ofFewer;

/**
 * Whether two texts of one person tell the same: of the same service, of the same sort and half of their words alike, or
 * nearly the same words.
 */
export function isSameMatter(one: Told, other: Told): boolean {
  if (one.service !== null && one.service === other.service) return true;
  const { ofFewer, ofAll } = shared(matterWords(one.words), matterWords(other.words));
  return ofAll >= 0.8 || (one.type === other.type && ofFewer >= 0.5);
}

const isArabic = (text: string): boolean => /\p{Script=Arabic}/u.test(text);

/** Two words of one root or stem, as far as their beginning tells: the same letters for the most of the shorter. */
function isAkin(one: string, other: string): boolean {
  const least = Math.min(one.length, other.length);
  let same = 0;
  while (same < least && one[same] === other[same]) same += 1;
  return same >= 3 && same >= least * 0.6;
}

const stemsOf = (text: string): string[] => [...matterWords(text)].map((word) => lightStem(word));

/** How much of the fewer words stand in both, whatever is attached to them, from 0 to 1. */
export function likenessOfStems(one: string, other: string): number {
  const barely = (text: string, beside: string): Set<string> => {
    const known = new Set(stemsOf(beside));
    return new Set([...matterWords(text)].map((word) => lightStem(word, (bare) => known.has(bare))));
  };
  return shared(barely(one, other), barely(other, one)).ofFewer;
}

/** Whether two texts may tell the same in other words: they share something, or are in two languages. */
export function mayBeSame(one: string, other: string): boolean {
  if (isArabic(one) !== isArabic(other)) return true;
  const [ours, theirs] = [stemsOf(one), stemsOf(other)];
  return ours.some((word) => theirs.some((next) => isAkin(word, next)));
}
