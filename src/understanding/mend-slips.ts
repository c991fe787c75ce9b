import { isEverydayWord } from '../language/everyday-words.ts';

/** Letters that sound alike to most, and doubled ones, written one way. */
const sounded = (word: string): string => word.replaceAll('ظ', 'ض').replace(/(\p{L})\1/gu, '$1');

const leastLength = 5;

/** Whether one letter left out, put in, changed or two neighbours swapped make one word the other. */
const oneSlip = (one: string, other: string): boolean => {
  if (one.length > other.length) return oneSlip(other, one);
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  if (other.length > one.length) return one.slice(at) === other.slice(at + 1);
  const swapped = one[at] === other[at + 1] && one[at + 1] === other[at];
  return one.slice(at + 1) === other.slice(at + 1) || (swapped && one.slice(at + 2) === other.slice(at + 2));
};

const isNear = (one: string, other: string): boolean => {
  if (one === other) return true;
  if (Math.abs(one.length - other.length) > 1) return false;
  return one.length >= leastLength && other.length >= leastLength && oneSlip(one, other);
};

/**
 * Puts right small slips of typing against a vocabulary of folded words: a word that is no other everyday word and comes
 * near just one known one becomes that. The first letter is right; short words are left alone, too many are near each other.
 */
export const createSlipMender = (vocabulary: Iterable<string>) => {
  const known = new Set([...vocabulary].filter((word) => word.length > 3));
  const sounds = [...known].map((word) => ({ word, sound: sounded(word) }));
  const byLetter = Map.groupBy(sounds, ({ sound }) => sound[0] ?? '');
  const mend = (word: string): string => {
    if (word.length < 4 || known.has(word) || isEverydayWord(word)) return word;
    const sound = sounded(word);
    const near = (byLetter.get(sound[0] ?? '') ?? []).filter((one) => isNear(sound, one.sound));
    const exact = near.filter((one) => one.sound === sound);
    const only = exact.length > 0 ? exact : near;
    return only.length === 1 ? (only[0]?.word ?? word) : word;
  };
  return (words: readonly string[]): string[] => words.map(mend);
};
