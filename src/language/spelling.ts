/** Letters that sound alike to many; the folded form has unified others already. */
const alike = ['ضظ', 'ذزد', 'ثست', 'قكغج', 'طت', 'صس'];
/** Rows of the Arabic and the English keyboard, in the folded letters. */
const keyboard = ['ضصثقفغعهخحجد', 'شسيبلاتنمكط', 'وزظ', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

const pairOf = (one: number, other: number): number => one * 0x10000 + other;
const codes = (letters: string): number[] => [...letters].map((letter) => letter.charCodeAt(0));

const easilyConfused = new Set<number>();
const confuse = (one: number, other: number): void => {
  easilyConfused.add(pairOf(one, other));
  easilyConfused.add(pairOf(other, one));
};
for (const letters of alike.map(codes)) for (const one of letters) for (const other of letters) confuse(one, other);
for (const row of keyboard.map(codes)) {
  for (const [place, letter] of row.entries()) if (place > 0) confuse(row[place - 1] ?? letter, letter);
}

const half = 0.5;
const alef = 'ا'.charCodeAt(0);
const changeCost = (one: number, other: number): number => (easilyConfused.has(pairOf(one, other)) ? half : 1);
const extraCost = (letter: number): number => (letter === alef ? half : 1);

const never = Number.POSITIVE_INFINITY;

/** Two words with the places up to which they have been compared. */
interface Compared {
  one: string;
  other: string;
  at: number;
  otherAt: number;
}

/** The least cost by which what is left of two words becomes the same in at most so many slips; `never` if it cannot. */
const costWithin = ({ one, other, at: start, otherAt: otherStart }: Compared, slips: number): number => {
  let at = start;
  let otherAt = otherStart;
  for (; at < one.length && one.charCodeAt(at) === other.charCodeAt(otherAt); at += 1) otherAt += 1;
  const left = one.length - at;
  const otherLeft = other.length - otherAt;
  if (left === 0 && otherLeft === 0) return 0;
  if (slips === 0 || Math.abs(left - otherLeft) > slips) return never;
  const after = (skip: number, otherSkip: number): number =>
    costWithin({ one, other, at: at + skip, otherAt: otherAt + otherSkip }, slips - 1);
  const letter = one.charCodeAt(at);
  const otherLetter = other.charCodeAt(otherAt);
  let least = never;
  if (left > 0) least = extraCost(letter) + after(1, 0);
  if (otherLeft > 0) least = Math.min(least, extraCost(otherLetter) + after(0, 1));
  if (left > 0 && otherLeft > 0) least = Math.min(least, changeCost(letter, otherLetter) + after(1, 1));
  const swapped = left > 1 && otherLeft > 1 && one[at] === other[otherAt + 1] && one[at + 1] === other[otherAt];
  return swapped ? Math.min(least, 1 + after(2, 2)) : least;
};

const shortest = 4;
const longest = 32;
/** From here on a word may have two slips. */
const long = 8;
const slipsOf = (word: string): number => (word.length >= long ? 2 : 1);
/** Letters that a known word is indexed without: as many as the slips of a word that may be meant for it. */
const depthOf = (word: string): number => (word.length >= long - 2 ? 2 : 1);

/** A number for what is left of a word without the letters at two places (-1: none). */
const hashWithout = (word: string, first: number, second: number): number => {
  let hash = 0x811c9dc5;
  for (let place = 0; place < word.length; place += 1)
    if (place !== first && place !== second) hash = Math.imul(hash ^ word.charCodeAt(place), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
};

/** Calls with the number of the word, and of what is left of it without any one or two letters. */
const eachShortened = (word: string, depth: number, visit: (hash: number) => void): void => {
  visit(hashWithout(word, -1, -1));
  for (let first = 0; first < word.length; first += 1) {
    visit(hashWithout(word, first, -1));
    if (depth > 1)
      for (let second = first + 1; second < word.length; second += 1) visit(hashWithout(word, first, second));
  }
};

const shortenedCount = ({ length }: string, depth: number): number =>
  1 + length + (depth > 1 ? (length * (length - 1)) / 2 : 0);

/** Calls with the places of all known words that share a shortened form with a word, some of them more than once. */
type FindAlike = (word: string, visit: (place: number) => void) => void;

/** Known words by all their shortened forms: two words within a slip of each other have one in common. */
const indexOf = (known: readonly string[]): FindAlike => {
  const total = known.reduce((sum, word) => sum + shortenedCount(word, depthOf(word)), 0);
  const mask = 2 ** Math.ceil(Math.log2(total + 1)) - 1;
  const buckets = new Uint32Array(total);
  let entry = 0;
  for (const word of known)
    eachShortened(word, depthOf(word), (hash) => {
      buckets[entry++] = hash & mask;
    });
  const ends = new Uint32Array(mask + 2);
  for (const bucket of buckets) ends[bucket] = (ends[bucket] ?? 0) + 1;
  for (let bucket = 1; bucket < ends.length; bucket += 1) ends[bucket] = (ends[bucket] ?? 0) + (ends[bucket - 1] ?? 0);
  const places = new Uint32Array(total);
  entry = 0;
  for (const [place, word] of known.entries())
    for (let left = shortenedCount(word, depthOf(word)); left > 0; left -= 1) {
      const bucket = buckets[entry++] ?? 0;
      const slot = (ends[bucket] ?? 0) - 1;
      places[slot] = place;
      ends[bucket] = slot;
    }
  return (word, visit) =>
    eachShortened(word, slipsOf(word), (hash) => {
      const bucket = hash & mask;
      for (let slot = ends[bucket] ?? 0; slot < (ends[bucket + 1] ?? 0); slot += 1) visit(places[slot] ?? 0);
    });
};

/** Finds what a misspelt word was meant to be. */
export interface Spelling {
  /**
   * The known word within one slip of a folded word (two from 8 letters on): a letter left out, put in or changed, or
   * two swapped. Letters that sound alike or lie side by side on a keyboard, and a missing or added alef, count half. Null
   * where nothing known is so near, several are as near, or the word has fewer than 4 letters. A known word is itself.
   */
  nearest(word: string): string | null;
}

/** Of words as near as each other one must be met this much more often than the others to be taken. */
const muchMoreOften = 5;

/** Makes the search for the nearest of known folded words; `count` tells how often a word is met, to choose of several. */
export function createSpelling(words: Iterable<string>, count: (word: string) => number = () => 1): Spelling {
  const all = new Set(words);
  const known = [...all].filter((word) => word.length >= shortest - 1 && word.length <= longest);
  const findAlike = indexOf(known);

  const nearestOf = (word: string): string[] => {
    const slips = slipsOf(word);
    const seen = new Set<number>();
    let least = never;
    let nearest: string[] = [];
    findAlike(word, (place) => {
      const other = known[place] ?? '';
      if (seen.has(place) || Math.abs(other.length - word.length) > slips) return;
      seen.add(place);
      const cost = costWithin({ one: word, other, at: 0, otherAt: 0 }, slips);
      if (cost < least) nearest = [];
      least = Math.min(least, cost);
      if (cost === least && cost < never) nearest.push(other);
    });
    return nearest;
  };

  const nearest = (word: string): string | null => {
    if (word.length < shortest || word.length > longest) return null;
    if (all.has(word)) return word;
    const [first, second] = nearestOf(word).sort((one, other) => count(other) - count(one));
    if (first === undefined) return null;
    return second === undefined || count(first) >= muchMoreOften * count(second) ? first : null;
  };
  return { nearest };
}
